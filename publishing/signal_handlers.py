"""Wiring: which events make which publications stale. Looks at the type, never at the content."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.db.models.signals import post_delete, post_save, pre_delete
from wagtail.models import Page, PageViewRestriction, ReferenceIndex, Site
from wagtail.signals import (
    page_published,
    page_slug_changed,
    page_unpublished,
    post_page_move,
)

from publishing import registry
from publishing.staleness import mark_stale


def _below(page: Page) -> set[str]:
    """Return the keys of the page, of everything below it, and of what names one of these."""
    pages = list(Page.objects.descendant_of(page, inclusive=True).specific(defer=True))
    keys = {key for found in pages if (key := registry.key_for(found))}
    return keys | _referring_to(*pages)


def page_changed(instance: Page, **kwargs: object) -> None:
    """Follow publication, unpublication and deletion of one page, in what names it too."""
    key = registry.key_for(instance)
    mark_stale(_referring_to(instance) | ({key} if key else set()))


def address_changed(instance: Page, **kwargs: object) -> None:
    """Follow a page that moved or was renamed: the addresses below it changed too."""
    mark_stale(_below(instance))


def page_moved(
    instance: Page, parent_page_before: Page, parent_page_after: Page, **kwargs: object
) -> None:
    """Follow a move: the page, all below it, and the parents that lose and gain it."""
    parents = (parent_page_before.specific, parent_page_after.specific)
    mark_stale(_below(instance) | {key for page in parents if (key := registry.key_for(page))})


def restriction_changed(instance: PageViewRestriction, **kwargs: object) -> None:
    """Follow a page that becomes private or public, with all below it."""
    mark_stale(_below(instance.page))


def site_changed(**kwargs: object) -> None:
    """Follow a change of the site's address: every link in every feed."""
    mark_stale(registry.keys())


def reference_changed(instance: Model, **kwargs: object) -> None:
    """Follow a watched object (a person, an image…) to the publications that refer to it."""
    if isinstance(instance, tuple(registry.watched())):
        mark_stale(_referring_to(instance))


def _referring_to(*instances: Model) -> set[str]:
    """Return the keys of the publications that refer to objects, whatever lies between.

    One query a step (an image, the people it shows, their episodes), not one an object.
    """
    found: set[str] = set()
    seen: set[tuple[int, str]] = set()
    step = list(instances)
    while step:
        references = ReferenceIndex.get_references_to_in_bulk(step)
        sources = set(references.values_list("content_type_id", "object_id")) - seen
        seen |= sources
        step = []
        for content_type, pk in sources:
            model = ContentType.objects.get_for_id(content_type).model_class()
            source = model(pk=pk) if model else None
            if source is None:
                continue
            if key := registry.key_for(source):
                found.add(key)
            elif isinstance(source, tuple(registry.watched())):
                step.append(source)
    return found


def register_signal_handlers() -> None:
    """Connect everything, once."""
    for signal, handler in (
        (page_published, page_changed),
        (page_unpublished, page_changed),
        (page_slug_changed, address_changed),
        (post_page_move, page_moved),
    ):
        signal.connect(handler, dispatch_uid=f"publishing.{handler.__name__}.{id(signal)}")
    for signal in (post_save, post_delete):
        signal.connect(
            restriction_changed, sender=PageViewRestriction, dispatch_uid="publishing.restriction"
        )
        signal.connect(site_changed, sender=Site, dispatch_uid="publishing.site")
    # Before deletion: afterwards nothing refers to the object any more.
    for signal in (post_save, pre_delete):
        signal.connect(reference_changed, dispatch_uid="publishing.reference")
    post_delete.connect(page_deleted, dispatch_uid="publishing.page_deleted")


def page_deleted(instance: Model, **kwargs: object) -> None:
    """Follow the deletion of a page that was not live any more: it may still have objects."""
    if isinstance(instance, Page):
        page_changed(instance)
