"""Publications small enough for a test to say what each of them wants: notes, and a feed of them.

They hang on rows of two small tables, for want of anything simpler.
"""

from collections.abc import Callable
from itertools import count
from pathlib import Path

from django.db.models import QuerySet
from django_tasks_db.models import DBTaskResult
from lxml import etree
from wagtail.models import Locale

from cms.models import Theme
from publishing.artifacts import SHORT_CACHE, Artifact, Bytes, Desired, Produced
from publishing.conf import public_url
from publishing.models import Publication, PublishedObject
from publishing.registry import PublicationType
from publishing.services import Outcome, publish
from publishing.staleness import mark_stale, remember

FEED_KEY = "feeds/notes.xml"


def text(key: str, data: str = "", role: str = "text", **fields: object) -> Artifact:
    """Return an object with a small body."""
    body = Bytes(data=data.encode())
    return Artifact(role=role, key=key, content_type="text/plain", body=body, **fields)


def produced(key: str, write: Callable[[Path], None], fingerprint: str = "1") -> Artifact:
    """Return an object whose body is made when it is needed."""
    body = Produced(fingerprint=fingerprint, write=write)
    return Artifact(role="produced", key=key, content_type="text/plain", body=body)


class Toys:
    """Two kinds of publications: notes, which want what the test says, and one feed of them."""

    def __init__(self) -> None:
        self.wishes: dict[int, Callable[[], Desired]] = {}
        self._numbers = count()
        self.feed_builds = 0
        self.feed_fails = False
        self.numbered = False
        """Whether no two builds of the feed are equal."""
        locale, _ = Locale.objects.get_or_create(language_code="fr")
        self.feed = f"tests.feed:{locale.pk}"

    def types(self) -> dict[str, PublicationType]:
        """Return both types by label."""
        return {
            "tests.note": PublicationType(
                label="tests.note", model=Theme, build=self._build_note, verbose_name="note"
            ),
            "tests.feed": PublicationType(
                label="tests.feed",
                model=Locale,
                build=self._build_feed,
                verbose_name="flux",
                priority=-10,
            ),
        }

    def note(self, *artifacts: Artifact) -> str:
        """Make a note that wants these objects; return its key."""
        number = len(self.wishes) + 1
        pk = Theme.objects.create(name=f"Note {number}", slug=f"note-{number}").pk
        key = f"tests.note:{pk}"
        self.wish(key, *artifacts)
        return key

    def wish(self, key: str, *artifacts: Artifact) -> None:
        """Change what a note wants."""
        self.wish_by(key, lambda: Desired(artifacts=artifacts, dependents=frozenset({self.feed})))

    def wish_by(self, key: str, build: Callable[[], Desired]) -> None:
        """Change how what a note wants is derived."""
        self.wishes[int(key.partition(":")[2])] = build

    def online(self, *artifacts: Artifact) -> str:
        """Make a note and publish it with the feed; return its key."""
        key = self.note(*artifacts)
        remember([key, self.feed])
        assert publish(key) is Outcome.CHANGED
        publish(self.feed)
        return key

    def _build_note(self, pk: int) -> Desired:
        return self.wishes[pk]() if pk in self.wishes else Desired()

    def _build_feed(self, pk: int) -> Desired:
        self.feed_builds += 1
        if self.feed_fails:
            raise ValueError("the feed cannot be built")
        rss = etree.Element("rss")
        channel = etree.SubElement(rss, "channel")
        if self.numbered:
            channel.set("build", str(next(self._numbers)))
        notes = PublishedObject.objects.live().filter(publication__key__startswith="tests.note:")
        for row in notes.order_by("key"):
            item = etree.SubElement(channel, "item")
            etree.SubElement(
                item,
                "enclosure",
                url=public_url(row.key),
                length=str(row.size),
                type=row.content_type,
            )
        feed = Artifact(
            role="feed",
            key=FEED_KEY,
            content_type="application/rss+xml",
            cache_control=SHORT_CACHE,
            body=Bytes(data=etree.tostring(rss)),
            announce=True,
        )
        return Desired(title="Notes", artifacts=(feed,))


def row(key: str) -> Publication:
    """Return the row of a publication."""
    return Publication.objects.get(key=key)


def queued() -> "QuerySet[DBTaskResult]":
    """Return the publications in the queue."""
    return DBTaskResult.objects.filter(task_path="publishing.tasks.publish_if_due")


def retract(toys: Toys, key: str) -> None:
    """Take back everything that a note wanted, as unpublication does."""
    toys.wish(key)
    mark_stale([key])
    publish(key)
