"""«Reprendre cette tribune»: reference/syndication.md §2.1 and §2.2, §5, §6, clean HTML."""

import uuid
from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.test import Client
from django.utils import timezone
from wagtail.models import PageViewRestriction

from benchmarks.measure import queries
from cms.withdrawing import withdraw
from focus.models import FocusPage
from tests.factories import bodies
from tests.factories.cms import ImageFactory, LicenceFactory, PersonFactory
from tests.factories.focus import FocusFactory, publish
from tests.factories.tribunes import TribuneFactory
from tests.pages import addresses, read, text_of
from tribunes.access import ANYONE
from tribunes.exports import html, text
from tribunes.items import Item
from tribunes.models import Record, TribuneCorrection, TribunePage, TribuneSignatory
from tribunes.rendering import render

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("s3")]


@pytest.fixture
def focus(db: None) -> FocusPage:
    """A focus that is out."""
    return FocusFactory(title="Vieillir", out=True)


@pytest.fixture
def tribune(focus: FocusPage) -> TribunePage:
    """A tribune that anybody may republish."""
    return TribuneFactory(parent=focus, title="Ouvrons !", signatories=2, published=True)


def door(tribune: TribunePage) -> str:
    """Return where a tribune is taken."""
    return f"/reprendre/{tribune.uuid}/"


def item(tribune: TribunePage) -> Item:
    """Return what anybody may have of a tribune."""
    record = Record.objects.get(uuid=tribune.uuid)
    found = render([record], ANYONE)[record.pk].item
    assert found is not None
    return found


def copied(client: Client, tribune: TribunePage, query: str = "") -> str:
    """Return what there is to copy."""
    return read(client, f"{door(tribune)}{query}").select_one("textarea").string.lstrip("\n")


def test_what_is_copied_is_clean_html_with_credit_licence_link_and_signatures(
    client: Client, tribune: TribunePage
) -> None:
    assert copied(client, tribune) == html.fragment(item(tribune), headings=2)
    snippet = BeautifulSoup(copied(client, tribune), "html.parser")
    assert not snippet.select("[class], [style], script, iframe, form")
    assert text_of(snippet.h2) == "Ouvrons\u202f!"
    said = text_of(snippet)
    assert "Un premier paragraphe d’exemple." in said
    assert item(tribune).terms.credit_line in said
    links = {link["href"] for link in snippet.select("a")}
    assert {tribune.full_url, tribune.licence.url} <= links
    for row in tribune.signatories.all():
        assert row.person.full_name in said


@pytest.mark.parametrize("level", [2, 3, 4, 5])
def test_headings_begin_at_the_level_asked(
    client: Client, tribune: TribunePage, level: int
) -> None:
    document = read(client, f"{door(tribune)}?niveau={level}")
    snippet = BeautifulSoup(document.textarea.string, "html.parser")
    found = [heading.name for heading in snippet.find_all(["h1", "h2", "h3", "h4", "h5", "h6"])]
    assert found[0] == f"h{level}"
    assert set(found[1:]) == {f"h{level + 1}"}
    assert document.select_one("option[selected]")["value"] == str(level)


def test_the_text_alone_keeps_credit_and_corrections(client: Client, tribune: TribunePage) -> None:
    tribune.corrections.add(TribuneCorrection(text="Ils sont onze.", severity="significant"))
    publish(tribune)
    plain = copied(client, tribune, "?format=texte")
    assert plain == text.text(item(tribune))
    assert "<" not in plain
    assert "Ils sont onze." in plain
    assert item(tribune).terms.credit_line in plain


@pytest.mark.parametrize(
    "query", ["niveau=1", "niveau=6", "niveau=x", "niveau=²", "format=pdf", "format=docx"]
)
def test_what_is_not_on_offer_makes_no_page(
    client: Client, tribune: TribunePage, query: str
) -> None:
    read(client, f"{door(tribune)}?{query}", status=404)


