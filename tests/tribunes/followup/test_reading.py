"""A page is read apart: what is too heavy is refused in seconds, the rest is as read here."""

import time

import pytest

from tests.tribunes.followup.pages import HEAD, NEW, html
from tribunes.followup import reading
from tribunes.followup.pages import read
from tribunes.followup.reading import TooHeavy, read_apart

URL = "https://partenaire.exemple.invalid/"


def test_it_is_read_as_it_would_be_here() -> None:
    headers = {"Content-Type": "text/html", "X-Robots-Tag": "noindex"}
    said = {"url": URL, "body": html(head=HEAD * 2).encode(), "headers": headers}
    assert read_apart(**said) == read(**said)
    assert not read_apart(**said).is_indexed


@pytest.mark.parametrize(
    "source",
    [
        "<p>mot" * 1_000_000,
        "<a href=x>y" * 100_000,
        "<p style='display:none'>" * 50_000 + "x",
        "url(" * 500_000,
        "<style>" + "url(" * 500_000,
        "<meta " + "charset " * 300_000,
        "mot " * 1_000_000,
        f"{NEW} " * 5_000,
        '<img srcset="' + "," * 1_000_000 + '">',
    ],
)
def test_huge_pages_are_read(source: str) -> None:
    page = read_apart(url=URL, body=f"{source}</style>".encode(), headers={})
    assert page.is_indexed


def deep(depth: int) -> bytes:
    return f"{'<div>' * depth}<p>{NEW}</p><a href='/fin'>fin</a>".encode()


def test_a_text_cannot_hide_at_the_bottom_of_a_page() -> None:
    page = read_apart(url=URL, body=deep(1_500), headers={})
    assert "douze jardins" in page.text
    assert page.links == {"partenaire.exemple.invalid/fin"}
    with pytest.raises(TooHeavy):
        read_apart(url=URL, body=deep(20_000), headers={})


@pytest.mark.parametrize(
    ("limit", "value", "source"),
    [
        # libxml2 compares each attribute with all others of its tag: hours for 5 MB.
        ("SECONDS", 2, "<p " + " ".join(f"a{n}=b" for n in range(200_000)) + ">"),
        ("MEMORY", 2**27, "<p>" * 1_600_000),
    ],
)
def test_what_is_too_heavy_is_refused(
    monkeypatch: pytest.MonkeyPatch, limit: str, value: int, source: str
) -> None:
    monkeypatch.setattr(reading, limit, value)
    begun = time.monotonic()
    with pytest.raises(TooHeavy):
        read_apart(url=URL, body=source.encode(), headers={})
    assert time.monotonic() - begun < 60
