"""What the page of a forum says before, during and after, in a number of queries that never grows.

The server decides by its clock, so that the page is right without a script.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import prefetch_related_objects
from django.http import HttpRequest
from django.utils import timezone

from cms import transcripts
from cms.media import PageMedia
from cms.models import Person
from cms.published import Objects, objects_of
from cms.timecodes import parse_timecode
from focus import forum_structured_data as structured
from focus.embeds import Video, video
from focus.forum_artifacts import INVITATION_ROLE, captions_role
from focus.forum_phases import Phase, doors_are_open, phase
from focus.forum_structured_data import Speaker
from focus.models import ForumPage, ForumPart
from focus.moments import hour, occasion
from publishing.conf import public_url


@dataclass(frozen=True, kw_only=True)
class PartView:
    """A part as the page shows it; ``start`` is where it begins in the replay (seconds)."""

    number: int
    part: ForumPart
    speakers: tuple[Speaker, ...]
    start: float
    video: Video | None
    captions_url: str
    turns: Sequence[transcripts.Turn]


def forum_context(forum: ForumPage, request: HttpRequest) -> dict[str, Any]:
    """Return what ``focus/forum_page.html`` needs besides the page."""
    now = timezone.now()
    replay = video(forum.replay_url)
    moment = phase(forum.starts_at, forum.ends_at, now, has_replay=replay is not None)
    objects = objects_of([forum])[forum.pk]
    media = PageMedia(objects, request)
    poster = media.image(forum.poster)
    parts = _parts(forum, objects, with_replay=moment is Phase.AFTER)
    host = _host(forum.host)
    stream = video(forum.stream_url)
    invitation = objects.get(INVITATION_ROLE)
    return {
        "focus": forum.focus if forum.focus.live or media.preview else None,
        "phase": moment.value,
        "occasion": occasion(forum.starts_at, forum.ends_at) if forum.starts_at else "",
        "starts_at_hour": hour(forum.starts_at) if forum.starts_at else "",
        "host": host,
        "poster": poster,
        "video": _shown(moment, stream, replay, doors=doors_are_open(forum.starts_at, now)),
        "has_replay": replay is not None or any(view.video for view in parts),
        "parts": parts,
        "invitation_url": public_url(invitation.key) if invitation else "",
        "structured_data": structured.event(
            name=forum.title,
            url=forum.get_full_url(request) or "",
            starts_at=forum.starts_at and timezone.localtime(forum.starts_at),
            ends_at=forum.ends_at and timezone.localtime(forum.ends_at),
            phase=moment,
            description=forum.get_listing_summary(),
            place=forum.place,
            image=poster.src if poster else "",
            host=host,
            stream=stream.watch if stream else "",
            replay=replay.watch if replay else "",
            parts=[
                structured.Part(
                    title=view.part.title,
                    question=view.part.question,
                    speakers=view.speakers,
                    replay=view.video.watch if view.video else "",
                )
                for view in parts
            ],
        ),
    }


def _shown(
    moment: Phase, stream: Video | None, replay: Video | None, *, doors: bool
) -> Video | None:
    """Return the video of the hour: nothing before the doors open."""
    if moment is Phase.AFTER:
        return replay
    return stream if moment is Phase.DURING or doors else None


def _parts(forum: ForumPage, objects: Objects, *, with_replay: bool) -> list[PartView]:
    parts = list(forum.parts.all())
    prefetch_related_objects(parts, "speakers__person")
    return [
        _part(forum, number, part, objects, with_replay=with_replay)
        for number, part in enumerate(parts, 1)
    ]


def _part(
    forum: ForumPage, number: int, part: ForumPart, objects: Objects, *, with_replay: bool
) -> PartView:
    """Show a part; what comes of the replay only once there is one."""
    start = parse_timecode(part.starts_in_replay) if part.starts_in_replay else 0
    captions = objects.get(captions_role(number)) if with_replay else None
    spoken = transcripts.parse(part.captions.encode()) if with_replay and part.captions else []
    return PartView(
        number=number,
        part=part,
        speakers=tuple(
            Speaker(row.person.full_name, row.role, row.organisation) for row in part.speakers.all()
        ),
        start=start,
        video=_part_video(forum, part, start) if with_replay else None,
        captions_url=public_url(captions.key) if captions else "",
        turns=transcripts.turns(spoken),
    )


def _part_video(forum: ForumPage, part: ForumPart, start: float) -> Video | None:
    """Return the part’s own replay, or its place in that of the forum."""
    if part.replay_url:
        return video(part.replay_url)
    return video(forum.replay_url, start) if part.starts_in_replay else None


def _host(person: Person | None) -> Speaker | None:
    if person is None:
        return None
    organisation = person.organisation
    return Speaker(person.full_name, person.role, organisation.name if organisation else "")
