"""Somebody of the newsroom at work in the admin: forms are read, filled in and sent as they are."""

from collections.abc import Iterable, Iterator
from typing import Any

import lxml.html
import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoDbBlocker
from wagtail.models import Page

from cms.roles import CHIEF_EDITORS, EDITORS, Role
from cms.services import set_up_site
from podcasts.models import ShowPage
from tests.databases import database
from tests.factories.cms import UserFactory

Fields = dict[str, Any]


@pytest.fixture(scope="module")
def newsroom(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Set the site up with its groups, once for the tests of a module that roll back."""
    with django_db_blocker.unblock():
        set_up_site()
        yield
        connection.close()
        database().restore()


class Editor:
    """A browser in which somebody with a role is logged in."""

    def __init__(self, role: Role) -> None:
        self.user = UserFactory(groups=[Group.objects.get(name=role.name)])
        self.client = Client()
        self.client.force_login(self.user)

    def open(self, page: Page) -> Fields:
        """Return what the form of a page holds."""
        return fields(self.client.get(edit_url(page)))

    def open_new(self, show: ShowPage) -> Fields:
        """Return what the form of a new episode holds."""
        return fields(self.client.get(new_episode_url(show)))

    def send(self, url: str, form: Fields, action: str = "", **changes: Any) -> HttpResponse:
        """Send a form, changed; without action, the draft is saved."""
        sent = form | changes | ({f"action-{action}": "1"} if action else {})
        return self.client.post(url, sent)

    def save(self, page: Page, **changes: Any) -> HttpResponse:
        """Save the draft of a page, with changes."""
        return self.send(edit_url(page), self.open(page), **changes)

    def publish(self, page: Page, **changes: Any) -> HttpResponse:
        """Click on «Publier», with changes."""
        return self.send(edit_url(page), self.open(page), "publish", **changes)

    def submit(self, page: Page, **changes: Any) -> HttpResponse:
        """Send a page to be approved, with changes."""
        return self.send(edit_url(page), self.open(page), "submit", **changes)

    def autosave(self, url: str, form: Fields, **changes: Any) -> HttpResponse:
        """Save as the browser does by itself while somebody types."""
        return self.client.post(url, form | changes, headers={"accept": "application/json"})

    def publish_together(self, *pages: Page, include_descendants: bool = False) -> HttpResponse:
        """Choose pages in a list, publish them all, arrive where that leads."""
        url = reverse("wagtail_bulk_action", args=("wagtailcore", "page", "publish"))
        query = "&".join(f"id={page.pk}" for page in pages)
        data = {"include_descendants": "on"} if include_descendants else {}
        return self.client.post(f"{url}?next=/admin/episodes/&{query}", data, follow=True)


def chief_editor() -> Editor:
    """Return somebody who may publish."""
    return Editor(CHIEF_EDITORS)


def reporter() -> Editor:
    """Return somebody who may write, not publish."""
    return Editor(EDITORS)


def edit_url(page: Page) -> str:
    """Return the address of a page's form."""
    return reverse("wagtailadmin_pages:edit", args=(page.pk,))


def new_episode_url(show: ShowPage) -> str:
    """Return the address of the form of a new episode."""
    return reverse("wagtailadmin_pages:add", args=("podcasts", "episodepage", show.pk))


def fields(answer: HttpResponse) -> Fields:
    """Return what the page editor's form would send, as a browser does."""
    form = document(answer).xpath("//form[@data-edit-form]")[0]
    # Scripts would fill the blocks in; pages of our tests have none.
    blocks = form.xpath(".//*[contains(@data-controller, 'w-block')]/@id")
    found: Fields = {f"{name}-count": "0" for name in blocks}
    found |= {name: [] for name in ("themes", "territories")}
    texts = set(form.xpath(".//textarea/@name"))
    for name, value in form.form_values():
        # A line break right after <textarea> is not part of the text (HTML, §13.1.2.5).
        text = value.removeprefix("\n") if name in texts else value
        found[name] = [*found[name], text] if isinstance(found.get(name), list) else text
    return found


def document(answer: HttpResponse) -> lxml.html.HtmlElement:
    """Read a screen that must have opened."""
    assert answer.status_code == 200, answer.status_code
    return lxml.html.fromstring(answer.content.decode())


def plain(text: str) -> str:
    """Return a text on one line, with nothing but plain spaces."""
    return " ".join(text.split())


def errors(answer: HttpResponse) -> dict[str, str]:
    """Return what is said next to each field or in each panel of a form that came back."""
    form = answer.context["form"]
    found = {name: plain(" ".join(texts)) for name, texts in form.errors.items()}
    for name, formset in form.formsets.items():
        inside = [text for row in formset.errors for texts in row.values() for text in texts]
        if texts := [*formset.non_form_errors(), *inside]:
            found[name] = plain(" ".join(texts))
    return found


def messages(answer: HttpResponse) -> list[str]:
    """Return the messages at the top of a screen."""
    return [plain(str(message)) for message in answer.context["messages"]]


def without(prefix: str, form: Fields) -> Fields:
    """Return the fields that delete the lines of an inline panel."""
    return {f"{prefix}-{n}-DELETE": "1" for n in range(int(form[f"{prefix}-TOTAL_FORMS"]))}


def lines(prefix: str, rows: Iterable[Fields]) -> Fields:
    """Return the fields of the lines of an inline panel."""
    rows = list(rows)
    found: Fields = {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": 0}
    for number, row in enumerate(rows):
        found |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
        found[f"{prefix}-{number}-ORDER"] = number + 1
    return found
