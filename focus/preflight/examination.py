"""The examination of a file, in its child process: opens it, applies the rules page by page."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import AccessMode, PasswordError, Pdf, PdfError
from pypdfium2 import PdfDocument

from focus.pdf.content import TooMuch
from focus.pdf.leash import Progress
from focus.pdf.reading import page_paragraphs
from focus.preflight import (
    active,
    boxes,
    colours,
    fonts,
    images,
    standard,
    structure,
    transparency,
)
from focus.preflight.report import Finding, Level, PageFacts, Report
from focus.preflight.sheet import Sheet
from focus.preflight.spec import PrintSpec

PAGE_RULES = (
    boxes.check,
    fonts.check,
    colours.check,
    images.check,
    transparency.check,
    active.check_annotations,
)

_MOST_ALIKE = 8  # findings of one rule on one page
_RULED, _DECODED = 0.4, 0.9  # of the progress
_SEVERITY = list(Level)


def examine(path: str, spec: dict[str, Any], single_page: bool, on_progress: Progress) -> Any:
    """Examine a file against a spec and return the report as plain values (all but the ink)."""
    wanted = PrintSpec(**spec)
    if single_page:
        wanted = replace(wanted, page_count=1)
    on_progress(0, "Ouverture du fichier")
    return _opened(path, wanted, on_progress).to_json()


def _opened(path: str, spec: PrintSpec, on_progress: Progress) -> Report:
    with Path(path).open("rb") as file:
        if refusal := structure.not_a_pdf(file.read(8)):
            return Report(findings=(refusal,))
    try:
        pdf = pikepdf.open(path, attempt_recovery=False, access_mode=AccessMode.stream)
    except PasswordError:
        return Report(findings=(structure.encrypted(),))
    except PdfError as error:
        return Report(findings=(structure.damaged([str(error)]),))
    with pdf:
        try:
            return _report(path, pdf, spec, on_progress)
        except PdfError as error:
            refusal = structure.damaged([str(error), *pdf.get_warnings()])
        except TooMuch:
            refusal = structure.too_heavy("Une page compte des millions d’objets.")
    return Report(findings=(refusal,))


def _report(path: str, pdf: Pdf, spec: PrintSpec, on_progress: Progress) -> Report:
    if pdf.is_encrypted:
        return Report(findings=(structure.encrypted(),))
    count = len(pdf.pages)
    if not 0 < count <= structure.MOST_PAGES:
        refusal = structure.too_many_pages(count) if count else structure.damaged([])
        return Report(findings=(refusal,), page_count=count)
    report = Report(
        findings=tuple(shortened(_findings(pdf, spec, on_progress))),
        page_count=count,
        pdfx=standard.announced(pdf),
    )
    if any(finding.rule == images.TOO_LARGE for finding in report.findings):
        return report  # nobody should decode that
    problems = pdf.check_pdf_syntax(_part(on_progress, _RULED, _DECODED)) or pdf.get_warnings()
    if problems:
        return Report(findings=(structure.damaged(problems),), page_count=count)
    return replace(report, pages=tuple(_facts(path, pdf)))


def _findings(pdf: Pdf, spec: PrintSpec, on_progress: Progress) -> Iterator[Finding]:
    yield from structure.page_count(pdf, spec.page_count)
    yield from structure.layers(pdf)
    yield from active.check(pdf, spec)
    yield from standard.check(pdf, spec)
    norms = frozenset(filter(None, (standard.announced(pdf), spec.pdfx)))
    for number, page in enumerate(pdf.pages, 1):
        on_progress(_RULED * (number - 1) / len(pdf.pages), f"Page {number}")
        sheet = Sheet(page, number, norms)
        for rule in PAGE_RULES:
            yield from rule(sheet, spec)


def _part(on_progress: Progress, start: float, end: float) -> Callable[[int], None]:
    """Pass percents on as a part of the whole, by tens."""

    def on_percent(percent: int) -> None:
        if percent % 10 == 0:
            on_progress(start + (end - start) * percent / 100, "Recherche de dommages")

    return on_percent


def _facts(path: str, pdf: Pdf) -> Iterator[PageFacts]:
    with PdfDocument(path) as document:
        for number, page in enumerate(pdf.pages, 1):
            width, height = (round(side, 2) for side in Sheet(page, number).format)
            text = "\n\n".join(page_paragraphs(document, number))
            yield PageFacts(number=number, width=width, height=height, text=text)


def shortened(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Order findings by page and severity, and sum up those that say the same of one page."""
    counts: Counter[tuple[int | None, str]] = Counter()
    rest: dict[tuple[int | None, str], Finding] = {}
    for finding in sorted(findings, key=lambda each: (each.page or 0, _SEVERITY.index(each.level))):
        key = finding.page, finding.rule
        counts[key] += 1
        if counts[key] <= _MOST_ALIKE:
            yield finding
        else:
            rest.setdefault(key, finding)
    for key, worst in rest.items():
        yield replace(
            worst,
            what=f"{counts[key] - _MOST_ALIKE} autres remarques du même genre sur cette page.",
            where=f"page {worst.page}" if worst.page else worst.where,
        )
