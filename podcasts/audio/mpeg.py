"""Where the sound of an MP3 or AAC stream lies between the tags that programs put around it.

Sources: ID3v2.4 structure §3 (https://id3.org/id3v2.4.0-structure), ID3v1, APEv2, Lyrics3 v2.
"""

import struct
from typing import BinaryIO

_TAGS_MAX = 16


def sound_span(stream: BinaryIO, size: int) -> tuple[int, int]:
    """Return the offsets in bytes where the leading tags end and the trailing tags begin."""
    start = 0
    for _ in range(_TAGS_MAX):
        length = _leading_tag(_read(stream, start, 10))
        if not length:
            break
        start = min(start + length, size)
    end = size
    for _ in range(_TAGS_MAX):
        length = _trailing_tag(stream, end)
        if not length or end - length < start:
            break
        end -= length
    return start, end


def is_adts(head: bytes) -> bool:
    """Tell an AAC stream by its first frame (ISO/IEC 13818-7: sync word, layer 0)."""
    return len(head) > 1 and head[0] == 0xFF and head[1] & 0xF6 == 0xF0


def announced(frame: bytes) -> tuple[int, int]:
    """Return how many frames and bytes the first frame says will follow; 0 for what it omits.

    That frame holds no sound but a Xing, Info or VBRI header, when the encoder wrote one.
    """
    at = max(frame.find(b"Xing"), frame.find(b"Info"))
    if 0 <= at <= len(frame) - 16:
        flags, first, second = struct.unpack_from(">3I", frame, at + 4)
        return (first, second if flags & 2 else 0) if flags & 1 else (0, first if flags & 2 else 0)
    at = frame.find(b"VBRI")
    if 0 <= at <= len(frame) - 18:
        length, frames = struct.unpack_from(">2I", frame, at + 10)
        return frames, length
    return 0, 0


def _read(stream: BinaryIO, offset: int, length: int) -> bytes:
    stream.seek(offset)
    return stream.read(length)


def _leading_tag(head: bytes) -> int:
    if len(head) < 10 or not head.startswith(b"ID3"):
        return 0
    footer = 10 if head[5] & 0x10 else 0
    return 10 + _syncsafe(head[6:10]) + footer


def _trailing_tag(stream: BinaryIO, end: int) -> int:
    tail = _read(stream, max(end - 355, 0), min(end, 355)).rjust(355, b"\0")
    if tail[-128:-125] == b"TAG":
        return 355 if tail.startswith(b"TAG+") else 128
    if tail[-32:-24] == b"APETAGEX":
        length, flags = struct.unpack_from("<I4xI", tail, 355 - 20)
        return length + (32 if flags & 0x80000000 else 0)
    if tail.endswith(b"LYRICS200") and tail[-15:-9].isdigit():
        return int(tail[-15:-9]) + 15
    if tail[-10:-7] == b"3DI":
        return 20 + _syncsafe(tail[-4:])
    return 0


def _syncsafe(data: bytes) -> int:
    """Read a number of 28 bits, 7 in each byte (ID3v2.4 §6.2)."""
    return sum((byte & 0x7F) << shift for byte, shift in zip(data, (21, 14, 7, 0), strict=True))
