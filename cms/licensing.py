"""When a work may be shown, as rules without database."""

from datetime import date


def rights_problem(*, licence_filled_in: bool, expires_on: date | None, on: date) -> str:
    """Return why a picture may not be published on a day, in French, or "" when it may.

    The day of expiry is the last one on which the picture may be shown.
    """
    if not licence_filled_in:
        return "La licence de l’image n’est pas renseignée."
    if expires_on is not None and expires_on < on:
        return f"Les droits de l’image ont expiré le {expires_on:%d/%m/%Y}."
    return ""
