"""The parts people play in an episode, for editors, for pages and for apps."""

from collections.abc import Iterable
from typing import NamedTuple


class Taxon(NamedTuple):
    """A place in the taxonomy of podcast:person, whose words are English."""

    role: str
    group: str


HOST = "host"
ELECTED = "elected"
INITIATIVE = "initiative"
EXPERT = "expert"
OTHER = "other"

LABELS = {
    HOST: "Animation",
    ELECTED: "Élu·e",
    INITIATIVE: "Porteur·se d’initiative",
    EXPERT: "Expert·e",
    OTHER: "Autre voix",
}
"""French, in the order of the forms."""

CHOICES = list(LABELS.items())

REQUIRED = (HOST, ELECTED, INITIATIVE, EXPERT)
"""The voices of a full episode."""

_GUEST = Taxon("guest", "cast")

TAXONOMY = {
    HOST: Taxon("host", "cast"),
    ELECTED: _GUEST,
    INITIATIVE: _GUEST,
    EXPERT: _GUEST,
    OTHER: _GUEST,
}
"""The taxonomy knows no finer guest: pages and transcripts keep ours."""


def missing(roles: Iterable[str], required: Iterable[str] = REQUIRED) -> list[str]:
    """Return the French labels of the required roles that nobody plays."""
    played = set(roles)
    return [LABELS[role] for role in required if role not in played]
