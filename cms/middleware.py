"""What is said in the place of an answer: why a page may not go live, why a text is gone."""

from collections.abc import Callable
from http import HTTPStatus

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.models import Site

from cms.models import Withdrawal
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


class GoneMiddleware:
    """Says 410 instead of 404 where a text was withdrawn, with a notice that explains itself.

    The withdrawal knows where readers found the text, whatever became of its page; the address
    that the page has now, after a move, says the same. Texts that the public never read are not
    told of.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, with the notice in the place of « introuvable »."""
        response = self.get_response(request)
        if response.status_code != HTTPStatus.NOT_FOUND or request.method not in ("GET", "HEAD"):
            return response
        withdrawal = _withdrawal_at(request)
        return gone(request, withdrawal) if withdrawal else response


def gone(request: HttpRequest, withdrawal: Withdrawal) -> HttpResponse:
    """Answer with the notice of a withdrawal: its public reason, never the internal one."""
    said = {"withdrawal": withdrawal}
    response = render(request, "410.html", said, status=HTTPStatus.GONE)
    response["Cache-Control"] = "no-cache"
    return response


def _withdrawal_at(request: HttpRequest) -> Withdrawal | None:
    if "\0" in request.path:  # PostgreSQL takes no such text
        return None
    steps = "/".join(step for step in request.path.split("/") if step)
    where = Q(path__in=[f"/{steps}/", f"/{steps}"])
    if site := Site.find_for_request(request):
        where |= Q(page__url_path=f"{site.root_page.url_path}{steps}/")
    return Withdrawal.objects.announced().filter(where).first()
