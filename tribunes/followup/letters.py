"""What a notice says, and to whom: the same words in the letter and behind its link."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import timezone

from cms.addresses import absolute
from cms.models import Withdrawal
from tribunes.access import is_public
from tribunes.facts import facts_of, reader_of
from tribunes.followup import links
from tribunes.followup.notices import LOUD
from tribunes.followup.readers import keeper
from tribunes.items import Correction
from tribunes.models import Notice, PartnerContact, Republication
from tribunes.one_line import one_line
from tribunes.rendering import render

_SUBJECT = {
    Notice.Kind.CORRECTION: "Correction à reporter\u00a0: «\u202f{title}\u202f»",
    Notice.Kind.WITHDRAWAL: "[RETIRÉ] Texte à retirer\u00a0: «\u202f{title}\u202f»",
    Notice.Kind.RETURN: "Retrait levé\u00a0: «\u202f{title}\u202f»",
}


@dataclass(frozen=True, kw_only=True)
class Told:
    """What a notice tells its partner, as true now."""

    title: str
    reason: str
    """Why the text was withdrawn; "" for a correction."""
    is_lifted: bool
    """Whether the text was withdrawn and is back: nothing has to be removed."""
    corrections: Sequence[Correction]
    """Newest first; none of a text that the partner may not read any more."""
    page: str
    """Address of the text on the site, or "" when there is nothing to read."""
    was_at: str
    """Where the public read a text that is withdrawn, "" otherwise: copies link to it."""
    copies: Sequence[Republication]
    """Where the partner declared it."""


def told(notice: Notice) -> Told:
    """Return what a notice says."""
    record = notice.record
    withdrawal = Withdrawal.objects.standing().filter(uuid=record.uuid).first()
    withdrawn = Withdrawal.objects.told().filter(uuid=record.uuid).exists()
    public = is_public(facts_of([record])[record.pk], timezone.now())
    reader = (keeper if public else reader_of)(notice.partner)
    item = render([record], reader)[record.pk].item
    copies = Republication.objects.filter(record=record, partner=notice.partner)
    return Told(
        title=record.title,
        reason=withdrawal.reason if withdrawal else "",
        is_lifted=notice.kind != Notice.Kind.CORRECTION and not withdrawn,
        corrections=_news(notice, item.corrections if item else ()),
        page=item.url if item and public else "",
        was_at=absolute(withdrawal.path) if withdrawal and withdrawal.was_public else "",
        copies=list(copies.order_by("declared_at")),
    )


def _news(notice: Notice, corrections: Sequence[Correction]) -> list[Correction]:
    """Return the corrections since the last letter that arrived."""
    before = Notice.objects.filter(
        record=notice.record, partner=notice.partner, version__lt=notice.version
    ).exclude(sent_at=None)
    known = before.values_list("version", flat=True).order_by("-version").first() or 0
    return [row for row in corrections if row.version > known and row.severity in LOUD]


def letter(notice: Notice) -> EmailMessage:
    """Return the letter; it has no recipient when the partner has no contact."""
    context = {
        "notice": notice,
        "told": told(notice),
        "address": links.address(notice),
        "reminder": notice.sent_count,
        "site": settings.WAGTAIL_SITE_NAME,
    }
    subject = _SUBJECT[Notice.Kind(notice.kind)].format(title=notice.record.title)
    prefix = "Rappel\u00a0: " if notice.sent_count else ""
    host = urlsplit(settings.SITE_URL).hostname
    return EmailMessage(
        subject=one_line(prefix + subject),
        body=render_to_string(f"tribunes/followup/{notice.kind}.txt", context),
        to=recipients(notice),
        # The same through all attempts: what leaves twice is shown once.
        headers={"Message-ID": f"<avis.{notice.pk}.{notice.sent_count}@{host}>"},
    )


def recipients(notice: Notice) -> list[str]:
    """Return the addresses: the desk for a correction if there is, else everybody."""
    to_desk = notice.kind == Notice.Kind.CORRECTION
    return notice.partner.addresses(PartnerContact.Role.EDITORIAL if to_desk else "")
