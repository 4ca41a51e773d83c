"""The addresses of the site and one more: the least that Django can answer in JSON."""

from django.http import HttpRequest, JsonResponse
from django.urls import include, path


def bare(request: HttpRequest) -> JsonResponse:
    """Answer without asking anything."""
    return JsonResponse({"items": [], "next": request.build_absolute_uri()})


urlpatterns = [path("bare.json", bare), path("", include("cms.urls"))]
