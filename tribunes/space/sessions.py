"""The session of a contact: a cookie and a row of its own, which know nothing of editors.

It lasts twelve hours from the moment somebody entered. A contact that was removed, or whose address
or contract changed, is out at the next request.
"""

from dataclasses import dataclass
from datetime import timedelta
from importlib import import_module

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.urls import reverse

from tribunes.models import PartnerContact
from tribunes.space.members import members

COOKIE = "partner_session"
DURATION = timedelta(hours=12)
_CONTACT, _EMAIL, _SAID = "partner_contact", "partner_email", "partner_said"


@dataclass(frozen=True, kw_only=True)
class Visit:
    """Somebody who is in the partner space."""

    contact: PartnerContact
    session: SessionBase

    def say(self, text: str) -> None:
        """Keep a sentence for the next page that is shown. Never a secret: it is stored."""
        self.session[_SAID] = text
        self.session.save()

    def said(self) -> str:
        """Return the sentence that was kept, and forget it."""
        text = self.session.pop(_SAID, "")
        if text:
            self.session.save()
        return text


def visit_of(request: HttpRequest) -> Visit | None:
    """Return who is there, None for a stranger."""
    key = _key(request)
    session = _store(key) if key else None
    if not session or _CONTACT not in session:
        return None
    known = members().filter(pk=session[_CONTACT], email=session[_EMAIL])
    contact = known.first()
    return Visit(contact=contact, session=session) if contact else None


def enter(request: HttpRequest, response: HttpResponse, contact: PartnerContact) -> None:
    """Open a session under a new key; the one that this browser had ends."""
    leave(request, response)
    rotate_token(request)
    session = _store()
    session[_CONTACT], session[_EMAIL] = contact.pk, contact.email
    session.set_expiry(DURATION)
    session.create()
    response.set_cookie(
        COOKIE,
        session.session_key,
        max_age=DURATION,
        path=_path(),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def leave(request: HttpRequest, response: HttpResponse) -> None:
    """End the session of this browser, if it has one."""
    if key := _key(request):
        _store().delete(key)
        response.delete_cookie(COOKIE, path=_path(), samesite="Lax")


def _key(request: HttpRequest) -> str:
    """Return the key that the cookie holds, "" when it cannot be one: databases refuse a NUL."""
    key = request.COOKIES.get(COOKIE, "")
    return key if key.isascii() and key.isalnum() else ""


def _store(key: str | None = None) -> SessionBase:
    return import_module(settings.SESSION_ENGINE).SessionStore(key)


def _path() -> str:
    return reverse("partner_space:home")
