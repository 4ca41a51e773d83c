"""How French pages write texts, dates, times and sizes."""

import re
from datetime import date
from decimal import Decimal

from django import template
from django.utils.formats import date_format
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

register = template.Library()

_NARROW, _WIDE = "\u202f", "\u00a0"
_SPACE = "[ \u00a0\u202f]"
_TAG_OR_SPACE = re.compile(
    rf"(?P<tag><[^>]*>)|(?P<before>{_SPACE}(?=[;!?»]))|(?P<colon>{_SPACE}(?=:))|(?P<after>(?<=«){_SPACE})"
)
_HYPHENATED = re.compile(r"\b\w{1,7}(?:-\w{1,5})+\b(?![^<]*>)")


@register.filter
def french(text: str) -> SafeString:
    """Make the spaces beside French punctuation no-break ones, narrow except before « : ».

    Spaces are replaced, never added: addresses and hours keep theirs. Plain text is escaped, tags
    of HTML are left alone. Applying it twice changes nothing.
    """
    return SafeString(no_break(conditional_escape(text)))


def no_break(text: str) -> str:
    """Do the same to a text that is escaped already, or that is not HTML."""
    return _TAG_OR_SPACE.sub(_no_break, text)


@register.filter
def headline(text: str) -> SafeString:
    """Do as ``french``, and keep « est-ce » or « a-t-il » on one line."""
    return SafeString(_HYPHENATED.sub(r'<span class="unbroken">\g<0></span>', french(text)))


def _no_break(match: re.Match[str]) -> str:
    return match["tag"] or (_WIDE if match["colon"] else _NARROW)


@register.filter
def first_paragraph(text: str) -> str:
    """Return what comes before the first empty line."""
    return text.strip().partition("\n\n")[0]


@register.filter(expects_localtime=True)
def day(value: date) -> str:
    """Return « 9 juin 2026 », « 1er juin 2026 »; templates give moments in local time."""
    written = date_format(value, "j F Y")
    return re.sub(r"\A1 ", "1er ", written).replace(" ", _WIDE, 1)


@register.filter
def duration(value: float) -> str:
    """Return « 42 min », « 1 h 05 min », or « 44 s » for less than a minute and a half."""
    if value < 90:
        return f"{round(value)}{_WIDE}s"
    hours, minutes = divmod(round(value / 60), 60)
    return f"{hours}{_WIDE}h{_WIDE}{minutes:02}{_WIDE}min" if hours else f"{minutes}{_WIDE}min"


@register.filter
def clock(value: float) -> str:
    """Return « 12:30 », « 1:02:03 »: a point in a recording."""
    minutes, rest = divmod(int(value), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


@register.filter
def seconds(value: float) -> str:
    """Return « 754.5 »: a point in a recording as addresses and programs write it."""
    return f"{value:.3f}".rstrip("0").rstrip(".")


@register.filter
def number(value: Decimal | int) -> str:
    """Return « 12 345,6 »: thousands apart, a decimal comma."""
    return f"{value:,}".translate({ord(","): _NARROW, ord("."): ","})


@register.filter
def megabytes(size: int) -> str:
    """Return « 12,3 Mo » for a size in bytes."""
    return f"{max(size / 1e6, 0.1):.1f}{_WIDE}Mo".replace(".", ",")
