"""The card of a tribune on other sites: title, who wrote it, credit; never the text."""

from django.conf import settings
from django.http import HttpRequest

from cms.byline import names
from cms.embeds import Embed, link, thumbnails, words
from cms.media import PageMedia
from cms.published import objects_of
from tribunes.models import TribunePage

_HEIGHT = 160


def card(tribune: TribunePage, request: HttpRequest) -> Embed:
    """Return the card of a tribune."""
    media = PageMedia(objects_of([tribune])[tribune.pk], request)
    authors = [signature.person.full_name for signature in names(tribune.authors.all())]
    credit = tribune.credit_line or settings.WAGTAIL_SITE_NAME
    return Embed(
        title=tribune.title,
        authors=authors,
        html=(
            f"<blockquote><p>{link(tribune.get_full_url(request), tribune.title)}</p>"
            f"<p>Par {words(', '.join(authors))}</p><p>{words(credit)}</p></blockquote>"
        ),
        height=_HEIGHT,
        thumbnails=thumbnails(media.image(tribune.picture), tribune.picture),
    )
