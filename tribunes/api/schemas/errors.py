"""The form of what is refused (RFC 9457)."""

from tribunes.api.schemas.base import Answer


class FieldError(Answer):
    """One thing that is wrong in the request."""

    pointer: str
    code: str
    detail: str


class ProblemOut(Answer):
    """A request that was refused: ``code`` never changes, ``detail`` is for people."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    code: str
    errors: list[FieldError]
    request_id: str
    restart: str | None = None
