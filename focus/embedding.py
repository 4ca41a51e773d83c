"""The card of a forum on other sites: a link, with its picture if that may travel."""

from django.http import HttpRequest

from cms.embeds import Embed, thumbnails
from cms.media import PageMedia
from cms.published import objects_of
from focus.models import ForumPage


def card(forum: ForumPage, request: HttpRequest) -> Embed:
    """Return the card of a forum."""
    media = PageMedia(objects_of([forum])[forum.pk], request)
    return Embed(
        title=forum.title,
        authors=[forum.host.full_name] if forum.host else [],
        thumbnails=thumbnails(media.image(forum.poster), forum.poster),
    )
