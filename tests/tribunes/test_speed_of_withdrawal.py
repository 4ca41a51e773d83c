"""A withdrawn tribune is gone from every door within five seconds of the click."""

import os
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from deploy.processes import Process
from publishing import registry
from publishing.tasks import announce
from tests.services import DIRECTORY, S3
from tests.tribunes import doors
from tests.tribunes.doors import WORDS, Found
from tribunes.followup.tasks import check_copy, send_notice
from tribunes.webhooks.tasks import deliver_message

PROMISE = 5.0
"""Seconds."""
PATIENCE = 60.0
"""Seconds after which a door is taken for open, or shut, for good."""
PAUSE = 0.05
PARTS = {"chapo", "body", "signatory", "note", "yes", "ask", "no", "expired"}
"""What must go; title, address and reason stay where the withdrawal is told."""


@pytest.fixture
def worker_process(transactional_db: None) -> Iterator[Process]:
    """Run the worker of the task queue as ``make run`` does."""
    process = Process(
        [sys.executable, "manage.py", "db_worker", "--interval", "0.3", "--no-reload"],
        log=DIRECTORY / "worker-withdrawal.log",
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "cms.settings.test"},
    )
    yield process
    process.stop()


def open_doors(found: Found) -> set[str]:
    """Return the doors by which a part of the text leaves."""
    return {door for door, things in found.items() if things & PARTS}


def wait(look: Callable[[], Found], wanted: Callable[[set[str]], bool]) -> set[str]:
    """Look until the doors that are open are those wanted, or patience ends; return them."""
    end = time.monotonic() + PATIENCE
    while not wanted(found := open_doors(look())) and time.monotonic() < end:
        time.sleep(PAUSE)
    return found


@pytest.mark.django_db(transaction=True)
def test_a_withdrawn_tribune_is_gone_within_five_seconds_of_the_click(
    s3: S3, worker_process: Process
) -> None:
    world = doors.make_world(s3)
    world.publish(world.again())
    feeds = {"tribunes/atom.xml", "tribunes/rss.xml", "tribunes/feed.json", "focus/ici/rss.xml"}
    name, anyone, editor = "undertaking", Client(), doors.editor()
    rooms: dict[str, Callable[[], Found]] = {
        "bucket": lambda: doors.in_the_bucket(world),
        "api": lambda: doors.by_the_api(world, world.secrets[name], Client(), every_way=False),
        "feeds": lambda: doors.by_its_feeds(world, world.feeds[name], Client(), every_way=False),
        "space": lambda: doors.in_the_space(world, world.visitors[name].client, every_way=False),
        "site": lambda: doors.on_the_site(world, anyone),
    }
    assert {*feeds, "objects"} <= wait(rooms["bucket"], lambda found: {*feeds, "objects"} <= found)
    before = {room: open_doors(look()) for room, look in rooms.items()}
    assert all(before.values()), worker_process.tail(40)

    address = reverse("cms_withdrawals:withdraw", args=[world.tribune.pk])
    click = time.monotonic()
    assert editor.post(address, {"reason": WORDS["reason"], "note": ""}).status_code == 302
    left, seconds = {}, {}
    for room, look in rooms.items():
        left[room] = wait(look, lambda found: not found)
        seconds[room] = time.monotonic() - click
    assert left == {room: set() for room in rooms}, worker_process.tail(40)
    assert max(seconds.values()) < PROMISE, seconds


@pytest.mark.parametrize("task", [announce, check_copy, deliver_message, send_notice])
def test_servers_of_other_people_wait_behind_the_feeds(task: Any) -> None:
    # Each of them may take twenty seconds to say nothing.
    assert task.priority < min(known.priority for known in registry.types())
