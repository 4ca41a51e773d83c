"""A pasted text leaves the page of a partner accessible (RGAA 4.1, WCAG 2.2 AA, good practices)."""

import pytest
from playwright.sync_api import Page as Tab

from tests.components import node_module
from tests.e2e.test_accessibility import AXE, TAGS
from tests.tribunes import items
from tribunes.exports.html import document, fragment

pytestmark = pytest.mark.e2e

RICH = items.corrected(
    "high",
    withheld_pictures=1,
    replies=items.answered().replies,
    html=items.HTML.replace(
        "<p>", f'<figure><img src="{items.OPENING.href}" alt=""></figure><p>', 1
    )
    + "<aside><p><strong>Repères</strong></p><p>Un encadré.</p></aside>",
)


def pasted(headings: int) -> str:
    """Return the page of a partner, whose own headings end just above."""
    above = "".join(f"<h{level}>Rubrique {level}</h{level}>" for level in range(1, headings))
    return (
        "<!doctype html><html lang=fr><title>Partenaire</title><body><main>"
        f"{above}{fragment(RICH, headings=headings)}</main></body></html>"
    )


@pytest.mark.parametrize(
    "html",
    [document(RICH), document(items.withdrawn()), *map(pasted, (2, 3, 4, 5))],
    ids=["page", "withdrawn", "h2", "h3", "h4", "h5"],
)
def test_axe_finds_nothing(html: str, page: Tab) -> None:
    page.route("**/*", lambda route: route.abort())
    page.set_content(html)
    page.add_script_tag(path=node_module("axe-core") / "axe.min.js")
    assert page.evaluate(AXE, TAGS) == []
