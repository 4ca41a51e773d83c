"""Browser and database in one thread."""

import os

import pytest

# Playwright keeps an event loop running in this thread for the rest of the session; Django then
# takes every query for one made from a coroutine. None is.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture(scope="session")
def base_url() -> None:
    """Replace the plugin's own, of which pytest warns: tests give whole addresses."""
