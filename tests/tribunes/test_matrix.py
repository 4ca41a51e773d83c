"""What leaves of a tribune, by which door, to whom: its states against doors and readers."""

import logging
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
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
from tribunes.models import TribuneCorrection, TribunePage

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


TAKERS = ("texts", "images", "granted", "print", "undertaking", "ended")
"""Partners that took the tribune when it was live."""

# States


def draft(world: World) -> None:
    world.again().save_revision()


def scheduled(world: World) -> None:
    tribune = world.again()
    tribune.go_live_at = timezone.now() + _HOUR
    world.publish(tribune)
    call_command("publish_scheduled", verbosity=0)


def embargoed(world: World) -> None:
    tribune = world.again()
    tribune.embargoed_until = timezone.now() + _HOUR
    world.publish(tribune)
    world.taken_by("undertaking")
    begin_a_draft(world)


def live(world: World) -> None:
    world.publish(world.again())
    world.taken_by(*TAKERS)
    world.follow()
    begin_a_draft(world)


def changed(world: World, **fields: Any) -> None:
    live(world)
    change(world, **fields)


def change(world: World, **fields: Any) -> None:
    tribune = world.again()
    for name, value in fields.items():
        setattr(tribune, name, value)
    world.publish(tribune)
    begin_a_draft(world)


def corrected(world: World) -> None:
    live(world)
    correct(world)


def correct(world: World) -> None:
    tribune = world.again()
    tribune.corrections.add(
        TribuneCorrection(text=f"Une erreur {WORDS['correction']}.", severity="high")
    )
    world.publish(tribune)
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
    mail.outbox.clear()
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
    TribunePage.objects.get(replies_to=world.tribune.pk).delete()  # which keeps it
    mail.outbox.clear()
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



# What leaves: a door before the colon, or several; after it, everything that comes out of it

Table = dict[str, frozenset[str]]


def table(text: str) -> Table:
    """Read lines of doors and things, each parted by commas and spaces."""
    found = {}
    for line in text.strip().splitlines():
        doors_, _, things = line.partition(":")
        found |= dict.fromkeys(map(str.strip, doors_.split(",")), frozenset(things.split()))
    return found


def more(rows: Table, things: str, *only: str) -> Table:
    """Return the table with more things that come out of some doors, or of all."""
    added = frozenset(things.split())
    return {door: row | added if not only or door in only else row for door, row in rows.items()}


NOTHING: Table = {}
READ = table("""
    page: title chapo body signatory yes ask no uuid
    index, search, theme, focus, archive, home: title chapo address uuid
    same author, same theme: title chapo address uuid
    neighbour, reply, teaser, news sitemap: title address
    link, sitemap: address
    oembed json, oembed xml: title uuid
""")
TAKEN = table("republish, republish text: title chapo body signatory address yes")
NOT_TAKEN = table("republish, republish text: title address")
GONE_FROM_THE_SITE = table("page, republish, republish text: title reason")
LOGGED_IN = table("page: title chapo body signatory")

_FEEDS = """
    tribunes/atom.xml, tribunes/rss.xml, tribunes/feed.json
    focus/atom.xml, focus/rss.xml, focus/feed.json
    focus/ici/atom.xml, focus/ici/rss.xml, focus/ici/feed.json
"""
FEEDS = ", ".join(_FEEDS.strip().splitlines())
AROUND = table("""
    objects: yes ask no
    focus/ailleurs/atom.xml, focus/ailleurs/feed.json: title address uuid
    focus/ailleurs/rss.xml: title address
    tribunes/archives: title address uuid
""")
IN_FULL = AROUND | table(f"{FEEDS}: title chapo body signatory address uuid yes")
IN_SHORT = AROUND | table(f"{FEEDS}: title chapo address uuid yes")
GONE_FROM_FEEDS = table(f"{FEEDS}: title reason address uuid")

ITEM = table("""
    json, ninjs, newsml, zip: title chapo body signatory address note
    accept json, accept ninjs, accept newsml, accept zip: title chapo body signatory address note
    html, text, docx: title chapo body signatory address
    accept html, accept text, accept docx: title chapo body signatory address
    fragment: title chapo body signatory address
    this version: title chapo body signatory address note
    changes: title chapo body signatory address note uuid
""")
EMPTIED = table("""
    json, ninjs, newsml, zip: title reason address
    accept json, accept ninjs, accept newsml, accept zip: title reason address
    html, text, docx, accept html, accept text, accept docx, fragment: title reason
    this version: title reason address
    changes: uuid
""")
DELETED = table("changes: uuid")
PICTURE_FOR_ALL = table("images: yes")
CORRECTION_IN_VERSIONS = table("versions: correction")

FEED = table("atom.xml, rss.xml, feed.json: title chapo body signatory address uuid")
GONE_FROM_A_FEED = table("atom.xml, rss.xml, feed.json: title reason address uuid")

SPACE = table("""
    catalogue, found: title chapo uuid
    entrance, declarations: title uuid
    declare: title
    item: title chapo body signatory address note
    file json, file ninjs, file newsml, file zip: title chapo body signatory address note
    file html, file text, file docx: title chapo body signatory address
""")
EMPTIED_IN_THE_SPACE = table("""
    catalogue, found, entrance, declarations, notices: title uuid
    declare: title
    item: title reason
    file json, file ninjs, file newsml, file zip: title reason address
    file html, file text, file docx: title reason
""")
DECLARED = table("declare: title")

WEBHOOK = table("webhooks: uuid")
CORRECTED_LETTER = WEBHOOK | table("""
    letters: title address uuid correction
    acknowledgement: title address correction
""")
WITHDRAWN_LETTER = table("""
    letters: title uuid reason
    acknowledgement: title reason
""")


def with_pictures(rows: Table, door: str, pictures: str, *, originals: bool = False) -> Table:
    """Return the table of a reader who may have pictures: in all that has the text, and alone."""
    if not pictures:
        return rows
    whole = [name for name, things in rows.items() if "body" in things]
    alone = {door: pictures} | ({"originals": pictures} if originals else {})
    return more(rows, pictures, *whole) | {n: frozenset(t.split()) for n, t in alone.items()}


PICTURES = {"texts": "", "images": "yes", "granted": "yes ask", "print": "yes", "undertaking": "yes"}
"""Which pictures go with the text, by partner that may have it."""
PRINTERS = {"print", "undertaking"}


def for_partners(
    item: Table = ITEM, feed: Table = FEED, space: Table = SPACE, **others: Any
) -> dict[str, dict[str, Table]]:
    """Return what partners have of a text that may be republished."""
    return {
        "api": {
            **{
                name: with_pictures(item, "images", had, originals=name in PRINTERS)
                for name, had in PICTURES.items()
            },
            **dict.fromkeys(("no texts", "elsewhere", "ended"), DELETED),
        },
        "feeds": {
            name: with_pictures(feed, "feed images", had) for name, had in PICTURES.items()
        },
        "space": {
            name: with_pictures(space, "space images", had) for name, had in PICTURES.items()
        },
    }
