"""The body of a text for feeds and other sites: little HTML, no style, absolute addresses.

Works on blocks as they are stored, so that a long feed costs no query for each of them. What comes
out has no other tag than ``TAGS`` and is accessible by itself: intertitres are all ``h2``, tables
have headings, pictures have their text alternative, their credit and their terms.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from html import escape
from typing import Any

import nh3
from wagtail.blocks import StreamValue

from cms.blocks.references import list_items
from cms.rich_text import SCHEMES, with_absolute_links
from publishing.news import Picture
from publishing.news_html import figure
from publishing.text import xml_safe

TAGS = {
    "a", "aside", "b", "blockquote", "br", "caption", "em", "figcaption", "figure", "h2", "i",
    "img", "li", "ol", "p", "strong", "sup", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
_SANITISER = nh3.Cleaner(
    tags=TAGS,
    attributes={"a": {"href"}, "img": {"src", "alt"}, "th": {"scope"}},
    url_schemes=SCHEMES,
    link_rel=None,
)


@dataclass(frozen=True, kw_only=True)
class PageLink:
    """A page that a text names."""

    title: str
    url: str


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """What a body refers to and may show, by primary key; what is missing here is left out."""

    pictures: Mapping[int, Picture] = field(default_factory=dict)
    pages: Mapping[int, PageLink] = field(default_factory=dict)

    @cached_property
    def addresses(self) -> dict[int, str]:
        """The addresses of the pages."""
        return {pk: page.url for pk, page in self.pages.items()}


def feed_html(body: StreamValue, around: Surroundings) -> str:
    """Return the body as HTML; pictures and pages that are not ``around`` are left out.

    Raises KeyError for a type of block that nobody said how to write.
    """
    html = "".join(RENDERERS[block["type"]](block["value"], around) for block in body.raw_data)
    return _SANITISER.clean(xml_safe(html)).replace("&nbsp;", "\u00a0")


def _text(value: Any) -> str:
    return escape(str(value), quote=False) if value is not None else ""


def _title(value: str | None) -> str:
    """Return the title of something beside the text: no heading, lest levels be skipped."""
    return f"<p><strong>{_text(value)}</strong></p>" if value else ""


def _rich_text(value: str, around: Surroundings) -> str:
    return with_absolute_links(value, around.addresses)


def _heading(value: str, around: Surroundings) -> str:
    return f"<h2>{_text(value)}</h2>"


def _pull_quote(value: dict[str, Any], around: Surroundings) -> str:
    return _quote(value["text"], _text(value.get("attribution")))


def _quote(words: str, source: str) -> str:
    attribution = f"<p>— {source}</p>" if source else ""
    return f"<blockquote><p>{_text(words)}</p>{attribution}</blockquote>"


def _box(value: dict[str, Any], around: Surroundings) -> str:
    return f"<aside>{_title(value['title'])}{_rich_text(value['text'], around)}</aside>"


def _footnotes(value: list[Any], around: Surroundings) -> str:
    notes = "".join(f"<li>{_rich_text(note, around)}</li>" for note in list_items(value))
    return f"<h2>Notes</h2><ol>{notes}</ol>" if notes else ""


def _image(value: dict[str, Any], around: Surroundings) -> str:
    picture = around.pictures.get(value["image"])
    return figure(replace(picture, caption=value.get("caption") or "")) if picture else ""


def _gallery(value: dict[str, Any], around: Surroundings) -> str:
    figures = "".join(_image(picture, around) for picture in list_items(value["images"]))
    return f"{_title(value.get('title'))}{figures}" if figures else ""


def _key_figures(value: dict[str, Any], around: Surroundings) -> str:
    rows = "".join(
        f"<li><strong>{_text(figure['value'])}</strong> {_text(figure['label'])}"
        + (f" ({_text(figure['source'])})" if figure.get("source") else "")
        + "</li>"
        for figure in list_items(value["figures"])
    )
    return f"{_title(value.get('title'))}<ul>{rows}</ul>"


def _table(value: dict[str, Any], around: Surroundings) -> str:
    caption = f"<caption>{_text(value['caption'])}</caption>" if value.get("caption") else ""
    head = "".join(
        f'<th scope="col">{_text(column["heading"])}</th>' for column in value["columns"]
    )
    kinds = [column["type"] for column in value["columns"]]
    rows = "".join(
        "<tr>"
        + "".join(
            f"<td>{_cell(kind, cell)}</td>" for kind, cell in zip(kinds, row["values"], strict=True)
        )
        + "</tr>"
        for row in value["rows"]
    )
    return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _cell(kind: str, value: Any) -> str:
    """Return the text of a cell; numbers have a decimal comma, as in French."""
    return _text(value).replace(".", ",") if kind == "number" else _text(value)


def _link(words: str, page: PageLink | None) -> str:
    if page is None:
        return ""
    return f'{words}<a href="{escape(page.url)}">{_text(page.title)}</a>'


def _episode(value: int, around: Surroundings) -> str:
    link = _link("À écouter\u00a0: ", around.pages.get(value))
    return f"<p>{link}</p>" if link else ""


def _teaser(value: int, around: Surroundings) -> str:
    link = _link("À lire\u00a0: ", around.pages.get(value))
    return f"<p>{link}</p>" if link else ""


def _forum_extract(value: dict[str, Any], around: Surroundings) -> str:
    forum = around.pages.get(value["forum"])
    if forum is None:
        return ""
    source = (_text(value.get("speaker")), _link("", forum))
    return _quote(value["quote"], ", ".join(filter(None, source)))


def _further_reading(value: list[Any], around: Surroundings) -> str:
    rows = "".join(
        f'<li><a href="{escape(link["url"])}">{_text(link["title"])}</a></li>'
        for link in list_items(value)
    )
    return f"<h2>Pour aller plus loin</h2><ul>{rows}</ul>" if rows else ""


RENDERERS: dict[str, Callable[[Any, Surroundings], str]] = {
    "paragraph": _rich_text,
    "heading": _heading,
    "pull_quote": _pull_quote,
    "box": _box,
    "footnotes": _footnotes,
    "image": _image,
    "gallery": _gallery,
    "key_figures": _key_figures,
    "table": _table,
    "episode": _episode,
    "forum_extract": _forum_extract,
    "tribune_teaser": _teaser,
    "further_reading": _further_reading,
}
