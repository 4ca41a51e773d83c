"""What readers choose from above a list, shown by ``components/choices.html``."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A year or a theme to choose, and where that leads; choosing it again leaves it."""

    label: str
    query: str
    current: bool
