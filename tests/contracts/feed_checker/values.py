"""What a text or an attribute may hold: each rule takes a value and answers "" or what is wrong."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit
from uuid import UUID

from dateutil.rrule import rrulestr

from .notes import MARKUP, unsafe
from .vocabulary import LANGUAGES

Rule = Callable[[str], str]

_EMAIL = r"[^@\s<>()]+@[^@\s<>()]+\.[^@\s<>().]+"
_DATE = re.compile(
    r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{1,2} "
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d:\d\d ([+-]\d{4})"
)
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_LOCAL = re.compile(r"127\.0\.0\.1|::1|[^.:]+")


def anything(value: str) -> str:
    """Accept everything: a relation judges this value."""
    return ""


def one_of(*allowed: str) -> Rule:
    """Accept these values, in this case."""
    return lambda value: "" if value in allowed else f"«{value}» is none of {', '.join(allowed)}"


def pattern(expression: str, meaning: str) -> Rule:
    """Accept what matches the whole expression; the message says what was expected."""
    compiled = re.compile(expression)
    return lambda value: "" if compiled.fullmatch(value) else f"«{value}» is not {meaning}"


def plain(limit: int = 255, *, blank: bool = False) -> Rule:
    """Accept plain text of at most `limit` characters (255 unless a specification says more)."""

    def rule(value: str) -> str:
        if not value and not blank:
            return "is empty"
        if len(value) > limit:
            return f"has {len(value)} characters, more than {limit}"
        if found := MARKUP.search(value):
            return f"holds HTML where plain text is shown as it is: {found[0]}"
        return ""

    return rule


def heavy(rule: Rule, limit: int = 4000) -> Rule:
    """Accept what `rule` accepts, up to `limit` bytes of UTF-8 (descriptions: Apple, PSP-1)."""

    def limited(value: str) -> str:
        size = len(value.encode())
        return f"weighs {size} bytes, more than {limit}" if size > limit else rule(value)

    return limited


def notes(value: str) -> str:
    """Accept non-empty text or the small HTML that apps keep."""
    return unsafe(value) if value else "is empty"


def url(value: str) -> str:
    """Accept an absolute address in ASCII, over https unless it is local (loopback, no dot)."""
    try:
        parts = urlsplit(value)
        host, user = parts.hostname, parts.username
    except ValueError as failure:
        return f"«{value}» is not a URL: {failure}"
    if parts.scheme not in ("http", "https") or not host:
        return f"«{value}» is not an absolute http(s) URL"
    if not re.fullmatch(r"[!-~]+", value) or user is not None:
        return f"«{value}» is not plain ASCII without password"
    if parts.scheme == "http" and not _LOCAL.fullmatch(host):
        return f"«{value}» is not served over https"
    return ""


def file_url(*extensions: str) -> Rule:
    """Accept the address of a file whose extension is visible: apps decide by it."""

    def rule(value: str) -> str:
        if message := url(value):
            return message
        parts = urlsplit(value)
        if parts.query or parts.fragment:
            return f"«{value}» hides its extension, or expires, behind a query"
        if parts.path.rpartition(".")[2] not in extensions:
            return f"«{value}» does not end in .{' .'.join(extensions)}"
        return ""

    return rule


def date(value: str) -> str:
    """Accept an RFC 2822 date: right weekday, numeric zone, after 1990, not in the future."""
    shape = _DATE.fullmatch(value)
    if not shape or shape[2] == "-0000":
        return f"«{value}» is not an RFC 2822 date with a numeric zone"
    try:
        moment = parsedate_to_datetime(value)
    except ValueError as failure:
        return f"«{value}»: {failure}"
    if _WEEKDAYS[moment.weekday()] != shape[1]:
        return f"«{value}» is a {_WEEKDAYS[moment.weekday()]}"
    if moment.year <= 1990 or moment > datetime.now(UTC):
        return f"«{value}» is before 1991 or in the future"
    return ""


def iso_date(value: str) -> str:
    """Accept an ISO 8601 date or moment."""
    try:
        datetime.fromisoformat(value)
    except ValueError as failure:
        return str(failure)
    return ""


def recurrence(value: str) -> str:
    """Accept a recurrence rule of RFC 5545."""
    try:
        rrulestr(value, dtstart=datetime(2000, 1, 1))  # noqa: DTZ001 - only the syntax matters
    except ValueError as failure:
        return f"«{value}» is not an RFC 5545 rule: {failure}"
    return ""


def language(value: str) -> str:
    """Accept an ISO 639-1 code, with or without a country."""
    code, dash, country = value.partition("-")
    known = code in LANGUAGES and (not dash or re.fullmatch(r"[a-zA-Z]{2}", country))
    return "" if known else f"«{value}» is not an ISO 639 code such as fr or fr-FR"


def podcast_guid(value: str) -> str:
    """Accept a UUID of version 5 in its usual writing."""
    try:
        version = UUID(value).version
    except ValueError:
        return f"«{value}» is not a UUID"
    return "" if version == 5 and str(UUID(value)) == value else f"«{value}» is not a UUIDv5"


def guid(value: str) -> str:
    """Accept an identifier that is not a bare number under nine digits: others have it too."""
    if re.fullmatch(r"\d{1,8}", value):
        return f"«{value}» is a bare number"
    return plain()(value)


def rights(value: str) -> str:
    """Accept the holder's name alone: no word «copyright», no sign, no year (PSP-1)."""
    if re.search(r"copyright|©|\(c\)|\b(19|20)\d\d\b", value, re.IGNORECASE):
        return f"«{value}» holds the word, the sign or a year: only the holder is wanted"
    return plain()(value)


email = pattern(_EMAIL, "an e-mail address")
signature = pattern(rf"{_EMAIL} \([^()]+\)", "«mail (Name)»")
positive = pattern(r"[1-9]\d*", "a whole number above 0")
decimal = pattern(r"\d+(\.\d+)?", "a decimal number")
seconds = pattern(r"(?!0+(\.0+)?$)\d+(\.\d+)?", "a number of seconds above 0")
boolean = one_of("true", "false")
