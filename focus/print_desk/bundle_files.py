"""What lies in a bundle of assets, besides the assets: credits and terms."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import PurePath

from django.utils.text import slugify

from cms.spreadsheets import table


@dataclass(frozen=True, kw_only=True)
class Entry:
    """An asset as partners are told of it; ``reason`` says why it is left out, "" when it is in."""

    file: str
    page: int
    kind: str
    title: str
    credit: str
    rights_holder: str
    licence: str
    licence_url: str
    rights_expire_on: str
    reason: str = ""


HEADINGS = {
    "file": "fichier",
    "page": "page",
    "kind": "nature",
    "title": "intitulé",
    "credit": "crédit",
    "rights_holder": "titulaire des droits",
    "licence": "licence",
    "licence_url": "adresse de la licence",
    "rights_expire_on": "fin des droits",
}


def file_name(page: int, title: str, original: str, taken: set[str]) -> str:
    """Return an ASCII name in the archive, and add it to those that are taken."""
    suffix = slugify(PurePath(original).suffix)
    stem = f"page-{page:02}/{slugify(title)[:60] or 'element'}"
    dotted = suffix and f".{suffix}"
    name, count = f"{stem}{dotted}", 1
    while name in taken:
        count += 1
        name = f"{stem}-{count}{dotted}"
    taken.add(name)
    return name


def credits_csv(entries: Iterable[Entry]) -> bytes:
    """Return the credits for spreadsheets."""
    rows = ((str(getattr(entry, name)) for name in HEADINGS) for entry in entries)
    return table(HEADINGS.values(), rows)


def manifest(title: str, made_at: str, terms: str, entries: list[Entry]) -> dict[str, object]:
    """Return the same for programs."""
    told = [asdict(entry) for entry in entries]
    return {
        "title": title,
        "made_at": made_at,
        "terms": terms,
        "assets": [{k: v for k, v in e.items() if k != "reason"} for e in told if not e["reason"]],
        "left_out": [{k: e[k] for k in ("page", "title", "reason")} for e in told if e["reason"]],
    }


def readme(title: str, terms: str, entries: list[Entry]) -> str:
    """Return the same for people."""
    inside = [e for e in entries if not e.reason]
    left_out = [e for e in entries if e.reason]
    lines = [title, "=" * len(title), "", terms, "", "Contenu", ""]
    lines += [f"- {e.file} : {e.title}. {e.credit}. {e.licence} ({e.licence_url})" for e in inside]
    lines += [] if inside else ["- Aucun élément ne peut être repris."]
    if left_out:
        lines += ["", "Laissés de côté", ""]
        lines += [f"- Page {e.page}, {e.title} : {e.reason}" for e in left_out]
    return "\r\n".join(lines) + "\r\n"
