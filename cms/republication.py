"""Under which terms the public may take a text elsewhere, as feeds say it."""

from collections.abc import Iterable
from dataclasses import dataclass

from wagtail.models import Page

from cms.models.base import BasePage
from cms.models.licences import Licence
from publishing import news


@dataclass(frozen=True, kw_only=True)
class Republication:
    """What a feed may carry of a text, and what it says of its terms."""

    whole: bool
    """Whether the text travels in full; otherwise its chapô alone does."""
    licence: Licence | None = None
    terms: news.Terms | None = None
    replies: tuple[news.Reply, ...] = ()
    """Droits de réponse that the public may read."""
    replies_to: news.Reply | None = None


def licences_of(texts: Iterable[BasePage]) -> dict[int, Licence]:
    """Return the licence of each text, its own or that of the page above, by primary key."""
    texts = list(texts)
    above = {_above(text) for text in texts if not text.licence_id}
    inherited = {
        parent.path: parent.licence_id
        for parent in Page.objects.filter(path__in=above).specific()
        if isinstance(parent, BasePage)
    }
    chosen = {text.pk: text.licence_id or inherited.get(_above(text)) for text in texts}
    licences = Licence.objects.in_bulk({pk for pk in chosen.values() if pk})
    return {text: licences[pk] for text, pk in chosen.items() if pk}


def _above(page: Page) -> str:
    return page.path[: -Page.steplen]
