"""What every test may ask for: the queue's worker and a browser."""

import signal
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django_tasks_db.models import DBTaskResult
from hypothesis import settings as hypothesis

from tests.components import program
from tests.databases import (
    django_db_setup,
    pytest_collection_modifyitems,
    pytest_runtest_teardown,
)

__all__ = [
    "django_db_setup",
    "pytest_collection_modifyitems",
    "pytest_runtest_teardown",
]  # fixtures and hooks made elsewhere

# A busy machine is no defect of what is tested.
hypothesis.register_profile("patient", deadline=None)
hypothesis.load_profile("patient")

CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    """Start every test without what earlier ones left in memory."""
    cache.clear()


class Worker:
    """The worker of the task queue, in the hands of a test."""

    def drain(self) -> None:
        """Run what is due in the queue, and what that enqueues, to the end.

        Raises AssertionError with the traceback of every task that failed.
        """
        call_command(
            "db_worker", batch=True, startup_delay=False, interval=0, queue_name="*", verbosity=0
        )
        failed = DBTaskResult.objects.failed()
        assert not failed, "\n".join(f"{task.task_path}\n{task.traceback}" for task in failed)


@pytest.fixture
def worker() -> Iterator[Worker]:
    """Give the worker; it takes the signals of the process over, so they are given back."""
    handlers = {n: signal.getsignal(n) for n in (signal.SIGINT, signal.SIGTERM, signal.SIGQUIT)}
    yield Worker()
    for number, handler in handlers.items():
        signal.signal(number, handler)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Use the system's Chromium."""
    return browser_type_launch_args | {
        "executable_path": program("chromium"),
        "args": list(CHROMIUM_FLAGS),
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """Browse as a French reader does."""
    return browser_context_args | {"locale": "fr-FR", "timezone_id": "Europe/Paris"}
