"""Who calls the API, and what they may ask it."""

from dataclasses import dataclass, replace
from functools import cached_property

from tribunes.access import ANYONE, Reader
from tribunes.api.live import Live
from tribunes.api.source import Found, Source
from tribunes.facts import reader_of
from tribunes.models import Partner, PartnerToken, Pull
from tribunes.pulls import note
from tribunes.sandbox.source import Sandbox


@dataclass(frozen=True)
class Caller:
    """A partner with a token, or anybody."""

    token: PartnerToken | None = None

    @property
    def partner(self) -> Partner:
        """Whose token it is; only for doors that ask for one."""
        return self.token.partner

    @property
    def name(self) -> str:
        """What is written down of who declared something."""
        return f"API, jeton «\u202f{self.token.name}\u202f»"

    @cached_property
    def source(self) -> Source:
        """What the caller may have."""
        if self.token is None:
            return Live(ANYONE)
        return Sandbox() if self.token.is_sandbox else Live(_reader(self.token))

    def took(self, found: Found, form: str) -> None:
        """Note that a tribune was handed over."""
        taken = [(found.record_id, found.item)]
        note(taken, partner=self.partner, token=self.token, door=Pull.Door.API, format=form)


def _reader(token: PartnerToken) -> Reader:
    """Return the rights of the partner, narrowed to the scopes of the token."""
    scopes, rights = token.scopes, reader_of(token.partner)
    return replace(
        rights,
        images=rights.images and PartnerToken.Scope.IMAGES in scopes,
        print_originals=rights.print_originals and PartnerToken.Scope.PRINT in scopes,
        audio=rights.audio and PartnerToken.Scope.PODCAST in scopes,
    )
