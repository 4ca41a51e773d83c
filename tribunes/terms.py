"""The terms of a tribune in words and as data. Pure."""

from collections.abc import Sequence
from datetime import date
from typing import Any

EDITING = {
    "none": "Le texte ne se modifie pas, titre compris.",
    "time-and-place": "Seules les indications de temps et de lieu peuvent être adaptées.",
    "with-approval": "Toute modification demande l’accord de la rédaction.",
}
COPY_POLICY = {
    "canonical": "La page de reprise désigne l’original par un lien canonique.",
    "noindex": "La page de reprise n’est pas indexée (noindex).",
    "none": "",
}
SCOPES = {
    "web": "sur le web",
    "print": "dans un imprimé",
    "social": "sur les réseaux sociaux",
    "extract": "par extraits",
}


def sentences(
    *,
    licence: str,
    scope: Sequence[str],
    editing: str,
    commercial: bool,
    territories: str,
    expires: date | None,
    credit_line: str,
    copy_policy: str,
) -> list[str]:
    """Return the terms in plain French, a promise a sentence."""
    where = ", ".join(SCOPES[name] for name in SCOPES if name in scope) or "nulle part"
    until = f", jusqu’au {expires:%d/%m/%Y} inclus" if expires else ""
    said = (
        f"Licence\u00a0: {licence}.",
        f"Reprise permise {where} ({territories}){until}.",
        EDITING[editing],
        "Usage commercial permis." if commercial else "Pas d’usage commercial.",
        f"Mention obligatoire\u00a0: «\u202f{credit_line}\u202f», avec le lien vers l’original.",
        COPY_POLICY[copy_policy],
    )
    return [sentence for sentence in said if sentence]


def usage(**said: Any) -> str:
    """Return the same in one paragraph."""
    return " ".join(sentences(**said))
