"""What the pages of the partner space have in common: who is there, and that nothing is kept."""

import logging
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views import View
from wagtail.log_actions import log

from publishing.exceptions import ObjectMissing, StorageUnavailable
from tribunes.api.door import PATIENCE
from tribunes.models import AccessKey, Partner
from tribunes.space import sessions

logger = logging.getLogger(__name__)

SECTIONS = (
    ("home", "Accueil"),
    ("catalogue", "Catalogue"),
    ("declarations", "Reprises"),
    ("notices", "Avis"),
    ("tokens", "Jetons"),
    ("feeds", "Flux"),
    ("webhooks", "Webhooks"),
    ("terms", "Conditions"),
    ("documentation", "Documentation"),
)
"""What the menu leads to: names of addresses, with their labels."""
UNPROCESSABLE = 422
SEE_OTHER = 303


class SpaceView(View):
    """A page of the space; strangers are led to the sign-in page unless it ``is_open``."""

    is_open = False
    section = ""
    """Which entry of the menu the page belongs to."""
    visit: sessions.Visit | None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Find who is there; nothing of the answer is kept, indexed, or told to other sites."""
        self.visit = sessions.visit_of(request)
        if self.visit or self.is_open:
            answer = self._answer(request, *args, **kwargs)
        else:
            answer = redirect("partner_space:sign_in")
        answer["Cache-Control"] = "private, no-store"
        answer["X-Robots-Tag"] = "noindex, nofollow"
        # Addresses of links are secrets, for the logs of our own servers too; forms name an origin.
        answer["Referrer-Policy"] = "strict-origin"
        return answer

    def _answer(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer, or say which file could not be read and what to do instead."""
        try:
            return super().dispatch(request, *args, **kwargs)
        except (ObjectMissing, StorageUnavailable) as error:
            logger.exception("A file could not be read")
            missing = isinstance(error, ObjectMissing)
            answer = self.page("no_file", {"missing": missing}, 404 if missing else 503)
            if not missing:
                answer["Retry-After"] = str(PATIENCE)
            return answer

    @property
    def partner(self) -> Partner:
        """The partner of whoever is there."""
        return self.visit.contact.partner

    def page(self, name: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
        """Show a template of the space."""
        known = {
            "visit": self.visit,
            "said": self.visit.said() if self.visit else "",
            "sections": [(f"partner_space:{name}", name, label) for name, label in SECTIONS],
            "section": self.section,
        }
        return render(self.request, f"tribunes/space/{name}.html", known | context, status=status)

    def record(self, action: str, key: AccessKey) -> None:
        """Write who did what to which key in the history of the partner, which editors read."""
        name = f"{key.name}, par {self.visit.contact}"
        log(self.partner, f"tribunes.{action}", data={"name": name, "hint": key.hint})

    def then(self, text: str, name: str, *args: object) -> HttpResponse:
        """Go to a page after something was done, and say there that it was."""
        self.visit.say(text)
        answer = redirect(reverse(f"partner_space:{name}", args=args))
        answer.status_code = SEE_OTHER
        return answer
