"""``manage.py openapi``: writes docs/openapi.json anew; to be run when the API changes."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from tribunes.api.openapi import document


def written() -> str:
    """Return the document as the file holds it."""
    return json.dumps(document(), ensure_ascii=False, indent=2) + "\n"


def path() -> Path:
    """Return where the file is."""
    return settings.BASE_DIR / "docs" / "openapi.json"


class Command(BaseCommand):
    """Writes the OpenAPI document of the partners’ API."""

    help = "Écrit docs/openapi.json, la forme de l’API des partenaires."

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the file."""
        path().write_text(written(), encoding="utf-8")
        self.stdout.write(f"{path()} écrit.")
