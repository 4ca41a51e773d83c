"""A receiver and the endpoint that leads to it."""

from collections.abc import Iterator

import pytest

from tests.factories.partners import PartnerFactory
from tests.tribunes.webhooks.receiver import Receiver
from tribunes.models import WebhookEndpoint
from tribunes.webhooks.events import EVENTS


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """Give a server that says yes."""
    receiver = Receiver()
    yield receiver
    receiver.close()


@pytest.fixture
def endpoint(db: None, receiver: Receiver) -> WebhookEndpoint:
    """Give an endpoint that wants every event."""
    return WebhookEndpoint.objects.create(
        partner=PartnerFactory(), name="Site", url=receiver.url, events=list(EVENTS)
    )