def test_terms_are_said_in_plain_words_beside_the_text(
    client: Client, tribune: TribunePage
) -> None:
    tribune.editing, tribune.terms_territories = "with-approval", "Occitanie"
    publish(tribune)
    document = read(client, door(tribune))
    terms = text_of(document.select_one("section:has(#conditions)"))
    for promise in ("sur le web", "Occitanie", "accord de la rédaction", "Pas d’usage commercial"):
        assert promise in terms
    said = document.select_one("section:has(#mention)")
    assert item(tribune).terms.credit_line in text_of(said)
    assert document.select_one("main [rel=license]")["href"] == tribune.licence.url
    assert said.select_one("[rel=canonical]")["href"] == tribune.full_url


@pytest.mark.parametrize(
    ("policy", "line"),
    [
        ("canonical", '<link rel="canonical" href="{url}">'),
        ("noindex", '<meta name="robots" content="noindex">'),
        ("none", ""),
    ],
)
def test_the_line_for_search_engines_is_ready_to_be_copied(
    client: Client, tribune: TribunePage, policy: str, line: str
) -> None:
    tribune.copy_policy = policy
    publish(tribune)
    shown = read(client, door(tribune)).select("section:has(#mention) code")
    assert [text_of(code) for code in shown] == ([line.format(url=tribune.full_url)] * bool(line))


def test_corrections_are_in_the_page_and_in_the_copy(client: Client, tribune: TribunePage) -> None:
    assert not read(client, door(tribune)).select("#corrections")
    correction = TribuneCorrection(text="Ils sont onze.", date=date(2026, 5, 2), severity="high")
    tribune.corrections.add(correction)
    publish(tribune)
    section = read(client, door(tribune)).select_one("section:has(#corrections)")
    assert "Ils sont onze." in text_of(section)
    assert "Ils sont onze." in copied(client, tribune)


def test_a_picture_that_may_not_travel_is_left_out_and_a_line_says_so(
    client: Client, focus: FocusPage
) -> None:
    kept, refused, asked = (
        ImageFactory(description=f"image {name}", republication=name)
        for name in ("yes", "no", "ask")
    )
    tribune = TribuneFactory(
        parent=focus,
        picture=refused,
        body=bodies.stream(
            bodies.paragraph("<p>Mots.</p>"), bodies.image(kept), bodies.image(asked)
        ),
        published=True,
    )
    document = read(client, door(tribune))
    snippet = document.textarea.string
    assert "image yes" in snippet
    assert "image no" not in str(document)
    assert "image ask" not in str(document)
    assert "2 images du texte d’origine" in snippet
    assert "2 images du texte d’origine" in text_of(document.select_one("section:has(#images)"))


@pytest.mark.parametrize("state", ["draft", "embargo", "private", "unpublished", "deleted"])
def test_what_is_not_public_is_refused_without_a_word(
    client: Client, focus: FocusPage, state: str
) -> None:
    tribune = TribuneFactory(parent=focus, title="Cachée", published=state != "draft")
    address = door(tribune)
    if state == "embargo":
        held = timezone.now() + timedelta(hours=1)
        tribune = TribuneFactory(
            parent=focus, title="Cachée aussi", embargoed_until=held, published=True
        )
        address = door(tribune)
    if state == "private":
        PageViewRestriction.objects.create(page=tribune, restriction_type="login")
    if state == "unpublished":
        tribune.unpublish()
    if state == "deleted":
        tribune.delete()
    assert "Cachée" not in str(read(client, address, status=404))


def test_an_unknown_identifier_is_not_found(client: Client) -> None:
    read(client, f"/reprendre/{uuid.uuid4()}/", status=404)
    read(client, "/reprendre/1/", status=404)


@pytest.mark.parametrize(
    "fields",
    [
        {"licence_code": None},
        {"licence_code": "tous-droits-reserves"},
        {"for_web": False},
        {"licence_expires_on": date(2026, 1, 1)},
    ],
)
def test_a_text_that_may_be_read_but_not_taken_is_explained(
    client: Client, focus: FocusPage, fields: dict[str, object]
) -> None:
    fields = dict(fields)
    if "licence_code" in fields:
        code = fields.pop("licence_code")
        fields["licence"] = LicenceFactory(code=code) if code else None
        focus.licence = None
        publish(focus)
    tribune = TribuneFactory(parent=focus, title="À lire", **fields)
    publish(tribune)
    if not Record.objects.filter(uuid=tribune.uuid).exists():
        pytest.fail("a live tribune has a record")
    document = read(client, door(tribune), status=403)
    said = text_of(document.main)
    assert "À lire" in said
    assert ("arrivée à son terme" in said) == ("licence_expires_on" in fields)
    assert document.select_one("main a[href^=mailto]")["href"] == f"mailto:{settings.CONTACT_EMAIL}"
    assert document.select_one("main a.button")["href"] == tribune.full_url
    assert not document.select("textarea")
    assert "Un premier paragraphe" not in str(document)


