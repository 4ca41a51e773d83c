"""A pasted list of signatories, read line by line: «Nom, fonction, organisation». Pure.

Lists come from letters, text processors and spreadsheets: with numbers, bullets, columns, capitals,
courtesy titles, invisible characters. E-mail addresses and web addresses are left out: a contact
is not part of a signature.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from tribunes.signatories.names import fold, split_name

MAX_LINES = 1000
MAX_TEXT = 300_000
MAX_LINE = 2_000
"""Characters."""
_TOO_LONG = "Cette ligne est trop longue pour être une signature\u00a0: coupez-la."

_SPACES = dict.fromkeys((0x00A0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000), " ")
_HYPHENS = dict.fromkeys((0x2010, 0x2011), "-")
_BULLET = r"[-–—•●○▪▫■□◦‣⁃·∙*→➢➤✓✔§\uf0b7\uf0a7\uf0d8]+\s*"
_NUMBER = r"\(?\d{1,4}\s*(?:[.)°/]+|[-–—](?=\s)|(?=\s))\s*"
_MARKS = re.compile(rf"^\s*(?:{_BULLET}|o\s+|{_NUMBER})+")
_CONTACT = re.compile(r"\S+@\S+\.\S+|(?:https?://|www\.)\S+", re.I)
_DASH = re.compile(r"\s+[-–—]+\s+")
_AFTER_NAME = re.compile(rf"{_DASH.pattern}|\s*:\s+")
_PART = re.compile(r'"[^"]*"|«[^«»]*»|\((?:[^()]|\([^()]*\))*\)|,|[^,"«(]+|.')
"""A text in quotes or in brackets, a comma, or what stands between."""
_QUOTES = {'"': '"', "«": "»", "“": "”"}
_PAIRS = {**_QUOTES, "(": ")"}
_LAST_BRACKETS = re.compile(r"\s*\(([^()]+)\)\s*$")
_TWO_PEOPLE = re.compile(r"\s(?:et|&)\s", re.I)
_TITLE = re.compile(r"^(?:les|liste|signataires?|premiere?s?|ils|elles|autres)\b|\bsignataires\b")
_COLUMNS = {
    "name": ("nom prenom", "nom et prenom", "nom complet", "signataire", "personne"),
    "first_name": ("prenom", "prenoms"),
    "last_name": ("nom", "nom de famille"),
    "role": ("fonction", "fonctions", "role", "qualite", "titre", "mandat", "poste"),
    "organisation": ("organisation", "organisme", "structure", "institution", "employeur"),
}
_COLUMN_OF = {fold(word): column for column, words in _COLUMNS.items() for word in words}
_LIMITS = {"first_name": 150, "last_name": 150, "role": 255, "organisation": 255}
_LABELS = {
    "first_name": "Le prénom",
    "last_name": "Le nom",
    "role": "La fonction",
    "organisation": "L’organisation",
}


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of the list: somebody who signs, or what keeps it from being read."""

    number: int
    """From 1, blank lines included: the line where the editor finds it."""
    text: str
    first_name: str = ""
    last_name: str = ""
    role: str = ""
    organisation: str = ""
    problem: str = ""
    """In French; "" when the line can be used."""

    @property
    def full_name(self) -> str:
        """First name, then last name."""
        return f"{self.first_name} {self.last_name}".strip()


def parse(text: str) -> list[Line]:
    """Return the lines of a list that are not blank; a heading of columns is understood."""
    lines: list[Line] = []
    columns: list[str] | None = None
    for number, raw in enumerate(text.splitlines(), start=1):
        if len(raw) > MAX_LINE:
            start = " ".join(_clean(raw[:100]).split())
            lines.append(Line(number=number, text=f"{start}…", problem=_TOO_LONG))
            continue
        cleaned = _clean(raw)
        if not cleaned.strip(' \t,;"'):
            continue
        cells, separator = _cells(cleaned, numbered=columns is None)
        heading = _heading(cells) if not lines and columns is None else None
        if heading:
            columns = heading
            continue
        shown = " ".join(cleaned.split())
        if columns and separator != ",":
            found = _by_column(columns, cells)
        else:
            found = _by_place(cells, separator)
        lines.append(Line(number=number, text=shown, problem=_problem(found), **found))
    return lines


def _clean(raw: str) -> str:
    """Plain spaces and hyphens, one form of accents, no invisible character; tabs stay."""
    text = unicodedata.normalize("NFC", raw.translate(_SPACES | _HYPHENS))
    return "".join(
        char
        for char in text
        if char == "\t" or unicodedata.category(char) not in ("Cc", "Cf", "Cs")
    )


def _cells(line: str, *, numbered: bool) -> tuple[list[str], str]:
    """Cut a line at its tabs, else its semicolons, else its commas outside brackets and quotes.

    A number or a bullet in front goes, unless columns have a heading: it is one of them.
    """
    if numbered:
        line = _MARKS.sub("", line)
    if "\t" in line:
        cells = [_tidy(cell) for cell in line.split("\t")]
        if not numbered or sum(map(bool, cells)) > 1:
            return cells, "\t"
        line = _MARKS.sub("", " ".join(cells))
    if ";" in line:
        return [_tidy(cell) for cell in line.split(";")], ";"
    return [_tidy(cell) for cell in _at_commas(line)], ","


