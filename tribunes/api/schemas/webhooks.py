"""The form of webhooks: endpoints, deliveries, what is asked to be sent again."""

from datetime import UTC, datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, Field, model_validator

from tribunes.api.schemas.base import Answer, Body, Line

Name = Annotated[Line, Field(min_length=1, max_length=100)]
Url = Annotated[Line, Field(max_length=500)]
Events = Annotated[list[Annotated[Line, Field(max_length=40)]], Field(max_length=20)]


def _in_utc(moment: datetime) -> datetime:
    try:
        return moment.astimezone(UTC)
    except OverflowError:  # the first day of the year 1, east of Greenwich
        raise ValueError("cette date est hors du calendrier") from None


Moment = Annotated[AwareDatetime, AfterValidator(_in_utc)]
"""A moment that a database can compare."""


class EndpointIn(Body):
    """An address to call, and what for."""

    name: Name
    url: Url
    events: Events


class EndpointPatch(Body):
    """What is to be otherwise; ``active`` sends again, or no more."""

    name: Name = ""
    url: Url = ""
    events: Events = []
    active: bool = True


class EndpointOut(Answer):
    """An endpoint and how it fares."""

    id: UUID
    name: str
    url: str
    events: list[str]
    active: bool
    disabled_reason: str
    created: datetime
    disabled: datetime | None
    failing_since: datetime | None
    last_success: datetime | None


class EndpointSecret(EndpointOut):
    """An endpoint with the secret that its receiver must know."""

    secret: str


class Endpoints(Answer):
    """The endpoints of the partner."""

    items: list[EndpointOut]


class Delivery(Answer):
    """A message and what became of it; ``id`` is the ``webhook-id``."""

    id: UUID
    type: str
    timestamp: datetime
    state: Literal["waiting", "sent", "failed", "cancelled"]
    tries: int
    last_try: datetime | None
    last_status: int | None
    last_answer: str
    last_error: str
    next_try: datetime | None


class Deliveries(Answer):
    """Messages, newest first; ``next`` is null on the last page."""

    items: list[Delivery]
    next: str | None


class Replay(Body):
    """One message, or all of a stretch of time."""

    message: UUID | None = None
    since: Moment | None = None
    until: Moment | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        period = self.since is not None and self.until is not None
        alone = self.message is not None and self.since is None and self.until is None
        if alone or (self.message is None and period):
            return self
        raise ValueError("donnez message, ou since et until")


class Queued(Answer):
    """How many messages will be sent."""

    count: int
