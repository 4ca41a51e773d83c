"""A tribune as the JSON of our own API: names and groups as docs/partners.md promises them."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from tribunes.exports import counts
from tribunes.exports.links import Links
from tribunes.items import Credit, Item, Picture, Terms


def as_json(item: Item, links: Links) -> dict[str, Any]:
    """Return the item as data; every key is always there, times are RFC 3339 with their offset."""
    return {
        **_identity(item),
        **_dates(item),
        "pubStatus": str(item.status),
        "representationType": "full",
        **_text(item),
        "people": [_person(person) for person in item.people],
        "territories": [{"name": place.name, "code": place.code} for place in item.territories],
        "focus": item.focus,
        "subjects": list(item.subjects),
        "images": [_picture(picture) for picture in item.pictures],
        "withheldImages": item.withheld_pictures,
        "sounds": [asdict(sound) for sound in item.sounds],
        "terms": _terms(item.terms) if item.terms else None,
        **_history(item),
        "links": asdict(links),
    }


def _identity(item: Item) -> dict[str, Any]:
    return {
        "id": item.id,
        "version": item.version,
        "type": item.kind,
        "language": item.language,
        "url": item.url,
        "canonicalUrl": item.canonical_url,
        "checksum": item.checksum,
    }


def _dates(item: Item) -> dict[str, Any]:
    return {
        "firstCreated": item.first_created.isoformat(),
        "firstPublished": item.first_published.isoformat(),
        "versionCreated": item.version_created.isoformat(),
        "embargoedUntil": _moment(item.embargoed_until),
    }


def _text(item: Item) -> dict[str, Any]:
    return {
        "headline": item.headline,
        "standfirst": item.standfirst,
        "bodyHtml": item.html,
        "bodyText": item.text,
        "charCount": counts.signes(item),
        "wordCount": counts.words(item),
        "editorialNote": item.editorial_note,
    }


def _person(person: Credit) -> dict[str, Any]:
    return {
        "id": person.id,
        "name": person.name,
        "role": person.role,
        "title": person.title,
        "institution": person.institution,
        "bioAtPublication": person.biography,
        "interests": person.interests,
        "territory": person.territory,
        "partner": person.partner or None,
    }


def _picture(picture: Picture) -> dict[str, Any]:
    return {
        "href": picture.href,
        "width": picture.width,
        "height": picture.height,
        "alt": picture.alt,
        "caption": picture.caption,
        "credit": picture.credit,
        "rightsHolder": picture.rights_holder,
        "licence": {
            "code": picture.licence_code,
            "name": picture.licence_name,
            "url": picture.licence_url,
        },
        "expires": _moment(picture.expires),
        "original": picture.original or None,
    }


def _terms(terms: Terms) -> dict[str, Any]:
    return {
        "code": terms.code,
        "url": terms.url,
        "scope": list(terms.scope),
        "editing": terms.editing,
        "commercial": terms.commercial,
        "territories": terms.territories,
        "expires": _moment(terms.expires),
        "creditLine": terms.credit_line,
        "requiredLink": terms.required_link,
        "copyPolicy": terms.copy_policy,
        "tdm": terms.tdm,
        "usageTerms": terms.usage,
    }


def _history(item: Item) -> dict[str, Any]:
    retraction = item.retraction
    return {
        "corrections": [
            {
                "version": one.version,
                "date": one.date.isoformat(),
                "severity": one.severity,
                "text": one.text,
            }
            for one in item.corrections
        ],
        "retraction": retraction
        and {"date": retraction.date.isoformat(), "reason": retraction.reason},
        "rightOfReply": [asdict(reply) for reply in item.replies],
        "rightOfReplyTo": item.replies_to and asdict(item.replies_to),
    }


def _moment(when: date | datetime | None) -> str | None:
    return when and when.isoformat()
