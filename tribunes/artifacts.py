"""What tribunes put into the public bucket: pictures, and the feed of all of them."""

from dataclasses import replace

from cms import pictures
from cms.models import Image, Licence, Organisation, Person
from cms.selectors import unrestricted
from cms.text_artifacts import build_text
from publishing import registry
from publishing.artifacts import Desired
from tribunes.feeds.artifacts import feed_artifacts
from tribunes.models import TribuneIndexPage, TribunePage

TRIBUNE_LABEL = "tribunes.tribune"
INDEX_LABEL = "tribunes.index"


def register_publications() -> None:
    """Tell the pipeline of tribunes and of their feed."""
    registry.register(
        registry.PublicationType(
            label=TRIBUNE_LABEL, model=TribunePage, build=build_tribune, verbose_name="tribune"
        )
    )
    registry.register(
        registry.PublicationType(
            label=INDEX_LABEL,
            model=TribuneIndexPage,
            build=build_index,
            verbose_name="flux des tribunes",
            priority=-20,
        )
    )
    registry.watch(Image, Licence, Organisation, Person)


def build_tribune(pk: int) -> Desired:
    """Return the pictures of a tribune; none unless anybody may read it."""
    desired = build_text(TribunePage.objects.filter(pk=pk))
    if not desired.public:
        return desired
    return replace(desired, dependents=desired.dependents | index_keys())


def index_keys() -> frozenset[str]:
    """Return the key of the feed of all tribunes, if there is one."""
    pks = TribuneIndexPage.objects.values_list("pk", flat=True)
    return frozenset(f"{INDEX_LABEL}:{pk}" for pk in pks)


def build_index(pk: int) -> Desired:
    """Return the picture and the feed of all tribunes; none unless anybody may read their page."""
    pages = TribuneIndexPage.objects.filter(pk=pk, alias_of=None)
    index = unrestricted(pages.live()).first()
    if index is None:
        hidden = pages.first()
        return Desired(title=hidden.title if hidden else "")
    shown = [index.listing_image, index.social_image]
    images = pictures.images([(image, pictures.WIDTHS) for image in shown], "tribunes/page")
    return Desired(
        title=index.title,
        artifacts=(*images, *feed_artifacts(index)),
        valid_until=pictures.rights_end(shown),
    )
