"""What a report says: one thing to mend, whose it is, how grave, and where."""

from dataclasses import dataclass
from enum import Enum


class Level(Enum):
    """How grave it is; the value is what editors read."""

    BLOCKER = "À corriger"
    WARNING = "À vérifier"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One line of a report."""

    piece: str
    """Title of the page, or of what was planned."""
    text: str
    url: str
    """The screen where it is mended."""
    level: Level
    page_pk: int | None = None

    @property
    def is_blocker(self) -> bool:
        """Whether nothing goes out before it is mended."""
        return self.level is Level.BLOCKER
