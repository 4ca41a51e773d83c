"""A focus is submitted, approved, published together and taken back; each act is in the journal."""

from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django import DjangoCaptureOnCommitCallbacks

from focus.models import ArticlePage, InsertPage, Package
from focus.package import services
from focus.package.exceptions import PackageRefused
from focus.package.members import latest_revisions
from focus.package.queue import queue_due_again
from focus.package.release import release, take
from publishing.models import Publication
from publishing.registry import key_for
from publishing.signals import healing
from tests.conftest import Worker
from tests.factories.cms import UserFactory
from tests.factories.focus import ArticleFactory, FocusFactory, publish
from tests.focus.faults import broken
from tests.focus.packages import (
    approved,
    focus_of,
    live,
    ordered,
    package_of_four,
    pages_of,
    someone,
    submitted,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("s3")]

ALL = ["Vieillir chez soi", "L’article", "La tribune", "Le cahier", "Le forum"]
State = Package.State


def fresh(package: Package) -> Package:
    return Package.objects.get(pk=package.pk)


def in_an_hour() -> datetime:
    return timezone.now() + timedelta(hours=1)


def journal(package: Package) -> list[str]:
    return [
        event.text.partition("\N{NO-BREAK SPACE}:")[0] for event in package.events.order_by("pk")
    ]


def went_out(package: Package) -> Package:
    release(take(ordered(package).pk))
    return fresh(package)


# The way out


def test_a_package_goes_out_whole() -> None:
    package = went_out(package_of_four())
    assert package.state == State.PUBLISHED
    assert package.published_at <= timezone.now()
    assert (package.problem, package.taken_at, package.go_live_at) == ("", None, None)
    assert live(package) == ALL
    assert journal(package) == ["Soumis à validation", "Validé", "Parution demandée.", "Paru"]


def test_the_queue_does_it(worker: Worker, transactional_db: None) -> None:
    package = ordered(package_of_four())
    assert live(package) == []
    worker.drain()
    assert live(package) == ALL


def test_exactly_what_was_approved_goes_out() -> None:
    package = approved(package_of_four())
    services.schedule(package, someone())
    release(take(package.pk))
    assert {str(page.pk): page.live_revision_id for page in pages_of(package)} == package.revisions


def test_approval_makes_a_revision_of_what_no_editor_has_saved_yet() -> None:
    package = package_of_four()
    assert None in latest_revisions(package).values()
    package = approved(package)
    assert None not in package.revisions.values()


def test_who_approved_is_the_one_who_published() -> None:
    package = package_of_four()
    chief = UserFactory(superuser=True)
    services.approve(submitted(package), chief)
    services.schedule(package, someone())
    release(take(package.pk))
    assert {page.live_revision.user for page in pages_of(package)} == {chief}
    assert package.events.first().user == chief


def test_files_follow_the_pages_in_the_same_transaction() -> None:
    package = went_out(package_of_four())
    keys = {key for page in pages_of(package) if (key := key_for(page))}
    assert set(Publication.objects.filter(key__in=keys).values_list("key", flat=True)) == keys


# Refusals


def test_nothing_is_approved_while_something_is_missing() -> None:
    package = package_of_four()
    ArticlePage.objects.update(chapo="")
    with pytest.raises(PackageRefused, match="1 point bloquant"):
        approved(package)
    assert fresh(package).state == State.REVIEW


@pytest.mark.parametrize(
    ("act", "states"),
    [
        (services.submit, {State.OPEN}),
        (services.reopen, {State.REVIEW, State.APPROVED}),
        (services.approve, {State.REVIEW}),
        (services.schedule, {State.APPROVED}),
        (services.cancel, {State.APPROVED}),
        (services.roll_back, {State.PUBLISHED}),
    ],
)
def test_each_act_has_its_time(act: object, states: set[str]) -> None:
    package = package_of_four()
    for state in set(State) - states:
        Package.objects.update(state=state)
        with pytest.raises(PackageRefused, match="quelqu’un l’a fait avancer"):
            act(package, someone())
        assert fresh(package).state == state


