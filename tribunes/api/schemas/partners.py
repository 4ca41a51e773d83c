"""The form of what partners declare, and of their tokens."""

import datetime as dt
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from tribunes.api.schemas.base import Answer, Body, Line


class PublicationIn(Body):
    """«I published it here»: a page of a site, or a printed page."""

    item: UUID
    version: Annotated[int, Field(ge=1, le=2**31 - 1)]
    url: Annotated[Line, Field(max_length=700)] = ""
    printed_in: Annotated[Line, Field(max_length=255)] = ""
    date: dt.date | None = None


class PublicationOut(Answer):
    """What was written down."""

    item: str
    version: int
    url: str
    printed_in: str
    date: dt.date


class Acknowledgement(Body):
    """«The copy is mended, or gone»."""

    url: Annotated[Line, Field(max_length=700)] = ""
    date: dt.date | None = None


class Permissions(Answer):
    """What a licence lets everybody do; the terms of each tribune say the rest."""

    attribution: bool
    commercial: bool
    derivatives: bool
    share_alike: bool


class LicenceOut(Answer):
    """A licence in words and as data."""

    code: str
    name: str
    url: str
    spdx: str
    open: bool
    tdm: Literal["reserved", "allowed"]
    permissions: Permissions | None
    usage_terms: str


class TokenOut(Answer):
    """A token, without its secret."""

    id: UUID
    name: str
    hint: str
    scopes: list[str]
    allowed_ips: list[str]
    sandbox: bool
    current: bool
    created: dt.datetime
    expires: dt.datetime | None
    revoked: dt.datetime | None
    rotated: dt.datetime | None
    last_used: dt.datetime | None


class Tokens(Answer):
    """The tokens of the partner."""

    items: list[TokenOut]


class NewToken(TokenOut):
    """A new token; the secret is shown once."""

    secret: str
    previous_expires: dt.datetime
