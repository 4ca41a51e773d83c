"""Sounds of the podcast that tribunes name: the published ones, read as objects of the bucket."""

from collections.abc import Collection

from wagtail.models import Page

from cms.published import objects_of
from cms.selectors import unrestricted
from publishing.conf import public_url
from tribunes.items import Sound


def sounds_of(pages: Collection[int]) -> dict[int, Sound]:
    """Return the sound of each page that has one in the public bucket, by primary key."""
    named = list(unrestricted(Page.objects.live()).filter(pk__in=pages).specific(defer=True))
    found = objects_of(named, roles=("audio",))
    return {
        page.pk: Sound(
            title=page.title, href=public_url(row.key), type=row.content_type, length=row.size
        )
        for page in named
        if (row := found[page.pk].get("audio"))
    }
