"""Several workers, an editor who cannot decide, and a reader: nobody sees anything wrong."""

import random
import threading
import time
from collections.abc import Callable
from datetime import timedelta

import pytest
import requests
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from lxml import etree

from publishing import queue
from publishing.models import Publication, PublishedObject
from publishing.services import publish_if_due
from publishing.staleness import mark_stale
from tests.publishing.agreement import agree, named
from tests.publishing.relay import Relay
from tests.publishing.toys import FEED_KEY, Toys, text
from tests.services import S3

pytestmark = pytest.mark.django_db(transaction=True)


def read_all_the_time(s3: S3, stop: threading.Event, problems: list[str]) -> int:
    """Follow the feed as an impatient app does; note what it names and is not there."""
    reads = 0
    with requests.Session() as session:
        while not stop.is_set():
            answer = session.get(s3.url(FEED_KEY), timeout=20)
            if answer.status_code != 200:
                continue
            reads += 1
            for url in named(s3, etree.fromstring(answer.content)):
                if session.head(url, timeout=20).status_code == 200:
                    continue
                again = session.get(s3.url(FEED_KEY), timeout=20)
                if again.headers["ETag"] == answer.headers["ETag"]:  # no two builds are equal
                    problems.append(url)
    return reads


def in_threads(*works: Callable[[], object]) -> None:
    """Run all at once, each with a connection of its own; raise what one of them raises."""
    errors: list[BaseException] = []

    def run(work: Callable[[], object]) -> None:
        try:
            work()
        except BaseException as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]


def test_no_feed_ever_names_what_is_not_there(
    toys: Toys, s3: S3, relay: Relay, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two workers, an editor who cannot decide, a line that breaks now and then, and a reader."""
    monkeypatch.setattr(queue, "FIRST_PAUSE", timedelta(seconds=0.2))
    toys.numbered = True
    chance = random.Random(7)
    keys = [toys.note(text("shared.txt")) for _ in range(3)]
    mark_stale(keys)
    stop = threading.Event()
    problems: list[str] = []
    reads: list[int] = []
    end = time.monotonic() + 4

    def disturb(method: str, name: str) -> None:
        if chance.random() < 0.02:
            raise ConnectionError("the line broke")

    def edit() -> None:
        try:
            while time.monotonic() < end:
                number = chance.randrange(len(keys))
                wish = []
                if chance.random() < 0.7:
                    version = chance.choice("ab")
                    wish.append(text(f"{number}-{version}.txt", f"version {version}"))
                if chance.random() < 0.5:
                    wish.append(text("shared.txt", role="shared"))
                toys.wish(keys[number], *wish)
                mark_stale([keys[number]])
                time.sleep(0.05 * chance.random())
        finally:
            stop.set()

    def work() -> None:
        while not stop.is_set():
            for key in Publication.objects.due().values_list("key", flat=True):
                publish_if_due(key)

    relay.before = relay.after = disturb
    in_threads(edit, work, work, lambda: reads.append(read_all_the_time(s3, stop, problems)))
    relay.reset()
    assert problems == []
    assert reads[0] > 10
    call_command("publish", "--stale", verbosity=0)
    agree(s3)


def test_two_workers_and_many_changes_end_with_the_last_one(toys: Toys, s3: S3) -> None:
    key = toys.note(text("a.txt", "0"))
    mark_stale([key])
    stop = threading.Event()

    def edit() -> None:
        try:
            for number in range(1, 30):
                toys.wish(key, text("a.txt", str(number)))
                mark_stale([key])
                time.sleep(0.02)
        finally:
            stop.set()

    def work() -> None:
        while not stop.is_set() or Publication.objects.due().exists():
            for due in Publication.objects.due().values_list("key", flat=True):
                publish_if_due(due)

    in_threads(edit, work, work)
    assert s3.get("a.txt").text == "29"
    assert PublishedObject.objects.get(key="a.txt").size == 2
    assert not Publication.objects.filter(lease_until__gt=timezone.now()).exists()
    agree(s3)
