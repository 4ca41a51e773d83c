"""What is wrong with a parameter or a member, in French."""

from collections.abc import Mapping
from typing import Any

_SAID = {
    "missing": "Il manque.",
    "extra_forbidden": "Ce nom n’existe pas ici.",
    "greater_than_equal": "Au moins {ge}.",
    "less_than_equal": "Au plus {le}.",
    "string_too_long": "Au plus {max_length} caractères.",
    "string_too_short": "Au moins {min_length} caractère.",
    # Of lines of text as of lists.
    "too_short": "Trop court\u00a0: {min_length} au moins.",
    "too_long": "Trop long\u00a0: {max_length} au plus.",
    "int_parsing": "Donnez un nombre entier.",
    "int_type": "Donnez un nombre entier.",
    "bool_parsing": "Donnez true ou false.",
    "bool_type": "Donnez true ou false.",
    "string_type": "Donnez un texte.",
    "list_type": "Donnez une liste.",
    "uuid_parsing": "Donnez un identifiant UUID.",
    "uuid_type": "Donnez un identifiant UUID.",
    "date_from_datetime_parsing": "Donnez une date\u00a0: 2026-10-01.",
    "date_type": "Donnez une date\u00a0: 2026-10-01.",
    "datetime_from_date_parsing": "Donnez une date et une heure\u00a0: 2026-10-01T00:00:00Z.",
    "datetime_parsing": "Donnez une date et une heure\u00a0: 2026-10-01T00:00:00Z.",
    "timezone_aware": "Donnez le décalage de l’heure\u00a0: 2026-10-01T00:00:00Z.",
    "value_error": "Refusé\u00a0: {error}.",
}
"""By type of pydantic’s errors, with the names of their context."""


def said(found: Mapping[str, Any]) -> str:
    """Return the sentence for one error of pydantic."""
    return _SAID.get(found["type"], "Cette valeur ne convient pas.").format(**found.get("ctx", {}))
