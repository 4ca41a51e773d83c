"""What tests of the pipeline ask for."""

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from podcasts.models import EpisodePage, ShowPage
from publishing import registry
from tests.factories.podcasts import EpisodeFactory, ShowFactory
from tests.publishing.relay import Relay
from tests.publishing.shows import episode_of, settle
from tests.publishing.toys import Toys
from tests.services import S3


@pytest.fixture
def toys(db: None, monkeypatch: pytest.MonkeyPatch) -> Toys:
    """Replace what the site publishes by notes and a feed of them."""
    toys = Toys()
    monkeypatch.setattr(registry, "_types", toys.types())
    return toys


@pytest.fixture(scope="session")
def relay_server(s3_server: S3) -> Iterator[Relay]:
    """Run the relay for the whole session."""
    relay = Relay(s3_server.server.endpoint)
    yield relay
    relay.close()


@pytest.fixture
def relay(relay_server: Relay, s3: S3, settings: Settings) -> Iterator[Relay]:
    """Send what the pipeline says to the object storage through a relay."""
    settings.OBJECT_STORAGE = {**settings.OBJECT_STORAGE, "ENDPOINT_URL": relay_server.url}
    yield relay_server
    relay_server.reset()


@pytest.fixture
def show(s3: S3) -> ShowPage:
    """Give a show online, with one episode that nothing happens to."""
    show = ShowFactory(title="Émission")
    EpisodeFactory(parent=show, title="Celui qui reste")
    return show


@pytest.fixture
def episode(show: ShowPage) -> EpisodePage:
    """Give another episode of it, online."""
    episode = episode_of(show, title="Question")
    settle()
    return episode
