"""Two pages of a cahier change places."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from focus.models import InsertPage
from focus.print_desk import links
from focus.print_desk.events import record
from focus.print_desk.refusals import DeskRefused


@transaction.atomic
def swap(insert_pk: int, first: int, second: int, user: Any) -> None:
    """Exchange the numbers of two pages; all they hold goes with them. Raises DeskRefused.

    What is approved stays where it is, and nobody approves by a link a page that has moved since.
    """
    numbers = sorted((first, second))
    pages = list(
        InsertPage.objects.select_for_update()
        .filter(insert=insert_pk, number__in=numbers)
        .order_by("number")
    )
    if len(pages) != 2:
        raise DeskRefused("Choisissez deux pages de ce cahier.")
    for page in pages:
        if page.state == InsertPage.State.APPROVED:
            raise DeskRefused(
                f"La page {page.number} a son BAT : rouvrez-la avant de la changer de place."
            )
    for page, number in zip(pages, reversed(numbers), strict=True):
        page.number = number  # the constraint is checked at the end of the transaction
        page.save(update_fields=["number"])
    revoked = links.usable().filter(version__page__in=pages).update(revoked_at=timezone.now())
    text = f"Les pages {first} et {second} ont échangé leur place."
    if revoked:
        text += " Les liens d’approbation en cours sont retirés."
    record(insert_pk, user, text)
