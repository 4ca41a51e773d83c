"""Who may do what once the site is set up."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.models import Collection, Page
from wagtail.permissions import policy_registry

from cms.models import HomePage, Image, Licence, Organisation, Person, Territory, Theme, User
from cms.roles import EDITORS, grant
from cms.services import set_up_site
from tests.factories.cms import PersonFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> HomePage:
    """The home page of a site set up."""
    return set_up_site()


@pytest.fixture
def editor(home: HomePage) -> User:
    """Somebody of the newsroom."""
    return UserFactory(groups=[Group.objects.get(name="Rédaction")])


@pytest.fixture
def chief(home: HomePage) -> User:
    """Somebody who decides what is published."""
    return UserFactory(groups=[Group.objects.get(name="Rédaction en chef")])


def test_editors_compose_and_submit_but_do_not_publish(home: HomePage, editor: User) -> None:
    may = home.permissions_for_user(editor)
    assert may.can_edit()
    assert may.can_submit_for_moderation()
    assert not may.can_publish()
    assert not may.can_unpublish()
    assert not may.can_lock()


def test_chief_editors_publish_lock_and_unlock(home: HomePage, chief: User) -> None:
    may = home.permissions_for_user(chief)
    assert may.can_edit()
    assert may.can_publish()
    assert may.can_lock()
    assert may.can_unlock()


def test_nobody_of_the_newsroom_touches_the_root(chief: User) -> None:
    root = Page.get_first_root_node()
    may = root.permissions_for_user(chief)
    assert not may.can_edit()
    assert not may.can_delete()


@pytest.mark.parametrize("model", [Person, Organisation, Theme])
def test_the_address_book_is_kept_by_all_and_pruned_by_chief_editors(
    model: type, editor: User, chief: User
) -> None:
    policy = policy_registry.get_by_type(model)
    for verb in ("add", "change", "view"):
        assert policy.user_has_permission(editor, verb)
        assert policy.user_has_permission(chief, verb)
    assert not policy.user_has_permission(editor, "delete")
    assert policy.user_has_permission(chief, "delete")


@pytest.mark.parametrize("model", [Territory, Licence])
def test_references_are_looked_up_only(model: type, editor: User, chief: User) -> None:
    policy = policy_registry.get_by_type(model)
    for user in (editor, chief):
        assert policy.user_has_permission(user, "view")
        assert not policy.user_has_any_permission(user, ["add", "change", "delete"])


def test_pictures_are_uploaded_changed_and_chosen_by_all(editor: User, chief: User) -> None:
    policy = policy_registry.get_by_type(Image)
    for user in (editor, chief):
        for verb in ("add", "change", "choose"):
            assert policy.user_has_permission(user, verb)


def test_collections_are_arranged_by_chief_editors(editor: User, chief: User) -> None:
    policy = policy_registry.get_by_type(Collection)
    for verb in ("add", "change", "delete"):
        assert not policy.user_has_permission(editor, verb)
        assert policy.user_has_permission(chief, verb)


def test_the_newsroom_manages_no_account(editor: User, chief: User) -> None:
    for user in (editor, chief):
        assert not policy_registry.get_by_type(User).user_has_any_permission(
            user, ["add", "change", "delete"]
        )


def test_an_application_says_which_models_editors_handle(
    home: HomePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = apps.get_app_config("taggit")
    monkeypatch.setattr(config, "editor_models", ("tag",), raising=False)
    group = grant(EDITORS, pages_under=home)
    of_tags = group.permissions.filter(content_type__app_label="taggit")
    assert set(of_tags.values_list("codename", flat=True)) == {"add_tag", "change_tag", "view_tag"}


def test_an_application_that_names_an_unknown_model_is_told(
    home: HomePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apps.get_app_config("taggit"), "editor_models", ("nom",), raising=False)
    with pytest.raises(LookupError, match="nom"):
        grant(EDITORS, pages_under=home)


def test_the_admin_opens_in_french_for_editors(client: Client, editor: User) -> None:
    client.force_login(editor)
    page = client.get(reverse("wagtailadmin_home")).content.decode()
    assert '<html lang="fr"' in page
    for entry in ("Carnet", "Personnes", "Organisations", "Licences"):
        assert entry in page
    assert "Utilisateurs" not in page


def test_an_editor_cannot_delete_a_person_by_its_address(client: Client, editor: User) -> None:
    person = PersonFactory()
    client.force_login(editor)
    client.post(reverse(Person.snippet_viewset.get_url_name("delete"), args=[person.pk]))
    assert Person.objects.filter(pk=person.pk).exists()
