"""What letters say, and to whom."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from cms.addresses import absolute
from tests.factories.focus import FocusFactory
from tests.factories.partners import PartnerFactory
from tests.factories.tribunes import TribuneFactory
from tests.tribunes.followup.acts import REASON, change, copy, correct, pull, retract
from tribunes.followup import links
from tribunes.followup.delivery import send_due
from tribunes.models import Notice, Partner, PartnerContact, Record, TribunePage

pytestmark = pytest.mark.django_db


def sent() -> mail.EmailMessage:
    """Send the one notice that is due; return its letter."""
    send_due(Notice.objects.exclude(send_at=None).get().pk)
    return mail.outbox[-1]


def addresses(*roles: str) -> set[str]:
    """Return the addresses of contacts."""
    contacts = PartnerContact.objects.filter(role__in=roles)
    return set(contacts.values_list("email", flat=True))


def test_a_withdrawal_is_written_to_all_contacts_with_its_reason_and_the_copies(
    tribune: TribunePage, partner: Partner
) -> None:
    copy(partner, tribune, "https://exemple.invalid/copie")
    retract(tribune)
    letter = sent()
    assert set(letter.to) == addresses("editorial", "technical")
    assert letter.subject == "[RETIRÉ] Texte à retirer\u00a0: «\u202fOuvrir les portes\u202f»"
    assert REASON in letter.body
    assert f"\n{absolute(tribune.url)}\n" in letter.body
    assert "– https://exemple.invalid/copie\n" in letter.body
    assert links.address(Notice.objects.get()) in letter.body
    assert str(tribune.uuid) in letter.body


def test_a_correction_is_written_to_the_desk_with_its_text(
    tribune: TribunePage, partner: Partner
) -> None:
    pull(partner, tribune)
    correct(tribune, "Douze & non « treize ».")
    letter = sent()
    assert set(letter.to) == addresses("editorial")
    assert letter.subject == "Correction à reporter\u00a0: «\u202fOuvrir les portes\u202f»"
    assert "Un texte que vous avez pris est corrigé." in letter.body
    assert "Correction grave du " in letter.body
    assert "Douze & non « treize »." in letter.body
    assert tribune.full_url in letter.body


def test_a_partner_without_desk_is_told_of_corrections_by_all_its_contacts(
    tribune: TribunePage,
) -> None:
    pull(PartnerFactory(contacts=("technical", "legal")), tribune)
    correct(tribune)
    assert set(sent().to) == addresses("technical", "legal")


def test_a_letter_holds_what_the_superseded_ones_would_have_said(
    tribune: TribunePage, partner: Partner
) -> None:
    pull(partner, tribune)
    correct(tribune, "Celle qui est partie.")
    sent()
    for text in ("Première.", "Seconde."):
        correct(tribune, text)
    correct(tribune, "Sans importance.", severity="minor")
    body = sent().body
    assert "Première." in body
    assert "Seconde." in body
    assert "Celle qui est partie." not in body
    assert "Sans importance." not in body


@pytest.mark.parametrize(
    "title",
    [
        "Portes\r\nBcc: tous@exemple.invalid",
        "Portes\nContent-Type: text/html\n\n<b>",
        "Portes\u2028Bcc: tous@exemple.invalid\x07",
    ],
)
def test_a_title_cannot_write_headers(tribune: TribunePage, partner: Partner, title: str) -> None:
    pull(partner, tribune)
    retract(tribune)
    Record.objects.update(title=title)
    letter = sent()
    assert not set("\r\n\x07\u2028") & set(letter.subject)
    message = letter.message()
    assert message["Bcc"] is None
    assert message.get_content_type() == "text/plain"


def test_what_leaves_twice_has_one_identifier_and_reminders_have_others(
    tribune: TribunePage, partner: Partner
) -> None:
    pull(partner, tribune)
    retract(tribune)
    sent()
    Notice.objects.update(sent_count=0, send_at=timezone.now())  # its worker died before noting it
    sent()
    Notice.objects.update(send_at=timezone.now())
    reminder = sent()
    first, twice, third = (letter.message()["Message-ID"] for letter in mail.outbox)
    assert first == twice != third
    assert reminder.subject.startswith("Rappel\u00a0: ")
    assert "Nous vous avons écrit le" in reminder.body


def test_the_correction_of_a_text_under_embargo_is_said_to_those_who_may_read_it(
    partner: Partner,
) -> None:
    """An embargo is no secret for who undertook to keep it, and one for everybody else."""
    undertook = PartnerFactory(undertaking_on=timezone.localdate())
    tribune = TribuneFactory(
        parent=FocusFactory(out=True),
        embargoed_until=timezone.now() + timedelta(days=1),
        published=True,
    )
    for one in (partner, undertook):
        pull(one, tribune)
    correct(tribune, "Douze.")
    for notice in Notice.objects.all():
        send_due(notice.pk)
    bodies = {letter.to[0]: letter.body for letter in mail.outbox}
    (body,) = bodies.values()
    assert "Douze." in bodies[f"editorial-{undertook.pk}@partenaire.example"]
    assert tribune.url not in body


def test_the_reason_is_the_public_one_as_it_is_now(tribune: TribunePage, partner: Partner) -> None:
    pull(partner, tribune)
    retract(tribune)
    withdrawal = tribune.withdrawals.get()
    withdrawal.note, withdrawal.reason = "Secret de la rédaction", "Reformulé."
    withdrawal.save()
    body = sent().body
    assert "Reformulé." in body
    assert "Secret" not in body


def test_the_correction_of_a_text_that_went_offline_since_has_no_object_any_more(
    tribune: TribunePage, partner: Partner
) -> None:
    pull(partner, tribune)
    correct(tribune, "Douze.")
    change(tribune).page.unpublish()
    notice = Notice.objects.get()
    send_due(notice.pk)
    notice.refresh_from_db()
    assert not mail.outbox
    assert (notice.send_at, notice.sent_at) == (None, None)
    assert "n’a plus d’objet" in notice.problem
