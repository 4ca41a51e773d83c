"""Reading pages of the site as a browser or a search engine does."""

import json
import re
from typing import Any

from bs4 import BeautifulSoup, Tag
from django.test import Client
from wagtail.models import Page

from cms import pictures
from cms.models import Image
from publishing import registry
from publishing.models import Publication, PublishedObject
from publishing.services import Outcome, publish


def read(client: Client, page: Page | str, status: int = 200) -> BeautifulSoup:
    """Fetch a page as anybody; return its document."""
    answer = client.get(page if isinstance(page, str) else page.url)
    assert answer.status_code == status
    return BeautifulSoup(answer.content, "html.parser")


def text_of(element: Tag | BeautifulSoup | None) -> str:
    """Return the text of an element, on one line; no-break spaces stay."""
    assert element is not None
    return re.sub(r"[ \n]+", " ", element.get_text()).strip(" ")


def structured_data(document: BeautifulSoup) -> dict[str, Any]:
    """Return the page's JSON-LD."""
    return json.loads(document.select_one('script[type="application/ld+json"]').string)


def addresses(document: BeautifulSoup) -> set[str]:
    """Return every web address that the page names, in whatever attribute or JSON-LD."""
    found = set()
    for element in document.find_all(True):
        for name in ("href", "src", "content"):
            found.add(element.get(name, ""))
        found |= {entry.split()[0] for entry in element.get("srcset", "").split(",") if entry}
    for script in document.select('script[type="application/ld+json"]'):
        found |= set(_texts(json.loads(script.string)))
    return {address for address in found if address.startswith(("http:", "https:", "//"))}


def _texts(value: object) -> list[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return [text for item in value for text in _texts(item)]
    return [str(value)]


def bring_online(*pages: Page) -> None:
    """Put what pages publish into the bucket, in this order, now."""
    for page in pages:
        assert publish(registry.key_for(page)) in {Outcome.CHANGED, Outcome.UNCHANGED}


def note_object(page: Page, role: str, key: str = "", **facts: Any) -> None:
    """Note an object of a page as being in the bucket, without putting it there."""
    publication, _ = Publication.objects.get_or_create(key=registry.key_for(page))
    PublishedObject.objects.create(
        publication=publication,
        role=role,
        key=key or f"tests/{page.pk}/{role}",
        state=PublishedObject.State.LIVE,
        content_type="application/octet-stream",
        facts=facts,
    )


def note_picture(page: Page, image: Image, width: int, **facts: Any) -> None:
    """Note a version of the file that a picture has now as being in the bucket."""
    role, version = f"{pictures.role_of(image)}-{width}", pictures.rendition(image, width)
    made = pictures.artifact(image, version, role, f"tests/{page.pk}/{role}")
    note_object(page, role, made.key, **facts)
