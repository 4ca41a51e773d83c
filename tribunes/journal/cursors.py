"""Cursors of the log: a position that partners hand back, and cannot make up.

A cursor is bound to nothing but the position: it outlives deployments and serves every token.
"""

import base64
import binascii
from dataclasses import dataclass

from django.core.signing import BadSignature, Signer


class MalformedCursor(ValueError):
    """What was handed back is no cursor of ours."""


@dataclass(frozen=True, kw_only=True)
class Cursor:
    """How far a reader came."""

    position: int = 0
    """Number of the last entry that was read."""
    pruned: int = 0
    """What the log had already forgotten when this reading began, so that one that begins with the
    oldest entries that are left is not taken for one that stopped long ago."""

    def has_expired(self, pruned: int) -> bool:
        """Whether the log forgot entries after that position; they may be those of others."""
        return max(self.position, self.pruned) < pruned

    def moved(self, position: int) -> "Cursor":
        """Return the cursor of somebody who read on."""
        return Cursor(position=position, pruned=self.pruned if position < self.pruned else 0)

    def __str__(self) -> str:
        """As partners see it."""
        signed = _signer().sign(f"{self.position}.{self.pruned}")
        return base64.urlsafe_b64encode(signed.encode()).decode().rstrip("=")


def read(text: str) -> Cursor:
    """Return the cursor that a partner hands back. Raises MalformedCursor."""
    try:
        signed = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode("ascii")
        position, pruned = _signer().unsign(signed).split(".")
    except (BadSignature, UnicodeError, binascii.Error, ValueError):
        raise MalformedCursor(text) from None
    return Cursor(position=int(position), pruned=int(pruned))


def _signer() -> Signer:
    return Signer(salt="tribunes.cursor")
