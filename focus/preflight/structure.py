"""The file as a whole: a PDF, undamaged, open to all, with the right number of pages."""

from collections.abc import Iterator

from pikepdf import Dictionary, Pdf

from focus.preflight.report import Finding, Level
from focus.preflight.words import WHOLE_FILE

MOST_PAGES = 200
"""A file with more is not looked into: no cahier is so thick."""

_NO_MEMORY = "bad_alloc"
_MAGIC = b"%PDF-"


def not_a_pdf(head: bytes) -> Finding | None:
    """Judge a file by its first bytes, which printers and we must read alike."""
    if head.startswith(_MAGIC):
        return None
    what = "Ce fichier n’est pas un PDF." if head else "Le fichier est vide (0 octet)."
    return refusal("not-a-pdf", what, "Exportez la mise en page en PDF/X, puis envoyez ce fichier.")


def damaged(problems: list[str]) -> Finding:
    """Say that a file is broken, or too large for the memory that there is: qpdf tells which."""
    if any(_NO_MEMORY in problem for problem in problems):
        return too_heavy("Ce fichier demande trop de mémoire.")
    return refusal(
        "damaged",
        "Le fichier est abîmé ou incomplet.",
        "L’envoi ou l’export s’est sans doute interrompu ; exportez-le et envoyez-le de nouveau.",
    )


def encrypted() -> Finding:
    """Say that a file is locked, with or without a password to read it."""
    return refusal(
        "encrypted",
        "Le fichier est protégé (mot de passe ou droits limités).",
        "Exportez-le sans aucune protection.",
    )


def unreadable(reason: str) -> Finding:
    """Say that the examination broke off, through the fault of the file or of ours."""
    return refusal(
        "unreadable",
        reason,
        "Exportez-le de nouveau ; si rien ne change, prévenez l’équipe technique.",
    )


def too_heavy(reason: str) -> Finding:
    """Say that a file cannot be examined with what is allotted to it."""
    return refusal(
        "too-heavy",
        reason,
        "Simplifiez ou aplatissez les dessins les plus complexes, puis exportez de nouveau.",
    )


def too_many_pages(count: int) -> Finding:
    """Say that this is a book."""
    return refusal(
        "too-many-pages",
        f"Le fichier compte {count} pages : il n’a pas été examiné.",
        "Envoyez les seules pages du cahier.",
    )


def page_count(pdf: Pdf, expected: int) -> Iterator[Finding]:
    """Compare the number of pages with what is expected."""
    count = len(pdf.pages)
    if count != expected:
        yield Finding(
            rule="page-count",
            level=Level.ERROR,
            what=f"Le fichier compte {_pages(count)} ; il en faut {expected}.",
            where=WHOLE_FILE,
            cure=(
                "Envoyez cette page seule."
                if expected == 1
                else "Exportez toutes les pages, une par une (pas en planches), dans un seul PDF."
            ),
        )


def layers(pdf: Pdf) -> Iterator[Finding]:
    """Find layers: what is hidden in one program may show in another."""
    properties = pdf.Root.get("/OCProperties")
    if isinstance(properties, Dictionary) and properties.get("/OCGs"):
        yield Finding(
            rule="layers",
            level=Level.ERROR,
            what="Le fichier contient des calques : ce qu’ils masquent pourrait s’imprimer.",
            where=WHOLE_FILE,
            cure="Exportez sans créer de calques Acrobat.",
        )


def refusal(rule: str, what: str, cure: str) -> Finding:
    """Refuse the file."""
    return Finding(rule=rule, level=Level.REFUSED, what=what, where=WHOLE_FILE, cure=cure)


def _pages(count: int) -> str:
    return f"{count} page" + "s" * (count > 1)
