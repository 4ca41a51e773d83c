"""What was found on a republished page: one sentence a rule."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from tribunes.models import Republication


class Level(StrEnum):
    """How serious a finding is."""

    OK = "ok"
    WARN = "warn"
    WRONG = "wrong"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """A rule by its code, whether it is kept, and a sentence for the editor and the partner."""

    code: str
    level: Level
    text: str

    def as_data(self) -> dict[str, str]:
        """Return what is stored of it."""
        return {"code": self.code, "level": str(self.level), "text": self.text}


def state_of(findings: Iterable[Finding]) -> str:
    """Return what a page is, all findings taken together."""
    if any(finding.level == Level.WRONG for finding in findings):
        return Republication.State.WRONG
    return Republication.State.GOOD
