"""What editors see of publications: the report, the state of one page, «Republier»."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from cms.models import Theme
from cms.roles import CHIEF_EDITORS, EDITORS, grant
from podcasts.models import EpisodePage
from publishing import registry
from publishing.artifacts import Desired
from publishing.models import Publication, PublishedObject
from publishing.services import publish, publish_if_due
from publishing.staleness import remember
from tests.factories.cms import PASSWORD, HomePageFactory, UserFactory
from tests.factories.podcasts import EpisodeFactory
from tests.publishing.relay import Relay
from tests.publishing.toys import FEED_KEY, Toys, row, text
from tests.services import S3

pytestmark = pytest.mark.django_db

REPORT = "/admin/publications/"


@pytest.fixture
def editor(client: Client) -> Client:
    """Give the browser of an editor who may not publish."""
    group = grant(EDITORS, pages_under=HomePageFactory())
    client.force_login(UserFactory(groups=[group]))
    return client


@pytest.fixture
def stranger(client: Client) -> Client:
    """Give the browser of somebody who may enter the admin and do nothing."""
    user = UserFactory()
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(user)
    return client


def page(client: Client, address: str = REPORT) -> BeautifulSoup:
    answer = client.get(address)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def fail(toys: Toys) -> str:
    """Make a publication that fails."""

    def broken() -> Desired:
        raise ValueError("colonne <absente>")

    key = toys.note()
    remember([key])
    toys.wish_by(key, broken)
    publish(key)
    return key


def test_the_report_says_where_everything_stands_and_why(
    toys: Toys, s3: S3, editor: Client
) -> None:
    toys.online(text("a.txt"))
    fail(toys)
    document = page(editor)
    said = document.get_text(" ", strip=True)
    for words in ("en ligne", "en échec", "raison inattendue", "ValueError: colonne <absente>"):
        assert words in said
    links = {link["href"] for link in document.select("a[target=_blank]")}
    assert {s3.url("a.txt"), s3.url(FEED_KEY)} <= links


def test_the_report_can_be_filtered_and_exported(toys: Toys, s3: S3, editor: Client) -> None:
    good, bad = toys.online(text("a.txt")), fail(toys)
    rows = page(editor, f"{REPORT}results/?state=failed").select("form.publication__republish")
    assert [form["action"] for form in rows] == [reverse("publishing_republish", args=[bad])]
    export = editor.get(f"{REPORT}?export=csv")
    table = b"".join(export.streaming_content).decode()
    assert good in table
    assert "colonne <absente>" in table


def test_the_report_costs_the_same_for_one_and_for_many(
    s3: S3, editor: Client, django_assert_max_num_queries: Any
) -> None:
    def online(episode: EpisodePage) -> None:
        publication, _ = Publication.objects.get_or_create(key=registry.key_for(episode))
        for role in ("audio", "chapters"):
            PublishedObject.objects.create(
                publication=publication, role=role, key=f"{episode.pk}/{role}", state="live"
            )

    first = EpisodeFactory()
    online(first)
    page(editor)  # fills the caches of the admin
    with django_assert_max_num_queries(100) as one:
        page(editor)
    for _ in range(10):
        online(EpisodeFactory(parent=first.show, audio=first.audio, published=False))
    with django_assert_max_num_queries(len(one)):
        page(editor)


def test_pages_are_linked_while_they_exist_and_may_be_edited(s3: S3, editor: Client) -> None:
    first = EpisodeFactory()
    edit = reverse("wagtailadmin_pages:edit", args=[first.pk])
    publish(f"podcasts.episode:{first.pk}")
    assert page(editor).select_one(f'td.title a[href="{edit}"]')
    second, third = (EpisodeFactory(parent=first.show, audio=first.audio) for _ in range(2))
    gone = second.pk
    EpisodePage.objects.get(pk=gone).delete()
    document = page(editor)
    assert not document.select(f'a[href="{reverse("wagtailadmin_pages:edit", args=[gone])}"]')
    assert document.select_one(
        f'td.title a[href="{reverse("wagtailadmin_pages:edit", args=[third.pk])}"]'
    )


def test_a_kind_that_nobody_publishes_any_more_does_not_break_the_report(
    toys: Toys, s3: S3, editor: Client
) -> None:
    Publication.objects.create(key="gone.page:1", title="Ancien contenu")
    assert "Ancien contenu" in page(editor).get_text()
    assert editor.get(reverse("publishing_state", args=["gone.page:1"])).status_code == 200


def test_the_report_is_for_those_who_may_act(toys: Toys, stranger: Client) -> None:
    assert stranger.get(REPORT).status_code == 302
    assert stranger.post(reverse("publishing_republish", args=[toys.feed])).status_code == 302
    assert "/admin/publications/" not in stranger.get("/admin/").content.decode()
    assert Client().get(REPORT)["Location"].startswith("/admin/login/")


@pytest.mark.parametrize("role", [EDITORS, CHIEF_EDITORS])
def test_both_roles_of_the_newsroom_find_it_in_the_menu(client: Client, role: Any) -> None:
    group = grant(role, pages_under=HomePageFactory())
    client.login(username=UserFactory(groups=[group]).username, password=PASSWORD)
    assert "/admin/publications/" in client.get("/admin/").content.decode()


def test_republishing_puts_everything_in_its_place_again(
    toys: Toys, s3: S3, relay: Relay, editor: Client
) -> None:
    key = toys.online(text("a.txt", "un"), text("b.txt", role="other"))
    s3.client.delete_object(Bucket=s3.public, Key="a.txt")
    s3.client.put_object(Bucket=s3.public, Key="b.txt", Body=b"altered")
    answer = editor.post(reverse("publishing_republish", args=[key]), {"next": "/admin/pages/"})
    assert answer["Location"] == "/admin/pages/"
    assert row(key).state == Publication.State.STALE
    publish_if_due(key)
    assert s3.get("a.txt").text == "un"
    assert s3.get("b.txt").text == ""
    assert "va être remis en ligne" in page(editor).get_text()


def test_republishing_does_not_wait_for_the_pause_after_a_failure(
    toys: Toys, s3: S3, editor: Client
) -> None:
    key = fail(toys)
    toys.wish(key, text("a.txt"))
    editor.post(reverse("publishing_republish", args=[key]))
    publish_if_due(key)
    assert row(key).state == Publication.State.PUBLISHED


def test_republishing_is_a_post_to_something_that_exists_and_leads_nowhere_else(
    toys: Toys, s3: S3, editor: Client
) -> None:
    key = toys.online(text("a.txt"))
    address = reverse("publishing_republish", args=[key])
    assert editor.get(address).status_code == 405
    assert editor.post(reverse("publishing_republish", args=["tests.note:99"])).status_code == 404
    answer = editor.post(address, {"next": "https://evil.invalid/"})
    assert answer["Location"] == REPORT
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = editor.cookies
    assert strict.post(address).status_code == 403


def state(client: Client, key: str) -> BeautifulSoup:
    return page(client, reverse("publishing_state", args=[key]))


def test_the_state_of_a_page_is_followed_until_it_rests(toys: Toys, s3: S3, editor: Client) -> None:
    key = toys.note(text("a.txt"))
    assert "jamais mis en ligne" in state(editor, key).get_text()
    remember([key])
    assert "en attente" in state(editor, key).get_text()
    assert state(editor, key).select_one("[data-moving]")
    publish(key)
    document = state(editor, key)
    assert "en ligne" in document.get_text()
    assert not document.select_one("[data-moving]")
    assert document.select_one(f'a[href="{s3.url("a.txt")}"]')
    assert document.select_one(f'a[href="{REPORT}"]')


def test_a_failure_is_told_in_french_next_to_the_page(toys: Toys, editor: Client) -> None:
    document = state(editor, fail(toys))
    assert "en échec" in document.get_text()
    assert "raison inattendue" in document.get_text()
    assert "ValueError" not in document.get_text()


def test_the_page_editor_shows_the_state_once_the_page_exists(s3: S3, editor: Client) -> None:
    episode = EpisodeFactory()
    publish(f"podcasts.episode:{episode.pk}")
    document = page(editor, reverse("wagtailadmin_pages:edit", args=[episode.pk]))
    (place,) = document.select("[data-publication-state]")
    fragment = page(editor, place["data-publication-state"])
    assert "en ligne" in fragment.get_text()
    assert document.select_one('script[src$="publishing/state.js"]')
    new = reverse("wagtailadmin_pages:add", args=["podcasts", "episodepage", episode.show.pk])
    assert not page(editor, new).select("[data-publication-state]")


def test_a_hub_that_refused_is_told_in_the_report(toys: Toys, s3: S3, editor: Client) -> None:
    toys.online(text("a.txt"))
    PublishedObject.objects.filter(key=FEED_KEY).update(announcement_error="503 du hub")
    assert "Annonce au hub" in page(editor).get_text()
    assert "503 du hub" in page(editor).get_text()


def test_names_say_what_is_published(toys: Toys, s3: S3, editor: Client) -> None:
    toys.online(text("a.txt"))
    said = page(editor).get_text(" ", strip=True)
    assert "note, 1 fichier en ligne" in said
    assert "flux, 1 fichier en ligne" in said
    Theme.objects.all().delete()
    assert "note, 1 fichier en ligne" in page(editor).get_text(" ", strip=True)


def test_the_button_of_the_report_passes_the_protection_against_forged_requests(
    toys: Toys, s3: S3, editor: Client
) -> None:
    key = toys.online(text("a.txt"))
    browser = Client(enforce_csrf_checks=True)
    browser.cookies = editor.cookies
    form = page(browser).select_one(f"form[action*='{key}']")
    token = form.select_one("[name=csrfmiddlewaretoken]")["value"]
    answer = browser.post(form["action"], {"csrfmiddlewaretoken": token})
    assert answer["Location"] == REPORT
    assert row(key).state == Publication.State.STALE
