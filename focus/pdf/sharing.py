"""Fonts and profiles that came several times, kept once."""

import hashlib
from typing import Any

from pikepdf import Array, Dictionary, Object, Pdf, Stream


def share(pdf: Pdf) -> None:
    """Let equal streams that point to nothing else, such as fonts, be one."""
    first: dict[bytes, Stream] = {}
    twins: dict[tuple[int, int], Stream] = {}
    for stream in pdf.objects:
        if isinstance(stream, Stream):
            about = stream.stream_dict.unparse()
            digest = hashlib.sha256(about + b"\0" + stream.read_raw_bytes()).digest()
            known = first.setdefault(digest, stream)
            if known.objgen != stream.objgen:
                twins[stream.objgen] = known
    for holder in pdf.objects:
        _point(holder, twins)


def _point(holder: Object, twins: dict[tuple[int, int], Stream]) -> None:
    """Make what a dictionary or an array names be the first of its twins."""
    items: list[tuple[Any, Any]]
    if isinstance(holder, Array):
        items = list(enumerate(holder))
    elif isinstance(holder, Dictionary | Stream):
        items = list(holder.items())
    else:
        return
    for key, value in items:
        if not isinstance(value, Object):
            continue
        if value.is_indirect:
            if value.objgen in twins:
                holder[key] = twins[value.objgen]
        else:
            _point(value, twins)
