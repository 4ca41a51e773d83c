"""The API: its rooms, and what it answers to what goes wrong inside an operation."""

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from tribunes.api import (
    changes,
    declarations,
    deliveries,
    door,
    items,
    licences,
    pictures,
    tokens,
    webhooks,
    words,
)
from tribunes.api.problems import BY_STATUS, Problem, error

_ROOMS = (changes, items, pictures, licences, declarations, tokens, webhooks, deliveries)

# The form is served by ``tribunes.api.openapi``; people read the partner space, not a page of
# ninja’s, which would load a script of a third party.
api = NinjaAPI(
    title="Solutions solidaires\u00a0: tribunes pour les partenaires",
    version="1.0.0",
    description=(
        "Journal des changements, tribunes en sept formats, images, licences, déclarations,"
        " jetons et webhooks. Les erreurs suivent la RFC 9457."
    ),
    openapi_url=None,
    urls_namespace="partner_api",
)
for room in _ROOMS:
    api.add_router("", room.router)


def http_error(request: HttpRequest, exc: HttpError) -> HttpResponse:
    """Answer what ninja refuses by itself: a body that is no JSON."""
    code = BY_STATUS.get(exc.status_code, "malformed-request")
    return door.answer(request, Problem(code, "Le corps de la requête n’est pas du JSON."))


def invalid(request: HttpRequest, exc: ValidationError) -> HttpResponse:
    """Answer parameters that cannot be read (400), or a body that breaks a rule (422)."""
    errors = [
        error(_pointer(found["loc"]), found["type"].replace("_", "-"), words.said(found))
        for found in exc.errors
    ]
    in_body = all(found["loc"][0] == "body" for found in exc.errors)
    pointers = ", ".join(dict.fromkeys(one["pointer"] for one in errors))
    code = "invalid" if in_body else "malformed-request"
    return door.answer(request, Problem(code, f"À corriger\u00a0: {pointers}.", errors=errors))


def _pointer(where: Sequence[str | int]) -> str:
    """Return a pointer into the body, or one that begins with /query or /path."""
    source, *parts = where
    named = parts[1:] if source == "body" else [source, *parts]
    return "/" + "/".join(str(part) for part in named)


api.add_exception_handler(Exception, door.answer)  # Problem and Http404 among others
api.add_exception_handler(Http404, door.answer)
api.add_exception_handler(HttpError, http_error)
api.add_exception_handler(ValidationError, invalid)
