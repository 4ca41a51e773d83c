"""Examining an uploaded PDF: the work behind the upload."""

import logging
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from focus.models import Insert, InsertPage, InsertUpload
from focus.pdf.leash import PdfFailed
from focus.preflight import Level, PrintSpec, Report, preflight
from focus.print_desk import versions
from focus.print_desk.events import record
from focus.print_desk.progress import Progress
from focus.print_desk.refusals import DeskRefused
from publishing.storage import get_store

logger = logging.getLogger(__name__)

EXAMINATION = timedelta(minutes=5)
"""Without a sign of life for that long, the worker of an upload is taken for dead."""
ATTEMPTS = 3
"""How often a file may bring its worker down before it is given up."""

_GIVEN_UP = (
    "Le contrôle de ce fichier échoue toujours. Exportez-le de nouveau depuis le logiciel de mise"
    " en page, puis déposez-le."
)


def spec_of(insert: Insert) -> PrintSpec:
    """Return what the printer of a cahier wants."""
    return PrintSpec(
        width=float(insert.width),
        height=float(insert.height),
        bleed=float(insert.bleed),
        page_count=insert.page_count,
        ink_limit=insert.ink_limit,
        pdfx=insert.pdfx,
        profile=insert.profile,
    )


def receive(
    insert: Insert, file: UploadedFile, user: Any, page: InsertPage | None = None
) -> InsertUpload:
    """Keep a PDF as it came; a worker examines it soon."""
    upload = InsertUpload(
        insert=insert, page=page, name=file.name[:255], size=file.size, uploaded_by=user
    )
    upload.file.save(file.name, file, save=False)  # no transaction waits for it
    with transaction.atomic():
        upload.save()
        record(insert, user, f"PDF déposé\u00a0: {upload.name}", page)
    return upload


def take(pk: int) -> InsertUpload | None:
    """Reserve an upload that waits; None when it is gone, examined or taken."""
    waiting = InsertUpload.objects.waiting(EXAMINATION).filter(pk=pk)
    if not waiting.update(taken_at=timezone.now()):
        return None
    return InsertUpload.objects.select_related("insert", "page", "uploaded_by").get(pk=pk)


def examine(upload: InsertUpload) -> None:
    """Check a PDF and make a version of each of its pages, or record why it is refused.

    What the world does (a store that does not answer, a worker that dies) is raised; the upload
    stays pending, ``publish --stale`` queues it again, and it is refused after ``ATTEMPTS``.
    """
    try:
        with tempfile.TemporaryDirectory(prefix="insert-") as folder:
            _examine(upload, Path(folder))
    except PdfFailed as failure:
        logger.info(
            "PDF not readable",
            extra={"upload": upload.pk, "cause": getattr(failure, "__notes__", [])},
        )
        _refuse(upload, str(failure))
    except DeskRefused as refusal:
        _refuse(upload, str(refusal))
    except Exception:
        InsertUpload.objects.filter(pk=upload.pk).update(taken_at=None)
        raise


def _examine(upload: InsertUpload, folder: Path) -> None:
    if upload.attempts >= ATTEMPTS:
        raise DeskRefused(_GIVEN_UP)
    path = folder / "upload.pdf"
    get_store().download_private(upload.file.name, path)
    InsertUpload.objects.filter(pk=upload.pk).update(attempts=F("attempts") + 1)
    progress = Progress(upload.pk)
    report = preflight(
        path,
        spec_of(upload.insert),
        single_page=upload.page_id is not None,
        on_progress=progress.part(0, 0.6),
    )
    if problem := _problem(upload, report):
        _refuse(upload, problem, report)
        return
    keys: list[str] = []
    try:
        files = versions.store_files(path, folder, progress.part(0.6, 1), keys)
        versions.create(upload, report, files)
    except BaseException:
        versions.delete_files(keys)
        raise


def _problem(upload: InsertUpload, report: Report) -> str:
    if refusals := [f for f in report.findings if f.level is Level.REFUSED]:
        return f"{refusals[0].what} {refusals[0].cure}"
    wanted = 1 if upload.page_id else upload.insert.page_count
    if report.page_count == wanted:
        return ""
    whole = "une seule page" if upload.page_id else f"{wanted} pages, comme le cahier"
    return (
        f"Ce PDF compte {report.page_count} page{'s' if report.page_count > 1 else ''} ; il en faut"
        f" {whole}. Exportez-le de nouveau, ou déposez les pages une par une."
    )


def _refuse(upload: InsertUpload, problem: str, report: Report | None = None) -> None:
    found: dict[str, Any] = {"report": versions.storable(report.to_json())} if report else {}
    with transaction.atomic():
        pending = InsertUpload.objects.filter(pk=upload.pk, state=InsertUpload.State.PENDING)
        if pending.update(
            state=InsertUpload.State.REFUSED,
            problem=problem,
            sha256=report.sha256 if report else "",
            **found,
        ):
            text = f"PDF refusé : {upload.name}. {problem}"
            record(upload.insert_id, upload.uploaded_by, text, upload.page)
