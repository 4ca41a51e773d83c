"""One worker at a time for each letter and each check, also when a worker dies.

A row is due at a moment (``column``) and taken for :data:`LEASE` at most: whoever died gives it
back by doing nothing.
"""

from datetime import timedelta
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.utils import timezone

LEASE = timedelta(minutes=5)
"""Longer than a letter or a check ever takes: both give up after 20 s without an answer."""


def due(model: type[Model], column: str) -> QuerySet[Any]:
    """Return the rows whose moment has come and that nobody has taken."""
    now = timezone.now()
    free = Q(taken_at=None) | Q(taken_at__lte=now - LEASE)
    return model._default_manager.filter(free, **{f"{column}__lte": now})


def take(model: type[Model], column: str, pk: int) -> Any:
    """Return a row that is ours from now on; None when it is not due, taken or gone."""
    if not due(model, column).filter(pk=pk).update(taken_at=timezone.now()):
        return None
    return model._default_manager.get(pk=pk)
