"""What the page of a tribune says."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, prefetch_related_objects
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from cms.byline import Signature, names
from cms.selectors import unrestricted
from cms.text_presentation import text_context
from tribunes.access import ANYONE, Standing, decide
from tribunes.facts import facts_of
from tribunes.models import Record, SignerRow, TribuneIndexPage, TribunePage


@dataclass(frozen=True, kw_only=True)
class Signer:
    """Somebody who wrote or signed, as they were on the day."""

    signature: Signature
    biography: str
    interests: str
    territory: str

    @property
    def is_introduced(self) -> bool:
        """Whether there is more to say than name and function."""
        return bool(self.biography or self.interests)


def tribune_context(tribune: TribunePage, request: HttpRequest) -> dict[str, Any]:
    """Return what ``tribunes/tribune_page.html`` needs besides the page."""
    said = text_context(tribune, request, kind="OpinionNewsArticle")
    authors, signatories = list(tribune.authors.all()), list(tribune.signatories.all())
    prefetch_related_objects([*authors, *signatories], "territory")
    replies = _replies(tribune, request)
    return {
        **said,
        **_alone(tribune, request),
        "kind": "Droit de réponse" if tribune.replies_to_id else "Tribune",
        "known": [signer for signer in _signers(authors, said["byline"]) if signer.is_introduced],
        "signatories": _signers(signatories, names(signatories)),
        "replies": [page for page in replies if page.pk != tribune.replies_to_id],
        "answered": next((page for page in replies if page.pk == tribune.replies_to_id), None),
        "republish_url": _republish_url(tribune),
    }


def _signers(rows: Iterable[SignerRow], signatures: Iterable[Signature]) -> list[Signer]:
    """Return who signs, with what each row keeps; ``cms.byline`` completed those of a preview."""
    return [
        Signer(
            signature=signature,
            biography=row.biography,
            interests=row.interests,
            territory=row.territory.name if row.territory else "",
        )
        for row, signature in zip(rows, signatures, strict=True)
    ]


def _alone(tribune: TribunePage, request: HttpRequest) -> dict[str, Any]:
    """Return what a tribune without focus says instead of it: where all tribunes are."""
    index = tribune.get_parent()
    if index is None or index.specific_class is not TribuneIndexPage:
        return {}
    is_open = getattr(request, "is_preview", False) or unrestricted(
        TribuneIndexPage.objects.live().filter(pk=index.pk)
    )
    url = index.get_url(request) if is_open else ""
    nothing = {"focus": None, "focus_url": "", "previous": None, "following": None}
    return {**nothing, "index_url": url, "archive_url": url}


def _replies(tribune: TribunePage, request: HttpRequest) -> list[TribunePage]:
    """Return the text it answers and those that answer it, as far as anybody may read them."""
    related = Q(pk=tribune.replies_to_id)
    if tribune.pk:
        related |= Q(replies_to=tribune.pk)
    pages = TribunePage.objects.filter(related, alias_of=None)
    if not getattr(request, "is_preview", False):
        pages = unrestricted(pages.live())
    return list(pages.defer_streamfields().order_by("first_published_at", "pk"))


def _republish_url(tribune: TribunePage) -> str:
    """Return where anybody may take the tribune, "" if nobody may."""
    records = list(Record.objects.filter(uuid=tribune.uuid))
    facts = facts_of(records)
    usable = (decide(facts[record.pk], ANYONE, timezone.now()) for record in records)
    return reverse("tribune_republish", args=[tribune.uuid]) if Standing.USABLE in usable else ""
