"""Where catalogues look for tribunes: their focus, their themes, their kind.

A droit de réponse is found with the text that it answers.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import prefetch_related_objects
from wagtail.models import Page

from tribunes.models import Record, TribunePage

_FOCUS = "focuspage"


@dataclass(frozen=True, kw_only=True)
class Where:
    """The place of one tribune."""

    focus_id: int | None
    themes: list[int]
    kind: str

    def keep(self, record: Record) -> None:
        """Note the place in a record, which the caller saves."""
        record.focus_id, record.themes, record.kind = self.focus_id, self.themes, self.kind


def places_of(pages: Iterable[TribunePage]) -> dict[int, Where]:
    """Return the place of each page by primary key, in a constant number of queries."""
    pages = list(pages)
    answered = TribunePage.objects.defer("body").in_bulk(
        {page.replies_to_id for page in pages if page.replies_to_id}
    )
    found = {page.pk: answered.get(page.replies_to_id, page) for page in pages}
    distinct = list({page.pk: page for page in found.values()}.values())
    prefetch_related_objects(distinct, "themes", "signatories")
    above = Page.objects.filter(path__in={_above(page) for page in distinct})
    focuses = dict(above.filter(content_type__model=_FOCUS).values_list("path", "pk"))
    return {
        pk: Where(
            focus_id=focuses.get(_above(page)),
            themes=sorted(theme.pk for theme in page.themes.all()),
            kind=page.kind,
        )
        for pk, page in found.items()
    }


def _above(page: TribunePage) -> str:
    return page.path[: -Page.steplen]
