"""What surrounds every request under the address of the API, also where there is nothing."""

import json
import logging
import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from publishing.exceptions import ObjectMissing, StorageUnavailable
from tribunes import keys
from tribunes.api.problems import BY_STATUS, KINDS, MEDIA_TYPE, Problem, not_found

logger = logging.getLogger(__name__)

View = Callable[..., HttpResponse]

_MAINTENANCE = 300
PATIENCE = 30
"""Seconds after which what does not answer now is asked again."""
_QUERY_NAMES = {"access_token", "token", "api_key", "apikey"}


def door(view: View) -> View:
    """Give a view what all share: an identifier, HEAD, problems, headers of caches."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        request.request_id = uuid.uuid4().hex
        if request.method == "HEAD":
            request.method = "GET"
        try:
            _refuse_early(request)
            response = view(request, *args, **kwargs)
        except Exception as error:
            response = answer(request, error)
        if response.status_code in BY_STATUS and response["Content-Type"] != MEDIA_TYPE:
            response = _rewritten(request, response)
        return _finished(request, response)

    guarded.csrf_exempt = True  # no cookie opens anything here
    return guarded


@door
def nothing(request: HttpRequest) -> HttpResponse:
    """Say that there is nothing at an address, whatever the method."""
    raise not_found()


def is_head(request: HttpRequest) -> bool:
    """Whether only the headers are asked for, so that nothing is handed over."""
    return request.META["REQUEST_METHOD"] == "HEAD"


def answer(request: HttpRequest, error: Exception) -> HttpResponse:
    """Return an error as a problem; what nobody foresaw is logged with its cause."""
    problem = _problem(request, error)
    data = problem.data(instance=request.path, request_id=request.request_id)
    return HttpResponse(
        json.dumps(data, ensure_ascii=False),
        status=problem.kind.status,
        content_type=MEDIA_TYPE,
        headers=problem.headers,
    )


def _problem(request: HttpRequest, error: Exception) -> Problem:
    if isinstance(error, Problem):
        return error
    if isinstance(error, Http404):
        return not_found()
    if isinstance(error, SuspiciousOperation):  # too many parameters, for one
        return Problem("malformed-request", "Cette requête est trop grande, ou illisible.")
    facts = {"event": "api_error", "path": request.path, "request_id": request.request_id}
    logger.error("A request to the API failed", exc_info=error, extra=facts)
    if isinstance(error, OperationalError | StorageUnavailable):
        detail = "Le service ne répond pas en ce moment\u202f; réessayez dans un instant."
        return Problem("unavailable", detail, headers={"Retry-After": str(PATIENCE)})
    if isinstance(error, ObjectMissing):
        return Problem(
            "picture-missing", "Le fichier d’une image nous manque\u202f; c’est consigné."
        )
    return Problem("server-error", "Une erreur imprévue s’est produite\u202f; elle est consignée.")


def _refuse_early(request: HttpRequest) -> None:
    if settings.API_MAINTENANCE:
        detail = "L’API est fermée pour quelques minutes."
        raise Problem("maintenance", detail, headers={"Retry-After": str(_MAINTENANCE)})
    named = _QUERY_NAMES & {name.lower() for name in request.GET}
    values = (value for _, found in request.GET.lists() for value in found)
    if named or any(keys.is_well_formed(value) for value in values):
        raise Problem("token-in-query", "Un jeton ne se donne que dans l’en-tête Authorization.")


def _rewritten(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Return what the framework refused by itself as a problem."""
    code = BY_STATUS[response.status_code]
    allowed = {"Allow": response["Allow"]} if "Allow" in response else {}
    return answer(request, Problem(code, KINDS[code].cure, headers=allowed))


def _finished(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    response["X-Request-Id"] = request.request_id
    response.setdefault("Cache-Control", "private, no-cache")
    patch_vary_headers(response, ("Authorization", "Accept", "Accept-Encoding"))
    if is_head(request):
        response["Content-Length"] = str(len(response.content))
        response.content = b""
    return response
