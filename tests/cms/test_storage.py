"""Originals and renditions lie in the private bucket."""

import pytest
import requests
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django_tasks_db.models import DBTaskResult
from wagtail.documents.models import Document

from tests.conftest import Worker
from tests.factories.cms import ImageFactory, UserFactory
from tests.services import S3

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_file_is_read_through_a_signed_address_and_by_no_other(s3: S3) -> None:
    name = default_storage.save("essai/note.txt", ContentFile(b"secret"))
    assert s3.keys(s3.private) == [name]
    signed = default_storage.url(name)
    assert requests.get(signed, timeout=20).content == b"secret"
    assert requests.get(signed.partition("?")[0], timeout=20).status_code == 403


@pytest.mark.usefixtures("s3")
def test_a_document_is_read_by_the_newsroom_alone() -> None:
    document = Document.objects.create(title="Note", file=ContentFile(b"secret", "note.txt"))
    assert Client().get(document.url).status_code == 404
    editor = Client()
    editor.force_login(UserFactory(superuser=True))
    signed = editor.get(document.url)["Location"]
    assert requests.get(signed, timeout=20).content == b"secret"


def test_a_deleted_picture_leaves_the_bucket_and_no_key_in_the_task_table(
    s3: S3, worker: Worker
) -> None:
    image = ImageFactory()
    image.get_rendition("max-32x32")
    worker.drain()
    image.delete()
    waiting = DBTaskResult.objects.ready()
    written = str(list(waiting.values_list("args_kwargs", flat=True)))
    assert image.file.name in written
    assert settings.OBJECT_STORAGE["SECRET_ACCESS_KEY"] not in written
    worker.drain()
    assert s3.keys(s3.private) == []
