"""Versions of pages: made of an accepted PDF, all at once or not at all."""

import hashlib
import io
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Max
from PIL import Image

from focus.files import version_key
from focus.models import InsertPage, InsertUpload, PageVersion
from focus.pdf.render import thumbnail
from focus.pdf.split import split
from focus.pdf.text import paragraphs
from focus.preflight import Report
from focus.print_desk.events import record
from focus.print_desk.refusals import DeskRefused
from publishing.exceptions import PublishingError
from publishing.storage import translated

logger = logging.getLogger(__name__)

THUMBNAIL_WIDTH = 400  # pixels
READING_WIDTH = 1600


@dataclass(frozen=True, kw_only=True)
class PageFiles:
    """What a page has in the private bucket before any row knows of it: keys, and its words."""

    pdf: str
    thumbnail: str
    image: str
    sha256: str
    text: list[str]


def store_files(
    path: Path, folder: Path, on_progress: Callable[[float, str], None], keys: list[str]
) -> list[PageFiles]:
    """Put each page of a PDF into the private bucket; raises PdfFailed or PublishingError.

    What is stored is added to ``keys`` at once, for whoever must delete it after a failure.
    """
    pages = split(path, folder)
    stored = []
    for number, page in enumerate(pages, 1):
        on_progress((number - 1) / len(pages), f"Page {number} sur {len(pages)}")
        stored.append(_store_page(page, keys))
    return stored


def _store_page(path: Path, keys: list[str]) -> PageFiles:
    image = thumbnail(path, 1, READING_WIDTH)
    text = storable(paragraphs(path, 1))
    with path.open("rb") as pdf:
        sha256 = hashlib.file_digest(pdf, "sha256").hexdigest()
        return PageFiles(
            pdf=_save("page.pdf", File(pdf), keys),
            thumbnail=_save("vignette.webp", ContentFile(_small(image)), keys),
            image=_save("page.webp", ContentFile(image), keys),
            sha256=sha256,
            text=text,
        )


def _small(picture: bytes) -> bytes:
    """Shrink a picture of ours for the chemin de fer."""
    written = io.BytesIO()
    with Image.open(io.BytesIO(picture), formats=["WEBP"]) as image:
        image.thumbnail((THUMBNAIL_WIDTH, image.height))
        image.save(written, "WEBP")
    return written.getvalue()


def _save(name: str, content: File, keys: list[str]) -> str:
    with translated(f"store {name} of a printed page"):
        keys.append(default_storage.save(version_key(None, name), content))
    return keys[-1]


def delete_files(keys: Iterable[str]) -> None:
    """Delete what no row will ever know of; a store that does not answer is told to the log."""
    for key in keys:
        try:
            with translated(f"delete {key}"):
                default_storage.delete(key)
        except PublishingError as error:
            logger.warning("orphan left", extra={"key": key, "cause": error.detail})


@transaction.atomic
def create(upload: InsertUpload, report: Report, files: list[PageFiles]) -> None:
    """Give each page of an upload its new version; a page that was approved is open again.

    Raises DeskRefused when the cahier has no such page any more, or another worker was faster.
    """
    pending = InsertUpload.objects.filter(pk=upload.pk, state=InsertUpload.State.PENDING)
    if not pending.update(
        state=InsertUpload.State.READY,
        report=storable(report.to_json()),
        sha256=report.sha256,
        progress=1,
        progress_label="",
    ):
        raise DeskRefused("Ce fichier a déjà été contrôlé.")
    for number, (page, page_files) in enumerate(zip(_pages(upload), files, strict=True), 1):
        _add(upload, page, page_files, [vars(f) for f in report.of_page(number)])


def _pages(upload: InsertUpload) -> list[InsertPage]:
    """Lock the pages that an upload holds, in their order."""
    pages = InsertPage.objects.select_for_update().filter(insert=upload.insert_id)
    if upload.page_id:
        return list(pages.filter(pk=upload.page_id))
    count = upload.insert.page_count
    found = list(pages.filter(number__lte=count).order_by("number"))
    if len(found) != count:
        raise DeskRefused("Le nombre de pages du cahier a changé : déposez le PDF de nouveau.")
    return found


def _add(
    upload: InsertUpload, page: InsertPage, files: PageFiles, findings: list[dict[str, Any]]
) -> None:
    last = page.versions.aggregate(last=Max("number"))["last"] or 0
    PageVersion.objects.create(
        page=page,
        number=last + 1,
        upload=upload,
        pdf=files.pdf,
        sha256=files.sha256,
        thumbnail=files.thumbnail,
        image=files.image,
        text=files.text,
        findings=storable(findings),
    )
    reopened = page.state == InsertPage.State.APPROVED
    page.state = InsertPage.State.TO_READ
    page.save(update_fields=["state"])
    text = f"Page {page.number}, version {last + 1} : {upload.name}"
    if reopened:
        text += f". La page est rouverte : son BAT (version {last}) ne vaut plus."
    record(upload.insert_id, upload.uploaded_by, text, page)


def newest(page: InsertPage) -> PageVersion | None:
    """Return the version of a page that counts."""
    return page.versions.order_by("-number").first()


def storable(value: Any) -> Any:
    """Return JSON that every database stores: texts of PDFs may hold what PostgreSQL refuses."""
    match value:
        case str():
            return value.replace("\0", "").encode("utf-8", "replace").decode()
        case dict():
            return {name: storable(inner) for name, inner in value.items()}
        case list() | tuple():
            return [storable(inner) for inner in value]
    return value
