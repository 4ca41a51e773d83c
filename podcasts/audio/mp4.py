"""The boxes of an MP4 file: where its sound lies (ISO/IEC 14496-12).

Only the table of contents (``moov``) is held in memory, within ``MOOV_MAX`` bytes.
"""

import struct
import sys
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import BinaryIO

from podcasts.refusals import AudioRefused

MOOV_MAX = 32 * 1024 * 1024
"""Bytes; an hour of AAC needs 0.7 MB, its cover included."""

_BOXES_MAX = 10_000
_CHUNKS_MAX = 1_000_000
_STILL_PICTURES = (b"jpeg", b"png ")  # chapter pictures of « enhanced » podcasts

Box = tuple[bytes, memoryview]


@dataclass(frozen=True, kw_only=True)
class SoundTrack:
    """The first sound track of a file."""

    header: bytes
    """A minimal ``moov`` that describes this track alone."""
    duration: float
    """Seconds heard, edit lists applied; 0 when the file does not say."""
    chunks: list[tuple[int, int]]
    """Offset and length in bytes of its samples, in playing order."""
    present: int
    """Bytes of the samples that the file really holds."""


def sound_track(stream: BinaryIO, size: int) -> SoundTrack:
    """Read the table of contents of a file of ``size`` bytes.

    Raises AudioRefused when there is none, when it is damaged, or when it tells of no sound or of
    a video.
    """
    try:
        return _sound_track(_moov(stream, size), size)
    except (struct.error, IndexError, ValueError) as error:
        raise AudioRefused(
            "La table des matières de ce fichier MP4 est abîmée. Exportez-le de nouveau."
        ) from error


def _moov(stream: BinaryIO, size: int) -> memoryview:
    position = 0
    for _ in range(_BOXES_MAX):
        if size - position < 8:
            break
        stream.seek(position)
        name, skipped, length = _head(stream.read(16), size - position)
        if length < skipped:
            break
        if name == b"moov" and position + length <= size:
            if length > MOOV_MAX:
                raise AudioRefused(
                    "La table des matières de ce fichier M4A est démesurée. "
                    "Exportez le son de nouveau, sans images."
                )
            stream.seek(position + skipped)
            return memoryview(stream.read(length - skipped))
        position += length
    raise AudioRefused(
        "Le fichier M4A est incomplet : il lui manque sa table des matières. "
        "L’envoi ou l’export s’est sans doute interrompu ; recommencez-le."
    )


def _head(data: bytes, room: int) -> tuple[bytes, int, int]:
    """Return the name of a box, the length of its header and its whole length."""
    length, name = struct.unpack_from(">I4s", data)
    if length == 1:
        return name, 16, struct.unpack_from(">Q", data, 8)[0]
    return name, 8, length or room


def _children(data: memoryview) -> list[Box]:
    boxes: list[Box] = []
    position = 0
    while len(data) - position >= 8:
        name, skipped, length = _head(bytes(data[position : position + 16]), len(data) - position)
        if length < skipped or position + length > len(data) or len(boxes) > _BOXES_MAX:
            raise ValueError(name)
        boxes.append((name, data[position + skipped : position + length]))
        position += length
    return boxes


def _find(data: memoryview, *path: bytes) -> memoryview:
    for wanted in path:
        contents = [content for name, content in _children(data) if name == wanted]
        if not contents:
            raise ValueError(wanted)
        data = contents[0]
    return data


def _sound_track(moov: memoryview, size: int) -> SoundTrack:
    tracks = [content for name, content in _children(moov) if name == b"trak"]
    by_handler: dict[bytes, memoryview] = {}
    for track in tracks:
        handler = bytes(_find(track, b"mdia", b"hdlr")[8:12])
        if handler == b"vide" and _sample_format(track) not in _STILL_PICTURES:
            raise AudioRefused(
                "Ce fichier contient une vidéo. Exportez le son seul, en MP3 ou en M4A."
            )
        by_handler.setdefault(handler, track)
    if b"soun" not in by_handler:
        raise AudioRefused("Ce fichier MP4 ne contient aucune piste de son.")
    track = by_handler[b"soun"]
    chunks = list(islice(_chunks(_find(track, b"mdia", b"minf", b"stbl")), _CHUNKS_MAX))
    if not chunks:
        raise AudioRefused(
            "Ce fichier M4A est découpé en fragments. "
            "Exportez-le de nouveau en M4A ordinaire ou en MP3."
        )
    present = sum(max(0, min(length, size - offset)) for offset, length in chunks)
    if present > size or len(chunks) == _CHUNKS_MAX:
        raise ValueError(chunks[-1])
    return SoundTrack(
        header=_header(track), duration=_duration(moov), chunks=chunks, present=present
    )


def _sample_format(track: memoryview) -> bytes:
    return bytes(_find(track, b"mdia", b"minf", b"stbl", b"stsd")[12:16])


def _duration(moov: memoryview) -> float:
    header = _find(moov, b"mvhd")
    layout, offset = (">IQ", 20) if header[0] else (">II", 12)
    scale, duration = struct.unpack_from(layout, header, offset)
    return duration / scale if scale else 0.0


def _header(track: memoryview) -> bytes:
    media = _find(track, b"mdia")
    samples = _box(b"stsd", _find(media, b"minf", b"stbl", b"stsd"))
    described = (
        _box(b"hdlr", _find(media, b"hdlr"))
        + _box(b"mdhd", _find(media, b"mdhd"))
        + _box(b"minf", _box(b"stbl", samples))
    )
    return _box(b"moov", _box(b"trak", _box(b"mdia", described)))


def _box(name: bytes, content: bytes | memoryview) -> bytes:
    return struct.pack(">I4s", len(content) + 8, name) + content


def _chunks(table: memoryview) -> Iterator[tuple[int, int]]:
    """Follow stsc, stsz and stco or co64 (§8.7); chunks that touch are joined."""
    sizes_box = _find(table, b"stsz")
    uniform, samples = struct.unpack_from(">II", sizes_box, 4)
    sizes = None if uniform else _numbers("I", sizes_box[12:], samples)
    runs = _numbers("I", _find(table, b"stsc")[8:])
    samples_from = dict(zip(runs[0::3], runs[1::3], strict=False))
    per_chunk = sample = start = end = 0
    for index, offset in enumerate(_offsets(table), 1):
        per_chunk = samples_from.get(index, per_chunk)
        here = min(per_chunk, samples - sample)
        length = uniform * here if sizes is None else sum(sizes[sample : sample + here])
        sample += here
        if offset != end:
            if end > start:
                yield start, end - start
            start = end = offset
        end += length
    if end > start:
        yield start, end - start


def _offsets(table: memoryview) -> array:
    names = {name for name, _ in _children(table)}
    name, kind = (b"co64", "Q") if b"co64" in names else (b"stco", "I")
    box = _find(table, name)
    return _numbers(kind, box[8:], *struct.unpack_from(">I", box, 4))


def _numbers(kind: str, data: memoryview, count: int | None = None) -> array:
    """Read ``count`` big-endian numbers, all of them without a count."""
    numbers: array = array(kind)
    if count is None:
        count = len(data) // numbers.itemsize
    numbers.frombytes(data[: count * numbers.itemsize])
    if len(numbers) != count:
        raise ValueError(count)
    if sys.byteorder == "little":
        numbers.byteswap()
    return numbers
