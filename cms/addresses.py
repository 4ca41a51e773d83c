"""Absolute addresses of the site."""

from django.conf import settings


def absolute(path: str) -> str:
    """Return the address of a path of the site."""
    return f"{settings.SITE_URL.rstrip('/')}{path}"
