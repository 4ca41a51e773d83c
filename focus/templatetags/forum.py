"""What templates ask of forums."""

from collections.abc import Mapping
from typing import Any

from django import template

from cms.timecodes import parse_timecode
from focus.embeds import video
from focus.models import ForumPage

register = template.Library()


@register.simple_tag
def replay_address(forum: ForumPage, extract: Mapping[str, Any]) -> str:
    """Return where a passage is seen: the replay at its time, "" as long as there is none.

    A part that has a replay of its own is counted from there. ``forum.parts`` are fetched.
    """
    parts = list(forum.parts.all())
    number = extract["part"]
    part = parts[number - 1] if number <= len(parts) else None
    replay = (part and part.replay_url) or forum.replay_url
    seen = video(replay, parse_timecode(extract["start"]))
    return seen.watch if seen else ""
