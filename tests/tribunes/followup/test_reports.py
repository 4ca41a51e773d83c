"""Reports: who pulled what, where it is, who was told; by tribune and by partner."""

import csv
import io
from datetime import date, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from wagtail.models import GroupPagePermission

from benchmarks.measure import queries
from cms.models import Organisation, User
from cms.roles import EDITORS, grant
from focus.models import FocusPage
from tests.factories.cms import OrganisationFactory, PersonFactory, UserFactory
from tests.factories.focus import FocusFactory, publish
from tests.factories.partners import PartnerFactory, token_of
from tests.factories.tribunes import TribuneFactory
from tests.pages import text_of
from tests.tribunes.followup.acts import again, copy, correct, pull, record_of, retract
from tribunes import keys
from tribunes.admin.reports_access import may_follow
from tribunes.admin.reports_chart import draw, last_months
from tribunes.models import (
    Notice,
    Partner,
    Pull,
    Record,
    Republication,
    RepublicationCheck,
    TribuneAuthor,
    TribunePage,
    TribuneSignatory,
)

pytestmark = pytest.mark.django_db

NAMES = ["tribunes", "partners", "pulls", "copies", "notices", "signers", "replies"]
DAY = timedelta(days=1)


@pytest.fixture
def editor(client: Client, tribune: TribunePage) -> User:
    """Somebody of the newsroom, signed in."""
    user = UserFactory(groups=[grant(EDITORS, pages_under=tribune.get_parent())])
    client.force_login(user)
    return user


def address(name: str, *args: object) -> str:
    return reverse(f"tribunes_reports:{name}", args=args)


def document(client: Client, url: str, **query: Any) -> BeautifulSoup:
    answer = client.get(url, query)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def lines(client: Client, name: str, **query: Any) -> list[list[str]]:
    """Return the cells of a report, line by line."""
    table = document(client, address(name), **query).select("#listing-results tbody tr")
    return [[text_of(cell) for cell in line.select("td")] for line in table]


def exported(client: Client, name: str, **query: Any) -> list[list[str]]:
    """Return the lines of a report as CSV, headings first."""
    answer = client.get(address(name), {**query, "export": "csv"})
    return list(csv.reader(io.StringIO(answer.getvalue().decode())))


# Who


@pytest.mark.usefixtures("editor")
@pytest.mark.parametrize("name", NAMES)
def test_each_report_opens_empty_and_exports(client: Client, name: str) -> None:
    assert document(client, address(name)).select("#listing-results")
    assert not document(client, address(f"{name}_results")).select("html")
    assert len(exported(client, name)) == (2 if name == "tribunes" else 1)
    answer = client.get(address(name), {"export": "xlsx"})
    assert load_workbook(io.BytesIO(answer.getvalue())).active.max_row >= 1


def test_only_people_who_may_edit_tribunes(
    client: Client, tribune: TribunePage, partner: Partner
) -> None:
    row = copy(partner, tribune, "https://exemple.invalid/copie")
    elsewhere = Group.objects.create(name="Ailleurs")
    elsewhere.permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(UserFactory(groups=[elsewhere]))
    screens = [
        *(address(name) for name in NAMES),
        *(address(f"{name}_results") for name in NAMES),
        address("tribune", record_of(tribune).pk),
        address("partner", partner.pk),
        address("declare"),
        address("copy", row.pk),
    ]
    for url in screens:
        assert client.get(url).status_code == 302
        assert client.get(url, {"export": "csv"}).status_code == 302
    for name in ("recheck", "remove"):
        assert client.post(address(name, row.pk)).status_code == 302
    assert client.post(address("declare"), {}).status_code == 302
    assert Republication.objects.get().check_at is None
    client.logout()
    assert "login" in client.get(address("tribunes"))["Location"]


def test_who_edits_other_pages_is_no_editor_of_tribunes(tribune: TribunePage) -> None:
    other = FocusFactory()
    group = Group.objects.create(name="Un autre focus")
    change = Permission.objects.get(codename="change_page")
    GroupPagePermission.objects.create(group=group, page=other, permission=change)
    user = UserFactory(groups=[group])
    assert not may_follow(user)
    GroupPagePermission.objects.create(group=group, page=tribune.get_parent(), permission=change)
    assert may_follow(User.objects.get(pk=user.pk))
    assert may_follow(UserFactory(superuser=True))


