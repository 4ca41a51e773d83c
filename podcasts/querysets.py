"""Questions about episodes, in a number of queries that does not depend on their number."""

from django.db.models import Prefetch, QuerySet

from podcasts.models import EpisodePage, EpisodeParticipant, ShowPage
from publishing.models import PublishedObject

EPISODE_LABEL = "podcasts.episode"
SHOW_LABEL = "podcasts.show"


def public_episodes(show: ShowPage) -> "QuerySet[EpisodePage]":
    """Return the episodes of a show that anybody may hear, newest first."""
    return (
        EpisodePage.objects.child_of(show)
        .live()
        .public()
        .select_related("audio", "licence")
        .prefetch_related(cast())
        .order_by("-first_published_at", "-pk")
    )


def cast() -> Prefetch:
    """Fetch participants with their person, in order."""
    people = EpisodeParticipant.objects.select_related(
        "person__organisation", "person__portrait"
    ).order_by("sort_order")
    return Prefetch("participants", people)


def published_objects(label: str, pks: "list[int]") -> dict[int, dict[str, PublishedObject]]:
    """Return the live objects of publications by primary key and role: one query for all."""
    keys = {f"{label}:{pk}": pk for pk in pks}
    found: dict[int, dict[str, PublishedObject]] = {pk: {} for pk in pks}
    rows = PublishedObject.objects.live().filter(publication__key__startswith=f"{label}:")
    if len(pks) == 1:
        rows = rows.filter(publication__key=next(iter(keys)))
    for row in rows.select_related("publication"):
        pk = keys.get(row.publication.key)
        if pk is not None:
            found[pk][row.role] = row
    return found
