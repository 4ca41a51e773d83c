"""``manage.py setup`` makes a fresh database a French site."""

from io import StringIO

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from pytest_django import Settings
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Locale,
    Page,
    Site,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from cms.models import HomePage, Territory
from cms.services import set_up_site
from tests.factories.cms import UserFactory

pytestmark = pytest.mark.django_db


def test_the_site_opens_on_a_published_french_home_page(settings: Settings) -> None:
    settings.WAGTAILADMIN_BASE_URL = "https://www.exemple.invalid"
    home = set_up_site()
    site = Site.objects.get()
    assert home.live
    assert home.first_published_at
    assert home.title == "Solutions solidaires"
    assert (site.hostname, site.port, site.is_default_site) == ("www.exemple.invalid", 443, True)
    assert site.root_page.specific == home
    assert home.full_url == "https://www.exemple.invalid/"
    assert [locale.language_code for locale in Locale.objects.all()] == ["fr"]


@pytest.mark.parametrize(
    ("address", "port"),
    [("http://127.0.0.1:8017", 8017), ("http://exemple.invalid", 80)],
)
def test_the_address_follows_the_settings(settings: Settings, address: str, port: int) -> None:
    set_up_site()
    settings.WAGTAILADMIN_BASE_URL = address
    set_up_site()
    assert Site.objects.get().port == port


def test_nothing_of_what_wagtail_ships_in_english_is_left() -> None:
    set_up_site()
    assert [page.title for page in Page.objects.order_by("path")] == [
        "Racine",
        "Solutions solidaires",
    ]
    assert set(Group.objects.values_list("name", flat=True)) == {"Rédaction", "Rédaction en chef"}
    assert Collection.get_first_root_node().name == "Médiathèque"
    assert [workflow.name for workflow in Workflow.objects.all()] == [
        "Validation par la rédaction en chef"
    ]


def test_running_it_again_changes_nothing() -> None:
    models = [
        Page, Site, Group, Collection, Workflow, WorkflowPage, WorkflowTask, GroupApprovalTask,
        GroupPagePermission, GroupCollectionPermission, Group.permissions.through,
    ]  # fmt: skip
    set_up_site()
    before = [list(model.objects.order_by("pk").values()) for model in models]
    set_up_site()
    assert [list(model.objects.order_by("pk").values()) for model in models] == before


def test_it_respects_what_editors_changed() -> None:
    home = set_up_site()
    home.title = "Un autre titre"
    home.save_revision().publish()
    chiefs = Group.objects.get(name="Rédaction en chef")
    chiefs.permissions.add(Permission.objects.get(codename="add_user"))
    other = Workflow.objects.create(name="Circuit long")
    WorkflowPage.objects.update(workflow=other)
    set_up_site()
    assert HomePage.objects.get().title == "Un autre titre"
    assert chiefs.permissions.filter(codename="add_user").exists()
    assert WorkflowPage.objects.get().workflow == other


def test_pages_submitted_by_editors_go_to_the_chief_editors() -> None:
    home = set_up_site()
    chief = UserFactory(groups=[Group.objects.get(name="Rédaction en chef")])
    editor = UserFactory(groups=[Group.objects.get(name="Rédaction")])
    state = home.get_workflow().start(home, editor)
    task = state.current_task_state.task.specific
    assert [name for name, *_ in task.get_actions(home, editor)] == []
    assert "approve" in [name for name, *_ in task.get_actions(home, chief)]


def test_departements_can_be_searched_in_the_chooser(client: Client) -> None:
    set_up_site()
    client.force_login(UserFactory(superuser=True))
    chooser = Territory.snippet_viewset.chooser_viewset.get_url_name("choose_results")
    page = client.get(reverse(chooser), {"q": "finis"}).content.decode()
    assert "Finistère (29)" in page
    assert "Ardèche" not in page


def test_the_command_says_where_the_site_is(settings: Settings) -> None:
    settings.WAGTAILADMIN_BASE_URL = "http://127.0.0.1:8017"
    out = StringIO()
    call_command("setup", stdout=out)
    assert (
        out.getvalue()
        == "Le site «\u202fSolutions solidaires\u202f» est prêt\u00a0: http://127.0.0.1:8017/\n"
    )
