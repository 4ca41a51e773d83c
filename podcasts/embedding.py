"""The card of an episode on other sites: the browser's own player, without script."""

from django.http import HttpRequest
from django.utils.html import escape

from cms.embeds import Embed, link, thumbnails, words
from cms.published import objects_of
from podcasts.media import Media
from podcasts.models import EpisodePage

_HEIGHT = 120


def card(episode: EpisodePage, request: HttpRequest) -> Embed:
    """Return the card of an episode; a link as long as nobody can hear it."""
    show = episode.show
    objects = objects_of([episode, show])
    media, show_media = Media(objects[episode.pk], request), Media(objects[show.pk], request)
    sound = media.sound(episode)
    pictures = ((media, episode.artwork), (show_media, show.artwork))
    title = f"{link(episode.get_full_url(request), episode.title)} – {words(show.title)}"
    player = sound and (
        f"<figure><figcaption>{title}</figcaption>"
        f'<audio controls preload="none" src="{escape(sound.url)}"></audio></figure>'
    )
    return Embed(
        title=episode.title,
        authors=[show.title],
        html=player or "",
        height=_HEIGHT,
        thumbnails=next(
            (
                shown
                for where, image in pictures
                if (shown := thumbnails(where.artwork(image), image))
            ),
            [],
        ),
    )
