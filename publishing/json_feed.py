"""JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/) for texts; same values, same bytes."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from publishing.news import Feed, Item, Picture, Reply, Terms
from publishing.news_html import html_of
from publishing.plain_text import text_of

CONTENT_TYPE = "application/feed+json; charset=utf-8"
_VERSION = "https://jsonfeed.org/version/1.1"
_EXTENSIONS = {
    "_licence": {"about": "Terms of an item or of an attachment: code, url, name."},
    "_byline": {"about": "Role and organisation of an author at the date of the item."},
    "_credit": {"about": "Credit, caption and text alternative of an attached picture."},
}
_SOLIDAIRES = {
    "_solidaires": {
        "about": "What republishing an item asks to know: status (retracted, when copies must be"
        " taken down; absent, the item is usable), version, retraction, usageTerms, terms,"
        " corrections, rightOfReply, replyTo, withheldImages."
    }
}


def render(feed: Feed, items: Iterable[Item]) -> bytes:
    """Write the texts in the order given; what has no value is left out."""
    written = [_given(_item(item)) for item in items]
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
        **(_SOLIDAIRES if any("_solidaires" in item for item in written) else {}),
    }
    whole = _given(value) | {"items": written}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()


def _item(item: Item) -> dict[str, Any]:
    html = html_of(item)
    picture = item.picture
    return {
        "id": item.id,
        "url": item.link,
        "external_url": item.elsewhere,
        "title": item.title,
        "content_html": html,
        # The same words as in HTML; one of the two is mandatory.
        "content_text": text_of(html) or item.summary or item.title or item.link,
        "summary": item.summary,
        "image": picture.url if picture else "",
        "date_published": _moment(item.published),
        "date_modified": _moment(item.updated),
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
        "_solidaires": _solidaires(item),
    }


def _solidaires(item: Item) -> dict[str, Any]:
    """Return what JSON Feed has no word for; names as in ninjs and in the API."""
    return {
        "status": "retracted" if item.withdrawn else "",
        "version": item.version or "",
        "retraction": (
            {"date": _moment(item.withdrawn), "reason": item.withdrawal_reason}
            if item.withdrawn
            else {}
        ),
        "usageTerms": item.terms.usage if item.terms else "",
        "terms": _terms(item.terms) if item.terms else {},
        "corrections": [
            {
                "version": correction.version or "",
                "date": _day(correction.day),
                "severity": correction.severity,
                "text": correction.words,
            }
            for correction in item.corrections
            if correction.severity
        ],
        "rightOfReply": [_reply(reply) for reply in item.replies],
        "replyTo": _reply(item.replies_to) if item.replies_to else {},
        "withheldImages": item.withheld_pictures or "",
    }


def _terms(terms: Terms) -> dict[str, Any]:
    return {
        "scope": list(terms.scope),
        "editing": terms.editing,
        "commercial": terms.commercial,
        "territories": terms.territories,
        "expires": _day(terms.expires),
        "creditLine": terms.credit_line,
        "requiredLink": terms.required_link,
        "copyPolicy": terms.copy_policy,
        "tdm": terms.tdm,
    }


def _reply(reply: Reply) -> dict[str, str]:
    return {"id": reply.id, "href": reply.link, "title": reply.title}


def _attachment(picture: Picture) -> dict[str, Any]:
    return {
        "url": picture.url,
        "mime_type": picture.type,
        "size_in_bytes": picture.length,
        "_credit": {
            "credit": picture.credit,
            "caption": picture.caption,
            "alt": picture.alt,
            "rightsHolder": picture.rights_holder,
            "expires": _day(picture.expires),
        },
        "_licence": asdict(picture.licence) if picture.licence else {},
    }


def _moment(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _given(value: Any) -> Any:
    """Return the value without what is empty."""
    if isinstance(value, dict):
        parts = {key: _given(part) for key, part in value.items()}
        return {key: part for key, part in parts.items() if part not in ("", [], {})}
    if isinstance(value, list):
        return [part for part in map(_given, value) if part]
    return value
