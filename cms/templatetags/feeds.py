"""Where programs find the feeds of a page."""

from collections.abc import Mapping
from typing import NamedTuple

from django import template
from wagtail.models import Page

from cms.published import Objects
from publishing.conf import public_url

register = template.Library()

_NAMES = {"feed": "RSS", "feed-atom": "Atom", "feed-json": "JSON Feed"}


class FeedLink(NamedTuple):
    """A feed of a page: media type without parameters, name of its format, address."""

    type: str
    name: str
    url: str


@register.simple_tag
def feed_links(page: Page, objects: Mapping[int, Objects]) -> list[FeedLink]:
    """Return the feeds that a page has in the public bucket, among ``objects`` by page."""
    mine = objects.get(page.pk, {})
    return [
        FeedLink(
            type=mine[role].content_type.partition(";")[0],
            name=name,
            url=public_url(mine[role].key),
        )
        for role, name in _NAMES.items()
        if role in mine
    ]
