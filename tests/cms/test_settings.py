"""The environment is read once, whole, and refused whole when it is not right."""

import json
import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import RequestFactory

from cms.settings import env
from cms.settings.addresses import database, mail
from cms.settings.logs import JSONFormatter, WithoutSecrets

ROOT = Path(__file__).resolve().parents[2]
REQUIRED = {name for name, field in env.Environment.model_fields.items() if field.is_required()}
PRODUCTION = env.local(Path("/nowhere"), 8000) | {
    "SECRET_KEY": "Zu5kq8T1vXo2pC7bW9eRhYgJmN4sLdFa6iKtQxUzVbMnEwPy3G",
    "DATABASE_URL": "postgresql://site:word@db.example:5433/site",
    "ALLOWED_HOSTS": "www.example.fr, example.fr",
    "SITE_URL": "https://www.example.fr/",
    "EMAIL_URL": "smtps://post%40example.fr:p%C3%A9@mail.example",
}


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Start from an environment that says nothing to the site."""
    for name in env.Environment.model_fields:
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


def manage(*command: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run `manage.py` with production settings and nothing but these variables."""
    return subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "cms.settings.production",
            **variables,
        },
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.usefixtures("environment")
def test_everything_that_is_missing_is_named_at_once() -> None:
    with pytest.raises(ImproperlyConfigured) as caught:
        env.read()
    message = str(caught.value)
    assert len(REQUIRED) >= 10
    for name in REQUIRED:
        assert f"{name} ({env.Environment.model_fields[name].description}) : absente." in message


def test_an_empty_variable_is_a_missing_one(environment: pytest.MonkeyPatch) -> None:
    for name, value in PRODUCTION.items():
        environment.setenv(name, value)
    environment.setenv("SECRET_KEY", "")
    with pytest.raises(ImproperlyConfigured, match=r"SECRET_KEY .* absente") as caught:
        env.read()
    assert str(caught.value).count("  - ") == 1


def test_wrong_values_are_named_with_what_is_expected_and_never_repeated(
    environment: pytest.MonkeyPatch,
) -> None:
    wrong = {
        "DATABASE_URL": "mysql://site:hunter2@db/site",
        "SITE_URL": "www.example.fr",
        "EMAIL_URL": "pigeon://hunter2@loft",
        "DEBUG": "hunter2",
    }
    for name, value in (PRODUCTION | wrong).items():
        environment.setenv(name, value)
    with pytest.raises(ImproperlyConfigured) as caught:
        env.read()
    message = str(caught.value)
    assert message.count("invalide, attendu : ") == len(wrong)
    assert all(name in message for name in wrong)
    assert "hunter2" not in message


def test_a_right_environment_is_read_with_its_types(environment: pytest.MonkeyPatch) -> None:
    for name, value in PRODUCTION.items():
        environment.setenv(name, value)
    read = env.read()
    assert read.ALLOWED_HOSTS == ["www.example.fr", "example.fr"]
    assert read.SITE_URL == "https://www.example.fr"
    assert read.WEBSUB_HUB_URL is None
    assert read.DEBUG is False


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (
            "smtps://post%40example.fr:p%C3%A9@mail.example",
            {
                "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
                "EMAIL_HOST": "mail.example",
                "EMAIL_PORT": 465,
                "EMAIL_HOST_USER": "post@example.fr",
                "EMAIL_HOST_PASSWORD": "pé",
                "EMAIL_USE_SSL": True,
                "EMAIL_TIMEOUT": 20,
            },
        ),
        (
            "file:///var/mail%20box",
            {
                "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
                "EMAIL_FILE_PATH": "/var/mail box",
            },
        ),
        ("console:", {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}),
    ],
)
def test_mail_addresses(url: str, expected: dict[str, object]) -> None:
    assert mail(url) == expected


def test_sqlite_waits_for_its_turn_and_keeps_a_path_with_spaces() -> None:
    parsed = database(env.local(Path("/a b/é"), 8000)["DATABASE_URL"])
    assert parsed["NAME"] == "/a b/é/db.sqlite3"
    assert parsed["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert parsed["OPTIONS"]["timeout"] == 20


@pytest.mark.usefixtures("s3")
def test_production_passes_the_deployment_check_without_a_warning() -> None:
    storage = {name: value for name, value in os.environ.items() if name.startswith("S3_")}
    result = manage("check", "--deploy", "--fail-level", "WARNING", **(PRODUCTION | storage))
    assert result.returncode == 0, result.stderr


def test_production_refuses_to_start_without_its_environment() -> None:
    result = manage("check")
    assert result.returncode != 0
    assert all(name in result.stderr for name in REQUIRED)


def test_a_log_line_is_one_json_object_with_the_extra_data() -> None:
    record = logging.makeLogRecord(
        {"name": "publishing", "levelname": "ERROR", "msg": "échec %s", "args": ("réseau",)}
        | {"event": "publish_failed", "key": Path("a")}
    )
    line = JSONFormatter().format(record)
    assert "\n" not in line
    assert json.loads(line) | {"time": ""} == {
        "time": "",
        "level": "ERROR",
        "logger": "publishing",
        "message": "échec réseau",
        "event": "publish_failed",
        "key": "PosixPath('a')",
    }


@pytest.mark.parametrize(
    ("address", "written"),
    [
        ("/partenaires/flux/sosol_feed_AbC123/rss.xml", "/partenaires/flux/sosol_feed_…/rss.xml"),
        ("/partenaires/entrer/0a1b2c/", "/partenaires/entrer/…/"),
        ("/avis/0a1b2c/", "/avis/…/"),
        ("/bat/_0a-1b/pdf/", "/bat/…/pdf/"),
    ],
)
def test_logs_hold_no_secret_of_an_address(address: str, written: str) -> None:
    record = logging.makeLogRecord(
        {"msg": "Not Found: %s", "args": (address,)}
        | {"request": RequestFactory().post(address), "status_code": 404}
    )
    assert WithoutSecrets().filter(record)
    line = json.loads(JSONFormatter().format(record))
    assert line["message"] == f"Not Found: {written}"
    assert line["request"] == f"<WSGIRequest: POST '{written}'>"
