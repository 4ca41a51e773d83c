"""What leaves of a tribune, by which door, to whom: its states against doors and readers."""

import logging
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoDbBlocker
from wagtail.models import PageViewRestriction

from cms.models import Licence
from cms.withdrawing import withdraw
from focus.models import FocusPage
from tests.factories.focus import publish
from tests.services import S3
from tests.tribunes import doors
from tests.tribunes.doors import WORDS, World
from tribunes.models import TribuneCorrection

pytestmark = [pytest.mark.django_db]

_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture(scope="module")
def made(s3_server: S3, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """Everything but the state, made once: each test undoes what it did."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield doors.make_world(s3_server)
        transaction.set_rollback(True)
    s3_server.empty()


@pytest.fixture
def world(made: World, db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """A tribune that was saved and no more, and everything around it."""
    logging.disable(logging.WARNING)
    monkeypatch.setattr("tribunes.feeds.artifacts.ARCHIVE", 1)  # so that there are some
    yield made
    logging.disable(logging.NOTSET)
    for key in made.s3.keys():
        made.s3.client.delete_object(Bucket=made.s3.public, Key=key)


# States


def draft(world: World) -> None:
    world.again().save_revision()


def scheduled(world: World) -> None:
    tribune = world.again()
    tribune.go_live_at = timezone.now() + _HOUR
    publish(tribune)
    call_command("publish_scheduled", verbosity=0)


def embargoed(world: World) -> None:
    tribune = world.again()
    tribune.embargoed_until = timezone.now() + _HOUR
    publish(tribune)
    world.taken_by("undertaking")
    begin_a_draft(world)


def live(world: World) -> None:
    publish(world.again())
    world.taken_by(*world.partners)
    world.follow()
    begin_a_draft(world)


def changed(world: World, **fields: Any) -> None:
    live(world)
    change(world, **fields)


def change(world: World, **fields: Any) -> None:
    tribune = world.again()
    for name, value in fields.items():
        setattr(tribune, name, value)
    publish(tribune)
    begin_a_draft(world)


def corrected(world: World) -> None:
    live(world)
    correct(world)


def correct(world: World) -> None:
    tribune = world.again()
    tribune.corrections.add(
        TribuneCorrection(text=f"Une erreur {WORDS['correction']}.", severity="high")
    )
    publish(tribune)
    begin_a_draft(world)


def begin_a_draft(world: World) -> None:
    """Type what nobody published."""
    tribune = world.again()
    tribune.title = tribune.chapo = tribune.editorial_note = WORDS["draft"]
    tribune.corrections.add(TribuneCorrection(text=WORDS["draft"], severity="high"))
    tribune.save_revision()


def licence_expired(world: World) -> None:
    changed(world, licence_expires_on=timezone.localdate() - _DAY)


def restricted(kind: str) -> Callable[[World], None]:
    def restrict(world: World) -> None:
        live(world)
        PageViewRestriction.objects.create(
            page=world.again(), restriction_type=kind, password="mot"
        )

    return restrict


def withdrawn(world: World) -> None:
    corrected(world)
    retract(world)


def withdrawn_under_embargo(world: World) -> None:
    embargoed(world)
    retract(world)


def retract(world: World) -> None:
    world.follow()
    withdraw(
        world.again(),
        reason=f"Une citation {WORDS['reason']}.",
        note=f"Appel de l’avocat {WORDS['internal']}.",
    )


def unpublished(world: World) -> None:
    live(world)
    world.again().unpublish()


def deleted(world: World) -> None:
    corrected(world)
    world.again().delete()


def without_licence(world: World) -> None:
    live(world)
    focus = FocusPage.objects.get(pk=world.focus.pk)
    focus.licence = None
    publish(focus)
    change(world, licence=None)


def all_rights_reserved(world: World) -> None:
    changed(world, licence=Licence.objects.get(code="arr"))


def not_for_the_web(world: World) -> None:
    changed(world, for_web=False)


STATES = {f.__name__: f for f in (draft, scheduled, embargoed, live, corrected, licence_expired, withdrawn, withdrawn_under_embargo, unpublished, deleted, without_licence, all_rights_reserved, not_for_the_web)} | {"login": restricted("login"), "password": restricted("password")}


@pytest.mark.parametrize("state", STATES)
def test_probe(state: str, world: World) -> None:
    import time
    t = time.process_time()
    STATES[state](world)
    world.rights_end()
    world.follow()
    t1 = time.process_time()
    out = []
    def add(who, group, found):
        for door, things in found.items():
            out.append((group, door, who, " ".join(sorted(things))))
    editor = doors.editor()
    add("anyone", "site", doors.on_the_site(world, Client()))
    add("editor", "site", doors.on_the_site(world, editor))
    add("anyone", "api", doors.by_the_api(world, {}, Client()))
    add("editor", "api", doors.by_the_api(world, {}, editor))
    add("anyone", "space", doors.in_the_space(world, Client()))
    add("editor", "space", doors.in_the_space(world, editor))
    add("anyone", "admin", doors.in_the_admin(world, Client()))
    add("editor", "admin", doors.in_the_admin(world, editor))
    add("anyone", "bucket", doors.in_the_bucket(world))
    add("anyone", "private", doors.in_the_private_bucket(world))
    t2 = time.process_time()
    for name, secret in world.secrets.items():
        add(name, "api", doors.by_the_api(world, doors.as_bearer(secret), Client(), name in ("undertaking","elsewhere","revoked")))
    t3 = time.process_time()
    for name, secret in world.feeds.items():
        add(name, "feeds", doors.by_its_feeds(world, secret, Client()))
    t4 = time.process_time()
    for name, visitor in world.visitors.items():
        add(name, "space", doors.in_the_space(world, visitor.client))
    for name in world.partners:
        add(name, "told", doors.told(world, name))
    t5 = time.process_time()
    groups = {}
    for group, door, who, things in out:
        groups.setdefault((group, door, things), []).append(who)
    with open(f"/tmp/h-matrix/{state}.txt", "w") as f:
        print(f"state {t1-t:.2f} site {t2-t1:.2f} api {t3-t2:.2f} feeds {t4-t3:.2f} space {t5-t4:.2f}", file=f)
        for (g, d, th), whos in sorted(groups.items()):
            print(f"{g:7} {d:22} [{th}]  <- {', '.join(whos)}", file=f)
