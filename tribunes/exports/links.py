"""Where the formats of an item are, and where partners answer."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Links:
    """Absolute addresses; the API makes them."""

    html: str
    text: str
    docx: str
    zip: str
    ninjs: str
    newsml: str
    publications: str
    """To declare that the text came out somewhere."""
    ack: str
    """To say that a copy was removed or corrected."""