def test_an_hour_that_is_past_is_refused() -> None:
    package = approved(package_of_four())
    with pytest.raises(PackageRefused, match="heure à venir"):
        services.schedule(package, someone(), timezone.now() - timedelta(seconds=1))


def test_what_is_not_planned_cannot_be_cancelled() -> None:
    package = approved(package_of_four())
    with pytest.raises(PackageRefused, match="Aucune parution"):
        services.cancel(package, someone())


# Reopening


def test_reopening_unlocks_and_forgets_the_approval() -> None:
    package = approved(package_of_four())
    assert focus_of(package).get_lock() is not None
    services.reopen(package, someone())
    package = fresh(package)
    assert (package.state, package.revisions, package.approved_by) == (State.OPEN, {}, None)
    assert focus_of(package).get_lock() is None
    assert journal(package)[-1] == "Rouvert"


def test_reopening_forgets_the_hour() -> None:
    package = ordered(package_of_four(), in_an_hour())
    services.reopen(package, someone())
    assert fresh(package).go_live_at is None


# Hours


def test_a_package_waits_for_its_hour_and_goes_out_then(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        package = ordered(package_of_four(), in_an_hour())
    assert take(package.pk) is None
    assert DBTaskResult.objects.filter(run_after=package.go_live_at).exists()
    Package.objects.update(go_live_at=timezone.now())
    release(take(package.pk))
    assert live(package) == ALL


def test_an_hour_may_be_brought_forward_and_a_task_that_comes_late_does_nothing() -> None:
    package = ordered(package_of_four(), in_an_hour())
    services.schedule(package, someone())
    release(take(package.pk))
    assert live(package) == ALL
    assert take(package.pk) is None


def test_what_was_cancelled_does_not_go_out() -> None:
    package = ordered(package_of_four())
    services.cancel(package, someone())
    assert take(package.pk) is None
    assert fresh(package).state == State.APPROVED


def test_a_lost_task_is_queued_again_when_its_hour_came() -> None:
    package = ordered(package_of_four())
    services.schedule(approved(FocusFactory(title="Un autre").package), someone(), in_an_hour())
    DBTaskResult.objects.all().delete()
    queue_due_again()
    assert [task.args_kwargs["args"] for task in DBTaskResult.objects.all()] == [[package.pk]]


def test_healing_asks_for_lost_tasks() -> None:
    ordered(package_of_four())
    DBTaskResult.objects.all().delete()
    healing.send(sender=None)
    assert DBTaskResult.objects.filter(task_path__endswith="publish_package").count() == 1


# Going back


def test_rolling_back_takes_everything_offline_and_says_so() -> None:
    package = went_out(package_of_four())
    ArticleFactory(parent=focus_of(package), title="Ajouté", published=True)
    services.roll_back(package, someone())
    package = fresh(package)
    assert (package.state, package.published_at, package.revisions) == (State.OPEN, None, {})
    assert live(package) == []
    assert journal(package)[-1].startswith("Retiré du site")


def test_a_failure_in_the_middle_of_rolling_back_leaves_everything_online() -> None:
    package = went_out(package_of_four())
    with broken("focus_forumpage"), pytest.raises(DatabaseError, match="broken"):
        services.roll_back(package, someone())
    assert live(package) == ALL
    assert fresh(package).state == State.PUBLISHED


def test_what_was_rolled_back_goes_out_again_in_a_new_round() -> None:
    package = went_out(package_of_four())
    services.roll_back(package, someone())
    assert live(went_out(package)) == ALL


def test_a_page_added_once_the_package_is_out_goes_out_alone() -> None:
    package = went_out(package_of_four())
    article = ArticleFactory(parent=focus_of(package), title="Ajouté")
    publish(article)
    assert live(package) == [*ALL, "Ajouté"]


def test_a_published_page_may_still_be_corrected() -> None:
    package = went_out(package_of_four())
    article = ArticlePage.objects.get()
    article.chapo = "Un chapô corrigé."
    publish(article)
    assert ArticlePage.objects.get().chapo == "Un chapô corrigé."
    assert InsertPage.objects.count() == 8
    assert fresh(package).state == State.PUBLISHED
