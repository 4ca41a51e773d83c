"""«Chez les partenaires» in the editor, and the advice before a tribune goes out."""

import json
from datetime import timedelta
from typing import Any

import lxml.html
import pytest
from django.template.loader import render_to_string
from django.utils import timezone

from cms.models import Image
from cms.roles import EDITORS
from cms.withdrawing import withdraw
from tests.factories.cms import ImageFactory
from tests.factories.focus import FocusFactory
from tests.factories.partners import PartnerFactory
from tests.factories.tribunes import TribuneFactory
from tests.podcasts.editor import Editor, edit_url, newsroom, plain
from tests.tribunes.admin.newsroom import said
from tribunes.admin.partners_panel import PartnersPanel
from tribunes.admin.partners_standing import standing_of
from tribunes.advice import advice
from tribunes.models import Notice, Pull, Record, Republication, TribunePage

__all__ = ["newsroom"]  # a fixture made elsewhere

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("s3")]


@pytest.fixture
def tribune() -> TribunePage:
    return TribuneFactory(parent=FocusFactory(out=True), commercial=True, published=True)


def groups(page: TribunePage) -> dict[str, list[str]]:
    found = standing_of(TribunePage.objects.get(pk=page.pk), timezone.now())
    return {words: [str(partner) for partner in partners] for words, partners in found["groups"]}


def drawn(page: TribunePage) -> str:
    found = standing_of(page, timezone.now())
    return plain(render_to_string("tribunes/admin/partners_panel.html", found))


def test_a_tribune_that_never_came_out_is_known_to_nobody() -> None:
    assert "Les partenaires ne connaissent pas encore ce texte" in drawn(TribuneFactory())


def test_each_partner_stands_where_the_access_function_says(tribune: TribunePage) -> None:
    PartnerFactory(organisation__name="Un")
    PartnerFactory(organisation__name="Deux", kinds=["collective"])
    PartnerFactory(organisation__name="Trois", undertaking_on=timezone.localdate())
    assert groups(tribune) == {
        "Reçoivent le texte": ["Trois", "Un"],
        "Ne le reçoivent pas\u00a0: hors de leur contrat, ou sans licence": ["Deux"],
    }
    withdraw(tribune, reason="Une erreur.")
    assert groups(tribune)["Savent que le texte est retiré"] == ["Trois", "Un"]


def test_an_embargo_is_seen_by_those_who_signed() -> None:
    PartnerFactory(organisation__name="Un")
    PartnerFactory(organisation__name="Deux", undertaking_on=timezone.localdate())
    page = TribuneFactory(
        parent=FocusFactory(out=True),
        embargoed_until=timezone.now() + timedelta(days=1),
        published=True,
    )
    assert groups(page) == {
        "Reçoivent le texte, sous embargo": ["Deux"],
        "N’en savent rien": ["Un"],
    }


def test_what_partners_did_is_counted(tribune: TribunePage) -> None:
    record, partner = Record.objects.get(), PartnerFactory()
    for _ in range(2):
        Pull.objects.create(record=record, partner=partner, version=1, format="html", door="api")
    Republication.objects.create(
        record=record, partner=partner, version=1, url="https://a.example/", state="wrong"
    )
    Notice.objects.create(record=record, partner=partner, kind="correction", version=1)
    told = plain(lxml.html.fromstring(drawn(tribune)).text_content())
    assert "Version 1, du" in told
    assert "L’ont pris 1 partenaire Reprises déclarées 1, dont 1 à reprendre" in told
    assert "Avis sans réponse 1" in told


def test_many_partners_cost_no_more_queries(
    tribune: TribunePage, django_assert_max_num_queries: Any
) -> None:
    PartnerFactory()
    with django_assert_max_num_queries(30) as few:
        standing_of(tribune, timezone.now())
    for _ in range(5):
        PartnerFactory()
    with django_assert_max_num_queries(len(few)):
        standing_of(tribune, timezone.now())


def test_the_panel_is_for_tribunes_that_exist() -> None:
    panel = PartnersPanel(heading="Chez les partenaires").bind_to_model(TribunePage)

    def bound(page: TribunePage) -> Any:
        return panel.get_bound_panel(instance=page, request=None, form=None)

    assert not bound(TribunePage()).is_shown()
    shown = bound(TribuneFactory())
    assert shown.is_shown()
    assert "ne connaissent pas encore" in shown.render_html()


@pytest.mark.usefixtures("newsroom")
def test_the_editor_of_a_tribune_shows_the_panel_with_the_advice() -> None:
    past = timezone.now() - timedelta(hours=1)
    page = TribuneFactory(parent=FocusFactory(licence=None), licence=None, embargoed_until=past)
    screen = said(Editor(EDITORS).client.get(edit_url(page)))
    assert "Chez les partenaires" in screen
    assert "ne connaissent pas encore ce texte" in screen
    assert "Sans licence, aucun partenaire ne reçoit ce texte" in screen
    assert "il n’aura pas d’effet" in screen


# Advice


def test_a_tribune_in_order_needs_no_advice(tribune: TribunePage) -> None:
    assert advice(tribune) == []


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"licence": None}, "Sans licence, aucun partenaire"),
        (
            {"for_web": False, "for_print": False, "for_social": False, "for_extract": False},
            "Aucun usage n’est coché",
        ),
        (
            {"licence_expires_on": timezone.localdate() - timedelta(days=1)},
            "La licence finit le",
        ),
        (
            {
                "licence_expires_on": timezone.localdate() + timedelta(days=1),
                "go_live_at": timezone.now() + timedelta(days=3),
            },
            "avant la parution",
        ),
        ({"embargoed_until": timezone.now() - timedelta(hours=1)}, "il n’aura pas d’effet"),
        (
            {"reply_received_on": timezone.localdate() - timedelta(days=4)},
            "devait paraître le",
        ),
    ],
)
def test_what_partners_would_miss_is_said(fields: dict[str, Any], said: str) -> None:
    page = TribuneFactory(parent=FocusFactory(licence=None), commercial=True, **fields)
    (sentence,) = advice(page)
    assert said in sentence


@pytest.mark.parametrize(
    ("code", "commercial", "said"),
    [
        ("cc-by-nd-4.0", True, []),
        ("cc-by-nc-nd-4.0", False, []),
        ("tribune-integrale", False, []),
        ("cc-by-nd-4.0", False, ["permet l’usage commercial"]),
        ("cc-by-nc-4.0", False, ["permet de modifier"]),
        ("cc-by-4.0", False, ["permet de modifier", "permet l’usage commercial"]),
    ],
)
def test_terms_that_forbid_what_the_licence_allows_are_said(
    code: str, commercial: bool, said: list[str]
) -> None:
    page = TribuneFactory(licence__code=code, commercial=commercial)
    found = advice(page)
    assert len(found) == len(said)
    assert all(words in sentence for words, sentence in zip(said, found, strict=True))


def test_a_licence_of_the_focus_is_enough(tribune: TribunePage) -> None:
    focus = FocusFactory(licence=tribune.licence)
    assert advice(TribuneFactory(parent=focus, licence=None, commercial=True)) == []


def test_pictures_that_do_not_travel_are_counted() -> None:
    kept = ImageFactory(republication=Image.Republication.NO)
    asked = ImageFactory(republication=Image.Republication.ASK)
    body = [{"type": "image", "value": {"image": asked.pk}}]
    page = TribuneFactory(picture=kept, body=json.dumps(body), commercial=True)
    first, second = advice(page)
    assert first.startswith("Images qui restent ici\u00a0: 1 sur 2")
    assert second.startswith("Images «\u202fsur demande\u202f»\u00a0: 1 sur 2")
