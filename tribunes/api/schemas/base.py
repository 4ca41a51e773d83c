"""What all forms share: camelCase names, strict bodies, texts that a database can hold."""

from typing import Annotated

from ninja import Schema
from pydantic import AfterValidator, ConfigDict
from pydantic.alias_generators import to_camel


def _printable(value: str) -> str:
    if any(not char.isprintable() for char in value):
        raise ValueError("caractère interdit")
    return value


Line = Annotated[str, AfterValidator(_printable)]
"""A line of text, without control character."""


class Answer(Schema):
    """What the API gives."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)


class Body(Schema):
    """What partners send: a member that is not known is refused, so that a typing error shows."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, extra="forbid")
