"""Production, installed as deploy/README.md says, on loopback: PostgreSQL, S3, gunicorn, nginx."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from urllib.parse import urlsplit

import feedparser
import pytest
import requests

from deploy.processes import Process
from deploy.product import ROOT
from tests.databases import database, only_with
from tests.deploy.nginx import Nginx
from tests.services import S3, S3_PORT, reserve_ports

pytestmark = [pytest.mark.e2e, only_with("postgresql")]
SITE, MEDIA = "www.example.fr", "media.example.fr"


def shipped_environment() -> dict[str, str]:
    """Return what deploy/env.example sets."""
    lines = (ROOT / "deploy" / "env.example").read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


class Production:
    """A deployed site, and what its administrator and its readers do."""

    def __init__(self, environment: dict[str, str], nginx: Nginx) -> None:
        self.environment, self._nginx = environment, nginx

    def manage(self, *command: str, **environment: str) -> None:
        """Run a command of `manage.py` as an administrator does."""
        subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=ROOT,
            env={"PATH": os.environ["PATH"], **self.environment, **environment},
            check=True,
        )

    def request(self, method: str, address: str, **headers: str) -> requests.Response:
        """Ask for an absolute address of the site or of the media domain."""
        parts = urlsplit(address)
        return self._nginx.request(method, str(parts.hostname), parts.path, **headers)


@pytest.fixture(scope="module")
def production(
    tmp_path_factory: pytest.TempPathFactory, s3_server: S3, django_db_setup: None
) -> Iterator[Production]:
    """Install and start everything."""
    directory = tmp_path_factory.mktemp("production")
    first = reserve_ports(5)
    storage = {name: value for name, value in os.environ.items() if name.startswith("S3_")}
    environment = {
        **shipped_environment(),
        **storage,
        "SECRET_KEY": "Zu5kq8T1vXo2pC7bW9eRhYgJmN4sLdFa6iKtQxUzVbMnEwPy3G",
        "DATABASE_URL": database().another("production"),
        "S3_PUBLIC_URL": f"https://{MEDIA}",
        "WEB_CONCURRENCY": "1",
    }
    nginx = Nginx(directory, first_port=first, site_port=first + 4, s3_port=S3_PORT)
    production = Production(environment, nginx)
    readme = (ROOT / "deploy" / "README.md").read_text()
    install = readme.split("## Update")[0]
    for command in re.findall(r"^    \S+ manage\.py (.*)$", install, re.MULTILINE):
        production.manage(*command.split())
    example = {"DJANGO_SETTINGS_MODULE": "cms.settings.dev", "VAR_DIR": str(directory)}
    production.manage("example", **example)
    production.manage("db_worker", "--batch", "--no-startup-delay", "--queue-name=*")
    with nginx:
        gunicorn = "-m gunicorn --config deploy/gunicorn.conf.py cms.wsgi"
        web = Process(
            [sys.executable, *gunicorn.split(), f"--bind=127.0.0.1:{first + 4}"],
            log=directory / "web.log",
            env={"PATH": os.environ["PATH"], **environment},
            cwd=ROOT,
        )
        end = time.monotonic() + 30
        while production.request("GET", f"https://{SITE}/").status_code == 502:
            assert web.exit_code() is None, web.tail()
            assert time.monotonic() < end, web.tail()
            time.sleep(0.1)
        yield production
        web.stop()
    s3_server.empty()


@pytest.fixture(scope="module")
def feed_address(production: Production, s3_server: S3) -> str:
    """Return the address of the feed of the example show."""
    published = s3_server.keys()
    [feed] = [key for key in published if re.fullmatch(r"podcasts/[^/]+/feed\.xml", key)]
    return f"https://{MEDIA}/{feed}"


def test_the_feed_of_the_example_show_is_served_as_it_is_in_the_bucket(
    production: Production, s3_server: S3, feed_address: str
) -> None:
    answer = production.request("GET", feed_address)
    assert answer.status_code == 200
    assert answer.content == s3_server.get(urlsplit(feed_address).path[1:]).content
    assert answer.headers["Content-Type"].startswith("application/rss+xml")
    etag = answer.headers["ETag"]
    assert production.request("GET", feed_address, If_None_Match=etag).status_code == 304


def test_the_feed_points_to_media_that_are_served_with_the_length_it_says(
    production: Production, feed_address: str
) -> None:
    feed = feedparser.parse(production.request("GET", feed_address).content)
    assert not feed.bozo
    assert feed.entries
    for entry in feed.entries:
        [enclosure] = entry.enclosures
        assert urlsplit(enclosure.href).hostname == MEDIA
        head = production.request("HEAD", enclosure.href)
        assert head.headers["Content-Length"] == enclosure.length
        assert head.headers["Content-Type"] == enclosure.type
        part = production.request("GET", enclosure.href, Range="bytes=100-199")
        assert (part.status_code, len(part.content)) == (206, 100)
        assert production.request("GET", entry.link).status_code == 200


def test_the_site_is_served_over_tls_only_with_its_static_files(production: Production) -> None:
    home = production.request("GET", f"https://{SITE}/")
    assert home.status_code == 200
    assert "max-age=31536000" in home.headers["Strict-Transport-Security"]
    assert "Set-Cookie" not in home.headers
    style = re.search(r'href="(/static/[^"]+\.css)"', home.text)
    assert style
    static = production.request("GET", f"https://{SITE}{style[1]}")
    assert static.status_code == 200
    assert "immutable" in static.headers["Cache-Control"]


def test_the_admin_asks_who_one_is_and_its_cookies_travel_over_tls_only(
    production: Production,
) -> None:
    login = production.request("GET", f"https://{SITE}/admin/login/")
    assert login.status_code == 200
    assert "Secure" in login.headers["Set-Cookie"]


def test_a_missing_page_is_a_page(production: Production) -> None:
    missing = production.request("GET", f"https://{SITE}/nulle-part/")
    assert missing.status_code == 404
    assert "<html" in missing.text


def test_the_night_finds_nothing_to_mend(production: Production, feed_address: str) -> None:
    before = production.request("GET", feed_address).headers["ETag"]
    production.manage("publish", "--all")
    assert production.request("GET", feed_address).headers["ETag"] == before
