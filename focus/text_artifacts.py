"""What focuses and their articles put into the public bucket: pictures and feeds."""

from cms import pictures
from cms.models import Image
from cms.selectors import unrestricted
from cms.text_artifacts import build_text, feeds_above
from focus.feed_artifacts import feed_artifacts, index_feed_artifacts
from focus.models import ArticlePage, FocusIndexPage, FocusPage
from publishing.artifacts import Artifact, Desired
from publishing.registry import PublicationType

ARTICLE_LABEL = "focus.article"
FOCUS_LABEL = "focus.focus"
INDEX_LABEL = "focus.index"


def publication_types() -> list[PublicationType]:
    """Return how articles, focuses and the page of all focuses reach the bucket, feeds last."""
    return [
        PublicationType(
            label=ARTICLE_LABEL, model=ArticlePage, build=build_article, verbose_name="article"
        ),
        PublicationType(
            label=FOCUS_LABEL,
            model=FocusPage,
            build=build_focus,
            verbose_name="focus",
            priority=-10,
        ),
        PublicationType(
            label=INDEX_LABEL,
            model=FocusIndexPage,
            build=build_index,
            verbose_name="flux de tous les focus",
            priority=-20,
        ),
    ]


def build_article(pk: int) -> Desired:
    """Return the pictures of an article; none unless anybody may read it."""
    return build_text(ArticlePage.objects.filter(pk=pk))


def build_focus(pk: int) -> Desired:
    """Return the cover of a focus, the logos of its partners and its feeds."""
    pages = FocusPage.objects.filter(pk=pk, alias_of=None)
    focus = unrestricted(pages.live()).first()
    if focus is None:
        hidden = pages.first()
        return Desired(title=hidden.title if hidden else "")
    covers = [getattr(focus, name) for name in (*focus.listing_image_fields, "social_image")]
    logos = [
        row.organisation.logo for row in focus.partners.select_related("organisation__logo").all()
    ]
    images = _images(focus, covers, logos)
    return Desired(
        title=focus.title,
        # The feeds are last: they name the others.
        artifacts=(*images, *feed_artifacts(focus, images)),
        dependents=feeds_above(focus),
        valid_until=pictures.rights_end([*covers, *logos]),
    )


def _images(
    focus: FocusPage, covers: list[Image | None], logos: list[Image | None]
) -> list[Artifact]:
    wanted = [
        *((logo, pictures.LOGO_WIDTHS) for logo in logos),
        *((cover, pictures.WIDTHS) for cover in covers),
    ]
    return pictures.images(wanted, f"focus/{focus.feed_slug}")


def build_index(pk: int) -> Desired:
    """Return the picture and the feeds of all focuses; none unless anybody may read their page."""
    pages = FocusIndexPage.objects.filter(pk=pk, alias_of=None)
    index = unrestricted(pages.live()).first()
    if index is None:
        hidden = pages.first()
        return Desired(title=hidden.title if hidden else "")
    covers = [index.listing_image, index.social_image]
    return Desired(
        title=index.title,
        artifacts=(
            *pictures.images([(cover, pictures.WIDTHS) for cover in covers], "focus"),
            *index_feed_artifacts(index),
        ),
        valid_until=pictures.rights_end(covers),
    )
