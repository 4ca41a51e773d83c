"""The site that is measured: servers and a database of its own, those of the tests."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import django
from django.db import connection

from tests import services  # before the settings: it writes the environment that they read


@contextmanager
def running() -> Iterator[None]:
    """Give an empty site for the length of a ``with`` block; everything is removed afterwards."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "cms.settings.test"
    django.setup()
    from deploy.seaweedfs import SeaweedFS
    from tests.databases import database, template

    with template() as path:
        database().start(path)
    storage = SeaweedFS(services.DIRECTORY / "s3", os.environ, services.DIRECTORY / "s3.log")
    storage.start()
    try:
        yield
    finally:
        storage.kill()
        connection.close()
        database().stop()
