"""The log: an entry for every change that partners would see, and for nothing else."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.models import Page, PageViewRestriction

from benchmarks.measure import queries
from cms.models import Image, Withdrawal
from cms.withdrawing import WithdrawalRefused, lift, withdraw
from focus.models import FocusPage
from publishing.signals import healing
from tests.conftest import Worker
from tests.factories.bodies import chosen, link, paragraph, stream
from tests.factories.bodies import image as image_block
from tests.factories.cms import ImageFactory, LicenceFactory, PersonFactory, ThemeFactory
from tests.factories.focus import FocusFactory, publish
from tests.factories.partners import PartnerFactory
from tests.factories.tribunes import TribuneFactory
from tribunes.access import ANYONE
from tribunes.facts import reader_of
from tribunes.journal import partner_changing
from tribunes.journal.reading import beginning, read
from tribunes.journal.sweep import sweep
from tribunes.models import (
    Change,
    ImageGrant,
    Partner,
    Record,
    TribuneCorrection,
    TribunePage,
    TribuneSignatory,
)
from tribunes.rendering import render

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("s3")]
HOUR = timedelta(hours=1)


@pytest.fixture
def focus(db: None) -> FocusPage:
    """A focus that is out."""
    return FocusFactory(out=True)


@pytest.fixture
def tribune(focus: FocusPage) -> TribunePage:
    """A tribune that is online, known by its first entry."""
    return TribuneFactory(parent=focus, published=True)


def events(partner: Partner | None = None) -> list[str]:
    """Return what the log says for everybody, or for one partner alone."""
    return list(Change.objects.filter(partner=partner).values_list("event", flat=True))


def again(tribune: TribunePage) -> TribunePage:
    """Return the page as the database has it."""
    return TribunePage.objects.get(pk=tribune.pk)


def change(tribune: TribunePage, **fields: Any) -> None:
    """Publish a tribune with other values."""
    tribune = again(tribune)
    for name, value in fields.items():
        setattr(tribune, name, value)
    publish(tribune)


# What makes an entry


def test_a_draft_writes_nothing_and_its_publication_the_first_entry(focus: FocusPage) -> None:
    tribune = TribuneFactory(parent=focus)
    tribune.save_revision()
    assert not Record.objects.exists()
    publish(tribune)
    assert events() == ["created"]
    record = Record.objects.get()
    assert (record.uuid, record.version, record.focus_id) == (tribune.uuid, 1, focus.pk)


def test_publishing_the_same_again_writes_nothing(tribune: TribunePage) -> None:
    publish(again(tribune))
    again(tribune).save()
    draft = again(tribune)
    draft.title = "Un brouillon que personne ne voit"
    draft.save_revision()
    assert events() == ["created"]


@pytest.mark.parametrize(
    ("fields", "event"),
    [
        ({"title": "Autre"}, "updated"),
        ({"chapo": "Autre."}, "updated"),
        ({"body": stream(paragraph("<p>Autre.</p>"))}, "updated"),
        ({"slug": "autre"}, "updated"),
        ({"editorial_note": "À lire."}, "updated"),
        ({"elsewhere_url": "https://exemple.invalid/", "elsewhere_is_canonical": True}, "updated"),
        ({"editing": "time-and-place"}, "rights"),
        ({"commercial": True}, "rights"),
        ({"for_print": False}, "rights"),
        ({"licence_expires_on": timezone.localdate() + timedelta(days=9)}, "rights"),
        ({"licence_expires_on": timezone.localdate() - timedelta(days=1)}, "expired"),
        ({"embargoed_until": timezone.now() + HOUR}, "updated"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else value,
)
def test_a_change_that_partners_see_is_one_entry(
    tribune: TribunePage, fields: dict[str, Any], event: str
) -> None:
    change(tribune, **fields)
    assert events() == ["created", event]
    assert Record.objects.get().version == 2


def test_a_correction_says_how_grave_it_is_and_which_version_brought_it(
    tribune: TribunePage,
) -> None:
    for text, severity in (("Douze.", "minor"), ("Treize.", "high")):
        tribune = again(tribune)
        tribune.corrections.add(TribuneCorrection(text=text, severity=severity))
        publish(tribune)
    assert events() == ["created", "corrected", "corrected"]
    record = Record.objects.get()
    said = render([record], ANYONE)[record.pk].item.corrections
    assert sorted((row.version, row.severity, row.text) for row in said) == [
        (2, "minor", "Douze."),
        (3, "high", "Treize."),
    ]


def test_what_surrounds_a_tribune_is_followed(tribune: TribunePage, focus: FocusPage) -> None:
    author = tribune.authors.get().person
    author.last_name = "Autrement"
    author.save()
    sweep()
    assert events() == ["created", "updated"]
    tribune.licence.name = "Une licence renommée"
    tribune.licence.save()
    sweep()
    assert events()[2:] == ["rights"]
    focus.title = "Un autre titre"
    publish(focus)
    sweep()
    assert events()[3:] == ["updated"]
    sweep()
    assert len(events()) == 4


@pytest.mark.parametrize(
    "act",
    [
        lambda image: Image.objects.filter(pk=image.pk).update(republication="ask"),
        lambda image: Image.objects.filter(pk=image.pk).update(republication="no"),
        lambda image: image.delete(),
    ],
    ids=["on request", "no", "deleted"],
)
def test_what_becomes_of_a_picture_is_an_entry(focus: FocusPage, act: Any) -> None:
    picture = ImageFactory(republication="yes")
    TribuneFactory(parent=focus, published=True, body=stream(image_block(picture)))
    act(picture)
    sweep()
    assert events() == ["created", "updated"]


def test_what_becomes_of_what_a_text_names_is_an_entry(focus: FocusPage) -> None:
    theme, named = ThemeFactory(), TribuneFactory(parent=focus, published=True)
    page = TribuneFactory(
        parent=focus,
        body=stream(paragraph(f"<p>{link(named, 'là')}</p>"), chosen("tribune_teaser", named)),
    )
    page.themes = [theme]
    publish(page)
    record = again(page).record
    for act in (lambda: withdraw(again(named), reason="Faux."), theme.delete):
        before = record.changes.count()
        act()
        sweep()
        assert record.changes.count() == before + 1


def test_an_answer_moves_with_the_catalogue_of_its_text(focus: FocusPage) -> None:
    theme = ThemeFactory()
    tribune = TribuneFactory(parent=focus)
    tribune.themes = [theme]
    publish(tribune)
    reply = TribuneFactory(parent=focus, published=True, replies_to=again(tribune))
    assert again(reply).record.themes == [theme.pk]
    changed = again(tribune)
    changed.themes = []
    publish(changed)
    assert again(reply).record.themes == []
    assert again(reply).record.changes.last().event == "rights"


def test_a_partner_who_signed_is_named_when_it_becomes_one(focus: FocusPage) -> None:
    signer = PersonFactory()
    TribuneFactory(parent=focus, published=True)
    page = again(TribunePage.objects.get())
    page.signatories.add(TribuneSignatory(person=signer))
    publish(page)
    before = len(events())
    PartnerFactory(organisation=signer.organisation)
    sweep()
    assert len(events()) == before + 1


@pytest.mark.django_db(transaction=True)
def test_a_change_around_a_tribune_reaches_the_log_by_the_queue(worker: Worker) -> None:
    tribune = TribuneFactory(parent=FocusFactory(out=True), published=True)
    worker.drain()
    for _ in range(3):
        author = tribune.authors.get().person
        author.last_name += "x"
        author.save()
    waiting = DBTaskResult.objects.ready().filter(task_path__endswith="sweep_tribunes")
    assert waiting.count() == 1
    worker.drain()
    assert events() == ["created", "updated"]


def test_a_sweep_asks_as_many_queries_for_many_tribunes(focus: FocusPage) -> None:
    def more(count: int) -> None:
        for _ in range(count):
            TribuneFactory(parent=focus, signatories=2, published=True)

    more(2)
    few = queries(sweep)
    more(5)
    assert queries(sweep) == few


@pytest.mark.parametrize(
    ("act", "event"),
    [
        (lambda tribune: tribune.unpublish(), "unpublished"),
        (lambda tribune: tribune.delete(), "unpublished"),
        (lambda tribune: tribune.get_parent().specific.delete(), "unpublished"),
        (
            lambda tribune: PageViewRestriction.objects.create(
                page=tribune.get_parent(), restriction_type="login"
            ),
            "unpublished",
        ),
        (lambda tribune: withdraw(tribune, reason="Faux."), "withdrawn"),
    ],
    ids=["unpublished", "deleted", "focus deleted", "private", "withdrawn"],
)
def test_what_goes_is_one_entry_and_its_record_stays(
    tribune: TribunePage, act: Any, event: str
) -> None:
    act(again(tribune))
    sweep()
    assert events() == ["created", event]
    assert Record.objects.get().uuid == tribune.uuid


def test_a_page_that_comes_back_is_an_update_of_the_same_tribune(tribune: TribunePage) -> None:
    again(tribune).unpublish()
    publish(again(tribune))
    assert events() == ["created", "unpublished", "updated"]


def test_moving_a_page_changes_its_address_and_its_catalogue_at_once(
    tribune: TribunePage,
) -> None:
    other = FocusFactory(out=True)
    again(tribune).move(Page.objects.get(pk=other.pk), pos="last-child")
    assert events() == ["created", "updated"]
    assert Record.objects.get().focus_id == other.pk


def test_a_copy_is_another_tribune(tribune: TribunePage) -> None:
    again(tribune).copy(update_attrs={"slug": "copie"}, keep_live=True)
    assert events() == ["created", "created"]
    assert Record.objects.count() == 2


def test_what_is_rolled_back_was_never_written(tribune: TribunePage) -> None:
    with transaction.atomic():
        change(tribune, title="Autre")
        assert events() == ["created", "updated"]
        transaction.set_rollback(True)
    assert events() == ["created"]
    change(tribune, title="Encore autre")
    assert list(Change.objects.values_list("number", flat=True)) == [1, 2]


# By the clock alone


def test_the_end_of_an_embargo_is_an_entry_and_the_date_of_the_text(focus: FocusPage) -> None:
    end = timezone.now() + HOUR
    tribune = TribuneFactory(parent=focus, published=True, embargoed_until=end)
    record = Record.objects.get()
    assert (events(), record.released_at, record.next_moment) == (["created"], None, end)
    past = timezone.now() - timedelta(seconds=1)
    TribunePage.objects.update(embargoed_until=past, first_published_at=past - HOUR)
    Record.objects.update(next_moment=past)
    healing.send(None)
    assert events() == ["created", "released"]
    assert again(tribune).first_published_at == past
    healing.send(None)
    assert events() == ["created", "released"]


def test_an_embargo_that_is_lifted_early_dates_the_text_from_that_moment(
    focus: FocusPage,
) -> None:
    later = timezone.now() + HOUR
    tribune = TribuneFactory(parent=focus, published=True, embargoed_until=later)
    before = again(tribune).first_published_at
    change(tribune, embargoed_until=None)
    assert events() == ["created", "released"]
    assert before < again(tribune).first_published_at <= timezone.now()


def test_the_end_of_a_licence_is_an_entry(tribune: TribunePage) -> None:
    change(tribune, licence_expires_on=timezone.localdate())
    midnight = Record.objects.get().next_moment
    assert timezone.localtime(midnight).date() == timezone.localdate() + timedelta(days=1)
    yesterday = timezone.localdate() - timedelta(days=1)
    TribunePage.objects.update(licence_expires_on=yesterday)
    Record.objects.update(next_moment=timezone.now())
    healing.send(None)
    assert events() == ["created", "rights", "expired"]


# Withdrawal


def test_a_withdrawn_text_is_off_the_site_and_cannot_come_back_by_itself(
    tribune: TribunePage,
) -> None:
    row = withdraw(again(tribune), reason="Une citation est inventée.", note="Plainte reçue.")
    assert (row.path, row.title, row.was_public) == (tribune.url, tribune.title, True)
    assert not again(tribune).live
    assert "retiré" in again(tribune).waiting_problem()
    with pytest.raises(WithdrawalRefused):
        withdraw(again(tribune), reason="Deux fois.")
    lift(row)
    publish(again(tribune))
    assert events() == ["created", "withdrawn", "updated"]


def test_lifting_a_withdrawal_brings_nothing_back_until_the_text_is_published(
    tribune: TribunePage,
) -> None:
    tribune.corrections.add(TribuneCorrection(text="Douze.", severity="high"))
    publish(tribune)
    row = withdraw(again(tribune), reason="Faux.")
    lift(row)
    assert events() == ["created", "corrected", "withdrawn"]
    assert Withdrawal.objects.announced().count() == 1
    row.refresh_from_db()
    assert withdraw(again(tribune), reason="Encore faux.").pk == row.pk
    lift(row)
    publish(again(tribune))
    assert not Withdrawal.objects.announced().exists()
    assert events()[3:] == ["withdrawn", "updated"]
    (correction,) = Record.objects.get().shown["corrections"]
    assert correction[3] == 2  # the version that brought it, not the one that came back


def test_a_text_that_never_came_out_cannot_be_withdrawn(focus: FocusPage) -> None:
    with pytest.raises(WithdrawalRefused, match="jamais paru"):
        withdraw(TribuneFactory(parent=focus), reason="Faux.")


def test_the_withdrawal_of_an_embargoed_text_is_announced_to_nobody(focus: FocusPage) -> None:
    tribune = TribuneFactory(parent=focus, published=True, embargoed_until=timezone.now() + HOUR)
    withdraw(again(tribune), reason="Erreur d’envoi.")
    assert not Withdrawal.objects.announced().exists()
    assert events() == ["created", "withdrawn"]


# For one partner alone


def test_a_change_of_contract_is_written_for_that_partner_alone(tribune: TribunePage) -> None:
    theme = ThemeFactory()
    partner, other = PartnerFactory(), PartnerFactory()
    with partner_changing(partner.pk):
        partner.themes = [theme]
        partner.save()
    assert events(partner) == ["rights"]
    assert (events(other), events()) == ([], ["created"])
    with partner_changing(partner.pk):
        partner.notes = "Rien qui change ce qu’ils voient."
        partner.save()
    assert events(partner) == ["rights"]


def test_a_granted_picture_is_an_entry(focus: FocusPage) -> None:
    picture = ImageFactory(republication="ask")
    TribuneFactory(parent=focus, published=True, body=stream(image_block(picture)))
    TribuneFactory(parent=focus, published=True)
    partner = PartnerFactory()
    with partner_changing(partner.pk):
        ImageGrant.objects.create(partner=partner, image=picture)
    assert events(partner) == ["rights"]


def test_the_end_of_a_contract_is_an_entry(tribune: TribunePage) -> None:
    partner = PartnerFactory(
        contract_from=timezone.localdate() - timedelta(days=30),
        contract_until=timezone.localdate() - timedelta(days=1),
    )
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    Partner.objects.filter(pk=partner.pk).update(next_moment=midnight)
    healing.send(None)
    assert events(partner) == ["rights"]
    healing.send(None)
    assert events(partner) == ["rights"]


def test_numbers_follow_each_other_without_gap(tribune: TribunePage) -> None:
    for number in range(5):
        change(tribune, title=f"Titre {number}")
    numbers = list(Change.objects.order_by("at").values_list("number", flat=True))
    assert numbers == [1, 2, 3, 4, 5, 6]


def test_a_licence_of_the_focus_is_that_of_its_tribunes(focus: FocusPage) -> None:
    tribune = TribuneFactory(parent=focus, published=True, licence=None)
    assert events() == ["created"]
    focus.licence = LicenceFactory(code="arr")
    publish(focus)
    sweep()
    assert events() == ["created", "rights"]
    assert again(tribune).licence is None


def test_who_loses_the_undertaking_is_told_to_delete_what_it_had(focus: FocusPage) -> None:
    later = timezone.now() + HOUR
    tribune = TribuneFactory(parent=focus, published=True, embargoed_until=later)
    partner = PartnerFactory(undertaking_on=timezone.localdate())

    def told() -> list[tuple[str, str]]:
        page = read(reader_of(Partner.objects.get(pk=partner.pk)), beginning(), 50)
        return [(str(entry.uuid), entry.reason) for entry in page.entries]

    assert told() == [(str(tribune.uuid), "")]
    with partner_changing(partner.pk):
        partner.undertaking_on = None
        partner.save()
    assert told() == [(str(tribune.uuid), "rights")]
    assert read(ANYONE, beginning(), 50).entries == ()


def test_another_file_of_a_picture_is_an_entry(focus: FocusPage) -> None:
    picture = ImageFactory(republication="yes")
    TribuneFactory(parent=focus, published=True, body=stream(image_block(picture)))
    picture.file.save("autre.jpg", ImageFactory(file__color="red").file, save=False)
    picture.file_hash = ""
    picture.save()
    sweep()
    assert events() == ["created", "updated"]


def test_a_text_and_its_droit_de_reponse_follow_each_other(focus: FocusPage) -> None:
    tribune = TribuneFactory(parent=focus, published=True)
    reply = TribuneFactory(parent=focus, published=True, replies_to=tribune)
    assert events() == ["created", "created", "updated"]
    again(reply).unpublish()
    assert events()[3:] == ["unpublished", "updated"]
    publish(again(reply))
    again(tribune).delete()
    assert again(reply).replies_to is None
    assert events()[5:] == ["updated", "updated", "unpublished", "updated"]


def test_a_focus_goes_with_a_text_and_its_answer(focus: FocusPage) -> None:
    tribune = TribuneFactory(parent=focus, published=True)
    TribuneFactory(parent=focus, published=True, replies_to=tribune)
    focus.delete()
    shown = {record.pk: record.shown["standing"] for record in Record.objects.all()}
    assert set(shown.values()) == {"unpublished"}


# What was found by those who tried to break it


def test_a_text_that_was_always_private_is_told_to_nobody_when_it_is_withdrawn(
    focus: FocusPage,
) -> None:
    tribune = TribuneFactory(parent=focus, title="Titre secret")
    PageViewRestriction.objects.create(page=tribune, restriction_type="login")
    publish(again(tribune))
    withdraw(again(tribune), reason="Motif")
    assert not read(reader_of(PartnerFactory()), beginning(), 50).entries
    assert not Withdrawal.objects.announced().exists()


def test_a_text_that_never_came_out_is_not_announced_once_its_hour_passed(
    focus: FocusPage,
) -> None:
    later = timezone.now() + HOUR
    tribune = TribuneFactory(parent=focus, published=True, embargoed_until=later)
    again(tribune).unpublish()
    TribunePage.objects.update(embargoed_until=timezone.now() - HOUR)
    assert not withdraw(again(tribune), reason="Motif gênant").was_public


def test_what_an_embargo_hides_of_a_text_stays_hidden_when_it_is_withdrawn(
    tribune: TribunePage,
) -> None:
    change(tribune, title="Nouveau titre", embargoed_until=timezone.now() + HOUR)
    withdraw(again(tribune), reason="Nouveau motif")
    (*_, last) = read(reader_of(PartnerFactory()), beginning(), 50).entries
    assert (last.item, last.reason) == (None, "unpublished")
    assert Record.objects.get().title == tribune.title


def test_a_private_title_does_not_reach_the_record(tribune: TribunePage) -> None:
    PageViewRestriction.objects.create(page=tribune, restriction_type="login")
    change(tribune, title="Titre privé")
    assert Record.objects.get().title == tribune.title


def test_a_focus_that_is_offline_is_not_named(tribune: TribunePage, focus: FocusPage) -> None:
    def named() -> str:
        record = Record.objects.get()
        return render([record], reader_of(PartnerFactory()))[record.pk].item.focus

    assert named() == focus.title
    FocusPage.objects.get(pk=focus.pk).unpublish()
    assert named() == ""


def test_a_title_typed_since_a_secret_text_went_offline_does_not_reach_the_record(
    focus: FocusPage,
) -> None:
    embargo = timezone.now() + HOUR
    secret = TribuneFactory(parent=focus, title="Secret", embargoed_until=embargo, published=True)
    again(secret).unpublish()
    scribbled = again(secret)
    scribbled.title = "Le brouillon"
    scribbled.save()
    assert Record.objects.get().title == "Secret"


def test_the_end_of_an_embargo_is_the_first_publication_everywhere(focus: FocusPage) -> None:
    end = timezone.now() + HOUR
    TribuneFactory(parent=focus, published=True, embargoed_until=end)
    past = timezone.now() - timedelta(seconds=1)
    TribunePage.objects.update(embargoed_until=past, first_published_at=past - HOUR)
    Record.objects.update(next_moment=past)
    healing.send(None)
    assert Record.objects.get().first_published == past
