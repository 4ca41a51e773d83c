"""Questions about episodes, in a number of queries that does not depend on their number."""

from django.db.models import Prefetch
from wagtail.query import PageQuerySet

from cms.selectors import unrestricted
from podcasts.models import EpisodePage, EpisodeParticipant, ShowPage

EPISODE_LABEL = "podcasts.episode"
SHOW_LABEL = "podcasts.show"


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
