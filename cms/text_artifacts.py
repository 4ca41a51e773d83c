"""What a text puts into the public bucket: the pictures that its page shows."""

from wagtail.query import PageQuerySet

from cms import pictures
from cms.blocks.references import references
from cms.models import Image, TextPage
from cms.selectors import unrestricted
from publishing import registry
from publishing.artifacts import Desired


def build_text(pages: PageQuerySet) -> Desired:
    """Return the pictures of the one text among ``pages``; none unless anybody may read it.

    The feeds of the pages above follow it.
    """
    pages = pages.filter(alias_of=None)
    text = unrestricted(pages.live()).first()
    if text is None:
        hidden = pages.first()
        return Desired(title=hidden.title if hidden else "")
    people = [row.person for row in text.authors.select_related("person__portrait")]
    shown = _images(text)
    return Desired(
        title=text.title,
        artifacts=(
            *pictures.images([(image, pictures.WIDTHS) for image in shown], f"texts/{text.uuid}"),
            *pictures.portraits(people),
        ),
        public=True,
        dependents=feeds_above(text),
        valid_until=pictures.rights_end([*shown, *(person.portrait for person in people)]),
    )


def _images(text: TextPage) -> list[Image]:
    """Return the pictures of the page, of its lists and of its blocks."""
    named = {getattr(text, f"{name}_id") for name in text.listing_image_fields}
    wanted = {text.social_image_id, *named, *references([text.body]).images}
    return list(Image.objects.filter(pk__in=wanted - {None}).order_by("pk"))


def feeds_above(text: TextPage) -> frozenset[str]:
    """Return the keys of the publications above a page, whose feeds hold it."""
    above = text.get_ancestors().specific(defer=True)
    return frozenset(key for page in above if (key := registry.key_for(page)))
