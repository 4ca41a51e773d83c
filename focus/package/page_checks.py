"""What one page says of itself before it goes out."""

from collections.abc import Iterator
from datetime import datetime

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.text import capfirst
from wagtail.models import Page

from focus.package.drafts import Draft
from focus.package.findings import Finding, Level
from focus.package.words import moment


def check_page(draft: Draft, at: datetime) -> Iterator[Finding]:
    """Yield what forbids the page to go out at a moment, then what had better be mended."""
    for texts in draft.content.publishing_problems().values():
        for text in texts:
            yield draft.finding(Level.BLOCKER, text)
    for text in _invalid(draft.content):
        yield draft.finding(Level.BLOCKER, text)
    yield from _against_the_clock(draft, at)
    if draft.page.alias_of_id:
        yield draft.finding(
            Level.BLOCKER,
            "C’est un alias : il suit une autre page. Supprimez-le, ou copiez la page sans cocher"
            " « Alias ».",
        )
    for text in draft.content.publishing_advice():
        yield draft.finding(Level.WARNING, text)


def _invalid(page: Page) -> Iterator[str]:
    try:
        page.full_clean()
    except ValidationError as error:
        for name, texts in error.message_dict.items():
            label = "" if name == NON_FIELD_ERRORS else page._meta.get_field(name).verbose_name
            yield from (f"{capfirst(label)} : {text}" if label else text for text in texts)


def _against_the_clock(draft: Draft, at: datetime) -> Iterator[Finding]:
    """A page with an hour of its own would not go out with the others."""
    starts, ends = draft.content.go_live_at, draft.content.expire_at
    if starts and starts > at:
        yield draft.finding(
            Level.BLOCKER,
            f"Elle a sa propre heure de parution ({moment(starts)}) : effacez-la, la page paraît"
            " avec le focus.",
        )
    if ends and ends <= at:
        yield draft.finding(
            Level.BLOCKER,
            f"Elle expire avant de paraître ({moment(ends)}) : effacez ou repoussez cette date.",
        )
