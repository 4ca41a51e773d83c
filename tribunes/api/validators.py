"""Validators of answers: nothing is written that the caller has already."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

from tribunes.items import Item

_RECIPE = "3"
"""To be changed when the same item comes out otherwise in some format."""


@dataclass(frozen=True, kw_only=True)
class Validators:
    """A strong entity tag, and the moment of the last change if there was one."""

    etag: str
    modified: datetime | None = None

    def answer(self, request: HttpRequest, write: Callable[[], HttpResponse]) -> HttpResponse:
        """Return 304, 412, or what ``write`` makes."""
        if self.modified is None:
            response = get_conditional_response(request, self.etag) or write()
        else:
            moment = int(self.modified.timestamp())
            response = get_conditional_response(request, self.etag, moment) or write()
            # Never the second that runs: what else changes in it would have the same date.
            over = timezone.now() - timedelta(seconds=1)
            response["Last-Modified"] = http_date(min(self.modified, over).timestamp())
        response["ETag"] = self.etag
        return response


def of_item(item: Item, modified: datetime, *form: object) -> Validators:
    """Return the validators of an item: all that it says to this reader, and its form."""
    return Validators(etag=tag(sorted(asdict(item).items()), *form), modified=modified)


def tag(*parts: object) -> str:
    """Return a strong entity tag of values."""
    return f'"{sha256(repr((_RECIPE, *parts)).encode()).hexdigest()[:32]}"'
