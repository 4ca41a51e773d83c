"""The notes of episodes as podcast apps read them: the editor’s text, then links and chapters.

An app shows one text; Apple and Spotify make chapters of its lines « 00:00:00 Titre ».
"""

import re
from collections.abc import Iterable, Mapping
from html import escape

from wagtail.blocks import StreamValue
from wagtail.models import Page

from cms.selectors import unrestricted
from podcasts.feed_rows import LinkRow
from podcasts.notes import MAX_BYTES, feed_html

_PAGE_LINK = re.compile(r'<a\b(?=[^>]*\blinktype="page")[^>]*\bid="(\d+)"')


def source(notes: StreamValue) -> str:
    """Return the editor’s notes as rich text is stored, one block after the other."""
    return "".join(block["value"] for block in notes.raw_data if block["value"])


def page_links(texts: Iterable[str]) -> dict[int, str]:
    """Return the addresses of the public pages that rich texts link to, in one query."""
    pks = {int(pk) for text in texts for pk in _PAGE_LINK.findall(text)}
    pages = unrestricted(Page.objects.live()).filter(pk__in=pks)
    return {page.pk: page.full_url for page in pages}


def compose(
    text: str, pages: Mapping[int, str], links: Iterable[LinkRow], chapters: Iterable[str]
) -> str:
    """Return the notes of an item: at most ``MAX_BYTES``.

    ``pages`` are the addresses of pages by primary key, ``chapters`` lines of text. Links or
    chapters that do not fit whole after the editor’s text are left out.
    """
    html = feed_html(text, pages)
    for addition in (feed_html(_reading(links), pages), _chapters(chapters)):
        if len((html + addition).encode()) <= MAX_BYTES:
            html += addition
    return html


def _reading(links: Iterable[LinkRow]) -> str:
    rows = [f'<li><a href="{escape(row.url)}">{escape(row.title)}</a></li>' for row in links]
    return f"<p><b>Pour aller plus loin</b></p><ul>{''.join(rows)}</ul>" if rows else ""


def _chapters(lines: Iterable[str]) -> str:
    rows = [f"<p>{escape(line, quote=False)}</p>" for line in lines]
    return f"<p><b>Chapitres</b></p>{''.join(rows)}" if rows else ""
