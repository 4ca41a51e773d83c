"""What people do to a package: each act is one transaction, refused in words or logged."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils import timezone
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Revision

from cms.models import User
from focus.models import Package, PackageEvent
from focus.package.exceptions import PackageRefused
from focus.package.members import latest_revisions, live_members, members, with_revisions
from focus.package.queue import enqueue
from focus.package.report import blockers, examine
from focus.package.words import count, moment

State = Package.State


def submit(package: Package, user: User) -> None:
    """Ask for the approval of a focus: from now on it is locked, with its pages."""
    with _changing(package, State.OPEN) as row:
        row.state, row.submitted_by, row.problem = State.REVIEW, user, ""
        record(row, user, "Soumis à validation : les pages sont verrouillées.")


def reopen(package: Package, user: User) -> None:
    """Let the pages change again; what was approved or planned is forgotten."""
    with _changing(package, State.REVIEW, State.APPROVED) as row:
        approved = row.state == State.APPROVED
        _start_over(row)
        what = "la validation est annulée" if approved else "il n’est plus à valider"
        record(row, user, f"Rouvert : {what}, les pages sont de nouveau modifiables.")


def approve(package: Package, user: User) -> None:
    """Approve the pages as they are; exactly these go out.

    Raises PackageRefused while the report has blockers.
    """
    _fresh(package, State.REVIEW)
    revisions = with_revisions(package, user)
    found = blockers(examine(package))
    if found:
        points = count(len(found), "point bloquant")
        raise PackageRefused(f"Le rapport signale {points} : corrigez d’abord.")
    with _changing(package, State.REVIEW) as row:
        if latest_revisions(row) != revisions:
            raise PackageRefused("Une page a changé pendant le contrôle : recommencez.")
        row.state, row.approved_by, row.revisions = State.APPROVED, user, revisions
        record(row, user, f"Validé : {count(len(revisions), 'page')}, dans la version du moment.")


def schedule(package: Package, user: User, at: datetime | None = None) -> None:
    """Let an approved package go out, now or at an hour; may be changed until then.

    Raises PackageRefused for an hour that is past.
    """
    now = timezone.now()
    if at is not None and at <= now:
        raise PackageRefused("Choisissez une heure à venir, ou faites paraître tout de suite.")
    with _changing(package, State.APPROVED) as row:
        _forget_attempts(row)
        row.go_live_at = at or now
        text = f"Parution prévue le {moment(at)}." if at else "Parution demandée."
        record(row, user, text)
        # Should the queue refuse, healing finds the package when its hour has come.
        transaction.on_commit(partial(enqueue, row, at), robust=True)


def cancel(package: Package, user: User) -> None:
    """Keep an approved package from going out; it stays approved."""
    with _changing(package, State.APPROVED) as row:
        if row.go_live_at is None:
            raise PackageRefused("Aucune parution n’est prévue.")
        _forget_attempts(row)
        record(row, user, "Parution annulée.")


def roll_back(package: Package, user: User) -> None:
    """Take everything of the package offline at once; its pages become drafts again."""
    with _changing(package, State.PUBLISHED) as row:
        pages = list(live_members(row))
        for page in pages:
            UnpublishPageAction(page, user=user).execute(skip_permission_checks=True)
        # A page that was to come out alone later waits for the next round, with the others.
        planned = Revision.page_revisions.exclude(approved_go_live_at=None)
        mine = [str(pk) for pk in members(row).values_list("pk", flat=True)]
        planned.filter(object_id__in=mine).update(approved_go_live_at=None)
        _start_over(row)
        row.published_at = None
        record(row, user, f"Retiré du site, à l’état de brouillon : {count(len(pages), 'page')}.")


@contextmanager
def _changing(package: Package, *states: str) -> Iterator[Package]:
    """Give the row, locked and fresh, and save it at the end; refuse it in another state."""
    with transaction.atomic():
        row = _fresh(package, *states)
        yield row
        row.save()


@transaction.atomic
def _fresh(package: Package, *states: str) -> Package:
    row = Package.objects.select_for_update().get(pk=package.pk)
    if row.state not in states:
        raise PackageRefused(
            f"Le focus est {row.get_state_display()} : quelqu’un l’a fait avancer entre-temps."
        )
    return row


def _start_over(row: Package) -> None:
    _forget_attempts(row)
    row.state, row.approved_by, row.revisions = State.OPEN, None, {}


def _forget_attempts(row: Package) -> None:
    row.go_live_at = row.taken_at = None
    row.problem, row.attempts, row.done, row.total = "", 0, 0, 0


def record(package: Package, user: User | None, text: str) -> None:
    """Write what happened into the log of a package."""
    PackageEvent.objects.create(package=package, user=user, text=text)
