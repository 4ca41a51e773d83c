"""``manage.py example``: a site to try, with content and logins of our own."""

import json
from collections.abc import Iterable
from importlib import import_module

from django.apps import AppConfig, apps
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils.module_loading import module_has_submodule

from cms.models import User
from cms.roles import CHIEF_EDITORS, EDITORS

LOGINS = (
    {"role": "Administration", "username": "admin", "password": "exemple-admin"},
    {"role": EDITORS.name, "username": "redaction", "password": "exemple-redaction"},
    {
        "role": CHIEF_EDITORS.name,
        "username": "redaction-chef",
        "password": "exemple-redaction-chef",
    },
)


class Command(BaseCommand):
    """Sets the site up, creates the logins and loads every application's examples."""

    help = "Remplit le site d’exemples et crée trois comptes d’essai, aux mots de passe connus."

    def handle(self, *args: object, **options: object) -> None:
        """Fill the site; write the logins and feeds to ``VAR_DIR/example.json``."""
        if not getattr(settings, "EXAMPLE_SITE", False):
            raise CommandError(
                "Cette commande crée des comptes dont le mot de passe est public : elle est "
                "réservée aux sites d’essai. Pour un vrai site, lancez « manage.py setup »."
            )
        call_command("setup", stdout=self.stdout)
        create_logins()
        feeds, notes = load_examples(apps.get_app_configs())
        path = settings.VAR_DIR / "example.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        told = {"feeds": feeds, "logins": LOGINS, "notes": notes}
        summary = json.dumps(told, ensure_ascii=False, indent=2)
        path.write_text(summary, encoding="utf-8")
        self.stdout.write(f"Exemples chargés ; comptes et flux dans {path}")


def create_logins() -> None:
    """Create the logins that do not exist yet; those that do keep their password."""
    for login in LOGINS:
        if not User.objects.filter(username=login["username"]).exists():
            _create_login(**login)


def load_examples(
    applications: Iterable[AppConfig],
) -> tuple[dict[str, list[str]], dict[str, str]]:
    """Call ``load()`` of the module ``example`` of every application that has one.

    Each ``load()`` may run again without doing anything twice, and returns the addresses of the
    feeds it filled, by application: ``{"podcasts": ["https://…"]}``. What else a visitor should
    know is in ``NOTES`` of these modules: what it is, and its value.
    """
    feeds: dict[str, list[str]] = {}
    notes: dict[str, str] = {}
    for application in applications:
        if module_has_submodule(application.module, "example"):
            example = import_module(f"{application.name}.example")
            feeds |= example.load()
            notes |= getattr(example, "NOTES", {})
    return feeds, notes


def _create_login(*, role: str, username: str, password: str) -> None:
    group = Group.objects.filter(name=role).first()
    create = User.objects.create_user if group else User.objects.create_superuser
    user = create(username, f"{username}@exemple.invalid", password)
    if group:
        user.groups.add(group)
