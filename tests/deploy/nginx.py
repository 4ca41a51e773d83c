"""The shipped nginx.conf, run on loopback: only ports and paths are replaced, and a minute."""

import os
import subprocess
import time
from pathlib import Path
from typing import Self

import requests

from deploy.processes import Process
from deploy.product import ROOT
from tests.components import program

START_SECONDS = 10


class Nginx:
    """A running nginx, asked by the host names of the configuration."""

    def __init__(self, directory: Path, *, first_port: int, site_port: int, s3_port: int) -> None:
        """Write the configuration; the server takes four ports from ``first_port`` on."""
        self._directory = directory
        self._https, self.http = first_port, first_port + 1
        self._certificate = directory / "certificate.pem"
        self._write_certificate()
        replaced = {
            "listen 443": f"listen 127.0.0.1:{self._https}",
            "listen 80": f"listen 127.0.0.1:{self.http}",
            "listen [::]:443": f"listen 127.0.0.1:{first_port + 2}",
            "listen [::]:80": f"listen 127.0.0.1:{first_port + 3}",
            "127.0.0.1:8000": f"127.0.0.1:{site_port}",
            "127.0.0.1:8333": f"127.0.0.1:{s3_port}",
            "/etc/letsencrypt/live/www.example.fr/fullchain.pem": str(self._certificate),
            "/etc/letsencrypt/live/www.example.fr/privkey.pem": str(directory / "key.pem"),
            "/var/cache/nginx/solutions": str(directory / "cache"),
            "/var/log/nginx": str(directory),
            "200 206 1m": "200 206 1s",
        }
        shipped = (ROOT / "deploy" / "nginx.conf").read_text()
        for text, replacement in replaced.items():
            assert text in shipped, text
            shipped = shipped.replace(text, replacement)
        (directory / "shipped.conf").write_text(shipped)
        bodies = "".join(
            f"{kind}_temp_path {directory / kind};"
            for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        (directory / "nginx.conf").write_text(
            f"{'user root;' if os.geteuid() == 0 else ''} daemon off; pid {directory / 'pid'};"
            f" error_log stderr; events {{}}"
            f" http {{ access_log off; {bodies} include {directory / 'shipped.conf'}; }}"
        )
        self._session = requests.Session()
        self._session.trust_env = False  # the machine's own authorities do not know this one
        self._session.verify = str(self._certificate)

    def __enter__(self) -> Self:
        command = [program("nginx"), "-e", "stderr", "-c", str(self._directory / "nginx.conf")]
        self._process = Process(command, log=self._directory / "log")
        end = time.monotonic() + START_SECONDS
        while self._process.exit_code() is None and time.monotonic() < end:
            try:
                self.request("GET", "nowhere.example", "/")
            except requests.ConnectionError:
                time.sleep(0.02)
            else:
                return self
        self.__exit__()
        raise RuntimeError(self._process.tail())

    def __exit__(self, *error: object) -> None:
        self._session.close()
        self._process.stop()

    def request(self, method: str, host: str, path: str, **headers: str) -> requests.Response:
        """Send a request over TLS to one of the host names; underscores of headers are dashes."""
        return self._session.request(
            method,
            f"https://127.0.0.1:{self._https}{path}",
            headers={
                "Host": host,
                "Accept-Encoding": "identity",
                **{name.replace("_", "-"): value for name, value in headers.items()},
            },
            allow_redirects=False,
            timeout=20,
        )

    def _write_certificate(self) -> None:
        options = "-newkey rsa:2048 -nodes -subj /CN=test -addext subjectAltName=IP:127.0.0.1"
        files = ["-keyout", "key.pem", "-out", self._certificate]
        subprocess.run(
            [program("openssl"), "req", "-x509", *options.split(), *files],
            cwd=self._directory,
            check=True,
            capture_output=True,
        )
