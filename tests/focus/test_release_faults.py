"""All or nothing, whatever breaks in the middle: database, worker, storage, a page, a rival.

Each fault is real: triggers refuse rows, processes get SIGKILL, the object storage is stopped.
"""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.dispatch import receiver
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.models import Page, Revision
from wagtail.signals import page_published

from focus.models import ArticlePage, ForumPage, Package
from focus.package import queue
from focus.package.exceptions import PackageRefused
from focus.package.progress import progress
from focus.package.release import ATTEMPTS, check_again, publish_together, release, take
from publishing.models import Publication
from tests.conftest import Worker
from tests.factories.cms import PersonFactory
from tests.factories.focus import ArticleFactory
from tests.focus.faults import broken
from tests.focus.packages import approved, focus_of, live, ordered, package_of_four, pages_of
from tests.services import S3

pytestmark = pytest.mark.django_db(transaction=True)

ALL = ["Vieillir chez soi", "L’article", "La tribune", "Le cahier", "Le forum"]
PATIENCE = timedelta(seconds=2)
State = Package.State


@pytest.fixture(autouse=True)
def short_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait less for the dead."""
    monkeypatch.setattr(queue, "PATIENCE", PATIENCE)


def fresh(package: Package) -> Package:
    return Package.objects.get(pk=package.pk)


def nothing_is_out(package: Package, s3: S3) -> None:
    """Assert that no door shows anything of a package."""
    assert live(package) == []
    assert s3.keys() == []
    for page in pages_of(package):
        assert Client().get(page.url).status_code == 404
    assert fresh(package).state == State.APPROVED


def everything_is_out(package: Package, s3: S3) -> None:
    """Assert that all of it is, once, in the versions approved."""
    assert live(package) == ALL
    for page in pages_of(package):
        assert Client().get(page.url).status_code == 200
    package = fresh(package)
    assert package.state == State.PUBLISHED
    assert package.problem == ""
    assert package.events.filter(text__endswith="ensemble.").count() == 1
    call_command("publish", "--stale", verbosity=0)
    assert not Publication.objects.unsettled()


def time_passes() -> None:
    """Let the patience with a dead worker end, or the pause after a failure."""
    Package.objects.update(taken_at=timezone.now() - PATIENCE)
    DBTaskResult.objects.filter(run_after__gt=timezone.now()).update(run_after=timezone.now())


# Before


def test_nothing_is_out_before_the_hour(s3: S3, worker: Worker) -> None:
    package = ordered(package_of_four(), timezone.now() + timedelta(hours=1))
    worker.drain()
    call_command("publish", "--stale", verbosity=0)
    call_command("publish", "--all", verbosity=0)
    nothing_is_out(package, s3)


# The database


def test_a_database_that_fails_in_the_middle(s3: S3, worker: Worker) -> None:
    package = ordered(package_of_four())
    waiting = dict(Publication.objects.values_list("key", "generation"))
    with broken("focus_forumpage"):
        worker.drain()
        nothing_is_out(package, s3)
    assert dict(Publication.objects.values_list("key", "generation")) == waiting
    package = fresh(package)
    assert "Rien n’a paru" in package.problem
    assert "automatiquement" in package.problem
    retry = DBTaskResult.objects.filter(run_after=package.taken_at + PATIENCE)
    assert retry.get().args_kwargs["args"] == [package.pk]
    assert take(package.pk) is None, "nobody may try before that"
    time_passes()
    worker.drain()
    everything_is_out(package, s3)


def test_a_database_that_always_fails_is_given_up_in_words(s3: S3) -> None:
    package = ordered(package_of_four())
    with broken("focus_forumpage"):
        for attempt in range(ATTEMPTS):
            Package.objects.update(taken_at=None)
            taken = take(package.pk)
            assert taken.attempts == attempt + 1
            release(taken)
    package = fresh(package)
    assert "personne qui administre" in package.problem
    assert package.go_live_at is None
    assert take(package.pk) is None
    nothing_is_out(package, s3)


# The worker


@contextmanager
def worker_process(where: str, marker: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run a worker in a process of its own, which stops somewhere in the middle."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.focus.package_worker", where, str(marker)],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "cms.settings.test"},
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


@pytest.mark.parametrize("where", ["check", "transaction"])
def test_a_worker_killed_at_work(where: str, s3: S3, worker: Worker, tmp_path: Path) -> None:
    package = ordered(package_of_four())
    marker = tmp_path / "reached"
    with worker_process(where, marker) as process:
        end = time.monotonic() + 60
        while not marker.exists() and time.monotonic() < end:
            time.sleep(0.05)
        assert marker.exists()
        process.send_signal(signal.SIGKILL)
        process.wait()
    nothing_is_out(package, s3)
    assert fresh(package).attempts == 1
    time_passes()
    call_command("publish", "--stale", verbosity=0)
    worker.drain()
    everything_is_out(package, s3)


def test_a_package_that_kills_its_workers_is_given_up_in_words(s3: S3) -> None:
    package = ordered(package_of_four())
    Package.objects.update(attempts=ATTEMPTS, taken_at=timezone.now() - PATIENCE)
    release(take(package.pk))
    assert "personne qui administre" in fresh(package).problem
    nothing_is_out(package, s3)


# Two workers


def test_two_workers_at_once(s3: S3) -> None:
    package = ordered(package_of_four())
    together = threading.Barrier(2)
    taken: list[Package | None] = []

    def work() -> None:
        together.wait()
        taken.append(mine := take(package.pk))
        if mine:
            release(mine)
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for one in workers:
        one.start()
    for one in workers:
        one.join()
    assert taken.count(None) == 1
    everything_is_out(package, s3)


def test_a_worker_that_wakes_up_after_another_one_took_over(s3: S3) -> None:
    package = ordered(package_of_four())
    sleeper = take(package.pk)
    time_passes()
    release(take(package.pk))
    release(sleeper)
    everything_is_out(package, s3)


def test_an_editor_who_cancels_while_it_is_checked_wins(s3: S3) -> None:
    package = ordered(package_of_four())
    taken = take(package.pk)
    Package.objects.update(go_live_at=None, taken_at=None)
    release(taken)
    nothing_is_out(package, s3)


# The object storage


def test_a_storage_that_is_down(s3: S3, worker: Worker) -> None:
    """Pages are out, all of them; their files follow as soon as it answers."""
    package = ordered(package_of_four())
    with s3.down():
        worker.drain()
        assert live(package) == ALL
        assert "nouvel essai" in progress(fresh(package)).sentence
        with pytest.raises(CommandError):
            call_command("publish", "--stale", verbosity=0)
    assert s3.keys() == []
    everything_is_out(package, s3)
    assert s3.keys()
    assert not progress(fresh(package)).moving


# The content


def test_a_page_that_may_not_go_out_keeps_all_others(s3: S3, worker: Worker) -> None:
    package = ordered(package_of_four())
    for revision in Revision.objects.filter(object_id=str(ForumPage.objects.get().pk)):
        Revision.objects.filter(pk=revision.pk).update(
            content={**revision.content, "starts_at": None}
        )
    worker.drain()
    nothing_is_out(package, s3)
    package = fresh(package)
    assert "« Le forum »" in package.problem.replace("\N{NARROW NO-BREAK SPACE}", " ")
    assert "date et l’heure" in package.problem
    assert package.go_live_at is None, "content does not mend by itself"


def test_a_page_refused_in_the_middle_keeps_all_others(s3: S3) -> None:
    package = ordered(package_of_four())

    def reopen(**kwargs: object) -> None:
        Package.objects.update(state=State.OPEN)

    receiver(page_published)(reopen)
    release(take(package.pk))
    page_published.disconnect(reopen)
    nothing_is_out(package, s3)
    assert "ne peut pas paraître" in fresh(package).problem


def changed(package: Package) -> None:
    ArticlePage.objects.get().save_revision()


def arrived(package: Package) -> None:
    Package.objects.update(state=State.OPEN)
    ArticleFactory(parent=focus_of(package))
    Package.objects.update(state=State.APPROVED)


def left(package: Package) -> None:
    Package.objects.update(state=State.OPEN)
    ArticlePage.objects.get().delete()
    Package.objects.update(state=State.APPROVED)


@pytest.mark.parametrize("change", [changed, arrived, left])
def test_a_change_after_the_approval_keeps_everything(
    change: Callable[[Package], None], s3: S3
) -> None:
    """Pages are locked; a script may get round that."""
    package = ordered(package_of_four())
    change(package)
    release(take(package.pk))
    nothing_is_out(package, s3)
    assert "validez-le de nouveau" in fresh(package).problem


def test_a_change_between_check_and_transaction_keeps_everything(s3: S3) -> None:
    package = approved(package_of_four())
    Package.objects.update(go_live_at=timezone.now())
    taken = take(package.pk)
    check_again(taken)
    changed(package)
    with pytest.raises(PackageRefused, match="a changé depuis la validation"):
        publish_together(taken)
    nothing_is_out(package, s3)


# A large one


def test_readers_see_nothing_or_everything_of_a_large_package(s3: S3) -> None:
    package = package_of_four()
    focus, person = focus_of(package), PersonFactory()
    for number in range(35):
        ArticleFactory(parent=focus, title=f"Article {number}", people=[person])
    package = ordered(package)
    seen, counted = set(), set()
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            seen.add(Page.objects.descendant_of(focus, inclusive=True).live().count())
            counted.add(progress(fresh(package)).done)
        connection.close()

    reader = threading.Thread(target=read)
    reader.start()
    release(take(package.pk))
    time.sleep(0.1)
    done.set()
    reader.join()
    assert seen == {0, 40}
    assert counted & set(range(1, 40)), "the check showed how far it was"
    assert fresh(package).state == State.PUBLISHED
