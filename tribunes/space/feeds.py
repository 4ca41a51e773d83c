"""Secret feed addresses of the partner: made, revoked. An address is shown once."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from tribunes import addresses, keys
from tribunes.models import FeedAddress, Partner
from tribunes.space.forms import FeedForm
from tribunes.space.views import UNPROCESSABLE, SpaceView

_FORMATS = {"atom.xml": "Atom", "rss.xml": "RSS", "feed.json": "JSON Feed"}


def own(partner: Partner, uuid: UUID) -> FeedAddress:
    """Return a feed address of the partner that still serves; raises Http404."""
    return get_object_or_404(FeedAddress.objects.usable(), partner=partner, uuid=uuid)


def addresses_of(secret: str) -> list[tuple[str, str]]:
    """Return the addresses that a secret opens, with the names of their formats."""
    return [
        (label, addresses.absolute(reverse("partner_feed", args=(secret, name))))
        for name, label in _FORMATS.items()
    ]


class FeedsView(SpaceView):
    """The feed addresses, and a form for another one."""

    section = "feeds"

    def get(self, request: HttpRequest) -> HttpResponse:
        """List them."""
        return self._list(FeedForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Make one and show it."""
        form = FeedForm(request.POST)
        if not form.is_valid():
            return self._list(form, UNPROCESSABLE)
        feed, secret = keys.issue_feed(self.partner, name=form.cleaned_data["name"])
        self.record("issue_feed", feed)
        context = {"feed": feed, "feed_addresses": addresses_of(secret)}
        return self.page("feed_made", context)

    def _list(self, form: FeedForm, status: int = 200) -> HttpResponse:
        feeds = FeedAddress.objects.filter(partner=self.partner)
        usable = [feed for feed in feeds if feed.is_usable]
        context = {
            "feeds": usable,
            "ended": [feed for feed in feeds if feed not in usable],
            "form": form,
        }
        return self.page("feeds", context, status)


class RevokeView(SpaceView):
    """Closes a feed address, after one more question."""

    section = "feeds"

    def get(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        """Ask whether that is meant."""
        return self.page(
            "revoke", {"key": own(self.partner, uuid), "back": reverse("partner_space:feeds")}
        )

    def post(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        """Close it."""
        feed = own(self.partner, uuid)
        keys.revoke(feed)
        self.record("revoke", feed)
        return self.then(
            f"L’adresse « {feed.name} » est révoquée : elle ne sert plus rien.", "feeds"
        )
