"""What only the whole package shows: workflows, access, the plan, the cahier, the approval."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from wagtail.models import Page, WorkflowState

from cms.selectors import unrestricted
from focus.models import Insert, InsertPage, Package
from focus.package.drafts import Draft
from focus.package.findings import Finding, Level
from focus.package.members import members


def check_whole(package: Package, drafts: Sequence[Draft], at: datetime) -> Iterator[Finding]:
    """Yield what is wrong between the pages; a constant number of queries."""
    yield from _out_already(package, drafts)
    yield from _unfinished_workflows(drafts)
    yield from _restricted(package, drafts)
    yield from _unwritten(package)
    yield from _unsigned_pages(drafts, at)
    yield from _changed_since_approval(package, drafts)


def _out_already(package: Package, drafts: Sequence[Draft]) -> Iterator[Finding]:
    for draft in drafts:
        if draft.page.live and not package.is_out:
            yield draft.finding(
                Level.WARNING, "Elle est déjà en ligne : elle sera mise à jour avec le focus."
            )


def _unfinished_workflows(drafts: Sequence[Draft]) -> Iterator[Finding]:
    states = WorkflowState.objects.active().filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        object_id__in=[str(draft.page.pk) for draft in drafts],
    )
    pending = set(states.values_list("object_id", flat=True))
    for draft in drafts:
        if str(draft.page.pk) in pending:
            yield draft.finding(
                Level.BLOCKER, "Sa relecture n’est pas finie : approuvez la page ou annulez-la."
            )


def _restricted(package: Package, drafts: Sequence[Draft]) -> Iterator[Finding]:
    public = set(unrestricted(members(package)).values_list("pk", flat=True))
    for draft in drafts:
        if draft.page.pk not in public:
            yield draft.finding(
                Level.WARNING, "Son accès est restreint : le public ne pourra pas la lire."
            )


def _unwritten(package: Package) -> Iterator[Finding]:
    url = reverse("focus_sommaire:index", args=[package.focus_id])
    for piece in package.focus.pieces.filter(page=None):
        yield Finding(
            piece=piece.title,
            text="Elle est prévue au sommaire, mais n’a pas de page : elle ne paraîtra pas.",
            url=url,
            level=Level.WARNING,
        )


def _unsigned_pages(drafts: Sequence[Draft], at: datetime) -> Iterator[Finding]:
    """Printed pages without BAT keep the cahier from being read online once the paper is out."""
    paper_at = drafts[0].content.paper_at
    level = Level.BLOCKER if paper_at and paper_at <= at else Level.WARNING
    for draft in drafts:
        if not isinstance(draft.page, Insert):
            continue
        unsigned = draft.page.pages.exclude(state=InsertPage.State.APPROVED)
        numbers = [str(number) for number in unsigned.values_list("number", flat=True)]
        if numbers:
            yield draft.finding(
                level,
                f"Pages sans BAT : {', '.join(numbers)}. Le cahier n’est lisible en ligne qu’une"
                " fois toutes ses pages approuvées.",
                url=reverse("focus_print:desk", args=[draft.page.pk]),
            )


def _changed_since_approval(package: Package, drafts: Sequence[Draft]) -> Iterator[Finding]:
    """Locked pages do not change; whoever got round the lock is found here."""
    if package.state != Package.State.APPROVED:
        return
    approved = dict(package.revisions)
    for draft in drafts:
        revision = approved.pop(str(draft.page.pk), None)
        if revision != draft.page.latest_revision_id:
            yield draft.finding(
                Level.BLOCKER,
                "Elle a changé depuis la validation : rouvrez le focus, puis validez-le de nouveau."
                if revision
                else "Elle est arrivée après la validation : rouvrez le focus, puis validez-le de"
                " nouveau.",
            )
    if approved:
        yield drafts[0].finding(
            Level.BLOCKER,
            "Des pages validées ne sont plus dans le focus : rouvrez-le, puis validez-le de"
            " nouveau.",
        )