# What


@pytest.mark.usefixtures("editor")
def test_the_overview_counts_each_thing_once(
    client: Client, tribune: TribunePage, partner: Partner
) -> None:
    for _ in range(3):
        pull(partner, tribune)
    copy(partner, tribune, "https://exemple.invalid/a", state="wrong")
    copy(partner, tribune, "https://exemple.invalid/b", state="good")
    correct(tribune)
    Notice.objects.update(sent_count=1)
    ((title, version, *counts, last),) = lines(client, "tribunes")
    assert (title, version, counts) == ("Ouvrir les portes", "2", ["1", "2", "1", "1"])
    assert last
    PartnerFactory()
    first, second = lines(client, "partners")
    assert sorted([first[1:5], second[1:5]]) == [["0", "0", "0", "0"], ["1", "2", "1", "1"]]


@pytest.mark.usefixtures("editor")
def test_pulls_say_who_which_version_which_format_when(
    client: Client, tribune: TribunePage, partner: Partner
) -> None:
    token_of(partner, name="site")
    other = PartnerFactory()
    pull(other, tribune, format="zip", door=Pull.Door.SPACE)
    pull(partner, tribune, format="ninjs", token=partner.partnertoken_keys.get())
    heads, last, first = exported(client, "pulls")
    assert heads == ["Pris le", "Tribune", "Partenaire", "Version", "Format", "Par"]
    now = timezone.localtime()
    assert last[0].startswith(f"{now:%Y-%m-%d %H}")
    assert last[1:] == ["Ouvrir les portes", str(partner), "1", "ninjs", "API (site)"]
    assert first[4:] == ["zip", "espace partenaire"]
    assert len(exported(client, "pulls", partner=other.pk)) == 2
    assert len(exported(client, "pulls", record=record_of(tribune).pk)) == 3
    assert len(exported(client, "pulls", at_from=str(timezone.localdate() + DAY))) == 1


@pytest.mark.usefixtures("editor")
def test_notices_say_who_answered(client: Client, tribune: TribunePage, partner: Partner) -> None:
    """Reference §6: «acknowledgement shown to the editor»."""
    silent, failed = PartnerFactory(), PartnerFactory()
    for one in (partner, silent, failed):
        pull(one, tribune)
    retract(tribune)
    Notice.objects.filter(partner=partner).update(
        sent_count=1, acknowledged_at=timezone.now(), acknowledged_by="Ada Hôte"
    )
    Notice.objects.filter(partner=silent).update(sent_count=2, sent_at=timezone.now())
    Notice.objects.filter(partner=failed).update(problem="Le courriel n’est pas parti.")
    answers = {line[2]: line[7] for line in exported(client, "notices")[1:]}
    assert answers == {
        str(partner): "accusé par Ada Hôte",
        str(silent): "sans accusé de réception",
        str(failed): "Le courriel n’est pas parti.",
    }
    assert len(exported(client, "notices", acknowledged_at="true")) == 3


@pytest.mark.usefixtures("editor")
def test_copies_say_what_was_found(client: Client, tribune: TribunePage, partner: Partner) -> None:
    copy(partner, tribune, "https://exemple.invalid/a", state="wrong")
    copy(partner, tribune, "", printed_in="Le Journal, p. 3", state="printed")
    assert {line[5] for line in exported(client, "copies")[1:]} == {"à reprendre", "imprimé"}
    assert len(exported(client, "copies", state="wrong")) == 2


@pytest.mark.usefixtures("editor")
@pytest.mark.parametrize("start", list("=+-@＝\t\r"))
def test_no_cell_is_a_formula(
    client: Client, tribune: TribunePage, partner: Partner, start: str
) -> None:
    evil = f"{start}cmd|' /C calc'!A0"
    Organisation.objects.filter(pk=partner.organisation_id).update(name=evil)
    Record.objects.update(title=f" {evil}")
    pull(partner, tribune, format="json")
    cells = exported(client, "pulls")[1]
    assert [cells[1], cells[2]] == [f"' {evil}", f"'{evil}"]
    answer = client.get(address("pulls"), {"export": "xlsx"})
    for row in load_workbook(io.BytesIO(answer.getvalue())).active.iter_rows():
        assert all(cell.data_type != "f" for cell in row)


