"""The difference between what should be in the bucket and what is there. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from publishing.artifacts import Artifact, Desired


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What one publication has to do, in this order: put, then retire."""

    put: tuple[Artifact, ...]
    keep: tuple[Artifact, ...]
    retire: tuple[str, ...]
    """Keys of objects that nobody wants any more."""

    @property
    def changes(self) -> bool:
        """Whether anything differs."""
        return bool(self.put or self.retire)


def plan(desired: Desired, present: Mapping[str, str]) -> Plan:
    """Compare a wish with what is there: the digest of each key, empty when nobody knows it."""
    wanted = {artifact.key for artifact in desired.artifacts}
    put = tuple(a for a in desired.artifacts if present.get(a.key) != a.digest)
    keep = tuple(a for a in desired.artifacts if present.get(a.key) == a.digest)
    return Plan(put=put, keep=keep, retire=tuple(sorted(set(present) - wanted)))
