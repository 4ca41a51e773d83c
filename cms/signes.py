"""Length of texts as French desks count it: *signes, espaces comprises*, and feuillets.

Pure functions. The browser counts the same way (``static/cms/js/signes.js``): both are held to the
vectors of ``tests/cms/signes_vectors.json``. One signe is one code point of the text in its
composed form (NFC), with these rules:

- a space counts, no-break and narrow ones included; several spaces or tabs in a row count one, as
  HTML shows them; those at either end of a line count nothing;
- the end of a paragraph or of a line counts nothing;
- what has no width counts nothing: soft hyphen, zero-width spaces and joiners, marks of direction,
  variation selectors, control characters. So a family drawn by four joined emoji counts four.
"""

import re
import unicodedata
from html import unescape

FEUILLET = 1500
"""Signes of one feuillet: 25 lines of 60."""

READING_SPEED = 1200
"""Signes that a reader takes in during a minute: 200 words of six signes.

Between what is read aloud, 863 ± 234 characters a minute over 17 languages (IReST,
doi:10.1167/iovs.11-8284), and 238 words a minute in silence, in English (Brysbaert 2019,
doi:10.1016/j.jml.2019.104047).
"""

_INVISIBLE = re.compile(
    "[\0-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff]"
)
_LINE_END = re.compile("[\n\v\r\x85\u2028\u2029]")
_BLANKS = re.compile("[ \t\f]+")
_TAG = re.compile(
    r"""<!--.*?-->|</?([a-z][a-z0-9-]*)(?:"[^"]*"|'[^']*'|[^'"<>])*+>""", re.IGNORECASE | re.DOTALL
)
_INLINE = re.compile(
    "a|abbr|b|bdi|bdo|cite|code|data|del|dfn|em|i|ins|kbd|mark|q|s|samp|small|span|strong|sub|sup"
    "|time|u|var|wbr",
    re.IGNORECASE,
)


def count(text: str) -> int:
    """Return the signes of a plain text, the sum of its lines."""
    visible = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    return sum(len(_BLANKS.sub(" ", line).strip(" ")) for line in _LINE_END.split(visible))


def count_html(html: str) -> int:
    """Return the signes that a reader sees of a rich text.

    Tags go and entities are decoded; every element that is not a run of text ends the line, so do
    ``<br>`` and ``<hr>``. Call marks of footnotes, typed as « [1] », count as typed.
    """
    text = unescape(_TAG.sub(_line_end, html))
    return count(re.sub("[\n\r]", " ", text))


def _line_end(tag: re.Match[str]) -> str:
    return "" if not tag[1] or _INLINE.fullmatch(tag[1]) else "\u2028"


def feuillets(signes: int) -> float:
    """Return the feuillets that signes make, to the nearest tenth."""
    return (signes * 10 + FEUILLET // 2) // FEUILLET / 10


def reading_minutes(signes: int) -> int:
    """Return the minutes that reading takes, at least one, see ``READING_SPEED``."""
    return max(1, round(signes / READING_SPEED))


def label(signes: int, target: int | None = None) -> str:
    """Return « 3 412 signes · 2,3 feuillets », and how far from the target if there is one.

    Numbers and their words hold together by no-break spaces. Below half a feuillet only signes
    are said: nobody measures a title in feuillets.
    """
    parts = [_amount(signes, "signe")]
    if signes >= FEUILLET / 2:
        parts.append(_amount(feuillets(signes), "feuillet"))
    if target:
        parts.append(_distance(signes - target))
    return " · ".join(parts)


def _distance(gap: int) -> str:
    if gap > 0:
        return f"{_french(gap)}\u00a0de trop"
    return f"il en manque\u00a0{_french(-gap)}" if gap else "longueur exacte"


def _amount(number: float, noun: str) -> str:
    return f"{_french(number)}\u00a0{noun}{'s' if number >= 2 else ''}"


def _french(number: float) -> str:
    return f"{number:,}".removesuffix(".0").translate({ord(","): "\u202f", ord("."): ","})
