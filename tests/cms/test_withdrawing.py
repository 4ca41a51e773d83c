"""Withdrawing a text from the admin: always possible, explained, and only by who may publish."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import Permission
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageLogEntry

from cms.models import Withdrawal
from cms.roles import CHIEF_EDITORS, EDITORS
from cms.withdrawing import WithdrawalRefused, lift, withdraw
from focus.models import ArticlePage, FocusPage, Package
from tests.factories.cms import UserFactory
from tests.factories.focus import ArticleFactory, FocusFactory
from tests.factories.partners import PartnerFactory
from tests.factories.tribunes import TribuneFactory
from tests.podcasts.editor import Editor, document, messages, newsroom, plain
from tribunes.models import Pull, Record, TribunePage

__all__ = ["newsroom"]  # a fixture made elsewhere

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("s3", "newsroom")]

INDEX = "/admin/retraits/"


@pytest.fixture
def tribune() -> TribunePage:
    """A tribune that is out, with its focus."""
    return TribuneFactory(parent=FocusFactory(out=True), title="La tribune", published=True)


def url(page: Page) -> str:
    return reverse("cms_withdrawals:withdraw", args=[page.pk])


def edit(who: Editor, page: Page) -> HttpResponse:
    return who.client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))


def take_off(who: Editor, page: Page, reason: str = "Une erreur.", note: str = "") -> HttpResponse:
    """Open the screen, confirm, arrive where that leads."""
    opened = document(who.client.get(url(page)))
    assert opened.xpath("//main//form[@method='post']//button")
    return who.client.post(url(page), {"reason": reason, "note": note}, follow=True)


def public(page: Page) -> HttpResponse:
    return Client().get(page.url)


def said(answer: HttpResponse) -> str:
    return plain(document(answer).xpath("string(//main)"))


def test_a_text_is_withdrawn_and_its_address_says_so(tribune: TribunePage) -> None:
    chief = Editor(CHIEF_EDITORS)
    answer = take_off(chief, tribune, reason="Les chiffres étaient faux.", note="Avocat prévenu.")
    assert answer.redirect_chain[-1][0] == INDEX
    assert "« La tribune » est retiré." in messages(answer)[0]
    gone = public(tribune)
    assert gone.status_code == 410
    assert "Les chiffres étaient faux." in gone.content.decode()
    assert "Avocat" not in gone.content.decode()
    row = Withdrawal.objects.get()
    assert (row.by, row.note) == (chief.user, "Avocat prévenu.")
    assert PageLogEntry.objects.filter(action="cms.withdraw", user=chief.user).exists()


def test_what_was_typed_since_a_text_went_offline_is_not_announced(tribune: TribunePage) -> None:
    chief, address = Editor(CHIEF_EDITORS), tribune.url
    TribunePage.objects.get(pk=tribune.pk).unpublish()
    scribbled = TribunePage.objects.get(pk=tribune.pk)
    scribbled.title, scribbled.slug = "Le brouillon", "le-brouillon"
    scribbled.save()  # as the editor does of a page that is not live
    scribbled.save_revision()
    take_off(chief, tribune)
    row = Withdrawal.objects.get()
    assert (row.title, row.path) == ("La tribune", address)
    gone = Client().get(address)
    assert gone.status_code == 410
    assert "La tribune" in gone.content.decode()


def test_an_article_is_withdrawn_the_same_way() -> None:
    article = ArticleFactory(parent=FocusFactory(out=True), published=True)
    take_off(Editor(CHIEF_EDITORS), article)
    assert public(article).status_code == 410
    assert not ArticlePage.objects.get().live


def test_the_screen_says_everything_that_will_happen(tribune: TribunePage) -> None:
    chief = Editor(CHIEF_EDITORS)
    told = said(chief.client.get(url(tribune)))
    assert tribune.full_url in told
    assert "code 410" in told
    assert "[RETIRÉ]" in told
    assert "Aucun partenaire n’a pris ce texte" in told
    partner = PartnerFactory(organisation__name="Mutuelle d’exemple")
    Pull.objects.create(
        record=Record.objects.get(), partner=partner, version=1, format="html", door="api"
    )
    told = said(chief.client.get(url(tribune)))
    assert "1 partenaire a pris ou déclaré ce texte (Mutuelle d’exemple)" in told
    assert "courriel" in told


def test_a_reason_is_mandatory(tribune: TribunePage) -> None:
    answer = Editor(CHIEF_EDITORS).client.post(url(tribune), {"reason": "  ", "note": "x"})
    assert errors_of(answer) == {"reason": "Champ requis."}
    assert not Withdrawal.objects.exists()


def errors_of(answer: HttpResponse) -> dict[str, str]:
    form = answer.context["form"]
    return {name: plain(" ".join(found)) for name, found in form.errors.items()}


def test_opening_the_screen_changes_nothing(tribune: TribunePage) -> None:
    Editor(CHIEF_EDITORS).client.get(url(tribune))
    assert not Withdrawal.objects.exists()
    assert public(tribune).status_code == 200


def test_a_withdrawal_is_possible_under_embargo(tribune: TribunePage) -> None:
    TribunePage.objects.update(embargoed_until=timezone.now() + timedelta(days=2))
    chief = Editor(CHIEF_EDITORS)
    assert "Le public ne voit pas ce texte" in said(chief.client.get(url(tribune)))
    take_off(chief, tribune)
    assert not TribunePage.objects.get().live


@pytest.mark.parametrize("state", [Package.State.REVIEW, Package.State.APPROVED])
def test_a_withdrawal_is_possible_while_the_package_locks_its_pages(
    tribune: TribunePage, state: str
) -> None:
    Package.objects.update(state=state)
    assert TribunePage.objects.get().get_lock()
    chief = Editor(CHIEF_EDITORS)
    assert document(edit(chief, tribune)).xpath(f"//a[@href='{url(tribune)}']")
    take_off(chief, tribune)
    assert not TribunePage.objects.get().live
    assert public(tribune).status_code == 410


def test_a_withdrawn_text_does_not_come_back_by_itself_nor_by_a_click(
    tribune: TribunePage,
) -> None:
    chief = Editor(CHIEF_EDITORS)
    take_off(chief, tribune, reason="Les chiffres étaient faux.")
    answer = edit(chief, tribune)
    assert "Ce texte est retiré depuis le" in messages(answer)[0]
    assert "Les chiffres étaient faux." in messages(answer)[0]
    answer = chief.publish_together(tribune)
    assert "levez d’abord le retrait" in messages(answer)[0]
    assert not TribunePage.objects.get().live
    # nor twice
    assert not document(edit(chief, tribune)).xpath(f"//a[@href='{url(tribune)}']")
    answer = take_off(chief, tribune)
    assert "Ce texte est déjà retiré." in messages(answer)[0]


def test_a_withdrawal_is_lifted_and_the_text_published_again(tribune: TribunePage) -> None:
    chief = Editor(CHIEF_EDITORS)
    take_off(chief, tribune)
    lift_url = reverse("cms_withdrawals:lift", args=[Withdrawal.objects.get().pk])
    assert document(chief.client.get(INDEX)).xpath(f"//a[@href='{lift_url}']")
    chief.client.get(lift_url)
    assert Withdrawal.objects.standing().exists()
    answer = chief.client.post(lift_url, follow=True)
    assert "est levé. Le texte reste hors ligne" in messages(answer)[0]
    assert not TribunePage.objects.get().live
    assert public(tribune).status_code == 410
    chief.publish_together(tribune)
    assert public(tribune).status_code == 200
    assert chief.client.post(lift_url).status_code == 404


def test_what_never_came_out_has_nothing_to_withdraw() -> None:
    draft = TribuneFactory()
    chief = Editor(CHIEF_EDITORS)
    assert not document(edit(chief, draft)).xpath(f"//a[@href='{url(draft)}']")
    answer = take_off(chief, draft)
    assert "n’a jamais paru" in messages(answer)[0]


def test_only_texts_are_withdrawn(tribune: TribunePage) -> None:
    assert Editor(CHIEF_EDITORS).client.get(url(FocusPage.objects.get())).status_code == 404


def test_a_withdrawn_page_that_was_deleted_stays_in_the_list(tribune: TribunePage) -> None:
    chief = Editor(CHIEF_EDITORS)
    take_off(chief, tribune)
    tribune.delete()
    assert "page supprimée" in said(chief.client.get(INDEX))
    assert chief.client.get(f"{INDEX}{Withdrawal.objects.get().pk}/lever/").status_code == 404


# Who


def test_an_editor_reads_the_list_and_withdraws_nothing(tribune: TribunePage) -> None:
    withdrawal = withdraw(tribune, reason="Une erreur.")
    other = TribuneFactory(parent=FocusPage.objects.get(), published=True)
    reporter = Editor(EDITORS)
    assert "La tribune" in said(reporter.client.get(INDEX))
    assert not document(reporter.client.get(INDEX)).xpath("//a[contains(@href, '/lever/')]")
    assert not document(edit(reporter, other)).xpath(f"//a[@href='{url(other)}']")
    assert "Ce texte est retiré" in messages(edit(reporter, tribune))[0]
    lift_url = reverse("cms_withdrawals:lift", args=[withdrawal.pk])
    for address in (url(other), lift_url):
        for send in (reporter.client.get, reporter.client.post):
            answer = send(address, {"reason": "x"})
            assert (answer.status_code, answer.url) == (302, reverse("wagtailadmin_home"))
    assert Withdrawal.objects.standing().count() == 1


@pytest.mark.parametrize("user", [None, "stranger", "admin without page"])
def test_others_may_nothing(tribune: TribunePage, user: str | None) -> None:
    withdrawal = withdraw(tribune, reason="Une erreur.")
    client = Client()
    if user:
        who = UserFactory()
        if user != "stranger":
            who.user_permissions.add(Permission.objects.get(codename="access_admin"))
        client.force_login(who)
    lift_url = reverse("cms_withdrawals:lift", args=[withdrawal.pk])
    for address in (INDEX, url(tribune), lift_url):
        for send in (client.get, client.post):
            answer = send(address)
            assert answer.status_code == 302, address
            assert answer.url.startswith((reverse("wagtailadmin_login"), "/admin/"))
    assert Withdrawal.objects.standing().exists()


def test_forms_are_protected_against_other_sites(tribune: TribunePage) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(UserFactory(superuser=True))
    assert client.post(url(tribune), {"reason": "x"}).status_code == 403


def test_the_list_asks_as_many_queries_for_many_as_for_one(
    tribune: TribunePage, django_assert_max_num_queries: object
) -> None:
    focus = FocusPage.objects.get()
    reporter = Editor(EDITORS)
    withdraw(tribune, reason="Une erreur.")
    reporter.client.get(INDEX)
    with django_assert_max_num_queries(60) as few:
        reporter.client.get(INDEX)
    for _ in range(3):
        withdraw(TribuneFactory(parent=focus, published=True), reason="Une erreur.")
    with django_assert_max_num_queries(len(few)):
        reporter.client.get(INDEX)


# The act itself


def test_the_act_refuses_what_makes_no_sense(tribune: TribunePage) -> None:
    withdrawal = withdraw(tribune, reason="Une erreur.")
    with pytest.raises(WithdrawalRefused):
        withdraw(tribune, reason="Encore.")
    lift(withdrawal)
    assert not Withdrawal.objects.standing().exists()
    again = withdraw(tribune, reason="De nouveau.")
    assert (again.pk, Withdrawal.objects.get().reason) == (withdrawal.pk, "De nouveau.")


def test_a_publication_that_was_planned_is_cancelled(tribune: TribunePage) -> None:
    revision = tribune.save_revision(approved_go_live_at=timezone.now() + timedelta(days=1))
    withdraw(tribune, reason="Une erreur.")
    revision.refresh_from_db()
    assert revision.approved_go_live_at is None


def test_the_day_of_a_withdrawal_is_that_of_the_newsroom(tribune: TribunePage) -> None:
    withdraw(tribune, reason="Une erreur.")
    Withdrawal.objects.update(at=datetime(2026, 11, 24, 23, 30, tzinfo=UTC))
    assert "25/11/2026" in TribunePage.objects.get(pk=tribune.pk).waiting_problem()
