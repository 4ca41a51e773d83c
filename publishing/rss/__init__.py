"""Feeds in XML: the one door to feedgen.

The same values give the same bytes, and no text can break a feed: what XML forbids is left out at
this border.
"""

from publishing.rss.news import ATOM_CONTENT_TYPE, render_atom, render_news
from publishing.rss.podcast import CONTENT_TYPE, NAMESPACES, render
from publishing.rss.xml import rfc2822

__all__ = [
    "ATOM_CONTENT_TYPE",
    "CONTENT_TYPE",
    "NAMESPACES",
    "render",
    "render_atom",
    "render_news",
    "rfc2822",
]
