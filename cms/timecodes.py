"""Points in a recording: what people type, and how we write them."""

import re

_TIMECODE = re.compile(r"(?:(?:(\d{1,3}):)?(\d{1,3}):)?(\d{1,5})(?:[.,](\d{1,3}))?", re.ASCII)


def parse_timecode(text: str) -> float:
    """Return the seconds of « 1:02:03.5 », « 62:03 », « 01:02:03,500 » or « 90 ».

    Raises ValueError with a French sentence for anything else.
    """
    match = _TIMECODE.fullmatch(text.strip())
    hours, minutes, seconds, fraction = match.groups(default="") if match else ("", "", "", "")
    too_many_seconds = minutes and (len(seconds) > 2 or int(seconds) > 59)
    too_many_minutes = hours and int(minutes) > 59
    if not match or too_many_seconds or too_many_minutes:
        raise ValueError(f"« {text} » n’est pas un temps. Écrivez-le ainsi : 12:30 ou 1:02:30.")
    whole = int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds)
    return (whole * 1000 + int(fraction.ljust(3, "0"))) / 1000


def format_timecode(seconds: float) -> str:
    """Return « 01:02:03 », with milliseconds after a point when there are any."""
    milliseconds = round(seconds * 1000)
    whole, rest = divmod(milliseconds, 1000)
    fraction = f".{rest:03}".rstrip("0") if rest else ""
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}{fraction}"
