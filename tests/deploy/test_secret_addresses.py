"""Secrets of addresses are in no log of the servers, even while the site is away or fails."""

import contextlib
import os
import sys
import time
from pathlib import Path

import pytest
import requests

from deploy.processes import Process
from deploy.product import ROOT
from tests.deploy.nginx import Nginx
from tests.services import S3_PORT, reserve_ports

SITE = "www.example.fr"
SECRET = "tres-secret"


@pytest.mark.parametrize(
    "path", ["partenaires/flux/%s/atom.xml", "partenaires/entrer/%s/", "avis/%s/", "bat/%s/"]
)
def test_a_secret_address_is_in_no_log(tmp_path: Path, path: str) -> None:
    first = reserve_ports(5)
    nginx = Nginx(tmp_path, first_port=first, site_port=first + 4, s3_port=S3_PORT)
    main = tmp_path / "nginx.conf"
    main.write_text(main.read_text().replace("access_log off;", f"access_log {tmp_path}/site;", 1))
    with nginx:
        assert nginx.request("GET", SITE, "/" + path % SECRET).status_code == 502
        assert nginx.request("GET", SITE, "/page-ordinaire/").status_code == 502
        plain = f"http://127.0.0.1:{nginx.http}/{path % SECRET}"
        assert requests.get(plain, allow_redirects=False, timeout=20).status_code == 301
    logs = "".join((tmp_path / name).read_text() for name in ("log", "site"))
    assert "page-ordinaire" in logs
    assert SECRET not in logs


def test_a_secret_address_is_not_in_the_log_of_gunicorn(tmp_path: Path) -> None:
    (tmp_path / "failing.py").write_text("def wsgi(environ, start):\n    raise RuntimeError\n")
    port = reserve_ports(1)
    options = f"--config deploy/gunicorn.conf.py --bind=127.0.0.1:{port} --pythonpath={tmp_path}"
    web = Process(
        [Path(sys.executable).with_name("gunicorn"), *options.split(), "failing:wsgi"],
        log=tmp_path / "web.log",
        env={"PATH": os.environ["PATH"], "WEB_CONCURRENCY": "1"},
        cwd=ROOT,
    )
    end = time.monotonic() + 20
    address = f"http://127.0.0.1:{port}/partenaires/entrer/{SECRET}/"
    try:
        while "RuntimeError" not in web.log.read_text():
            assert time.monotonic() < end, web.tail()
            with contextlib.suppress(requests.ConnectionError):
                assert requests.get(address, timeout=20).status_code == 500
            time.sleep(0.1)
    finally:
        web.stop()
    assert "/partenaires/entrer/…" in web.log.read_text()
    assert SECRET not in web.log.read_text()
