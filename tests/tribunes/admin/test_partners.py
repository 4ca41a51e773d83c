"""«Partenaires»: chief editors manage them, editors look, and each change is told to one alone."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from cms.days import day_after
from cms.models import Image
from cms.roles import CHIEF_EDITORS, EDITORS
from focus.models import FocusPage
from tests.factories.cms import ImageFactory, OrganisationFactory
from tests.factories.focus import FocusFactory
from tests.factories.partners import PartnerFactory
from tests.factories.tribunes import TribuneFactory
from tests.podcasts.editor import Editor, document, lines, newsroom, plain
from tests.tribunes.admin.newsroom import (
    all_refused,
    edit_url,
    form_of,
    listing_url,
    partner_url,
    said,
    strangers,
)
from tribunes.admin.partner_states import contract_warning
from tribunes.models import Change, ImageGrant, Partner, TribunePage

__all__ = ["newsroom"]  # a fixture made elsewhere

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("s3", "newsroom")]


@pytest.fixture
def partner() -> Partner:
    return PartnerFactory(organisation__name="Mutuelle d’exemple")


def save(who: Editor, partner: Partner, **changes: Any) -> Any:
    """Save the form of a partner, changed."""
    return who.client.post(edit_url(partner), form_of(who, partner) | changes)


def add_url() -> str:
    return reverse(Partner.snippet_viewset.get_url_name("add"))


# Managing


def test_a_chief_editor_makes_a_partner(partner: Partner) -> None:
    chief = Editor(CHIEF_EDITORS)
    organisation = OrganisationFactory(name="Fondation d’exemple")
    form = {
        "organisation": organisation.pk,
        "contract_from": "2026-01-01",
        "contract_until": "2099-12-31",
        "may_have_texts": "on",
        "kinds": ["collective"],
        "notes": "Signé à Carcassonne.",
        **lines("contacts", [{"name": "Léa", "email": "lea@fondation.example", "role": "legal"}]),
        **lines("image_grants", []),
    }
    answer = chief.client.post(add_url(), form)
    assert answer.status_code == 302, answer.context["form"].errors
    made = Partner.objects.get(organisation=organisation)
    assert (made.kinds, made.may_have_images) == (["collective"], False)
    assert made.contacts.get().email == "lea@fondation.example"
    assert timezone.localdate(made.next_moment) == date(2100, 1, 1)


def test_a_partner_without_rights_has_none(partner: Partner) -> None:
    form = document(Editor(CHIEF_EDITORS).client.get(add_url()))
    checked = form.xpath("//form//input[@type='checkbox'][@checked]/@name")
    assert checked == ["may_have_texts"]


def test_what_a_partner_may_have_is_chosen_by_boxes(partner: Partner) -> None:
    focus = FocusFactory(title="Bien vieillir")
    chief = Editor(CHIEF_EDITORS)
    form = document(chief.client.get(edit_url(partner)))
    labels = [
        plain(label.text_content()) for label in form.xpath("//label[.//input[@type='checkbox']]")
    ]
    assert "Bien vieillir" in labels
    assert "tribune collective" in labels
    assert "droit de réponse" not in labels
    save(chief, partner, focuses=[str(focus.pk)], kinds=["tribune"])
    partner = Partner.objects.get()
    assert ([found.pk for found in partner.focuses.all()], partner.kinds) == (
        [focus.pk],
        ["tribune"],
    )
    assert save(chief, partner, kinds=["right-of-reply"]).status_code == 200


def test_only_pictures_on_request_can_be_granted(partner: Partner) -> None:
    ask = ImageFactory(title="À demander", republication=Image.Republication.ASK)
    never = ImageFactory(title="Jamais", republication=Image.Republication.NO)
    chief = Editor(CHIEF_EDITORS)
    answer = save(chief, partner, **lines("image_grants", [{"image": never.pk, "id": ""}]))
    assert "La reprise de cette image n’est pas" in said(answer)
    assert not ImageGrant.objects.exists()
    save(chief, partner, **lines("image_grants", [{"image": ask.pk, "id": ""}]))
    assert ImageGrant.objects.get().image == ask


def test_a_picture_is_chosen_by_sight(partner: Partner) -> None:
    chief = Editor(CHIEF_EDITORS)
    ask = ImageFactory(title="À demander", republication=Image.Republication.ASK)
    save(chief, partner, **lines("image_grants", [{"image": ask.pk, "id": ""}]))
    form = document(chief.client.get(edit_url(partner)))
    (chooser,) = form.xpath("//*[@id='id_image_grants-0-image-chooser']")
    assert chooser.xpath(".//img")


def test_a_contract_that_ends_before_it_begins_is_refused(partner: Partner) -> None:
    chief = Editor(CHIEF_EDITORS)
    answer = save(chief, partner, contract_from="2026-05-01", contract_until="2026-04-30")
    assert "Le contrat finit avant de commencer." in answer.context["form"].errors["contract_until"]


def test_two_contacts_of_one_address_are_refused_beside_the_line(partner: Partner) -> None:
    chief = Editor(CHIEF_EDITORS)
    rows = [{"name": name, "email": "a@b.example", "role": "legal", "id": ""} for name in "ab"]
    PartnerFactory(contacts=())
    partner.contacts.all().delete()
    answer = save(chief, Partner.objects.get(pk=partner.pk), **lines("contacts", rows))
    assert answer.status_code == 200


def test_a_longer_contract_is_warned_of_again(partner: Partner) -> None:
    Partner.objects.update(warned_days=7, contract_until=date(2026, 12, 1))
    chief = Editor(CHIEF_EDITORS)
    save(chief, partner, notes="Rien de neuf.")
    assert Partner.objects.get().warned_days == 7
    save(chief, partner, contract_until="2099-01-01")
    assert Partner.objects.get().warned_days is None


# What a change tells


@pytest.fixture
def tribunes() -> Iterator[list[TribunePage]]:
    """Two tribunes that are out, in two focuses."""
    return [TribuneFactory(parent=FocusFactory(out=True), published=True) for _ in range(2)]


def test_a_change_of_catalogue_is_written_for_that_partner_alone(
    partner: Partner, tribunes: list[TribunePage]
) -> None:
    """Contract changes emit entries for that partner alone (contract of partners, §3)."""
    other = PartnerFactory()
    chief = Editor(CHIEF_EDITORS)
    start = Change.objects.count()
    focus = FocusPage.objects.get(pk=tribunes[0].get_parent().pk)
    save(chief, partner, focuses=[str(focus.pk)])
    (entry,) = Change.objects.order_by("number")[start:]
    assert (entry.partner, entry.event) == (partner, Change.Event.RIGHTS)
    assert entry.record.page_id == tribunes[1].pk
    assert not Change.objects.filter(partner=other).exists()


def test_what_changes_nothing_writes_nothing(partner: Partner, tribunes: list[TribunePage]) -> None:
    start = Change.objects.count()
    save(Editor(CHIEF_EDITORS), partner, notes="Appelée mardi.")
    assert Change.objects.count() == start


def test_rights_and_grants_are_changes_too(partner: Partner, tribunes: list[TribunePage]) -> None:
    start = Change.objects.count()
    form = form_of(Editor(CHIEF_EDITORS), partner)
    del form["may_have_texts"]
    Editor(CHIEF_EDITORS).client.post(edit_url(partner), form)
    assert {row.partner for row in Change.objects.order_by("number")[start:]} == {partner}
    assert Change.objects.count() == start + 2


def test_the_end_of_a_contract_is_not_lost_when_somebody_edits_it_late(
    partner: Partner, tribunes: list[TribunePage]
) -> None:
    """The clock was to write that the contract ended; nobody had run it yet."""
    yesterday = timezone.localdate() - timedelta(days=1)
    Partner.objects.update(
        contract_from=yesterday - timedelta(days=9),
        contract_until=yesterday,
        next_moment=day_after(yesterday),
    )
    start = Change.objects.count()
    save(Editor(CHIEF_EDITORS), partner, notes="Tard.")
    assert Change.objects.count() == start + 2


# Who


def test_editors_look_and_change_nothing(partner: Partner) -> None:
    reporter = Editor(EDITORS)
    assert "Mutuelle d’exemple" in said(reporter.client.get(listing_url()))
    page = document(reporter.client.get(partner_url(partner)))
    assert "Mutuelle d’exemple" in page.text_content()
    assert not page.xpath("//main//a[contains(@href, '/jetons/')]")
    addresses = [edit_url(partner), add_url()]
    assert all_refused([reporter.client], addresses) == []


def test_others_see_nothing(partner: Partner) -> None:
    addresses = [listing_url(), partner_url(partner), edit_url(partner), add_url()]
    assert all_refused(strangers().values(), addresses) == []


def test_nobody_deletes_a_partner_whose_follow_up_would_go(partner: Partner) -> None:
    url = reverse(Partner.snippet_viewset.get_url_name("delete"), args=[partner.pk])
    assert all_refused([Editor(CHIEF_EDITORS).client], [url]) == []
    assert Partner.objects.exists()


def test_changes_are_in_the_history(partner: Partner) -> None:
    chief = Editor(CHIEF_EDITORS)
    save(chief, partner, notes="x")
    assert ModelLogEntry.objects.get(object_id=partner.pk).user == chief.user


# Looking


@pytest.mark.parametrize(
    ("start", "end", "warning"),
    [
        (-9, None, ""),
        (-9, 31, ""),
        (-9, 30, "Le contrat finit dans 30 jours"),
        (-9, 1, "Le contrat finit demain"),
        (-9, 0, "Le contrat finit aujourd’hui"),
        (-9, -1, "ne voit plus aucune tribune"),
        (3, None, "Le contrat commence le"),
    ],
)
def test_the_end_of_a_contract_is_said_in_time(start: int, end: int | None, warning: str) -> None:
    today = date(2026, 6, 15)
    until = None if end is None else today + timedelta(days=end)
    partner = Partner(contract_from=today + timedelta(days=start), contract_until=until)
    found = contract_warning(partner, today)
    assert warning in found
    assert bool(warning) is bool(found)


def test_the_page_of_a_partner_says_its_contract(partner: Partner) -> None:
    Partner.objects.update(contract_until=timezone.localdate() + timedelta(days=3))
    told = said(Editor(EDITORS).client.get(partner_url(partner)))
    assert "Le contrat finit dans 3 jours" in told
    assert "ne voit rien avant l’heure" in told
    assert "Focus tous" in told
    assert "textes, images" in told
    partner.contacts.all().delete()
    assert "personne ne recevra" in said(Editor(EDITORS).client.get(partner_url(partner)))


def test_the_list_asks_no_more_for_many(
    partner: Partner, django_assert_max_num_queries: Any
) -> None:
    reporter = Editor(EDITORS)
    reporter.client.get(listing_url())
    with django_assert_max_num_queries(60) as few:
        reporter.client.get(listing_url())
    for _ in range(4):
        PartnerFactory()
    with django_assert_max_num_queries(len(few)):
        reporter.client.get(listing_url())
