"""Serving the feed of one partner at its secret address: rights of the moment, pull log."""

import logging
from collections.abc import Callable, Iterable

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views import View

from publishing import json_feed, news
from publishing.exceptions import ObjectMissing, StorageUnavailable
from publishing.rss import ATOM_CONTENT_TYPE, CONTENT_TYPE, render_atom, render_news
from tribunes import addresses, keys, pulls
from tribunes.api.door import PATIENCE
from tribunes.api.live import Live
from tribunes.api.source import Found
from tribunes.api.validators import Validators, tag
from tribunes.facts import reader_of
from tribunes.feeds import partner as partner_feed
from tribunes.items import Picture, PubStatus
from tribunes.models import FeedAddress, Pull
from tribunes.rendering import Rendered

logger = logging.getLogger(__name__)

FORMATS: dict[str, tuple[str, Callable[[news.Feed, Iterable[news.Item]], bytes]]] = {
    "rss.xml": (CONTENT_TYPE, render_news),
    "atom.xml": (ATOM_CONTENT_TYPE, render_atom),
    "feed.json": (json_feed.CONTENT_TYPE, json_feed.render),
}
_CACHE = "private, max-age=60"
"""Seconds; a revoked address answers nothing new at once."""


class FeedView(View):
    """What feed readers ask for; a secret that is unknown or revoked answers 404."""

    http_method_names = ("get", "head", "options")

    def dispatch(self, request: HttpRequest, secret: str, **kwargs: object) -> HttpResponse:
        """Find whose address it is; keep it out of caches of others, of referrers and indexes."""
        feed = keys.find_feed(secret)
        if feed is None or not feed.is_usable:
            raise Http404
        keys.touch(feed)
        response = super().dispatch(request, secret=secret, feed=feed, **kwargs)
        response.setdefault("Cache-Control", _CACHE)
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex"
        return response

    def get(self, request: HttpRequest, secret: str, feed: FeedAddress, name: str) -> HttpResponse:
        """Answer with the feed in one format, or 304 when nothing changed."""
        if name not in FORMATS:
            raise Http404
        content_type, write = FORMATS[name]
        described, items, given = partner_feed.describe(feed.partner, _feeds(secret))
        data = write(described, items)
        response = HttpResponse(data, content_type=content_type)
        known = Validators(etag=tag(data), modified=described.changed)
        answer = known.answer(request, lambda: response)
        if answer is response and request.method == "GET":
            _note(given, feed, name)
        return answer


class PictureView(FeedView):
    """A picture that the feed names, as long as it may be shown to that partner."""

    def get(
        self, request: HttpRequest, secret: str, feed: FeedAddress, uuid: str, pk: int
    ) -> HttpResponse:
        """Answer with the address of the picture."""
        source = Live(reader_of(feed.partner))
        found = source.find(uuid)
        if found is None or found.item.status != PubStatus.USABLE:
            raise Http404
        for picture in found.item.pictures:
            if picture.id == pk:
                return _led(source, found, picture)
        raise Http404


def _led(source: Live, found: Found, picture: Picture) -> HttpResponse:
    # Never kept: the address is signed for a moment.
    headers = {"Cache-Control": "private, no-cache"}
    try:
        return HttpResponseRedirect(source.picture(found, picture), headers=headers)
    except ObjectMissing as error:
        logger.exception("The file of a picture is missing")
        raise Http404 from error
    except StorageUnavailable:
        logger.exception("The file of a picture could not be read")
        return HttpResponse(status=503, headers={**headers, "Retry-After": str(PATIENCE)})


def _note(given: Iterable[Rendered], feed: FeedAddress, name: str) -> None:
    """Note what is handed over for the first time: readers poll all day."""
    known = set(Pull.objects.filter(feed=feed).values_list("record_id", "version"))
    taken = {(found.record.pk, found.item.version): found.item for found in given}
    pulls.note(
        [(record, taken[record, version]) for record, version in sorted(taken.keys() - known)],
        partner=feed.partner,
        door=Pull.Door.FEED,
        format=name.partition(".")[0],
        feed=feed,
    )


def _feeds(secret: str) -> partner_feed.Feeds:
    return partner_feed.Feeds(root=addresses.absolute(f"/partenaires/flux/{secret}/"))
