"""From the plan to the page: a draft of the right kind, or a page that is there already."""

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from wagtail.models import Page

from cms.models import User
from focus.models import FocusPage, ForumPage, Piece
from focus.services import KINDS

_ORDER = list(Piece.State)


class PageRefused(Exception):
    """A page cannot be made now; says why in French."""


def model_of(piece: Piece) -> type[Page]:
    """Return the type of page that a piece becomes."""
    return apps.get_model(next(label for label, kind in KINDS.items() if kind == piece.kind))


@transaction.atomic
def create_page(focus: FocusPage, piece: Piece, user: User) -> Page:
    """Make the draft of a piece and bind it: title and target are carried over.

    What Wagtail asks before it adds a page is asked. Raises PermissionDenied or PageRefused.
    """
    piece = focus.pieces.select_for_update().get(pk=piece.pk)
    model = model_of(piece)
    if not focus.permissions_for_user(user).can_add_subpage():
        raise PermissionDenied
    if piece.page_id:
        raise PageRefused("Cette pièce a déjà sa page.")
    if reason := focus.why_pages_are_locked():
        raise PageRefused(reason)
    if model not in focus.creatable_subpage_models() or not model.can_create_at(focus):
        raise PageRefused(
            f"Ce focus a déjà son {piece.get_kind_display().lower()} : rattachez-le à cette pièce."
        )
    page = model(title=piece.title, owner=user, live=False)
    if piece.target_signes and hasattr(page, "target_signes"):
        page.target_signes = piece.target_signes
    if isinstance(page, ForumPage):
        page.divide()
    focus.add_child(instance=page)
    page.save_revision(user=user, log_action=True, clean=False)
    Piece.objects.filter(page=page).delete()  # the line that every new page is given
    piece.page = page
    piece.save(update_fields=["page"])
    return page


def pages_to_bind(piece: Piece) -> QuerySet[Page]:
    """Return the pages of the focus that a plan without page may be about."""
    return Page.objects.filter(
        focus_piece__focus=piece.focus_id, focus_piece__kind=piece.kind
    ).order_by("path")


@transaction.atomic
def bind(piece: Piece, page: Page) -> None:
    """Make a plan and the line that came with a page into one line, at the place of the plan.

    What the plan does not say, the other line says; the state is the further one of both. Raises
    PageRefused when one of them was bound, or deleted, meanwhile.
    """
    both = Q(pk=piece.pk, page=None) | Q(page=page)
    rows = Piece.objects.select_for_update().filter(both).order_by("pk")
    found = {row.pk == piece.pk: row for row in rows}
    if len(found) < 2:
        raise PageRefused("Rien n’est rattaché : cette pièce ou cette page a changé entre-temps.")
    plan, other = found[True], found[False]
    for name in ("slot", "owner_id", "due_on", "target_signes"):
        setattr(plan, name, getattr(plan, name) or getattr(other, name))
    plan.state = max(plan.state, other.state, key=_ORDER.index)
    other.delete()
    plan.page = page
    plan.save(update_fields=["page", "slot", "owner", "due_on", "target_signes", "state"])
