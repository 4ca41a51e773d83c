"""A page that may not go live is a message for the editor, whichever screen asked for it."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.admin.utils import get_valid_next_url_from_request

from cms.models.gate import NotPublishable


class NotPublishableMiddleware:
    """Sends back to the screen where the editor was, with the reasons.

    The page editor says them next to the fields and never comes here; the list of pages and an
    approval have no fields.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let the request through."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer a refusal; leave every other exception alone."""
        if not isinstance(error, NotPublishable):
            return None
        for text in error.messages:
            messages.error(request, text)
        back = get_valid_next_url_from_request(request) or reverse("wagtailadmin_home")
        if request.headers.get("X-Requested-With") == "XMLHttpRequest":
            # Wagtail's dialogue boxes follow this address.
            return JsonResponse({"step": "success", "redirect": back})
        return redirect(back)
