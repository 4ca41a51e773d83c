"""When something happens, as French readers expect it, in the time of Paris."""

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format

from cms.templatetags.french import day

_SPACE = "\u00a0"


def _in_paris(moment: datetime) -> datetime:
    """Return the moment in the time zone of the site, whatever clock an editor prefers."""
    return timezone.localtime(moment, timezone.get_default_timezone())


def hour(moment: datetime) -> str:
    """Return « 18 h », « 18 h 05 »."""
    local = _in_paris(moment)
    minutes = f"{_SPACE}{local.minute:02}" if local.minute else ""
    return f"{local.hour}{_SPACE}h{minutes}"


def day_and_hour(moment: datetime) -> str:
    """Return « 3 décembre 2026 à 7 h »."""
    return f"{day(_in_paris(moment))} à {hour(moment)}"


def occasion(starts_at: datetime, ends_at: datetime) -> str:
    """Return « jeudi 3 décembre 2026, de 18 h à 19 h »; the end is within a day of the start."""
    local = _in_paris(starts_at)
    hours = f"de {hour(starts_at)} à {hour(ends_at)}".replace(" ", _SPACE)
    return f"{date_format(local, 'l')} {day(local)}, {hours}"
