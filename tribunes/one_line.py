"""Names that go into the subject of a letter: one line, without control characters."""

import re

from django.core.exceptions import ValidationError

_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


def one_line(text: str) -> str:
    """Return a text on one line: each run of control characters becomes a space.

    The subject of a letter with a line break is a header injection, which Django refuses to send.
    """
    return _CONTROLS.sub(" ", text)


def refuse_controls(text: str) -> None:
    """Raise ValidationError when a text has a line break or another control character."""
    if _CONTROLS.search(text):
        raise ValidationError(
            "Écrivez ce texte sur une seule ligne, sans caractère de contrôle.", code="one_line"
        )
