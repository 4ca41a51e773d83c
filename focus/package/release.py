"""A package goes out: checked again, then all its pages in one transaction, or none.

A worker takes the row (``taken_at``) and shows signs of life while it checks. A worker that dies
leaves nothing behind: the package is still approved, and goes out at the next attempt.
"""

import logging
from datetime import datetime

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from wagtail.models import Page, Revision

from cms.models.gate import NotPublishable
from focus.models import Package
from focus.package import queue
from focus.package.exceptions import LeaseLost, PackageRefused
from focus.package.members import latest_revisions, members
from focus.package.report import blockers, examine
from focus.package.services import record
from focus.package.words import count
from publishing.queue import pause

logger = logging.getLogger(__name__)

ATTEMPTS = 8
"""How often the world may stand in the way before somebody has to look; some ten minutes."""

State = Package.State


def take(pk: int) -> Package | None:
    """Reserve a package whose hour has come; None when it is not due, or taken."""
    taken = (
        queue.due()
        .filter(pk=pk)
        .update(taken_at=timezone.now(), attempts=F("attempts") + 1, done=0, total=0)
    )
    return Package.objects.get(pk=pk) if taken else None


def release(package: Package) -> None:
    """Publish a package that was taken.

    What its content forbids is said to the editor, who orders it again. What the world does (the
    database fails, the worker dies) is tried again later, ``ATTEMPTS`` times in all.
    """
    try:
        check_again(package)
        publish_together(package)
    except LeaseLost:
        logger.warning("package taken over", extra={"package": package.pk})
    except PackageRefused as refusal:
        _stop(package, str(refusal))
    except NotPublishable as refusal:
        _stop(package, f"Rien n’a paru : {' '.join(refusal.messages)}")
    except Exception:
        logger.exception("package not published", extra={"package": package.pk})
        _try_again(package)


def check_again(package: Package) -> None:
    """Read the report again, since what surrounds the pages may have changed; show progress."""
    if package.attempts > ATTEMPTS:
        raise PackageRefused(_GIVEN_UP)

    def tell(done: int, total: int) -> None:
        _renew(package, done=done, total=total)

    if found := blockers(examine(package, tell)):
        first = found[0]
        raise PackageRefused(
            f"Rien n’a paru : « {first.piece} » ne peut pas paraître. {first.text}"
            + (f" Le rapport signale {len(found)} points à corriger." if found[1:] else "")
        )


_GIVEN_UP = (
    "Rien n’a paru : la parution a échoué plusieurs fois pour une raison technique. La personne qui"
    " administre le serveur trouvera la cause dans les journaux ; faites paraître ensuite le focus"
    " de nouveau."
)


def _renew(package: Package, **values: int) -> None:
    """Show a sign of life; raises LeaseLost when the package passed to somebody else."""
    now = timezone.now()
    if not _held(package).update(taken_at=now, **values):
        raise LeaseLost
    package.taken_at = now


def _held(package: Package) -> QuerySet[Package]:
    return Package.objects.filter(pk=package.pk, taken_at=package.taken_at, state=State.APPROVED)


@transaction.atomic
def publish_together(package: Package) -> None:
    """Publish exactly what was approved, and nothing if one page cannot be."""
    row = _held(package).select_for_update().first()
    if row is None:
        raise LeaseLost
    pages = members(row)
    list(Page.objects.select_for_update().filter(pk__in=pages.values("pk")).order_by("pk"))
    if latest_revisions(row) != row.revisions:
        raise PackageRefused(
            "Rien n’a paru : une page a changé depuis la validation. Rouvrez le focus, puis"
            " validez-le de nouveau."
        )
    _move_on(row, State.PUBLISHING)
    revisions = Revision.objects.in_bulk(row.revisions.values())
    for pk in pages.values_list("pk", flat=True):
        revision = revisions[row.revisions[str(pk)]]
        revision.publish(user=row.approved_by, skip_permission_checks=True)
    row.published_at = timezone.now()
    row.go_live_at = row.taken_at = None
    row.problem, row.attempts = "", 0
    _move_on(row, State.PUBLISHED)
    record(row, row.approved_by, f"Paru : {count(len(revisions), 'page')} ensemble.")


def _move_on(row: Package, state: str) -> None:
    row.state = state
    row.save()


def _stop(package: Package, problem: str) -> None:
    """Say why the package stays where it is: nobody tries again before an editor asks."""
    _fail(package, problem, go_live_at=None, taken_at=None, attempts=0)


def _try_again(package: Package) -> None:
    """Leave the lease to run out when the next attempt is due, later after each failure."""
    if package.attempts >= ATTEMPTS:
        _stop(package, _GIVEN_UP)
        return
    again: datetime = timezone.now() + pause(package.attempts)
    problem = (
        "Rien n’a paru : le site a rencontré un incident technique. Un nouvel essai aura lieu"
        " automatiquement."
    )
    if _fail(package, problem, taken_at=again - queue.PATIENCE):
        queue.enqueue(package, again)


@transaction.atomic
def _fail(package: Package, problem: str, **values: object) -> bool:
    """Record a failure, unless the package passed to somebody else meanwhile."""
    held = bool(_held(package).update(problem=problem, **values))
    if held:
        record(package, None, problem)
        logger.warning("package stays", extra={"package": package.pk, "cause": problem})
    return held
