"""What shows and episodes put into the public bucket."""

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from cms import transcripts
from cms.models import Image, Organisation, Person
from cms.models import Licence as LicenceTerms
from cms.pictures import fingerprint, portraits, rights_end, usable
from cms.selectors import unrestricted
from podcasts import feeds, pictures
from podcasts.audio.tags import Tags, write_tags
from podcasts.chapters import description_lines, to_json
from podcasts.models import Audio, EpisodePage, ShowPage
from podcasts.querysets import EPISODE_LABEL, SHOW_LABEL, cast
from publishing import registry
from publishing.artifacts import SHORT_CACHE, Artifact, Bytes, Desired, Produced, sha256_hex
from publishing.rss import CONTENT_TYPE, render
from publishing.storage import get_store

_TAGGING = "1"
"""To be changed whenever the same tags should be written otherwise."""

_FORMATS = {"mp3": ("mp3", "audio/mpeg")}
_OTHER_FORMAT = ("m4a", "audio/x-m4a")


def register_publications() -> None:
    """Tell the pipeline of shows and episodes; feeds come after the media that they name."""
    registry.register(
        registry.PublicationType(
            label=EPISODE_LABEL, model=EpisodePage, build=build_episode, verbose_name="épisode"
        )
    )
    registry.register(
        registry.PublicationType(
            label=SHOW_LABEL,
            model=ShowPage,
            build=build_show,
            verbose_name="flux de podcast",
            priority=-10,
        )
    )
    registry.watch(Person, Organisation, LicenceTerms, Image, Audio)


def build_episode(pk: int) -> Desired:
    """Return the sound, pictures and texts of an episode; nothing unless anybody may hear it."""
    pages = EpisodePage.objects.filter(pk=pk, alias_of=None).select_related(
        "audio", "artwork", "licence"
    )
    episode = unrestricted(pages.live()).prefetch_related(cast()).first()
    if episode is None or episode.audio is None or not episode.audio.is_ready:
        hidden = pages.first()
        return Desired(title=hidden.title if hidden else "")
    show = episode.show
    folder = f"episodes/{episode.uuid}"
    people = [participant.person for participant in episode.participants.all()]
    artwork = usable(episode.artwork)
    artifacts = [
        _sound(episode, show, artwork or usable(show.artwork), folder),
        *(pictures.cover(artwork, folder) if artwork else ()),
        *_texts(episode, folder),
        *portraits(people),
    ]
    return Desired(
        title=episode.title,
        artifacts=tuple(artifacts),
        dependents=frozenset({f"{SHOW_LABEL}:{show.pk}"}),
        valid_until=rights_end([artwork, show.artwork, *(person.portrait for person in people)]),
    )


def _sound(episode: EpisodePage, show: ShowPage, cover: Image | None, folder: str) -> Artifact:
    audio = episode.audio
    tags = _tags(episode, show)
    identity = sha256_hex(
        audio.frames_digest, repr(tags), fingerprint(cover) if cover else "", _TAGGING
    )

    def write(path: Path) -> None:
        with tempfile.TemporaryDirectory(prefix="episode-") as scratch:
            original = Path(scratch) / "original"
            get_store().download_private(audio.file.name, original)
            image = pictures.embedded(cover) if cover else b""
            write_tags(original, path, replace(tags, cover=image))

    extension, content_type = _FORMATS.get(audio.container, _OTHER_FORMAT)
    name = episode.number or str(episode.uuid)[:8]
    return Artifact(
        role="audio",
        key=f"{folder}/audio-{audio.frames_digest[:16]}.{extension}",
        content_type=content_type,
        filename=f"{show.feed_slug}-{name}.{extension}",
        body=Produced(fingerprint=identity, write=write),
        facts={"duration": audio.duration},
    )


def _tags(episode: EpisodePage, show: ShowPage) -> Tags:
    licence = episode.licence or show.licence
    return Tags(
        title=episode.title,
        show=show.title,
        authors=(show.author,),
        number=episode.number,
        season=episode.season,
        published=episode.published_on.date(),
        copyright=" · ".join(filter(None, (show.copyright, licence.name if licence else ""))),
        licence_url=licence.url if licence else "",
        page_url=episode.full_url,
        chapters=tuple(episode.chapter_marks),
        duration=episode.audio.duration,
    )


def _texts(episode: EpisodePage, folder: str) -> list[Artifact]:
    """Return chapters and transcripts, each under a key made from its content."""
    texts: dict[str, tuple[str, str, str, bytes]] = {}
    facts: dict[str, dict[str, Any]] = {}
    if chapters := episode.chapter_marks:
        texts["chapters"] = ("chapters", "json", "application/json+chapters", to_json(chapters))
        facts["chapters"] = {"lines": description_lines(chapters)}
    if episode.transcript:
        cues = transcripts.parse(episode.transcript.encode())
        vtt, srt = transcripts.to_vtt(cues).encode(), transcripts.to_srt(cues).encode()
        texts["transcript-vtt"] = ("transcript", "vtt", "text/vtt; charset=utf-8", vtt)
        texts["transcript-srt"] = ("transcript", "srt", "application/x-subrip", srt)
    return [
        Artifact(
            role=role,
            key=f"{folder}/{stem}-{sha256_hex(data)[:16]}.{extension}",
            content_type=content_type,
            body=Bytes(data=data),
            facts=facts.get(role, {}),
        )
        for role, (stem, extension, content_type, data) in texts.items()
    ]


def build_show(pk: int) -> Desired:
    """Return the feed of a show and its pictures; nothing unless anybody may see the show."""
    pages = ShowPage.objects.filter(pk=pk, alias_of=None).select_related("artwork", "licence")
    show = unrestricted(pages.live()).first()
    if show is None:
        hidden = pages.first()
        return Desired(title=hidden.title if hidden else "")
    people = [host.person for host in show.hosts.select_related("person__portrait")]
    # A cover whose rights ended leaves, the feed stays: subscribers must not lose the show.
    artwork = usable(show.artwork)
    covers = pictures.cover(artwork, f"podcasts/{show.feed_slug}") if artwork else []
    faces = portraits(people)
    return Desired(
        title=show.title,
        # The feed is last: it names the others.
        artifacts=(*covers, *faces, _feed(show, covers, people, faces)),
        valid_until=rights_end([artwork, *(person.portrait for person in people)]),
    )


def _feed(
    show: ShowPage, covers: list[Artifact], hosts: list[Person], faces: list[Artifact]
) -> Artifact:
    artwork_key = covers[0].key if covers else ""
    keys = {artifact.role: artifact.key for artifact in faces}
    return Artifact(
        role="feed",
        key=show.feed_key,
        content_type=CONTENT_TYPE,
        cache_control=SHORT_CACHE,
        body=Bytes(data=render(*feeds.describe(show, artwork_key, hosts, keys))),
        announce=True,
    )
