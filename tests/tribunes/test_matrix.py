"""What leaves of a tribune, by which door, to whom: its states against doors and readers."""

import logging
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import requests
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
from tribunes import keys
from tribunes.models import PartnerToken, TribuneCorrection, TribunePage

pytestmark = [pytest.mark.django_db]

_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture(scope="module")
def made(
    s3_server: S3, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[World]:
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
    world.follow()
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
FEEDS = ", ".join(map(str.strip, _FEEDS.strip().splitlines()))
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
NOTICE = table("notices: title uuid")
CORRECTED_LETTER = table("""
    letters: title address uuid correction
    acknowledgement: title address correction
""")
OLD_LETTER = table("acknowledgement: title")
"""What is behind the link of a letter about a text that is gone."""
TOLD_AT_THE_ENTRANCE = table("entrance: title uuid")
WITHDRAWN_LETTER = table("""
    letters: title uuid reason address
    acknowledgement: title reason
""")

SECRET_LETTER = table("""
    letters: title uuid reason
    acknowledgement: title reason
""")
"""That of a text whose address the public never knew."""


def with_pictures(rows: Table, door: str, pictures: str, *, originals: bool = False) -> Table:
    """Return the table of a reader who may have pictures: in all that has the text, and alone."""
    if not pictures:
        return rows
    whole = [name for name, things in rows.items() if "body" in things]
    alone = {door: pictures} | ({"originals": pictures} if originals else {})
    return more(rows, pictures, *whole) | {n: frozenset(t.split()) for n, t in alone.items()}


PICTURES = {
    "texts": "",
    "images": "yes",
    "granted": "yes ask",
    "print": "yes",
    "undertaking": "yes",
}
"""Which pictures go with the text, by partner that may have it."""
PRINTERS = {"print", "undertaking"}


def for_partners(
    item: Table = ITEM, feed: Table = FEED, space: Table = SPACE
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
        "feeds": {name: with_pictures(feed, "feed images", had) for name, had in PICTURES.items()},
        "space": {
            name: with_pictures(space, "space images", had) for name, had in PICTURES.items()
        },
    }


ALL = for_partners()
CORRECTED = for_partners(
    more(ITEM, "correction") | CORRECTION_IN_VERSIONS,
    more(FEED, "correction"),
    NOTICE | more(SPACE, "correction", "item", *(n for n in SPACE if n.startswith("file"))),
)
HAD = ("texts", "images", "granted", "print", "undertaking")
"""Partners that had the text and their contract runs."""
VISITORS_WHO_HAD = ("texts", "granted", "undertaking")
MAY_DECLARE = dict.fromkeys(("no texts", "elsewhere"), DECLARED)
"""What anybody may take from the republish page, they may have republished."""
KNOWN = (*HAD, "no texts", "elsewhere", "ended")
"""All partners: what was public is no secret, so each is told to delete it."""
TOLD_TO_DELETE = {
    "api": dict.fromkeys(KNOWN, DELETED),
    "space": dict.fromkeys(VISITORS_WHO_HAD, DECLARED),
    "told": dict.fromkeys(HAD, WEBHOOK),
}
READERS = ("anyone", "editor")
"""Who reads the site: a session of the admin shows no more there."""

Leaves = dict[str, dict[str, Table]]


def public(site: Table, bucket: Table) -> Leaves:
    """Return what the public has."""
    return {"site": dict.fromkeys(READERS, site), "bucket": {"anyone": bucket}}


def both(*parts: Leaves) -> Leaves:
    """Return several tables in one."""
    found: Leaves = {}
    for part in parts:
        for room, readers in part.items():
            found[room] = found.get(room, {}) | readers
    return found


def of_one(name: str, leaves: Leaves) -> Leaves:
    """Return what one partner has of a table."""
    return {room: {name: readers[name]} for room, readers in leaves.items() if name in readers}


LIVE = both(
    public(READ | TAKEN, IN_FULL),
    ALL,
    {"space": MAY_DECLARE, "told": dict.fromkeys(HAD, WEBHOOK)},
    {"api": dict.fromkeys(READERS, PICTURE_FOR_ALL)},
)
NOT_OPEN = both(public(READ | NOT_TAKEN, IN_SHORT), ALL, {"told": dict.fromkeys(HAD, WEBHOOK)})
"""Partners may have it, the public may not take it."""
NOT_FOR_PARTNERS = both(public(READ | NOT_TAKEN, IN_SHORT), TOLD_TO_DELETE)
WITHHELD = of_one("undertaking", {room: rows for room, rows in ALL.items() if room != "feeds"})
EMPTY = {
    "api": dict.fromkeys(HAD, EMPTIED),
    "feeds": dict.fromkeys(HAD, GONE_FROM_A_FEED),
    "space": dict.fromkeys(VISITORS_WHO_HAD, EMPTIED_IN_THE_SPACE),
    "told": dict.fromkeys(HAD, WEBHOOK | WITHDRAWN_LETTER),
}

MATRIX: dict[str, tuple[Callable[[World], None], Leaves]] = {
    "draft": (draft, {}),
    "scheduled": (scheduled, {}),
    "embargoed": (embargoed, both(WITHHELD, {"told": {"undertaking": WEBHOOK}})),
    "live": (live, LIVE),
    "corrected": (
        corrected,
        both(
            LIVE,
            CORRECTED,
            public(
                more(READ | TAKEN, "correction", "page", *TAKEN),
                more(IN_FULL, "correction", *table(f"{FEEDS}:")),
            ),
            {"told": dict.fromkeys(HAD, WEBHOOK | CORRECTED_LETTER) | {"ended": CORRECTED_LETTER}},
        ),
    ),
    "licence expired": (licence_expired, NOT_FOR_PARTNERS),
    "without licence": (without_licence, NOT_FOR_PARTNERS),
    "all rights reserved": (all_rights_reserved, NOT_OPEN),
    "not for the web": (not_for_the_web, NOT_OPEN),
    "login": (
        restricted("login"),
        both(TOLD_TO_DELETE, {"site": {"editor": LOGGED_IN}}),
    ),
    "password": (restricted("password"), TOLD_TO_DELETE),
    "unpublished": (unpublished, TOLD_TO_DELETE),
    "withdrawn": (
        withdrawn,
        both(
            public(GONE_FROM_THE_SITE, GONE_FROM_FEEDS),
            EMPTY,
            {"api": dict.fromkeys(("no texts", "elsewhere", "ended"), DELETED)},
            {"told": {"ended": WITHDRAWN_LETTER}},
        ),
    ),
    "withdrawn under embargo": (
        withdrawn_under_embargo,
        of_one(
            "undertaking",
            {room: rows for room, rows in EMPTY.items() if room != "feeds"}
            | {"told": dict.fromkeys(HAD, WEBHOOK | SECRET_LETTER)},
        ),
    ),
    "deleted": (
        deleted,
        both(
            TOLD_TO_DELETE,
            {"space": dict.fromkeys(VISITORS_WHO_HAD, DECLARED | NOTICE | TOLD_AT_THE_ENTRANCE)},
            {"told": dict.fromkeys(HAD, WEBHOOK | OLD_LETTER) | {"ended": OLD_LETTER}},
        ),
    ),
}

THOROUGH = ("anyone", "undertaking", "elsewhere")
"""Readers who try also the doors that say the same."""


def measured(world: World) -> dict[str, dict[str, doors.Found]]:
    """Try every door as every reader."""
    editor, anyone = doors.editor(), Client()
    partners = {
        name: doors.by_the_api(world, secret, Client(), every_way=name in THOROUGH)
        for name, secret in world.secrets.items()
    }
    visits = {
        name: doors.in_the_space(world, visitor.client, every_way=name in THOROUGH)
        for name, visitor in world.visitors.items()
    }
    visitor = world.visitors["undertaking"].client
    return {
        "site": {
            "anyone": doors.on_the_site(world, anyone),
            "editor": doors.on_the_site(world, editor, every_way=False),
        },
        "api": {
            "anyone": doors.by_the_api(world, None, anyone),
            "editor": doors.by_the_api(world, None, editor, every_way=False),
            **partners,
        },
        "feeds": {
            name: doors.by_its_feeds(world, secret, Client(), every_way=name in THOROUGH)
            for name, secret in world.feeds.items()
        },
        "space": {
            "anyone": doors.in_the_space(world, anyone),
            "editor": doors.in_the_space(world, editor, every_way=False),
            **visits,
        },
        "bucket": {"anyone": doors.in_the_bucket(world)},
        "private bucket": {"anyone": doors.in_the_private_bucket(world)},
        "told": {name: doors.told(world, name) for name in world.partners},
        "newsroom": {
            "anyone": doors.in_the_admin(world, anyone),
            "partner": doors.in_the_admin(world, visitor),
        },
    }


def lines(leaves: Leaves, *, tried: Leaves | None = None) -> set[str]:
    """Return one line for each thing that leaves: to whom, by which door."""
    return {
        f"{reader} · {room}, {door} · {thing}"
        for room, readers in leaves.items()
        for reader, rows in readers.items()
        if tried is None or reader in tried[room]
        for door, things in rows.items()
        if reader in THOROUGH or door not in doors.SAME_ANSWERS
        for thing in things
    }


@pytest.mark.parametrize("state", MATRIX)
def test_what_leaves_by_which_door_to_whom(state: str, world: World) -> None:
    bring_to, expected = MATRIX[state]
    bring_to(world)
    world.rights_end()
    world.follow()
    found = measured(world)
    out, meant = lines(found), lines(expected, tried=found)
    assert {"leaks": sorted(out - meant), "is shut": sorted(meant - out)} == {
        "leaks": [],
        "is shut": [],
    }


def test_the_newsroom_sees_what_nobody_else_does(world: World) -> None:
    withdrawn(world)
    found = doors.in_the_admin(world, doors.editor())
    assert set(found) == {"list", "withdrawals", "view_draft", "edit", "history", "revision"}
    assert {"internal", "reason"} <= found["withdrawals"]
    assert {"draft", "body", "yes", "ask", "no"} <= found["view_draft"] & found["revision"]
    for name in ("yes", "no"):
        signed = world.pictures[name].file.url
        assert WORDS[name].encode() in requests.get(signed, timeout=9).content


def test_a_token_that_is_revoked_opens_nothing_at_the_next_request(world: World) -> None:
    live(world)
    token, secret = keys.issue_token(
        world.partners["print"], name="essai", scopes=PartnerToken.Scope.values
    )
    before = doors.by_the_api(world, secret, Client())
    assert set(before) - {"first version"} == set(ITEM) | {"images", "originals"}
    keys.revoke(token)
    assert doors.by_the_api(world, secret, Client()) == {}


def test_a_feed_that_is_revoked_opens_nothing_at_the_next_request(world: World) -> None:
    live(world)
    feed, secret = keys.issue_feed(world.partners["print"], name="lecteur")
    assert set(doors.by_its_feeds(world, secret, Client())) == {*FEED, "feed images"}
    keys.revoke(feed)
    assert doors.by_its_feeds(world, secret, Client()) == {}