def test_a_private_text_without_licence_is_not_explained(client: Client, focus: FocusPage) -> None:
    tribune = TribuneFactory(parent=focus, licence=LicenceFactory(code="autre"), published=True)
    read(client, door(tribune), status=403)
    PageViewRestriction.objects.create(page=tribune, restriction_type="login")
    assert tribune.title not in str(read(client, door(tribune), status=404))


def test_a_withdrawn_text_is_gone_with_its_notice(client: Client, tribune: TribunePage) -> None:
    read(client, door(tribune))
    withdraw(tribune, reason="Chiffres erronés.", note="Note interne.")
    document = read(client, door(tribune), status=410)
    assert "Chiffres erronés." in text_of(document.main)
    assert "Note interne." not in str(document)
    assert not document.select("textarea")
    tribune.refresh_from_db()
    tribune.delete()
    read(client, door(tribune), status=410)


def test_a_text_withdrawn_before_the_public_could_read_it_is_not_told_of(
    client: Client, focus: FocusPage
) -> None:
    held = timezone.now() + timedelta(hours=1)
    embargoed = TribuneFactory(parent=focus, embargoed_until=held, published=True)
    private = TribuneFactory(parent=focus, published=True)
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    for hidden in (embargoed, private):
        withdraw(hidden, reason="Chiffres erronés.")
        assert hidden.title not in str(read(client, door(hidden), status=404))


def test_the_page_is_not_indexed_and_says_whether_it_may_be_mined(
    client: Client, tribune: TribunePage
) -> None:
    answer = client.get(door(tribune))
    assert answer["tdm-reservation"] == "1"
    assert answer["tdm-policy"].endswith("/.well-known/tdm-policy.json")
    document = BeautifulSoup(answer.content, "html.parser")
    assert document.select_one("meta[name=robots]")["content"] == "noindex"


def test_nothing_follows_the_reader(client: Client, tribune: TribunePage) -> None:
    answer = client.get(door(tribune))
    assert not answer.cookies
    document = BeautifulSoup(answer.content, "html.parser")
    for element in document.select("script, img, iframe, link[rel=stylesheet]"):
        assert not element.get("src", element.get("href", "")).startswith(("http", "//"))
    ours = {settings.SITE_URL, "http://localhost", tribune.licence.url}
    assert all(address.startswith(tuple(ours)) for address in addresses(document))


def test_a_copy_that_did_not_change_is_not_sent_again(client: Client, tribune: TribunePage) -> None:
    first = client.get(door(tribune))
    assert first["Cache-Control"] == "no-cache"
    seen = {"HTTP_IF_NONE_MATCH": first["ETag"]}
    assert client.get(door(tribune), **seen).status_code == 304
    tribune.title = "Ouvrons grand !"
    publish(tribune)
    assert client.get(door(tribune), **seen).status_code == 200
    withdraw(tribune, reason="Erreur.")
    assert client.get(door(tribune), **seen).status_code == 410


def test_it_is_read_and_not_written(client: Client, tribune: TribunePage) -> None:
    assert client.head(door(tribune)).status_code == 200
    assert client.post(door(tribune)).status_code == 405


def test_hundreds_of_signatories_cost_no_more_queries(client: Client, tribune: TribunePage) -> None:
    def cost() -> int:
        read(Client(), door(tribune))
        return queries(lambda: read(Client(), door(tribune)))

    few = cost()
    for order in range(30):
        row = TribuneSignatory(person=PersonFactory(), sort_order=order)
        tribune.signatories.add(row)
    publish(tribune)
    assert cost() == few
