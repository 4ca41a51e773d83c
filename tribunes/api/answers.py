"""JSON answers."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Schema

from tribunes.api.validators import Validators, tag


def json_answer(data: dict[str, Any] | Schema, status: int = 200) -> HttpResponse:
    """Return data as JSON; the same data are the same bytes."""
    if isinstance(data, Schema):
        data = data.model_dump(by_alias=True, mode="json")
    content = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return HttpResponse(content, status=status, content_type="application/json")


def listed(request: HttpRequest, data: dict[str, Any] | Schema) -> HttpResponse:
    """Return data as JSON with a validator of its bytes."""
    response = json_answer(data)
    return Validators(etag=tag(response.content)).answer(request, lambda: response)
