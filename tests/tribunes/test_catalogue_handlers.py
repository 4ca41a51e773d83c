"""A catalogue whose focus or theme is deleted shrinks: it never opens (deny by default)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Page

from cms.models import Theme
from cms.roles import CHIEF_EDITORS
from focus.models import FocusPage
from tests.factories.cms import ThemeFactory
from tests.factories.focus import FocusFactory
from tests.factories.partners import PartnerFactory, bearer, token_of
from tests.factories.tribunes import TribuneFactory
from tests.podcasts.editor import Editor, newsroom
from tests.tribunes.admin.newsroom import edit_url, form_of, partner_url, said
from tribunes.facts import reader_of
from tribunes.models import Change, Partner, Record, TribunePage
from tribunes.rendering import render

__all__ = ["newsroom"]  # a fixture made elsewhere

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("s3")]


def shown(partner: Partner) -> set[str]:
    """Return the titles of what a partner may have."""
    reader = reader_of(Partner.objects.get(pk=partner.pk))
    found = render(list(Record.objects.all()), reader)
    return {one.item.headline for one in found.values() if one.item}


def changes(partner: Partner, secret: str) -> list[dict[str, Any]]:
    """Return everything that the log tells a partner."""
    return Client().get("/api/v1/changes", headers=bearer(secret)).json()["items"]


@pytest.fixture
def focus() -> FocusPage:
    """One focus with a text, beside another with a text that is under embargo."""
    here, there = FocusFactory(out=True), FocusFactory(out=True)
    TribuneFactory(parent=here, title="Ici", published=True)
    TribuneFactory(
        parent=there,
        title="Ailleurs",
        published=True,
        embargoed_until=timezone.now() + timedelta(days=1),
    )
    return here


@pytest.fixture
def partner(focus: FocusPage) -> Partner:
    partner = PartnerFactory(undertaking_on=timezone.localdate())
    partner.focuses = [focus]
    partner.save()
    return partner


@pytest.mark.parametrize(
    "delete",
    [
        lambda focus: focus.delete(),
        lambda focus: Page.objects.get(pk=focus.pk).delete(),
        lambda focus: focus.get_parent().delete(),
        lambda focus: FocusPage.objects.filter(pk=focus.pk).delete(),
    ],
    ids=["itself", "as a page", "with its parent", "by a query"],
)
def test_the_last_focus_of_a_catalogue_is_deleted_and_nothing_is_left(
    partner: Partner, focus: FocusPage, delete: Callable[[FocusPage], object]
) -> None:
    assert shown(partner) == {"Ici"}
    delete(focus)
    TribuneFactory(parent=FocusFactory(out=True), title="Depuis", published=True)
    assert shown(partner) == set()


def test_the_last_theme_of_a_catalogue_is_deleted_and_nothing_is_left(focus: FocusPage) -> None:
    theme = ThemeFactory()
    page = TribunePage.objects.get(title="Ici")
    page.themes = [theme]
    page.save_revision().publish()
    partner = PartnerFactory(undertaking_on=timezone.localdate())
    partner.themes = [theme]
    partner.save()
    assert shown(partner) == {"Ici"}
    Theme.objects.get().delete()
    assert shown(partner) == set()
    (entry,) = Change.objects.filter(partner=partner)
    assert (entry.event, entry.record.title) == ("rights", "Ici")


def test_one_focus_among_others_is_deleted_and_the_others_stay(
    partner: Partner, focus: FocusPage
) -> None:
    partner.focuses = [focus, FocusPage.objects.exclude(pk=focus.pk).get()]
    partner.save()
    focus.delete()
    assert shown(partner) == {"Ailleurs"}


def test_a_catalogue_without_limit_stays_without_limit(focus: FocusPage) -> None:
    partner = PartnerFactory(undertaking_on=timezone.localdate())
    focus.delete()
    assert shown(partner) == {"Ailleurs"}


def test_the_partner_is_told_of_each_text_that_left_its_catalogue(
    partner: Partner, focus: FocusPage
) -> None:
    secret = token_of(partner)
    focus.delete()
    (entry,) = Change.objects.filter(partner=partner)
    assert (entry.event, entry.record.title) == ("rights", "Ici")
    told = changes(partner, secret)
    assert {one["state"] for one in told} == {"deleted"}
    assert f"urn:uuid:{entry.record.uuid}" in {one["id"] for one in told}


@pytest.mark.usefixtures("newsroom")
def test_a_form_saved_for_another_reason_does_not_open_the_catalogue(
    partner: Partner, focus: FocusPage
) -> None:
    focus.delete()
    chief = Editor(CHIEF_EDITORS)
    page = chief.client.get(edit_url(partner))
    assert "n’existe plus" in said(page)
    assert "Focus tous" not in said(chief.client.get(partner_url(partner)))
    answer = chief.client.post(edit_url(partner), form_of(chief, partner) | {"notes": "Rappelé."})
    assert answer.status_code == 302
    assert Partner.objects.get().notes == "Rappelé."
    assert shown(partner) == set()


@pytest.mark.usefixtures("newsroom")
def test_boxes_limit_and_free_the_catalogue(partner: Partner, focus: FocusPage) -> None:
    chief = Editor(CHIEF_EDITORS)
    other = FocusPage.objects.exclude(pk=focus.pk).get()
    for chosen, flag, titles in (
        ([str(other.pk)], True, {"Ailleurs"}),
        ([], False, {"Ici", "Ailleurs"}),
    ):
        form = form_of(chief, partner) | {"focuses": chosen}
        assert chief.client.post(edit_url(partner), form).status_code == 302
        assert Partner.objects.get().limited_to_focuses is flag
        assert shown(partner) == titles
