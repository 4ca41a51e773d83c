"""What a package shows and links to: rights of pictures, pages that nobody could read."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, ReferenceIndex

from cms.models import Image
from cms.selectors import unrestricted
from focus.package.drafts import Draft
from focus.package.findings import Finding, Level


def check_references(drafts: Sequence[Draft], at: datetime) -> Iterator[Finding]:
    """Yield pictures that may not be shown and links that lead nowhere, in two queries."""
    yield from _pictures(drafts, at)
    yield from _links(drafts)


def _pictures(drafts: Sequence[Draft], at: datetime) -> Iterator[Finding]:
    users = _users(drafts, Image)
    for image in Image.objects.in_bulk(users).values():
        problem = image.rights_problem(on=timezone.localdate(at))
        for draft in users[image.pk] if problem else ():
            yield draft.finding(
                Level.BLOCKER,
                f"Image « {image.title} » : {problem}",
                url=reverse("wagtailimages:edit", args=[image.pk]),
            )


def _links(drafts: Sequence[Draft]) -> Iterator[Finding]:
    users = _users(drafts, Page)
    wanted = Page.objects.filter(pk__in=set(users) - {draft.page.pk for draft in drafts})
    public = set(unrestricted(wanted.live()).values_list("pk", flat=True))
    for target in wanted.exclude(pk__in=public):
        for draft in users[target.pk]:
            yield draft.finding(
                Level.WARNING,
                f"Elle renvoie à « {target.draft_title} », que le public ne pourra pas lire :"
                " retirez le lien, ou publiez cette page d’abord.",
            )


def _users(drafts: Sequence[Draft], model: type[Model]) -> dict[int, list[Draft]]:
    """Return which drafts refer to which objects of a model, by primary key.

    Wagtail’s index knows what is saved in the page, not what a draft holds: its own reading of an
    object is asked, which has no public name (checked with Wagtail 8.0).
    """
    wanted = ContentType.objects.get_for_model(model).pk
    users: dict[int, list[Draft]] = defaultdict(list)
    for draft in drafts:
        found = ReferenceIndex._extract_references_from_object(draft.content)
        for pk in {int(pk) for type_pk, pk, *_ in found if type_pk == wanted}:
            users[pk].append(draft)
    return users
