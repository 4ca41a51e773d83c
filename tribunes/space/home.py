"""The first page: what is new, what waits for an answer, what is about to break."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from tribunes.facts import reader_of
from tribunes.models import Change, Notice, PartnerToken, Version, WebhookEndpoint
from tribunes.rendering import render
from tribunes.space.catalogue import shown_to
from tribunes.space.views import SpaceView

NEWEST = 8
SOON = timedelta(days=30)
"""How long before its end a token is shown here; a letter says it too."""


class HomeView(SpaceView):
    """Where one arrives."""

    section = "home"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show everything that asks for attention, then what is new."""
        partner, soon = self.partner, timezone.now() + SOON
        tokens = PartnerToken.objects.usable().filter(partner=partner, rotated_at=None)
        endpoints = WebhookEndpoint.objects.filter(partner=partner)
        context = {
            "notices": Notice.objects.filter(partner=partner, acknowledged_at=None).select_related(
                "record"
            ),
            "tokens": tokens.filter(expires_at__lt=soon).order_by("expires_at"),
            "failing": endpoints.exclude(failing_since=None, disabled_at=None),
            "news": self._news(),
        }
        return self.page("home", context)

    def _news(self) -> list[dict[str, object]]:
        """Return the newest versions of what the partner is shown, each with what happened."""
        reader = reader_of(self.partner)
        records = shown_to(reader)[:NEWEST]
        events = {
            (row.record_id, row.number): Change.Event(row.event).label
            for row in Version.objects.filter(record__in=records)
        }
        rendered = render(records, reader)
        return [
            {"item": item, "event": events.get((record.pk, record.version), "")}
            for record in records
            if (item := rendered[record.pk].item)
        ]
