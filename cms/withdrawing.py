"""Withdrawing a text: off every page, feed and bucket, with a notice where it was."""

from typing import Any
from urllib.parse import urlsplit

from django.db import transaction
from django.utils import timezone
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.log_actions import log
from wagtail.models import Page, PageLogEntry

from cms.models import TextPage, Withdrawal
from cms.selectors import unrestricted


class WithdrawalRefused(Exception):
    """A text cannot be withdrawn; the message says why, in French."""


@transaction.atomic
def withdraw(text: TextPage, *, reason: str, note: str = "", user: Any = None) -> Withdrawal:
    """Take a text off the site, at once and until somebody lifts it.

    Raises WithdrawalRefused for a text that never came out, or that is withdrawn already.
    """
    if not text.first_published_at:
        raise WithdrawalRefused("Ce texte n’a jamais paru\u00a0: il n’y a rien à retirer.")
    if Withdrawal.objects.standing().filter(uuid=text.uuid).exists():
        raise WithdrawalRefused("Ce texte est déjà retiré.")
    known = _as_published(text)
    said = {"reason": reason, "note": note, "by": user, "at": timezone.now(), "lifted_at": None}
    withdrawal, _ = Withdrawal.objects.told().update_or_create(
        # One that was lifted, and whose text never came back, stands again.
        uuid=text.uuid,
        defaults=said,
        create_defaults={
            **said,
            "page_id": text.pk,
            "parent_id": text.get_parent().pk,
            "title": known.title,
            "path": urlsplit(known.get_full_url() or "").path,
            "first_published_at": text.first_published_at,
            "was_public": _was_public(text),
        },
    )
    log(text, "cms.withdraw", user=user, data={"reason": reason})
    # Also what was planned to come out.
    text.revisions.update(approved_go_live_at=None)
    if text.live:
        # A lock, of a package or of a colleague, never keeps a text online.
        UnpublishPageAction(text, user=user).execute(skip_permission_checks=True)
    return withdrawal


def _as_published(text: TextPage) -> TextPage:
    """Return the text as readers knew it: once it is offline, its row says what is typed since."""
    if text.live:
        return text
    entries = PageLogEntry.objects.filter(page=text.pk, action="wagtail.publish")
    last = entries.exclude(revision=None).order_by("-timestamp", "-pk").first()
    return last.revision.as_object() if last else text


def _was_public(text: TextPage) -> bool:
    """Whether the public could read the text, and nothing keeps it from what it says now."""
    return unrestricted(Page.objects.filter(pk=text.pk)).exists() and text.was_ever_public()


@transaction.atomic
def lift(withdrawal: Withdrawal, *, user: Any = None) -> None:
    """Let a withdrawn text be published again; until it is, its withdrawal is told as before."""
    withdrawal.lifted_at = timezone.now()
    withdrawal.save(update_fields=["lifted_at"])
    if withdrawal.page:
        log(withdrawal.page.specific, "cms.lift_withdrawal", user=user)


def standing_withdrawal(text: TextPage) -> Withdrawal | None:
    """Return the withdrawal of a text that stands."""
    return Withdrawal.objects.standing().filter(uuid=text.uuid).first()
