"""The preflight as its caller sees it: a file goes in, a report comes out, whatever the file."""

import hashlib
import logging
import time
from dataclasses import asdict, replace
from pathlib import Path

from focus.pdf.leash import MEMORY, PdfFailed, PdfTooHeavy, Progress, run
from focus.preflight import ink, structure
from focus.preflight.examination import examine
from focus.preflight.report import Report
from focus.preflight.spec import PrintSpec

_EXAMINED = 0.5  # of the progress: measuring the ink is the rest

logger = logging.getLogger(__name__)


def _silent(fraction: float, label: str) -> None:
    """Tell nobody."""


def preflight(
    path: Path,
    spec: PrintSpec,
    *,
    single_page: bool = False,
    on_progress: Progress = _silent,
    seconds: float = 120,
    memory: int = MEMORY,
) -> Report:
    """Examine a PDF in child processes and report what a print desk must know.

    ``single_page``: the file is one page of the cahier. ``on_progress`` is called in this thread;
    what it raises ends the preflight. ``seconds`` is for all of it, ``memory`` in bytes for each
    of the processes, which follow each other. A file that cannot be examined gets a report with a
    refusal, and its cause is logged. Raises OSError when the file cannot be read.
    """
    start = time.monotonic()
    path = path.resolve()
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    try:
        report = Report.from_json(
            run(
                examine,
                path,
                asdict(spec),
                single_page,
                on_progress=lambda done, label: on_progress(done * _EXAMINED, label),
                seconds=seconds,
                memory=memory,
            )
        )
    except PdfTooHeavy as failure:
        report = Report(findings=(structure.too_heavy(str(failure)),))
        logger.warning("preflight given up", exc_info=True, extra={"sha256": sha256})
    except PdfFailed as failure:
        report = Report(findings=(structure.unreadable(str(failure)),))
        logger.warning("preflight failed", exc_info=True, extra={"sha256": sha256})
    if report.pages:
        found = ink.check(
            path,
            report.pages,
            spec,
            on_progress=lambda done, label: on_progress(_EXAMINED + done * (1 - _EXAMINED), label),
            seconds=max(1, seconds - (time.monotonic() - start)),
            memory=memory,
        )
        report = replace(report, findings=(*report.findings, *found))
    on_progress(1, "Contrôle terminé")
    return replace(report, sha256=sha256, seconds=round(time.monotonic() - start, 2))
