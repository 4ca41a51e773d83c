"""What partners, or an editor for them, say of a text: «I published it here», «it is mended»."""

from datetime import date, datetime, time
from functools import partial
from urllib.parse import urldefrag, urlsplit, urlunsplit

from django.db import transaction
from django.utils import timezone

from tribunes import outside
from tribunes.access import ANYONE, Standing
from tribunes.facts import reader_of
from tribunes.followup.refusals import DeclarationRefused
from tribunes.followup.tasks import check_copy
from tribunes.models import Notice, Partner, Pull, Record, Republication
from tribunes.rendering import render

_URL = Republication._meta.get_field("url").max_length
_PRINTED = Republication._meta.get_field("printed_in").max_length
_NEVER = {Standing.RIGHTS, Standing.HIDDEN}
_UNKNOWN = "Cette tribune n’existe pas, ou n’est pas dans votre catalogue."
_FUTURE = "Cette date est dans l’avenir."


@transaction.atomic
def declare(
    *,
    partner: Partner,
    record: Record,
    version: int,
    by: str,
    url: str = "",
    printed_in: str = "",
    published_on: date | None = None,
) -> Republication:
    """Write down where a partner republished a tribune, and have the page checked at commit.

    Exactly one of ``url`` and ``printed_in`` is given; ``published_on`` is today by default;
    ``by`` names who says so. The same place declared again is the same row, with what was said
    last. Raises DeclarationRefused.
    """
    url, printed_in = _tidy(url), " ".join(printed_in.split())
    day = published_on or timezone.localdate()
    if not could_have(partner, record):
        raise DeclarationRefused(record=_UNKNOWN)
    found = {
        "version": _problem_of_version(record, version),
        "url": _problem_of_place(url, printed_in),
        "printed_in": _problem_of_print(printed_in),
        "published_on": _FUTURE if url and day > timezone.localdate() else "",
    }
    if problems := {name: text for name, text in found.items() if text}:
        raise DeclarationRefused(**problems)
    said = {
        "version": version,
        "published_on": day,
        "declared_by": by[:255],
        "check_at": timezone.now() if url else None,
    }
    state = Republication.State.WAITING if url else Republication.State.PRINTED
    row, _ = Republication.objects.update_or_create(
        record=record,
        partner=partner,
        url=url,
        printed_in=printed_in,
        defaults=said,
        create_defaults={**said, "state": state},
    )
    if url:
        transaction.on_commit(partial(check_copy.enqueue, row.pk))
    return row


@transaction.atomic
def acknowledge(
    *,
    partner: Partner,
    record: Record,
    by: str,
    url: str = "",
    on: date | None = None,
    version: int | None = None,
) -> int:
    """Write down that a partner followed what it was told of: corrections, a withdrawal.

    ``url`` is where the copy was mended or removed, ``on`` the day, now by default; ``version``
    leaves out notices of newer ones. Reminders stop and the pages of the partner are checked
    again. Returns how many notices there are; 0 means that the partner was told of nothing. What
    was acknowledged before stays as it is. Raises DeclarationRefused.
    """
    url = url.strip()
    problems = {}
    if url and (reason := _problem_of_url(url)):
        problems["url"] = reason
    if on and on > timezone.localdate():
        problems["on"] = _FUTURE
    if problems:
        raise DeclarationRefused(**problems)
    upto = record.version if version is None else version
    notices = Notice.objects.filter(partner=partner, record=record, version__lte=upto)
    notices.filter(acknowledged_at=None).update(
        acknowledged_at=_moment(on),
        acknowledged_by=by[:255],
        acknowledged_url=url,
        send_at=None,
    )
    copies = Republication.objects.filter(partner=partner, record=record).exclude(url="")
    copies.update(check_at=timezone.now())
    for pk in copies.values_list("pk", flat=True):
        transaction.on_commit(partial(check_copy.enqueue, pk))
    return notices.count()


def could_have(partner: Partner, record: Record) -> bool:
    """Whether a partner took the tribune, or may or might have: others must not know of it."""
    if Pull.objects.filter(partner=partner, record=record).exists():
        return True
    ours = render([record], reader_of(partner))[record.pk].standing
    return ours not in _NEVER or render([record], ANYONE)[record.pk].standing == Standing.USABLE


def _tidy(url: str) -> str:
    """Return an address without fragment, with its server in lower case."""
    url = urldefrag(url.strip()).url
    try:
        parts = urlsplit(url)
    except ValueError:  # said by outside.problem
        return url
    return urlunsplit(parts._replace(netloc=parts.netloc.lower()))


def _problem_of_version(record: Record, version: int) -> str:
    if 1 <= version <= record.version:
        return ""
    return f"Cette tribune n’a pas de version {version}\u00a0: la dernière est la {record.version}."


def _problem_of_place(url: str, printed_in: str) -> str:
    if url:
        twice = "Déclarez séparément l’adresse et l’imprimé." if printed_in else ""
        return twice or _problem_of_url(url)
    return "" if printed_in else "Donnez l’adresse de la page, ou le titre imprimé."


def _problem_of_url(url: str) -> str:
    if len(url) > _URL:
        return f"Cette adresse dépasse {_URL} caractères."
    return outside.problem(url)


def _problem_of_print(printed_in: str) -> str:
    return f"Écrivez-le en {_PRINTED} caractères au plus." if len(printed_in) > _PRINTED else ""


def _moment(day: date | None) -> datetime:
    if day is None or day == timezone.localdate():
        return timezone.now()
    return timezone.make_aware(datetime.combine(day, time(12)))
