"""A tribune as clean HTML: a fragment to paste, and a small page of its own."""

from html import escape

from cms import tdm
from publishing.text import xml_safe
from tribunes.exports.parts import parts_of
from tribunes.items import Item, Terms

LEVELS = range(2, 6)
"""Levels that a page may give to the title of what it pastes: intertitres need one more."""


def fragment(item: Item, *, headings: int = 2) -> str:
    """Return the whole item as one ``<article>``, accessible by itself, to be pasted in a page.

    The title is a heading of the level asked, intertitres are one below. Raises ValueError for a
    level that is not in ``LEVELS``.
    """
    if headings not in LEVELS:
        raise ValueError(f"heading level {headings}: not from {LEVELS.start} to {LEVELS.stop - 1}")
    return _article(item, headings)


def document(item: Item) -> str:
    """Return a page of HTML that holds the item alone, with what its terms ask of a copy."""
    return (
        f'<!doctype html>\n<html lang="{escape(item.language)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(xml_safe(item.headline), quote=False)}</title>\n"
        f"{_duties(item)}</head>\n<body>\n<main>\n{_article(item, 1)}\n</main>\n</body>\n</html>\n"
    )


def _article(item: Item, level: int) -> str:
    lines = "\n".join(part.html for part in parts_of(item, level))
    return f'<article lang="{escape(item.language)}">\n{lines}\n</article>'


def _duties(item: Item) -> str:
    """Return what programs read: who has the reference text, may it be indexed and mined."""
    canonical = f'<link rel="canonical" href="{escape(item.canonical_url)}">\n'
    noindex = '<meta name="robots" content="noindex">\n'
    if item.terms is None:
        return noindex
    policy = {"canonical": canonical, "noindex": noindex, "none": ""}[item.terms.copy_policy]
    licence = f'<link rel="license" href="{escape(item.terms.url)}">\n'
    return f"{policy}{licence}{_mining(item.terms)}"


def _mining(terms: Terms) -> str:
    """Return the policy of the site as copies say it (W3C TDMRep)."""
    if terms.tdm == "allowed":
        return '<meta name="tdm-reservation" content="0">\n'
    return (
        '<meta name="tdm-reservation" content="1">\n'
        f'<meta name="tdm-policy" content="{escape(tdm.policy_url())}">\n'
    )
