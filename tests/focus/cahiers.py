"""Cahiers for tests, whose pages are real: a PDF and a picture each, signed or not."""

import hashlib
import io
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image, ImageDraw

from focus.models import Insert, InsertPage, InsertUpload, PageApproval, PageVersion
from tests.factories.focus import FocusFactory, InsertFactory, publish

WIDTH, HEIGHT = 1600, 2240  # pixels: 100 × 140 mm


def cahier(pages: int = 4, *, hour: datetime | None, **fields: Any) -> Insert:
    """Return a cahier whose page is online, and whose paper goes out at an hour."""
    focus = FocusFactory(out=True, paper_at=hour)
    insert = InsertFactory(parent=focus, page_count=pages, width=100, height=140, **fields)
    publish(insert)
    return Insert.objects.get(pk=insert.pk)


def printed(pages: int = 4, **fields: Any) -> Insert:
    """Return a cahier whose paper went out an hour ago, every page signed before that."""
    insert = cahier(pages, hour=an_hour_ago(), **fields)
    for page in insert.pages.all():
        sign(add_version(page, created_at=an_hour_ago() - timedelta(days=1)))
    return insert


def an_hour_ago() -> datetime:
    """Return when the papers of tests went out."""
    return timezone.now() - timedelta(hours=1)


def add_version(
    page: InsertPage, *, text: list[str] | None = None, created_at: datetime | None = None
) -> PageVersion:
    """Give a page one more version, as an examination does: it is to be read."""
    number = page.versions.count() + 1
    pdf, image = (_written(page.number, number, kind) for kind in ("PDF", "WEBP"))
    upload = InsertUpload.objects.create(insert=page.insert, page=page, name="page.pdf")
    InsertPage.objects.filter(pk=page.pk).update(state=InsertPage.State.TO_READ)
    version = PageVersion.objects.create(
        page=page,
        number=number,
        upload=upload,
        pdf=ContentFile(pdf, "page.pdf"),
        sha256=hashlib.sha256(pdf).hexdigest(),
        thumbnail=ContentFile(image, "vignette.webp"),
        image=ContentFile(image, "page.webp"),
        text=[
            text or f"Texte de la page {page.number}, version {number}.",
            "Un second paragraphe.",
        ],
    )
    if created_at:
        PageVersion.objects.filter(pk=version.pk).update(created_at=created_at)
    return version


def sign(version: PageVersion) -> PageApproval:
    """Approve a version, as the print desk does."""
    InsertPage.objects.filter(pk=version.page_id).update(state=InsertPage.State.APPROVED)
    return PageApproval.objects.create(version=version, sha256=version.sha256, name="Camille")


@cache
def _written(page: int, version: int, kind: str) -> bytes:
    """Return a page that shows its number and its version; one file of each kind is enough."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), (245, 233, 214))
    draw = ImageDraw.Draw(picture)
    draw.text((120, 80), f"{page}.{version}", fill=(19, 32, 61), font_size=600)
    for line in range(40):
        top = 900 + line * 30
        draw.rectangle((120, top, WIDTH - 120 - line % 3 * 90, top + 12), "gray")
    buffer = io.BytesIO()
    options = {"resolution": 406.4} if kind == "PDF" else {"quality": 60}
    picture.save(buffer, kind, **options)
    return buffer.getvalue()
