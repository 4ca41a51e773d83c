"""A tribune in its parts, in reading order: every format is a way to lay these out."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum, auto
from html import escape

from publishing.text import xml_safe
from tribunes.exports import words
from tribunes.exports.clean import clean
from tribunes.items import Correction, Item, Picture, PubStatus, Terms


class Role(StrEnum):
    """What a part is for."""

    TITLE = auto()
    NOTICE = auto()
    """To be read first: withdrawal, embargo, what it answers to, grave corrections."""
    STANDFIRST = auto()
    BYLINE = auto()
    PICTURE = auto()
    BODY = auto()
    SIGNATORIES = auto()
    PEOPLE = auto()
    """Biographies and links of interest."""
    HISTORY = auto()
    """Corrections, droits de réponse, pictures left out."""
    TERMS = auto()
    """Credit, required link, licence."""


@dataclass(frozen=True)
class Part:
    """A part as clean HTML."""

    role: Role
    html: str


def parts_of(item: Item, level: int) -> list[Part]:
    """Return the parts of an item whose title is a heading of the level, from 1 to 5.

    A withdrawn item has its title and one sentence. Intertitres are one level below the title.
    """
    heading = Part(Role.TITLE, f"<h{level}>{_text(item.headline)}</h{level}>")
    if item.status == PubStatus.CANCELED:
        return [heading, Part(Role.NOTICE, _paragraph(words.withdrawal(item)))]
    rest = (
        (Role.NOTICE, _notices(item)),
        (Role.STANDFIRST, [_paragraph(item.standfirst, "strong")]),
        (Role.BYLINE, [_paragraph(words.byline(item))]),
        (Role.PICTURE, [_figure(item.opening)] if item.opening else []),
        (Role.BODY, [clean(item.html, level + 1)]),
        (Role.SIGNATORIES, _signatories(item, level + 1)),
        (Role.PEOPLE, _people(item)),
        (Role.HISTORY, _history(item)),
        (Role.TERMS, _terms(item, item.terms) if item.terms else []),
    )
    return [heading, *(Part(role, html) for role, lines in rest if (html := "".join(lines)))]


def _notices(item: Item) -> Iterator[str]:
    yield _paragraph(words.embargo(item), "strong")
    yield _reply_to(item)
    yield from _corrections(one for one in item.corrections if one.severity == "high")


def _corrections(which: Iterable[Correction]) -> Iterator[str]:
    return (_paragraph(words.correction(one), "em") for one in which)


def _reply_to(item: Item) -> str:
    if item.replies_to is None:
        return ""
    link = _link(item.replies_to.url, "un texte publié par Solutions solidaires")
    return f"<p>Droit de réponse à {link}.</p>"


def _figure(picture: Picture) -> str:
    told = (picture.caption, picture.credit, picture.licence_name)
    caption = _text(" · ".join(filter(None, told)))
    image = f'<img src="{_attribute(picture.href)}" alt="{_attribute(picture.alt)}">'
    return f"<figure>{image}{f'<figcaption>{caption}</figcaption>' if caption else ''}</figure>"


def _signatories(item: Item, level: int) -> Iterator[str]:
    if not item.signatories:
        return
    yield f"<h{level}>Signataires</h{level}><ul>"
    yield from (f"<li>{_text(words.signature(person))}</li>" for person in item.signatories)
    yield "</ul>"


def _people(item: Item) -> Iterator[str]:
    for person in item.people:
        if person.biography:
            yield f"<p><strong>{_text(person.name)}</strong>\u00a0: {_text(person.biography)}</p>"
        yield _paragraph(words.interests(person))


def _history(item: Item) -> Iterator[str]:
    yield from _corrections(one for one in item.corrections if one.severity != "high")
    for reply in item.replies:
        yield f"<p>{_link(reply.url, 'Lire le droit de réponse à ce texte')}</p>"
    yield _paragraph(words.withheld_pictures(item), "em")


def _terms(item: Item, terms: Terms) -> Iterator[str]:
    """Tell what readers are told; what is asked of desks stays out of what they paste."""
    original = terms.required_link or item.canonical_url
    yield _paragraph(terms.credit_line)
    yield f"<p>Texte original\u00a0: {_link(original, original)}</p>"
    if item.canonical_url != original:
        yield f"<p>Texte de référence\u00a0: {_link(item.canonical_url, item.canonical_url)}</p>"
    yield f"<p>Licence\u00a0: {_link(terms.url, terms.name)}</p>"


def _paragraph(text: str, tag: str = "") -> str:
    if not text.strip():
        return ""
    inner = f"<{tag}>{_text(text)}</{tag}>" if tag else _text(text)
    return f"<p>{inner}</p>"


def _link(href: str, text: str) -> str:
    return f'<a href="{_attribute(href)}">{_text(text)}</a>'


def _text(text: str) -> str:
    return escape(xml_safe(text), quote=False)


def _attribute(text: str) -> str:
    return escape(xml_safe(text))
