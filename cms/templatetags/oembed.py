"""Where other sites find the card of a page."""

from typing import Any

from django import template
from django.template.context import Context

from cms import oembed

register = template.Library()


@register.inclusion_tag("components/oembed.html", takes_context=True)
def oembed_links(context: Context) -> dict[str, Any]:
    """Write the links to the card of the page, for the head of it."""
    page = context["page"]
    return {"page": page, "links": oembed.discovery(page, context["request"])}
