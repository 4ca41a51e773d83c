"""Addresses under ``/api/v1/``. What is none of them is a problem too, not a page of HTML."""

from django.urls import path, re_path
from django.views.decorators.http import require_GET

from tribunes.api.api import api
from tribunes.api.door import door, nothing
from tribunes.api.openapi import openapi

app_name = "partner_api"

_operations, *_ = api.urls
for _pattern in _operations:
    _pattern.callback = door(_pattern.callback)

urlpatterns = [
    path("openapi.json", door(require_GET(openapi)), name="openapi"),
    *_operations,
    re_path("", nothing, name="nothing"),
]
