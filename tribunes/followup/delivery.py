"""Sending notices, reminding of withdrawals, trying again."""

import logging
from datetime import datetime, timedelta
from smtplib import SMTPException

from django.db.models import F
from django.utils import timezone

from cms.models import Withdrawal
from tribunes.followup.leases import take
from tribunes.followup.letters import letter, told
from tribunes.models import Notice

logger = logging.getLogger(__name__)

REMINDERS = tuple(timedelta(days=days) for days in (1, 2, 4, 7, 7, 7, 7, 7))
"""Pauses before each reminder of a withdrawal: after 1, 3 and 7 days, then five weeks long."""
_FIRST_PAUSE = timedelta(minutes=1)
_LONGEST_PAUSE = timedelta(hours=6)

_NOBODY = "Ce partenaire n’a pas de contact\u00a0: ajoutez-en un à sa fiche, l’avis partira."
_GONE = "Le texte n’est plus lisible par ce partenaire\u00a0: la correction n’a plus d’objet."
_AGAIN = "Le texte est de nouveau retiré\u00a0: un autre avis l’annonce."
_LIFTED = "Le retrait a été levé\u00a0: il n’y a plus rien à annoncer."
_FAILED = "Le courriel n’est pas parti ({cause}). Nouvel essai prévu."


def send_due(pk: int) -> None:
    """Send a letter, or record why it did not leave and when it is tried again.

    What is no fault of the mail server is raised too.
    """
    notice = take(Notice, "send_at", pk)
    if notice is None:
        return
    if reason := _out_of_date(notice):
        Notice.objects.filter(pk=pk).update(send_at=None, taken_at=None, problem=reason)
        return
    message = letter(notice)
    if not message.to:
        _put_off(notice, _NOBODY)
        return
    try:
        message.send()
    except Exception as error:
        logger.warning("notice not sent", extra={"notice": pk}, exc_info=True)
        _put_off(notice, _FAILED.format(cause=f"{type(error).__name__}\u00a0: {error}"[:500]))
        if not isinstance(error, SMTPException | OSError):
            raise
        return
    _sent(notice)


def _out_of_date(notice: Notice) -> str:
    """Return why there is nothing to announce any more, or ""."""
    if notice.kind != Notice.Kind.CORRECTION:
        standing = Withdrawal.objects.standing().filter(uuid=notice.record.uuid).exists()
        if notice.kind == Notice.Kind.WITHDRAWAL:
            return "" if standing else _LIFTED
        return _AGAIN if standing else ""
    return "" if told(notice).corrections else _GONE


def _sent(notice: Notice) -> None:
    now = timezone.now()
    mine = Notice.objects.filter(pk=notice.pk)
    mine.update(sent_at=now, sent_count=F("sent_count") + 1, taken_at=None, problem="")
    # Acknowledged or superseded meanwhile: nothing is due any more.
    mine.exclude(send_at=None).update(send_at=_next(notice, now))


def _next(notice: Notice, now: datetime) -> datetime | None:
    if notice.kind != Notice.Kind.WITHDRAWAL or notice.sent_count >= len(REMINDERS):
        return None
    return now + REMINDERS[notice.sent_count]


def _put_off(notice: Notice, problem: str) -> None:
    mine = Notice.objects.filter(pk=notice.pk)
    mine.update(taken_at=None, problem=problem)
    mine.exclude(send_at=None).update(send_at=timezone.now() + _pause(notice))


def _pause(notice: Notice) -> timedelta:
    """Wait as long again as it has been waited: pauses double without being counted."""
    due = notice.created_at
    if notice.sent_count:
        due = notice.sent_at + REMINDERS[notice.sent_count - 1]
    return min(max(timezone.now() - due, _FIRST_PAUSE), _LONGEST_PAUSE)
