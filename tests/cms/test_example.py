"""``manage.py example`` makes a site to try."""

import json
from importlib import import_module
from io import StringIO
from pathlib import Path

import pytest
from django.apps import AppConfig, apps
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from pytest_django import Settings
from wagtail.models import Page

from cms.management.commands.example import LOGINS, create_logins, load_examples
from cms.models import HomePage, User
from cms.services import set_up_site

pytestmark = pytest.mark.django_db


@pytest.fixture
def an_application(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AppConfig:
    """An application on disk whose ``example.load()`` counts its calls in its only feed."""
    package = tmp_path / "an_application"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "example.py").write_text(
        "calls = []\n"
        "NOTES = {'Mot de passe': 'exemple'}\n"
        "def load():\n"
        "    calls.append(1)\n"
        "    return {'essai': [f'https://exemple.invalid/{len(calls)}']}\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    return AppConfig("an_application", import_module("an_application"))


def test_a_real_site_is_left_alone(settings: Settings) -> None:
    settings.EXAMPLE_SITE = False
    with pytest.raises(CommandError, match="réservée aux sites d’essai"):
        call_command("example", stdout=StringIO())
    assert not User.objects.exists()
    assert not HomePage.objects.exists()


def test_a_site_whose_settings_say_nothing_is_a_real_one(settings: Settings) -> None:
    del settings.EXAMPLE_SITE
    with pytest.raises(CommandError, match=r"manage\.py setup"):
        call_command("example", stdout=StringIO())


def test_each_login_has_the_rights_of_its_role() -> None:
    set_up_site()
    create_logins()
    users = {
        login["role"]: authenticate(username=login["username"], password=login["password"])
        for login in LOGINS
    }
    assert users["Administration"].is_superuser
    for role in ("Rédaction", "Rédaction en chef"):
        assert not users[role].is_superuser
        assert [group.name for group in users[role].groups.all()] == [role]
        assert users[role].has_perm("wagtailadmin.access_admin")


def test_a_login_keeps_the_password_that_somebody_chose() -> None:
    set_up_site()
    create_logins()
    admin = User.objects.get(username="admin")
    admin.set_password("un-mot-de-passe-choisi")
    admin.save()
    create_logins()
    assert User.objects.count() == len(LOGINS)
    assert authenticate(username="admin", password="un-mot-de-passe-choisi")


def test_every_application_with_examples_loads_them_and_names_its_feeds(
    an_application: AppConfig,
) -> None:
    without_examples = apps.get_app_config("publishing")
    applications = [without_examples, an_application]
    assert load_examples(applications) == (
        {"essai": ["https://exemple.invalid/1"]},
        {"Mot de passe": "exemple"},
    )


@pytest.mark.usefixtures("s3")
def test_the_command_writes_down_logins_and_feeds_and_may_run_again(
    settings: Settings, tmp_path: Path
) -> None:
    settings.VAR_DIR = tmp_path / "var"
    summary = settings.VAR_DIR / "example.json"
    out = StringIO()
    call_command("example", stdout=out)
    assert str(summary) in out.getvalue()
    first, pages = summary.read_text(encoding="utf-8"), set(Page.objects.values_list("url_path"))
    assert json.loads(first)["logins"] == list(LOGINS)
    assert set(json.loads(first)) == {"feeds", "logins", "notes"}
    call_command("example", stdout=out)
    assert summary.read_text(encoding="utf-8") == first
    assert set(Page.objects.values_list("url_path")) == pages
