"""The editorial order of a sommaire. The tree of pages has its own, which does not change."""

from django.db import transaction

from focus.models import FocusPage, Piece
from focus.pieces import reordered


@transaction.atomic
def move(focus: FocusPage, moving: int, *, neighbour: int, after: bool = False) -> None:
    """Put a piece right before, or after, another one of the same focus.

    Raises ValueError when one of them is not in the sommaire any more. Rows are locked in the
    order of their keys, so two moves at once follow each other and both hold.
    """
    pieces = {piece.pk: piece for piece in focus.pieces.select_for_update().order_by("pk")}
    order = sorted(pieces, key=lambda pk: (pieces[pk].position, pk))
    changed = []
    for position, pk in enumerate(reordered(order, moving, neighbour=neighbour, after=after)):
        if pieces[pk].position != position:
            pieces[pk].position = position
            changed.append(pieces[pk])
    Piece.objects.bulk_update(changed, ["position"])
