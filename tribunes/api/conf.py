"""Settings of the API, read when they are needed, with what holds unless they are set."""

from django.conf import settings


def requests_per_minute() -> int:
    """How many requests a token may make in a minute."""
    return getattr(settings, "API_REQUESTS_PER_MINUTE", 120)


def trusted_proxies() -> int:
    """How many proxies of ours a request goes through; each adds the address that it saw."""
    return getattr(settings, "TRUSTED_PROXIES", 0)


def in_maintenance() -> bool:
    """Whether the API is closed for now."""
    return getattr(settings, "API_MAINTENANCE", False)
