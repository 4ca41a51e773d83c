"""Episodes as items of a feed.

What an item names is taken from the rows of published objects: a feed cannot name what is not in
the bucket.
"""

from collections.abc import Iterable, Mapping, Sequence

from podcasts import feed_notes, feed_rows, roles
from podcasts.feed_rows import EpisodeRow, ObjectRow, VoiceRow
from podcasts.models import ShowPage
from publishing.conf import public_url
from publishing.podcast import Enclosure, Item, Licence, Person, Soundbite, Transcript

_TRANSCRIPTS = {"transcript-vtt": "text/vtt", "transcript-srt": "application/x-subrip"}

Objects = Mapping[str, ObjectRow]


def items_of(
    show: ShowPage, episodes: Sequence[EpisodeRow], objects: Mapping[int, Objects]
) -> list[Item]:
    """Describe episodes in their order; a sound is among the ``objects`` of each of them."""
    pks = [episode.pk for episode in episodes]
    voices, links = feed_rows.voices_of(pks), feed_rows.links_of(pks)
    texts = [feed_notes.source(episode.notes) for episode in episodes]
    pages = feed_notes.page_links(texts)
    seasons = dict(show.seasons.values_list("number", "name"))
    base = show.full_url
    show_licence = show.licence and Licence(code=show.licence.code, url=show.licence.url)
    described = []
    for episode, text in zip(episodes, texts, strict=True):
        named = objects[episode.pk]
        audio = named["audio"]
        lines = named["chapters"].facts["lines"] if "chapters" in named else ()
        described.append(
            Item(
                guid=episode.guid,
                title=episode.title,
                link=f"{base}{episode.slug}/",
                published=episode.published_on,
                enclosure=Enclosure(
                    url=public_url(audio.key), length=audio.size, type=audio.content_type
                ),
                duration=round(audio.facts["duration"]),
                description=episode.summary,
                notes=feed_notes.compose(text, pages, links[episode.pk], lines),
                image=_address(named, "artwork"),
                number=episode.number,
                season=episode.season,
                season_name=seasons.get(episode.season, ""),
                type=episode.episode_type,
                explicit=episode.explicit == "true" if episode.explicit else show.explicit,
                persons=tuple(_persons(voices[episode.pk], named)),
                transcripts=tuple(_transcripts(named)),
                chapters=_address(named, "chapters"),
                licence=_licence(episode) or show_licence,
                soundbite=_soundbite(episode),
            )
        )
    return described


def _persons(voices: Iterable[VoiceRow], objects: Objects) -> Iterable[Person]:
    for voice in voices:
        taxon = roles.TAXONOMY[voice.role]
        yield Person(
            name=voice.full_name,
            role=taxon.role,
            group=taxon.group,
            image=_address(objects, f"portrait-{voice.uuid}"),
            link=voice.website,
        )


def _transcripts(objects: Objects) -> Iterable[Transcript]:
    for role, content_type in _TRANSCRIPTS.items():
        if role in objects:
            yield Transcript(url=public_url(objects[role].key), type=content_type)


def _licence(episode: EpisodeRow) -> Licence | None:
    if not episode.licence__code:
        return None
    return Licence(code=episode.licence__code, url=episode.licence__url)


def _soundbite(episode: EpisodeRow) -> Soundbite | None:
    if episode.soundbite_start is None or episode.soundbite_duration is None:
        return None
    return Soundbite(
        start=episode.soundbite_start,
        duration=episode.soundbite_duration,
        title=episode.soundbite_title,
    )


def _address(objects: Objects, role: str) -> str:
    return public_url(objects[role].key) if role in objects else ""
