"""Rules of IPTC ninjs 3.1 for the kind of item that we send, as a JSON Schema of our own.

The official schema is not part of any package. This one says less and allows less: what it accepts
the official one accepts too. Sources: https://iptc.org/standards/ninjs/ and its schema 3.1.
"""

from typing import Any

from jsonschema import Draft202012Validator, FormatChecker

_TEXT = {"type": "string"}
_URI = {"type": "string", "format": "uri"}
_MOMENT = {"type": "string", "format": "date-time"}
_COUNT = {"type": "integer", "minimum": 0}


def _object(required: tuple[str, ...] = (), **properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }


def _list(of: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": of}


_VALUE = {"role": _TEXT, "contentType": _TEXT, "value": _TEXT}
_NAMED = {"name": _TEXT, "rel": _TEXT, "uri": _URI, "literal": _TEXT}
_RIGHTS = {
    **_object(langId=_URI, linkedRights=_URI, encodedRights=_TEXT),
    "oneOf": [{"required": ["linkedRights"]}, {"required": ["encodedRights"]}],
}
_COMMON = {
    "uri": _URI,
    "version": _TEXT,
    "representationType": {"enum": ["full", "partial"]},
    "pubStatus": {"enum": ["usable", "withheld", "canceled"]},
    "firstCreated": _MOMENT,
    "versionCreated": _MOMENT,
    "contentCreated": _MOMENT,
    "embargoedUntil": _MOMENT,
    "language": _TEXT,
    "title": _TEXT,
    "by": _TEXT,
    "headlines": _list(_object(("value",), **_VALUE)),
    "descriptions": _list(_object(("value",), **_VALUE)),
    "bodies": _list(_object(("value",), **_VALUE, charCount=_COUNT, wordCount=_COUNT)),
    "people": _list(_object(**_NAMED)),
    "organisations": _list(_object(**_NAMED)),
    "places": _list(_object(**_NAMED)),
    "subjects": _list(_object(**_NAMED)),
    "altIds": _list(_object(role=_TEXT, value=_TEXT)),
    "edNote": _TEXT,
    "copyrightHolder": _TEXT,
    "copyrightNotice": _TEXT,
    "usageTerms": _TEXT,
    "rightsInfo": _RIGHTS,
    "renditions": _list(
        _object(
            ("name",),
            name=_TEXT,
            href=_URI,
            contentType=_TEXT,
            width=_COUNT,
            height=_COUNT,
            sizeInBytes=_COUNT,
        )
    ),
}
SCHEMA = _object(
    ("uri", "standard", "type", "version", "pubStatus"),
    **_COMMON,
    type={"const": "text"},
    standard=_object(
        ("name", "version", "schema"),
        name={"const": "ninjs"},
        version={"const": "3.1"},
        schema={"const": "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json"},
    ),
    associations=_list(
        _object(("name", "uri", "type"), **_COMMON, name=_TEXT, type={"enum": ["picture", "audio"]})
    ),
)


def problems(item: dict[str, Any]) -> list[str]:
    """Return what ninjs 3.1 does not allow in an item, each with its place."""
    validator = Draft202012Validator(SCHEMA, format_checker=FormatChecker())
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(item)]
