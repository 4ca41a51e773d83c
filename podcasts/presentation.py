"""What the pages of shows and episodes say, gathered in a number of queries that never grows."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import F, Q, prefetch_related_objects
from django.db.models.functions import Coalesce
from django.http import HttpRequest

from cms.models import Person
from cms.published import Objects, objects_of
from cms.structured_data import CONTEXT
from podcasts import roles, voices
from podcasts.media import Media, Voice
from podcasts.models import EpisodePage, ShowPage
from podcasts.querysets import open_episodes, public_episodes
from podcasts.structured_data import podcast_episode, podcast_series


@dataclass(frozen=True, kw_only=True)
class Row:
    """An episode in the list of its show; ``seconds`` is None until it can be heard."""

    page: EpisodePage
    url: str
    seconds: float | None
    guests: tuple[Person, ...]


def show_context(show: ShowPage, request: HttpRequest) -> dict[str, Any]:
    """Return what ``podcasts/show_page.html`` needs besides the page."""
    episodes = sorted(public_episodes(show), key=lambda e: (e.published_on, e.pk), reverse=True)
    sounds = objects_of(episodes, roles=["audio"])
    media = Media(objects_of([show])[show.pk], request)
    rows = [_row(episode, sounds[episode.pk], request) for episode in episodes]
    hosts = _cast(show.hosts.all(), media, lambda host: roles.HOST)
    artwork = media.artwork(show.artwork)
    subscription = _subscription(show, media)
    return {
        "artwork": artwork,
        "hosts": hosts,
        "seasons": _seasons(rows, _season_names(show)),
        "latest": next((row for row in rows if row.seconds), None),
        **subscription,
        "structured_data": CONTEXT
        | podcast_series(
            **_series(show, request),
            description=show.description,
            image=artwork.src if artwork else "",
            feed=subscription["feed_url"],
            author=show.author,
            publisher=show.partner.name if show.partner else "",
            licence=show.licence.url if show.licence else "",
            hosts=[host.contributor for host in hosts],
        ),
    }


def episode_context(episode: EpisodePage, request: HttpRequest) -> dict[str, Any]:
    """Return what ``podcasts/episode_page.html`` needs besides the page."""
    show = episode.show
    objects = objects_of([episode, show])
    media, show_media = Media(objects[episode.pk], request), Media(objects[show.pk], request)
    cast = _cast(episode.participants.all(), media, lambda participant: participant.role)
    sound = media.sound(episode)
    turns = voices.turns(episode.transcript, {v.person.full_name: v.role for v in cast})
    artwork = media.artwork(episode.artwork) or show_media.artwork(show.artwork)
    chapters = episode.chapter_marks
    territories, themes = list(episode.territories.all()), list(episode.themes.all())
    licence = episode.licence or show.licence
    previous, following = _neighbours(episode)
    return {
        "show": show,
        "show_url": show.get_url(request),
        "season_name": _season_names(show).get(episode.season, ""),
        "licence": licence,
        "artwork": artwork,
        "sound": sound,
        "voices": cast,
        "chapters": chapters,
        "turns": turns,
        "score": voices.score(turns, sound.seconds) if sound else None,
        "territories": territories,
        "themes": themes,
        "previous": previous,
        "following": following,
        **_subscription(show, show_media),
        "structured_data": CONTEXT
        | podcast_episode(
            name=episode.title,
            url=episode.get_full_url(request) or "",
            series=podcast_series(**_series(show, request)),
            published=episode.published_on,
            description=episode.summary,
            image=artwork.src if artwork else "",
            number=episode.number,
            season=episode.season,
            sound=sound,
            chapters=chapters,
            contributors=[voice.contributor for voice in cast],
            territories=[territory.name for territory in territories],
            themes=[theme.name for theme in themes],
            licence=licence.url if licence else "",
        ),
    }


def _cast(parts: Iterable[Any], media: Media, role_of: Callable[[Any], str]) -> list[Voice]:
    """Return the voices of hosts or participants, in their order."""
    parts = list(parts)
    prefetch_related_objects(parts, "person__portrait", "person__organisation")
    return [media.voice(part.person, role_of(part)) for part in parts]


def _series(show: ShowPage, request: HttpRequest) -> dict[str, str]:
    return {
        "name": show.title,
        "url": show.get_full_url(request) or "",
        "language": show.language,
    }


def _season_names(show: ShowPage) -> dict[int, str]:
    return {season.number: season.name for season in show.seasons.all()}


def _row(episode: EpisodePage, objects: Objects, request: HttpRequest) -> Row:
    return Row(
        page=episode,
        url=episode.get_url(request),
        seconds=objects["audio"].facts["duration"] if "audio" in objects else None,
        guests=tuple(p.person for p in episode.participants.all() if p.role != roles.HOST),
    )


def _seasons(rows: list[Row], names: dict[int, str]) -> list[dict[str, Any]]:
    """Group rows that come newest first; the season of the newest comes first."""
    order = {number: rank for rank, number in enumerate(dict.fromkeys(r.page.season for r in rows))}
    grouped = groupby(
        sorted(rows, key=lambda row: order[row.page.season]), key=lambda row: row.page.season
    )
    return [
        {"number": number, "name": names.get(number, ""), "rows": list(group)}
        for number, group in grouped
    ]


def _subscription(show: ShowPage, media: Media) -> dict[str, Any]:
    """Return how to subscribe: nothing before the feed can be read."""
    if not media.preview and "feed" not in media.objects:
        return {"feed_url": ""}
    return {
        "feed_url": show.feed_url,
        # « podcast: » in the place of « https: » opens the podcast app of the device, if any.
        "app_url": f"podcast:{show.feed_url.partition(':')[2]}",
        "directories": show.directories.all(),
    }


def _neighbours(episode: EpisodePage) -> tuple[EpisodePage | None, EpisodePage | None]:
    """Return the episodes that came out just before and just after."""
    moment, pk = episode.published_on, episode.pk or 0
    others = (
        open_episodes(episode.show)
        .exclude(pk=episode.pk)
        .defer("notes", "transcript")
        .annotate(moment=Coalesce(F("publication_date"), F("first_published_at")))
    )
    before = others.filter(Q(moment__lt=moment) | Q(moment=moment, pk__lt=pk))
    after = others.filter(Q(moment__gt=moment) | Q(moment=moment, pk__gt=pk))
    return before.order_by("moment", "pk").last(), after.order_by("moment", "pk").first()
