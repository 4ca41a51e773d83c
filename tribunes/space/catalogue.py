"""What the partner may have now: its list, and each tribune with its terms."""

from collections.abc import Iterable
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from publishing.text import xml_safe
from tribunes import addresses, pulls
from tribunes.access import ANYONE, Reader, Standing, decide
from tribunes.exports import FORMATS, Format, words
from tribunes.exports.clean import clean
from tribunes.facts import facts_of, reader_of
from tribunes.items import Item
from tribunes.models import Notice, Partner, Pull, Record, Republication
from tribunes.rendering import Rendered, render
from tribunes.space.views import SpaceView

PER_PAGE = 20
LABELS = {
    "json": "JSON",
    "ninjs": "ninjs",
    "newsml": "NewsML-G2",
    "html": "HTML",
    "text": "Texte",
    "docx": "Word",
    "zip": "Archive avec images",
}
"""What people call the formats."""
_FOR_PEOPLE = ("docx", "html", "text", "zip")
"""Formats that people open, in the order of their use; all others are for programs."""


def shown_to(reader: Reader, title: str = "") -> list[Record]:
    """Return the tribunes that a reader is shown, newest version first."""
    records = list(Record.objects.filter(title__icontains=title))
    facts, now = facts_of(records), timezone.now()
    return [one for one in records if decide(facts[one.pk], reader, now).is_shown]


def rendered_of(partner: Partner, uuid: UUID) -> Rendered:
    """Return a tribune as the partner may have it; raises Http404 when there is nothing to show."""
    record = get_object_or_404(Record, uuid=uuid)
    found = render([record], reader_of(partner))[record.pk]
    if found.item is None:
        raise Http404
    return found


class CatalogueView(SpaceView):
    """The list, a page at a time."""

    section = "catalogue"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show what may be taken, or was withdrawn; ``q`` looks for words of titles."""
        reader, words_of_title = reader_of(self.partner), xml_safe(request.GET.get("q", "")).strip()
        paginator = Paginator(shown_to(reader, words_of_title), PER_PAGE)
        page = paginator.get_page(request.GET.get("page"))
        rendered = render(page.object_list, reader)
        items = [found for one in page.object_list if (found := rendered[one.pk]).item]
        return self.page("catalogue", {"items": items, "page": page, "q": words_of_title})


class TribuneView(SpaceView):
    """One tribune: its text, its terms in plain words, every format."""

    section = "catalogue"

    def get(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        """Show it as it is now."""
        found = rendered_of(self.partner, uuid)
        item, ours = found.item, {"record": found.record, "partner": self.partner}
        _note(found.record, item, self.partner)
        context = {
            "item": item,
            "standing": found.standing,
            "withdrawal": words.withdrawal(item),
            "embargo": words.embargo(item),
            "byline": words.byline(item),
            "text": _text(item),
            "signatories": [words.signature(person) for person in item.signatories],
            "withheld": words.withheld_pictures(item),
            "corrections": [words.correction(one) for one in item.corrections],
            "terms": list(words.terms(item.terms)) if item.terms else [],
            "formats": _labelled(name for name in _FOR_PEOPLE if name in FORMATS),
            "technical": _labelled(name for name in FORMATS if name not in _FOR_PEOPLE),
            "republish": addresses.republish(item.uuid) if _is_for_all(found.record) else "",
            "address": addresses.item(item.uuid),
            "republications": Republication.objects.filter(**ours),
            "notices": Notice.objects.filter(**ours, acknowledged_at=None),
        }
        return self.page("tribune", context)


def _labelled(names: Iterable[str]) -> list[tuple[Format, str]]:
    return [(FORMATS[name], LABELS.get(name, name)) for name in names]


def _is_for_all(record: Record) -> bool:
    """Return whether anybody may take the text: its public pages are there to be linked."""
    facts = facts_of([record])[record.pk]
    return decide(facts, ANYONE, timezone.now()) == Standing.USABLE


def _note(record: Record, item: Item, partner: Partner) -> None:
    """Note once a version that the text was read, and may have been copied."""
    taken = {"partner": partner, "door": Pull.Door.SPACE, "format": "page"}
    if not Pull.objects.filter(record=record, version=item.version, **taken).exists():
        pulls.note([(record.pk, item)], **taken)


def _text(item: Item) -> str:
    """Return the text to be read here, its pictures by our door: the API asks for a token."""
    html = clean(item.html, 3)
    for picture in item.pictures:
        here = reverse("partner_space:picture", args=(item.uuid, picture.id))
        html = html.replace(f'src="{picture.href}"', f'src="{here}"')
    return html
