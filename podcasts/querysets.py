"""Questions about episodes, in a number of queries that does not depend on their number."""

from django.db.models import Exists, OuterRef, Prefetch
from django.db.models.functions import Length, Substr
from wagtail.models import PageViewRestriction
from wagtail.query import PageQuerySet

from podcasts.models import EpisodePage, EpisodeParticipant, ShowPage

EPISODE_LABEL = "podcasts.episode"
SHOW_LABEL = "podcasts.show"


def unrestricted(pages: PageQuerySet) -> PageQuerySet:
    """Leave out pages under a view restriction: Wagtail’s ``public()``, without its own query."""
    above = Substr(OuterRef("path"), 1, Length("page__path"))
    return pages.filter(~Exists(PageViewRestriction.objects.filter(page__path=above)))


def open_episodes(show: ShowPage) -> PageQuerySet:
    """Return the episodes of a show that anybody may hear; an alias is one of them already."""
    return unrestricted(EpisodePage.objects.child_of(show).live().filter(alias_of=None))


def public_episodes(show: ShowPage) -> PageQuerySet:
    """Return the same, newest first, with what the page of the show says of them."""
    episodes = open_episodes(show).defer("notes", "transcript").prefetch_related(cast())
    return episodes.order_by("-first_published_at", "-pk")


def cast() -> Prefetch:
    """Fetch participants with their person, in order."""
    people = EpisodeParticipant.objects.select_related(
        "person__organisation", "person__portrait"
    ).order_by("sort_order")
    return Prefetch("participants", people)