@pytest.mark.usefixtures("editor")
def test_what_partners_say_is_not_html(
    client: Client, tribune: TribunePage, partner: Partner
) -> None:
    evil = "<script>alert(1)</script>"
    Organisation.objects.filter(pk=partner.organisation_id).update(name=evil)
    row = copy(partner, tribune, "", printed_in=evil, declared_by=evil, state="printed")
    for url in (address("copies"), address("partners"), address("copy", row.pk)):
        assert evil not in client.get(url).content.decode()


# Screens


@pytest.mark.usefixtures("editor")
def test_a_tribune_and_a_partner_have_a_screen(
    client: Client, tribune: TribunePage, partner: Partner
) -> None:
    pull(partner, tribune)
    row = copy(partner, tribune, "https://exemple.invalid/copie")
    correct(tribune)
    for url in (address("tribune", record_of(tribune).pk), address("partner", partner.pk)):
        screen = document(client, url)
        heads = [text_of(head) for head in screen.select(".follow > h2")]
        assert heads == ["Reprises (1)", "Avis (1)", "Textes pris (1)"]
        assert screen.select_one(f'a[href="{address("copy", row.pk)}"]')
        assert not screen.select(".follow > table a[href*=ordering], .follow th a")
    assert client.get(address("tribune", 0)).status_code == 404
    assert client.get(address("partner", 0)).status_code == 404


@pytest.mark.usefixtures("editor")
def test_the_chart_has_its_figures_in_a_table(
    client: Client, tribune: TribunePage, partner: Partner
) -> None:
    for _ in range(2):
        pull(partner, tribune)
    copy(partner, tribune, "https://exemple.invalid/copie")
    pull(partner, tribune, at=timezone.now() - 500 * DAY)
    screen = document(client, address("tribunes"))
    figure = screen.select_one("figure.follow-chart")
    assert figure.svg["role"] == "img"
    assert figure.svg["aria-describedby"] == figure.table["id"]
    assert screen.find(id=figure.svg["aria-labelledby"]) is not None
    assert len(figure.select("svg rect")) == 24
    rows = [[text_of(cell) for cell in row.select("td")] for row in figure.select("tbody tr")]
    assert rows == [["0", "0"]] * 11 + [["1", "1"]]
    assert not figure.select("script")


def test_bars_are_in_proportion_and_stay_inside() -> None:
    chart = draw([(month, 10 * n, n) for n, month in enumerate(last_months(date(2026, 3, 31)))])
    assert [month.pulls.value for month in chart.months] == list(range(0, 120, 10))
    for month in chart.months:
        for bar in (month.pulls, month.copies):
            assert 0 <= bar.y <= bar.y + bar.height <= chart.height
            assert 0 <= bar.x <= bar.x + bar.width <= chart.width
    heights = [month.pulls.height for month in chart.months]
    assert heights == sorted(heights)
    assert heights[0] == 0 < heights[1]


def test_the_last_twelve_months_cross_the_year() -> None:
    months = last_months(date(2026, 2, 28))
    assert (months[0], months[-1], len(months)) == (date(2025, 3, 1), date(2026, 2, 1), 12)


# Who signed