def _at_commas(line: str) -> list[str]:
    """Cut at the commas that are neither in quotes nor in brackets."""
    cells = [""]
    for part in _PART.findall(line):
        if part == ",":
            cells.append("")
        else:
            cells[-1] += part
    return cells


def _tidy(cell: str) -> str:
    cell = _CONTACT.sub("", cell).strip()
    if len(cell) > 1 and _QUOTES.get(cell[0]) == cell[-1]:
        cell = cell[1:-1].replace('""', '"')
    return " ".join(cell.replace("()", "").replace("<>", "").split()).strip(" ,;")


def _heading(cells: Sequence[str]) -> list[str] | None:
    """Return the columns that a heading names, "" for those that are of no use."""
    columns = [_COLUMN_OF.get(fold(cell), "") for cell in cells]
    if {"name", "last_name"} & set(columns) and sum(map(bool, columns)) > 1:
        return columns
    return None


def _by_column(columns: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    row = {name: cell for name, cell in zip(columns, cells, strict=False) if name and cell}
    if "first_name" in columns:
        named = (row.get("first_name", ""), row.get("last_name", ""))
        first, last = split_name(*named) if all(named) else split_name(" ".join(named))
    else:
        first, last = split_name(row.get("name") or row.get("last_name", ""))
    return _found(first, last, row.get("role", ""), row.get("organisation", ""))


def _by_place(cells: list[str], separator: str) -> dict[str, str]:
    """Name, role, organisation; in four columns of which two are one word, the name is two."""
    while cells and not cells[-1]:
        cells = cells[:-1]
    if not cells:
        return _found("", "", "", "")
    if separator == "\t" and len(cells) > 3 and all(cells[:2]) and " " not in cells[0] + cells[1]:
        first, last = split_name(cells[0], cells[1])
        rest = cells[2:]
    else:
        name, *more = _AFTER_NAME.split(cells[0], maxsplit=1)
        rest = [*more, *cells[1:]]
        if more and len(rest) == 1:
            rest = _DASH.split(more[0])
        if len(rest) < 2 and (brackets := _LAST_BRACKETS.search(name)):
            name = name[: brackets.start()]
            rest = [*rest, brackets[1]] if rest else _in_brackets(brackets[1])
        family, _, given = name.partition(",")  # «"Dupont, Marie"» was one cell
        first, last = split_name(given, family) if given.strip() else split_name(family)
    role, organisation = _role_and_organisation(rest)
    return _found(first, last, role, organisation)


def _in_brackets(text: str) -> list[str]:
    """Return role and organisation when both are there, else the organisation alone."""
    return [part.strip() for part in text.split(",")] if "," in text else ["", text]


def _role_and_organisation(cells: Sequence[str]) -> tuple[str, str]:
    if len(cells) > 1:
        return ", ".join(filter(None, cells[:-1])), cells[-1]
    role = cells[0] if cells else ""
    brackets = _LAST_BRACKETS.search(role)
    return (role[: brackets.start()], brackets[1]) if brackets else (role, "")


def _found(first: str, last: str, role: str, organisation: str) -> dict[str, str]:
    return {
        "first_name": first,
        "last_name": last,
        "role": role.strip(" .,;"),
        "organisation": organisation.strip(" ,;"),
    }


def _is_balanced(text: str) -> bool:
    """Whether each quote and each bracket has its other half; if not, the line was cut wrong."""
    return all(
        text.count(opening) % 2 == 0
        if opening == closing
        else text.count(opening) == text.count(closing)
        for opening, closing in _PAIRS.items()
    )


def _problem(found: dict[str, str]) -> str:
    name = f"{found['first_name']} {found['last_name']}".strip()
    if not any(map(str.isalpha, name)):
        if not any(found.values()):
            return "Rien à lire sur cette ligne."
        return "Il manque le nom, qui vient en premier."
    if not all(map(_is_balanced, found.values())):
        return "Un guillemet ou une parenthèse est seul\u00a0: corrigez la ligne."
    if _TITLE.search(fold(name)):
        return "Est-ce un titre\u202f? Si c’est une personne, ajoutez-la à la main."
    if any(map(str.isdigit, name)):
        return f"«\u202f{name}\u202f» contient des chiffres\u00a0: corrigez le nom."
    if _TWO_PEOPLE.search(f" {name} "):
        return "Deux personnes\u202f? Mettez-les sur deux lignes."
    for field, limit in _LIMITS.items():
        if len(found[field]) > limit:
            return (
                f"{_LABELS[field]} dépasse {limit} caractères\u00a0: séparez nom, fonction et"
                " organisation par des virgules."
            )
    return ""
