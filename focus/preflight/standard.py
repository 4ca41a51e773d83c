"""PDF/X: the version that a file announces, and what goes with it (ISO 15930)."""

from collections.abc import Iterator

from pikepdf import Array, Dictionary, Object, Pdf, Stream

from focus.preflight.report import Finding, Level
from focus.preflight.spec import PrintSpec
from focus.preflight.words import WHOLE_FILE, plain, quoted

_XMP = "{http://www.npes.org/pdfx/ns/id/}GTS_PDFXVersion"
_INKS = 4


def announced(pdf: Pdf) -> str:
    """Return the version that a file says it follows, for instance ``PDF/X-1a:2001``, or "".

    PDF/X-4 says so in its XMP; the older ones in the document information, where PDF/X-1a:2001
    has a version without «a» beside its conformance.
    """
    said = (
        pdf.open_metadata().get(_XMP),
        pdf.docinfo.get("/GTS_PDFXConformance"),
        pdf.docinfo.get("/GTS_PDFXVersion"),
    )
    return next((plain(version) for version in said if version), "")


def check(pdf: Pdf, spec: PrintSpec) -> Iterator[Finding]:
    """Compare the version and the output intent with what is demanded and announced."""
    version = announced(pdf)
    if not version.startswith(spec.pdfx):
        yield _finding(
            "pdfx-version",
            Level.ERROR,
            what=(
                f"L’imprimeur demande {spec.pdfx} ; le fichier annonce {version}."
                if version
                else f"L’imprimeur demande {spec.pdfx} ; le fichier n’annonce aucune norme PDF/X."
            ),
            cure=f"Exportez avec le préréglage {spec.pdfx}.",
        )
    if not (version or spec.pdfx or spec.profile):
        return
    yield from _output_intent(pdf, spec)
    if (version or spec.pdfx) and pdf.docinfo.get("/Trapped") not in ("/True", "/False"):
        yield _finding(
            "trapped",
            Level.WARNING,
            what="Le fichier ne dit pas si le recouvrement des couleurs (trapping) est déjà fait.",
            cure="Exportez avec un préréglage PDF/X, qui l’inscrit, ou demandez à l’imprimeur.",
        )


def _output_intent(pdf: Pdf, spec: PrintSpec) -> Iterator[Finding]:
    intents = pdf.Root.get("/OutputIntents")
    intent = next(filter(_is_for_print, intents if isinstance(intents, Array) else ()), None)
    if intent is None:
        yield _finding(
            "output-intent",
            Level.ERROR,
            what="Le fichier ne dit pas à quelle presse il est destiné (OutputIntent).",
            cure="Choisissez le profil de l’imprimeur comme mode de sortie à l’export PDF/X.",
        )
        return
    profile = intent.get("/DestOutputProfile")
    if isinstance(profile, Stream) and profile.get("/N") != _INKS:
        yield _finding(
            "output-profile",
            Level.ERROR,
            what="Le profil de sortie du fichier n’est pas un profil CMJN.",
            cure="Choisissez le profil CMJN de l’imprimeur comme mode de sortie à l’export.",
        )
    name = str(intent.get("/OutputConditionIdentifier", ""))
    if spec.profile and name != spec.profile:
        yield _finding(
            "output-condition",
            Level.ERROR,
            what=(
                f"Les couleurs sont faites pour {quoted(name or 'une presse sans nom')} ; "
                f"l’imprimeur attend {quoted(spec.profile)}."
            ),
            cure="Convertissez dans le profil de l’imprimeur à l’export.",
        )


def _is_for_print(intent: Object) -> bool:
    return isinstance(intent, Dictionary) and intent.get("/S") == "/GTS_PDFX"


def _finding(rule: str, level: Level, *, what: str, cure: str) -> Finding:
    return Finding(rule=rule, level=level, what=what, where=WHOLE_FILE, cure=cure)
