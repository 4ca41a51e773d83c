"""JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/) for texts; same values, same bytes."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from publishing.news import Feed, Item, Picture
from publishing.news_html import html_of

CONTENT_TYPE = "application/feed+json; charset=utf-8"
_VERSION = "https://jsonfeed.org/version/1.1"
_EXTENSIONS = {
    "_licence": {"about": "Terms of an item or of an attachment: code, url, name."},
    "_byline": {"about": "Role and organisation of an author at the date of the item."},
    "_credit": {"about": "Credit, caption and text alternative of an attached picture."},
}


def render(feed: Feed, items: Iterable[Item]) -> bytes:
    """Write the texts in the order given; what has no value is left out."""
    value = {
        "version": _VERSION,
        "title": feed.title or feed.link,
        "home_page_url": feed.link,
        "feed_url": feed.json_address,
        "description": feed.subtitle,
        "icon": feed.image,
        "authors": [{"name": feed.author}],
        "language": feed.language,
        "hubs": [{"type": "WebSub", "url": feed.hub}] if feed.hub else [],
        **_EXTENSIONS,
    }
    written = _given(value) | {"items": [_given(_item(item)) for item in items]}
    return json.dumps(written, ensure_ascii=False, separators=(",", ":")).encode()


def _item(item: Item) -> dict[str, Any]:
    html = html_of(item)
    picture = item.picture
    return {
        "id": item.id,
        "url": item.link,
        "external_url": item.elsewhere,
        "title": item.title,
        "content_html": html,
        # One of the two is mandatory.
        "content_text": "" if html else item.summary or item.title or item.link,
        "summary": item.summary,
        "image": picture.url if picture else "",
        "date_published": item.published.isoformat(timespec="seconds"),
        "date_modified": item.updated.isoformat(timespec="seconds"),
        "authors": [
            {
                "name": author.name,
                "_byline": {"role": author.role, "organisation": author.organisation},
            }
            for author in item.authors
        ],
        "tags": list(dict.fromkeys(item.categories)),
        "attachments": [_attachment(picture)] if picture else [],
        "_licence": asdict(item.licence) if item.licence else {},
    }


def _attachment(picture: Picture) -> dict[str, Any]:
    return {
        "url": picture.url,
        "mime_type": picture.type,
        "size_in_bytes": picture.length,
        "_credit": {"credit": picture.credit, "caption": picture.caption, "alt": picture.alt},
        "_licence": asdict(picture.licence) if picture.licence else {},
    }


def _given(value: Any) -> Any:
    """Return the value without what is empty."""
    if isinstance(value, dict):
        parts = {key: _given(part) for key, part in value.items()}
        return {key: part for key, part in parts.items() if part not in ("", [], {})}
    if isinstance(value, list):
        return [part for part in map(_given, value) if part]
    return value
