"""Pages tell programs where their feeds are."""

from types import SimpleNamespace

from bs4 import BeautifulSoup
from django.template.loader import render_to_string

from publishing.conf import public_url
from publishing.models import PublishedObject

PAGE = SimpleNamespace(pk=7, title="Vieillir & vivre")


def links(**objects: str) -> list[tuple[str, str, str]]:
    """Return type, title and address of what the head says; ``objects`` are types by role."""
    rows = {
        role.replace("_", "-"): PublishedObject(key=f"focus/exemple/{role}", content_type=kind)
        for role, kind in objects.items()
    }
    context = {"page": PAGE, "objects": {PAGE.pk: rows, 8: {}}}
    head = BeautifulSoup(render_to_string("components/feeds.html", context), "html.parser")
    found = head.select('link[rel="alternate"]')
    return [(link["type"], link["title"], link["href"]) for link in found]


def test_each_format_is_named() -> None:
    assert links(
        feed_json="application/feed+json; charset=utf-8",
        feed="application/rss+xml; charset=utf-8",
        feed_atom="application/atom+xml; charset=utf-8",
        image="image/jpeg",
    ) == [
        ("application/rss+xml", "Vieillir & vivre (RSS)", public_url("focus/exemple/feed")),
        ("application/atom+xml", "Vieillir & vivre (Atom)", public_url("focus/exemple/feed_atom")),
        (
            "application/feed+json",
            "Vieillir & vivre (JSON Feed)",
            public_url("focus/exemple/feed_json"),
        ),
    ]


def test_a_feed_that_cannot_be_read_yet_is_not_named() -> None:
    assert links() == []
