"""Queueing messages and warnings, at their hour, and again when the task was lost."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction

from tribunes.models import WebhookMessage
from tribunes.webhooks.alerts import unwarned

PATIENCE = timedelta(minutes=2)
"""How long after a worker took a message it is taken for dead; an exchange lasts 20 s at most,
and the name of the server takes some more to be found."""


def enqueue(pk: int, at: datetime | None = None) -> None:
    """Queue an attempt, for an hour if need be; a task that comes for nothing does nothing."""
    # Tasks import the delivery, which enqueues: the circle is opened here.
    from tribunes.webhooks.tasks import deliver_message

    deliver_message.using(run_after=at).enqueue(pk)


def enqueue_on_commit(pks: Iterable[int], at: datetime | None = None) -> None:
    """Queue attempts as soon as their rows can be read."""
    for pk in pks:
        transaction.on_commit(partial(enqueue, pk, at))


def enqueue_warning(endpoint_pk: int) -> None:
    """Queue the mail that tells contacts of trouble, at commit."""
    from tribunes.webhooks.tasks import warn_contacts

    transaction.on_commit(partial(warn_contacts.enqueue, endpoint_pk))


def queue_due_again(**kwargs: object) -> None:
    """Queue messages and warnings whose task was lost, with its worker or without."""
    for pk in WebhookMessage.objects.due(PATIENCE).values_list("pk", flat=True):
        enqueue(pk)
    for pk in unwarned().values_list("pk", flat=True):
        enqueue_warning(pk)
