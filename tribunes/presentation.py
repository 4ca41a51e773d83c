"""What the page of a tribune says."""

from typing import Any

from django.http import HttpRequest

from cms.byline import names
from cms.text_presentation import text_context
from tribunes.models import TribunePage


def tribune_context(tribune: TribunePage, request: HttpRequest) -> dict[str, Any]:
    """Return what ``tribunes/tribune_page.html`` needs besides the page."""
    return {
        **text_context(tribune, request, kind="OpinionNewsArticle"),
        "signatories": names(tribune.signatories.all()),
    }
