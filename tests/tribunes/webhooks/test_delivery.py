"""Reference/syndication.md §7: only 2xx is success; retries, Retry-After, 410, five days."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from django.utils.http import http_date
from django_tasks_db.models import DBTaskResult

from publishing.signals import healing
from tests.conftest import Worker
from tests.tribunes.webhooks.acts import age, send, write
from tests.tribunes.webhooks.receiver import Receiver
from tribunes.models import WebhookEndpoint, WebhookMessage
from tribunes.webhooks.delivery import deliver, take
from tribunes.webhooks.queue import PATIENCE
from tribunes.webhooks.schedule import PAUSES, SPARED, TRIES
from tribunes.webhooks.services import disable, replay
from tribunes.webhooks.signing import secret_of

State = WebhookMessage.State
committed = pytest.mark.django_db(transaction=True)


def wait_of(message: WebhookMessage) -> timedelta:
    """Return how long a message waits from its last try on."""
    return message.next_try_at - message.last_try_at


@pytest.mark.parametrize("status", [200, 201, 202, 204, 299])
def test_every_2xx_is_a_success(endpoint: WebhookEndpoint, receiver: Receiver, status: int) -> None:
    receiver.status = status
    message = write(endpoint)
    age(endpoint, days=4)
    send(message)
    assert (message.state, message.last_status, message.next_try_at) == (State.SENT, status, None)
    assert message.endpoint.failing_since is None
    assert message.endpoint.last_success_at is not None


@pytest.mark.parametrize("status", [300, 304, 400, 401, 404, 500, 501])
def test_everything_else_is_a_failure_and_tried_again(
    endpoint: WebhookEndpoint, receiver: Receiver, status: int
) -> None:
    receiver.status = status
    receiver.answer = "Désolé\0 ".encode() + b"x" * 9_999 if status >= 400 else b""
    message = write(endpoint)
    send(message)
    assert (message.state, message.tries, message.last_status) == (State.WAITING, 1, status)
    assert str(status) in message.last_error
    assert len(message.last_answer) == (500 if status >= 400 else 0)
    assert timedelta(seconds=4.4) < wait_of(message) < timedelta(seconds=5.6)
    assert message.endpoint.failing_since is not None
    assert message.endpoint.is_active


def test_a_redirect_is_a_failure_and_never_followed(
    endpoint: WebhookEndpoint, receiver: Receiver
) -> None:
    target = Receiver()
    receiver.status, receiver.headers = 307, {"Location": target.url}
    message = write(endpoint)
    send(message)
    target.close()
    assert target.heard == []
    assert "redirections" in message.last_error
    assert message.state == State.WAITING


def test_a_server_that_is_away_says_why(endpoint: WebhookEndpoint, receiver: Receiver) -> None:
    WebhookEndpoint.objects.update(url="http://169.254.169.254/latest/")
    message = write(endpoint)
    send(message)
    assert message.last_status is None
    assert "réseau privé" in message.last_error
    WebhookEndpoint.objects.update(url="http://127.0.0.1:9/")
    send(message)
    assert "injoignable" in message.last_error
    assert (message.state, message.tries) == (State.WAITING, 2)


def test_each_try_has_its_own_hour_and_the_same_identifier(
    endpoint: WebhookEndpoint, receiver: Receiver
) -> None:
    receiver.status = 500
    message = write(endpoint)
    for tries in range(1, TRIES):
        send(message)
        assert (message.state, message.tries) == (State.WAITING, tries)
        assert 0.89 < wait_of(message) / PAUSES[tries - 1] < 1.11
    send(message)
    assert (message.state, message.tries, message.next_try_at) == (State.FAILED, TRIES, None)
    assert len(receiver.heard) == TRIES
    assert {received.headers["webhook-id"] for received in receiver.heard} == {str(message.uuid)}
    for received in receiver.heard:
        assert received.verified(secret_of(endpoint))
    send(message)
    assert len(receiver.heard) == TRIES


@pytest.mark.parametrize(
    ("value", "least", "most"),
    [
        ("7200", 7_100, 7_300),
        (lambda: http_date(timezone.now().timestamp() + 7200), 7_100, 7_300),
        ("99999999", 86_300, 86_500),
        ("n’importe quoi".encode().decode("latin-1"), 299, 301),
    ],
)
def test_retry_after_is_obeyed_by_every_message_of_the_endpoint(
    endpoint: WebhookEndpoint,
    receiver: Receiver,
    value: str | Callable[[], str],
    least: int,
    most: int,
) -> None:
    header = value() if callable(value) else value
    receiver.status, receiver.headers = 429, {"Retry-After": header}
    message, other = write(endpoint), write(endpoint)
    send(message)
    later = write(endpoint)
    other.refresh_from_db()
    for row in (message, other, later):
        wait = (row.next_try_at - timezone.now()).total_seconds()
        assert least < wait < most
        assert take(row.pk) is None
    assert (other.tries, later.tries) == (0, 0)


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_a_server_in_trouble_is_spared(
    endpoint: WebhookEndpoint, receiver: Receiver, status: int
) -> None:
    receiver.status = status
    message = write(endpoint)
    send(message)
    assert wait_of(message) > SPARED - timedelta(seconds=1)


def test_a_server_that_is_away_keeps_one_message_busy_not_all(endpoint: WebhookEndpoint) -> None:
    WebhookEndpoint.objects.update(url="http://127.0.0.1:9/")
    first, other = write(endpoint), write(endpoint)
    send(first)
    other.refresh_from_db()
    assert wait_of(first) < timedelta(seconds=6)
    assert other.next_try_at - timezone.now() > SPARED - timedelta(seconds=5)
    assert other.tries == 0


def test_gone_disables_at_once_and_is_not_tried_again(
    endpoint: WebhookEndpoint, receiver: Receiver
) -> None:
    receiver.status = 410
    message, other = write(endpoint), write(endpoint)
    send(message)
    other.refresh_from_db()
    assert (message.state, other.state) == (State.FAILED, State.CANCELLED)
    assert not message.endpoint.is_active
    assert "410" in message.endpoint.disabled_reason


def test_five_days_of_failure_only_disable(endpoint: WebhookEndpoint, receiver: Receiver) -> None:
    receiver.status = 500
    message, other = write(endpoint), write(endpoint)
    send(message)
    age(endpoint, days=4, hours=23)
    send(message)
    assert message.endpoint.is_active
    age(endpoint, days=5)
    send(message)
    assert not message.endpoint.is_active
    assert message.endpoint.disabled_reason == (
        "Aucun succès depuis 5 jours. Dernier échec\u00a0: Le serveur a répondu 500."
    )
    other.refresh_from_db()
    assert (message.state, other.state) == (State.CANCELLED, State.CANCELLED)


def test_one_success_starts_the_five_days_again(
    endpoint: WebhookEndpoint, receiver: Receiver
) -> None:
    receiver.status = 500
    message = write(endpoint)
    send(message)
    age(endpoint, days=4)
    receiver.status = 200
    send(write(endpoint))
    receiver.status = 500
    send(message)
    since = message.endpoint.failing_since
    assert timezone.now() - since < timedelta(minutes=1)


@committed
def test_two_workers_at_once_send_once(endpoint: WebhookEndpoint, receiver: Receiver) -> None:
    message = write(endpoint)
    start = threading.Barrier(6)

    def work() -> None:
        start.wait(20)
        if taken := take(message.pk):
            deliver(taken)
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(receiver.heard) == 1
    message.refresh_from_db()
    assert (message.state, message.tries) == (State.SENT, 1)


@committed
def test_a_dead_worker_takes_nothing_with_it(
    endpoint: WebhookEndpoint, receiver: Receiver, worker: Worker
) -> None:
    message = write(endpoint)
    worker.drain()
    replay(endpoint, endpoint.messages.all())
    DBTaskResult.objects.all().delete()  # its task was lost
    assert take(message.pk) is not None  # with its worker
    healing.send(sender=None)
    worker.drain()
    assert len(receiver.heard) == 1  # it may be alive
    WebhookMessage.objects.update(taken_at=timezone.now() - PATIENCE)
    healing.send(sender=None)
    worker.drain()
    message.refresh_from_db()
    assert (message.state, len(receiver.heard)) == (State.SENT, 2)


@committed
def test_a_lost_task_is_queued_again_by_the_timer(
    endpoint: WebhookEndpoint, receiver: Receiver, worker: Worker
) -> None:
    write(endpoint)
    DBTaskResult.objects.all().delete()
    call_command("publish", "--stale", verbosity=0)
    worker.drain()
    assert len(receiver.heard) == 1


def test_a_worker_that_comes_back_too_late_writes_nothing(
    endpoint: WebhookEndpoint, receiver: Receiver
) -> None:
    message = write(endpoint)
    slow = take(message.pk)
    WebhookMessage.objects.update(taken_at=timezone.now() - PATIENCE)
    quick = take(message.pk)
    receiver.status = 500
    deliver(slow)
    message.refresh_from_db()
    assert (message.taken_at, message.last_status) == (quick.taken_at, None)
    receiver.status = 204
    deliver(quick)
    message.refresh_from_db()
    assert (message.state, message.last_status) == (State.SENT, 204)


def test_a_message_that_kills_its_workers_is_given_up(
    endpoint: WebhookEndpoint, receiver: Receiver
) -> None:
    message = write(endpoint)
    for _ in range(TRIES):
        assert take(message.pk)
        WebhookMessage.objects.update(taken_at=timezone.now() - PATIENCE)
    send(message)
    assert (message.state, receiver.heard) == (State.FAILED, [])
    assert "interrompu" in message.last_error


def test_an_endpoint_disabled_meanwhile_receives_nothing(
    endpoint: WebhookEndpoint, receiver: Receiver
) -> None:
    message = write(endpoint)
    WebhookEndpoint.objects.update(disabled_at=timezone.now())  # as if it was written just then
    send(message)
    assert (message.state, receiver.heard) == (State.CANCELLED, [])


def test_an_endpoint_disabled_during_the_exchange_stays_so(
    endpoint: WebhookEndpoint, receiver: Receiver
) -> None:
    message = write(endpoint)
    taken = take(message.pk)
    disable(endpoint, "Désactivé par le partenaire.")
    receiver.status = 500
    deliver(taken)
    message.refresh_from_db()
    endpoint.refresh_from_db()
    assert message.state == State.CANCELLED
    assert endpoint.disabled_reason == "Désactivé par le partenaire."


@committed
def test_retries_are_queued_for_their_hour(
    endpoint: WebhookEndpoint, receiver: Receiver, worker: Worker
) -> None:
    receiver.status = 500
    message = write(endpoint)
    worker.drain()
    message.refresh_from_db()
    soon = (timezone.now(), timezone.now() + timedelta(minutes=1))
    (queued,) = DBTaskResult.objects.filter(run_after__range=soon)
    assert abs(queued.run_after - message.next_try_at) < timedelta(seconds=1)
