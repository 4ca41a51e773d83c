"""A print room for tests: small cahiers, real PDFs, versions, people who may and may not."""

import hashlib
import io
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.files import File
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from cms.models import User
from cms.roles import CHIEF_EDITORS, EDITORS, Role
from focus.models import Insert, InsertAsset, InsertPage, InsertUpload, PageVersion
from focus.preflight import Finding, Level
from focus.print_desk.versions import storable
from tests.factories.cms import LicenceFactory, UserFactory
from tests.factories.focus import InsertFactory
from tests.focus.pdfs import good
from tests.podcasts.editor import newsroom

__all__ = ["newsroom"]  # a fixture

ERROR = Finding(
    rule="rgb", level=Level.ERROR, page=1, what="RVB.", where="page 1, en haut", cure="!"
)
WARNING = Finding(rule="ppi", level=Level.WARNING, page=1, what="Flou.", where="page 1", cure="!")


@pytest.fixture(scope="session")
def two_pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a good PDF of two pages."""
    return good(tmp_path_factory.mktemp("print") / "cahier.pdf", pages=2)


@pytest.fixture(scope="session")
def one_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a good PDF of one page."""
    return good(tmp_path_factory.mktemp("print") / "une.pdf", pages=1)


def cahier(pages: int = 4, **values: Any) -> Insert:
    """Return a small cahier: 100 × 140 mm."""
    values = {"width": 100, "height": 140, "page_count": pages} | values
    return Insert.objects.get(pk=InsertFactory(**values).pk)


def page_of(insert: Insert, number: int = 1) -> InsertPage:
    """Return a page as the database has it."""
    return insert.pages.get(number=number)


def uploaded(insert: Insert, path: Path, page: InsertPage | None = None) -> InsertUpload:
    """Return an upload that nobody has examined."""
    with path.open("rb") as file:
        return InsertUpload.objects.create(
            insert=insert, page=page, file=File(file, path.name), name=path.name, size=1
        )


def version(page: InsertPage, *findings: Finding, state: str = "to_read") -> PageVersion:
    """Give a page a version with files in the private bucket, as an examination does."""
    picture = io.BytesIO()
    Image.new("RGB", (40, 56), "white").save(picture, "WEBP")
    number = page.versions.count() + 1
    pdf = b"%PDF-1.7 example " + str(number).encode()
    upload = InsertUpload.objects.create(
        insert=page.insert, page=page, name=f"page-{number}.pdf", state=InsertUpload.State.READY
    )
    page.state = state
    page.save()
    return PageVersion.objects.create(
        page=page,
        number=number,
        upload=upload,
        pdf=ContentFile(pdf, "page.pdf"),
        sha256=hashlib.sha256(pdf).hexdigest(),
        thumbnail=ContentFile(picture.getvalue(), "vignette.webp"),
        image=ContentFile(picture.getvalue(), "page.webp"),
        text=["Un paragraphe."],
        findings=storable([vars(finding) for finding in findings]),
    )


def asset(page: InsertPage, **values: Any) -> InsertAsset:
    """Return an asset whose rights are in order."""
    values = {
        "title": "Une photo d’exemple",
        "file": ContentFile(b"photo", "photo.jpg"),
        "credit": "Camille Exemple",
        "rights_holder": "Camille Exemple",
        "licence": LicenceFactory(),
        "may_be_republished": True,
    } | values
    return InsertAsset.objects.create(page=page, **values)


class Person:
    """Somebody at a browser."""

    def __init__(self, role: Role | None, name: str = "Camille Exemple") -> None:
        groups = [Group.objects.get(name=role.name)] if role else []
        first, _, last = name.partition(" ")
        self.user: User = UserFactory(groups=groups, first_name=first, last_name=last)
        self.client = Client()
        self.client.force_login(self.user)

    def get(self, name: str, /, *args: object, **query: str) -> Any:
        """Open a screen."""
        return self.client.get(reverse(f"focus_print:{name}", args=args), query)

    def post(self, name: str, /, *args: object, **data: Any) -> Any:
        """Send a form."""
        return self.client.post(reverse(f"focus_print:{name}", args=args), data)


def chief() -> Person:
    """Return somebody who may publish."""
    return Person(CHIEF_EDITORS, "Charlie Chef")


def reporter() -> Person:
    """Return somebody who may edit, not publish."""
    return Person(EDITORS, "Robin Rédaction")


def told(answer: Any) -> str:
    """Return the messages of the screen that an answer leads to, and its own words."""
    return " ".join(str(message) for message in answer.wsgi_request._messages)
