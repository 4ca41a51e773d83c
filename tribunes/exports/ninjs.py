"""A tribune for news agencies: IPTC ninjs 3.1 (https://iptc.org/standards/ninjs/)."""

from typing import Any

from cms.templatetags.french import day
from publishing.plain_text import text_of
from tribunes.exports import counts, odrl, words
from tribunes.exports.parts import Role, parts_of
from tribunes.items import Item, Picture, PubStatus, Sound

_STANDARD = {
    "name": "ninjs",
    "version": "3.1",
    "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json",
}
_DEPARTEMENT = "http://id.insee.fr/geo/departement/"
_BESIDE_BODY = {Role.TITLE, Role.STANDFIRST, Role.BYLINE, Role.PICTURE}
"""What has its own place. The rest stands in the body: ``edNote`` is read at the desk alone, and
people have neither biography nor links of interest here."""


def ninjs(item: Item) -> dict[str, Any]:
    """Return the item as ninjs; a key without a value is left out."""
    data = {
        "uri": item.id,
        "standard": _STANDARD,
        "type": "text",
        "representationType": "full",
        "version": str(item.version),
        "firstCreated": item.first_created.isoformat(),
        "versionCreated": item.version_created.isoformat(),
        "contentCreated": item.first_published.isoformat(),
        "embargoedUntil": item.embargoed_until and item.embargoed_until.isoformat(),
        "pubStatus": str(item.status),
        "language": item.language,
        "title": item.headline,
        "headlines": [_plain("main", item.headline)],
        "descriptions": [_plain("summary", item.standfirst)] if item.standfirst else [],
        "by": words.byline(item),
        "bodies": _bodies(item),
        "people": [
            {"name": person.name, "rel": person.role, "uri": person.id} for person in item.people
        ],
        "organisations": _organisations(item),
        "places": [
            {"name": place.name, "rel": "about", "uri": f"{_DEPARTEMENT}{place.code}"}
            for place in item.territories
        ],
        "subjects": [{"name": subject, "rel": "about"} for subject in item.subjects],
        "edNote": _note(item),
        "altIds": [
            {"role": "url", "value": item.url},
            {"role": "canonical", "value": item.canonical_url},
        ],
        "associations": [*map(_picture, item.pictures), *map(_sound, item.sounds)],
        **_rights(item),
    }
    return {key: value for key, value in data.items() if value}


def _plain(role: str, text: str) -> dict[str, str]:
    return {"role": role, "contentType": "text/plain", "value": text}


def _bodies(item: Item) -> list[dict[str, Any]]:
    """Return the body as HTML and as text, both empty for a withdrawn item."""
    parts = [] if item.status == PubStatus.CANCELED else parts_of(item, 1)
    html = "\n".join(part.html for part in parts if part.role not in _BESIDE_BODY)
    size = {"charCount": counts.signes(item), "wordCount": counts.words(item)}
    return [
        {"role": "main", "contentType": "text/html", **size, "value": html},
        {"role": "main", "contentType": "text/plain", **size, "value": text_of(html)},
    ]


def _organisations(item: Item) -> list[dict[str, str]]:
    """Return institutions once each and by role, in the order of the people."""
    pairs = dict.fromkeys((one.institution, one.role) for one in item.people if one.institution)
    return [{"name": name, "rel": role} for name, role in pairs]


def _note(item: Item) -> str:
    notes = (
        words.withdrawal(item),
        words.embargo(item),
        item.editorial_note,
        *map(words.correction, item.corrections),
        words.withheld_pictures(item),
    )
    return "\n".join(filter(None, notes))


def _rights(item: Item) -> dict[str, Any]:
    if item.terms is None:
        return {}
    return {
        "copyrightHolder": ", ".join(author.name for author in item.authors),
        "copyrightNotice": item.terms.credit_line,
        "usageTerms": item.terms.usage,
        "rightsInfo": {
            "langId": odrl.LANGUAGE,
            "encodedRights": odrl.policy(item, item.terms),
        },
    }


def _picture(picture: Picture) -> dict[str, Any]:
    size = {"width": picture.width, "height": picture.height}
    renditions = [_rendition(picture.href, picture.type, picture.length) | size]
    if picture.original:
        renditions.append({"name": "original", "href": picture.original})
    data = {
        "name": f"image-{picture.id}",
        "uri": picture.href,
        "type": "picture",
        "descriptions": [
            _plain(role, text)
            for role, text in (("caption", picture.caption), ("alternative", picture.alt))
            if text
        ],
        "by": picture.credit,
        "copyrightHolder": picture.rights_holder,
        "copyrightNotice": picture.credit,
        "usageTerms": _picture_terms(picture),
        "rightsInfo": picture.licence_url and {"linkedRights": picture.licence_url},
        "renditions": renditions,
    }
    return {key: value for key, value in data.items() if value}


def _sound(sound: Sound) -> dict[str, Any]:
    return {
        "name": sound.title,
        "uri": sound.href,
        "type": "audio",
        "renditions": [_rendition(sound.href, sound.type, sound.length)],
    }


def _rendition(href: str, media_type: str, length: int) -> dict[str, Any]:
    """Return a file as it is on the web; a length that is not known is not told."""
    size = {"sizeInBytes": length} if length else {}
    return {"name": "web", "href": href, "contentType": media_type, **size}


def _picture_terms(picture: Picture) -> str:
    until = f", jusqu’au {day(picture.expires)}" if picture.expires else ""
    return f"{picture.licence_name}{until}"
