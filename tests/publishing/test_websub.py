"""The hub hears of every new version of a feed, once."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pytest
from pytest_django import Settings

from publishing import websub
from publishing.models import PublishedObject
from publishing.reconcile import Summary, publish_stale
from publishing.services import publish
from tests.conftest import Worker
from tests.publishing.toys import FEED_KEY, Toys, text
from tests.services import S3

pytestmark = pytest.mark.django_db


class Hub:
    """A WebSub hub that only listens."""

    def __init__(self) -> None:
        self.heard: list[dict[str, list[str]]] = []
        self.status = 204
        hub = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                hub.heard.append(parse_qs(body.decode()))
                self.send_response(hub.status)
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:
                """Stay silent."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/hub"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))
        self._thread.start()

    def close(self) -> None:
        """Stop listening."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@pytest.fixture
def hub(settings: Settings) -> Iterator[Hub]:
    """Give a hub that the settings name."""
    hub = Hub()
    settings.WEBSUB_HUB_URL = hub.url
    yield hub
    hub.close()


def feed() -> PublishedObject:
    return PublishedObject.objects.get(key=FEED_KEY)


@pytest.mark.django_db(transaction=True)
def test_the_hub_hears_of_a_new_feed_through_the_queue(
    toys: Toys, s3: S3, worker: Worker, hub: Hub
) -> None:
    toys.online(text("a.txt"))
    worker.drain()
    assert hub.heard == [{"hub.mode": ["publish"], "hub.url": [s3.url(FEED_KEY)]}]
    assert feed().announced_digest == feed().digest
    toys.online(text("b.txt"))
    worker.drain()
    assert len(hub.heard) == 2


def test_it_hears_nothing_of_media_nor_of_what_did_not_change(toys: Toys, s3: S3, hub: Hub) -> None:
    toys.online(text("a.txt"))
    websub.announce(feed().pk)
    websub.announce(feed().pk)
    websub.announce(PublishedObject.objects.get(key="a.txt").pk)
    publish(toys.feed)
    websub.announce(feed().pk)
    assert len(hub.heard) == 1


def test_a_refusal_is_written_down_and_the_next_run_tells_it_again(
    toys: Toys, s3: S3, hub: Hub
) -> None:
    toys.online(text("a.txt"))
    hub.status = 503
    websub.announce(feed().pk)
    assert "503" in feed().announcement_error
    hub.status = 202
    list(publish_stale(Summary()))
    assert len(hub.heard) == 2
    assert feed().announcement_error == ""
    assert not websub.unannounced().exists()


def test_a_hub_that_is_down_hinders_no_publication(toys: Toys, s3: S3, hub: Hub) -> None:
    hub.close()
    toys.online(text("a.txt"))
    summary = Summary()
    list(publish_stale(summary))
    assert summary.complete
    assert "Connection" in feed().announcement_error
    assert s3.get(FEED_KEY).status_code == 200


def test_without_hub_there_is_nothing_to_tell(toys: Toys, s3: S3, settings: Settings) -> None:
    settings.WEBSUB_HUB_URL = ""
    toys.online(text("a.txt"))
    assert not websub.unannounced().exists()
    websub.announce(feed().pk)
    assert feed().announcement_error == ""