@pytest.mark.usefixtures("editor")
def test_which_of_our_partners_signed(
    client: Client, tribune: TribunePage, partner: Partner
) -> None:
    """Reference §1: «which of our partners signed» is a query."""
    page = again(tribune)
    ours = PersonFactory(first_name="Ada", last_name="Hôte", organisation=partner.organisation)
    said = {"person": ours, "role": "présidente", "organisation": partner.organisation.name}
    page.signatories.add(TribuneSignatory(**said))
    page.signatories.add(TribuneSignatory(person=PersonFactory(organisation=OrganisationFactory())))
    page.authors.add(TribuneAuthor(**said, sort_order=9))
    publish(page)
    ours.organisation = OrganisationFactory()  # she went elsewhere since
    ours.save()
    found = exported(client, "signers")[1:]
    said = [str(partner), "Ada Hôte", "présidente"]
    assert found == [
        [*said, "auteur·rice", "Ouvrir les portes", "oui"],
        [*said, "signataire", "Ouvrir les portes", "oui"],
    ]
    assert len(lines(client, "signers")) == 2
    assert "2 signataires" in document(client, address("signers")).text
    named = client.get(address("signers"), {"export": "csv"})["Content-Disposition"]
    assert "partenaires-signataires-" in named
    TribunePage.objects.update(embargoed_until=timezone.now() + DAY)
    assert exported(client, "signers")[1][-1].startswith("sous embargo jusqu’au ")
    screen = document(client, address("partner", partner.pk))
    assert "Tribunes signées" in [text_of(head) for head in screen.select("h2")]


# Droits de réponse


def reply(focus: FocusPage, title: str, days: int, **fields: Any) -> TribunePage:
    """Return the draft of a reply that was asked for that many days ago."""
    page = TribuneFactory(parent=focus, title=title, **fields)
    page.reply_received_on = timezone.localdate() - days * DAY
    page.save_revision()  # the page itself says nothing yet
    return page


@pytest.mark.usefixtures("editor")
def test_replies_come_by_urgency_with_their_delay(client: Client, tribune: TribunePage) -> None:
    """The legal delay of three days; what a draft says counts."""
    focus = tribune.get_parent().specific
    reply(focus, "Demain", 2)
    reply(focus, "Hier", 4, replies_to=tribune)
    reply(focus, "Aujourd’hui", 3)
    late = reply(focus, "Parue", 9)
    publish(again(late).get_latest_revision_as_object())
    found = exported(client, "replies")[1:]
    assert [(line[0].split(" (")[0], line[1], line[4]) for line in found] == [
        ("Hier", "Ouvrir les portes", "en retard de 1 jour"),
        ("Aujourd’hui", "", "à faire paraître aujourd’hui"),
        ("Demain", "", "encore 1 jour"),
        ("Parue", "", f"paru le {timezone.localdate():%d/%m/%Y}, 6 jours trop tard"),
    ]
    assert len(lines(client, "replies")) == 4


# Cost


@pytest.mark.usefixtures("editor")
def test_reports_cost_as_many_queries_for_many_rows(client: Client, tribune: TribunePage) -> None:
    focus = tribune.get_parent().specific

    def more() -> None:
        partner = PartnerFactory()
        token_of(partner)
        page = TribuneFactory(parent=focus, published=True)
        person = PersonFactory(organisation=partner.organisation)
        page = again(page)
        page.signatories.add(TribuneSignatory(person=person))
        publish(page)
        pull(partner, page, token=partner.partnertoken_keys.get())
        pull(partner, page, feed=keys.issue_feed(partner, name="lecteur")[0])
        row = copy(partner, page, "https://exemple.invalid/copie")
        RepublicationCheck.objects.create(republication=row, state="good")
        correct(page)
        reply(focus, f"Réponse à {page.title}", 1, replies_to=page)

    def costs() -> dict[str, int]:
        urls = {name: address(name) for name in NAMES}
        urls["tribune"] = address("tribune", record_of(tribune).pk)
        urls |= {f"{name} csv": f"{address(name)}?export=csv" for name in NAMES}

        def get(url: str) -> None:
            answer = client.get(url)
            assert answer.status_code == 200
            answer.getvalue() if answer.streaming else answer.content

        for url in urls.values():
            get(url)
        return {name: queries(lambda url=url: get(url)) for name, url in urls.items()}

    more()
    few = costs()
    for _ in range(3):
        more()
    assert costs() == few


# Menu


def test_the_menu_shows_reports_to_those_who_may_open_them(
    client: Client, editor: User, tribune: TribunePage
) -> None:
    home = client.get(reverse("wagtailadmin_home")).content.decode()
    assert address("tribunes") in home
    assert address("replies") in home
    editor.groups.set([])
    editor.user_permissions.add(Permission.objects.get(codename="access_admin"))
    home = client.get(reverse("wagtailadmin_home")).content.decode()
    assert address("tribunes") not in home
