"""What templates ask of cahiers."""

from django import template

from cms.published import Objects, Picture
from focus.insert_artifacts import NARROW, WIDTH, page_role
from publishing.conf import public_url

register = template.Library()


@register.simple_tag
def front_page(objects: Objects) -> Picture | None:
    """Return the first page of a cahier, among its ``objects``; None before it can be read."""
    rows = {width: objects.get(page_role(1, width)) for width in (NARROW, WIDTH)}
    if not all(rows.values()):
        return None
    return Picture(
        sources={width: public_url(row.key) for width, row in rows.items()},
        alt="",
        ratio=rows[WIDTH].facts["height"] / WIDTH,
    )
