"""A live page that nobody reads before an hour: distribution is held, editing is not."""

from typing import Any

from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from wagtail.admin.panels import FieldPanel


class EmbargoMixin(models.Model):
    """Keeps a published page from the public until ``embargoed_until``.

    Publishing puts the page in the hands of those partners who signed an undertaking; the public
    sees it at the hour, by the clock alone. ``cms.selectors.unrestricted`` leaves such pages out,
    and so does everything that asks it.
    """

    embargoed_until = models.DateTimeField(
        "embargo jusqu’au",
        null=True,
        blank=True,
        db_index=True,
        help_text="Avant cette heure, la page publiée n’est visible que des partenaires qui ont "
        "signé un engagement d’embargo. Laissez vide s’il n’y a pas d’embargo.",
    )

    embargo_panels = [FieldPanel("embargoed_until")]

    class Meta:
        abstract = True

    @property
    def is_embargoed(self) -> bool:
        """Whether the hour has not come."""
        return self.embargoed_until is not None and self.embargoed_until > timezone.now()

    @property
    def status_string(self) -> str:
        """Say in lists that nobody reads the page before its hour."""
        if self.live and self.is_embargoed:
            return (
                f"sous embargo jusqu’au {timezone.localtime(self.embargoed_until):%d/%m/%Y %H:%M}"
            )
        status: str = super().status_string
        return status

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the page; before its hour, to its editors only: raises Http404."""
        if self.is_embargoed and not getattr(request, "is_preview", False):
            raise Http404("sous embargo")
        return super().serve(request, *args, **kwargs)
