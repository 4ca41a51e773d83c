"""Transparency, which PDF/X-1a and PDF/X-3 forbid: old presses flatten it in ways of their own."""

from collections.abc import Iterator

from pikepdf import Array, Dictionary, Object

from focus.pdf.content import Mark
from focus.pdf.geometry import number
from focus.preflight.report import Finding, Level
from focus.preflight.sheet import Sheet
from focus.preflight.spec import PrintSpec

_OPAQUE = ("PDF/X-1", "PDF/X-3")
_PLAIN = {"/Normal", "/Compatible"}


def check(sheet: Sheet, spec: PrintSpec) -> Iterator[Finding]:
    """Say what is transparent on a page of a file that may have nothing so."""
    norm = next((norm for norm in sheet.norms if norm.startswith(_OPAQUE)), "")
    found = [(kind, mark) for mark in sheet.marks if norm and (kind := _kind(mark))]
    if found:
        kinds = ", ".join(dict.fromkeys(kind for kind, _ in found))
        yield sheet.finding(
            "transparency",
            Level.ERROR,
            what=f"Des objets sont transparents ({kinds}), ce que {norm} interdit.",
            zones=[sheet.zone(mark) for _, mark in found],
            cure="Exportez en PDF 1.3 avec aplatissement des transparences en haute résolution.",
        )


def _kind(mark: Mark) -> str:
    """Say in which way something is transparent, or ""."""
    match mark.kind:
        case "state":
            return _of_state(mark.what)
        case "image" if "/SMask" in mark.what or number(mark.what.get("/SMaskInData")):
            return "image à bords fondus"
        case "group" if (
            isinstance(mark.what, Dictionary) and mark.what.get("/S") == "/Transparency"
        ):
            return "groupe transparent"
    return ""


def _of_state(state: Object) -> str:
    if min(number(state.get("/ca"), 1), number(state.get("/CA"), 1)) < 1:
        return "opacité réduite"
    if str(state.get("/SMask", "/None")) != "/None":
        return "masque progressif"
    mode = state.get("/BM", "/Normal")
    modes = {str(name) for name in mode} if isinstance(mode, Array) else {str(mode)}
    return "" if modes & _PLAIN else "mode de fusion"
