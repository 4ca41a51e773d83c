"""What an audio file is, read from its headers alone: nothing is decoded."""

import codecs
import hashlib
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from mutagen import MutagenError
from mutagen.aac import AACInfo
from mutagen.mp3 import BitrateMode, MPEGInfo
from mutagen.mp4 import MP4

from podcasts.audio import mp4, mpeg
from podcasts.audio_facts import AudioFacts, Sound
from podcasts.refusals import AudioRefused, incomplete

_ADVICE = "Exportez le son en MP3 ou en AAC (M4A), puis envoyez-le de nouveau."
_FOREIGN = {
    b"RIFF": "un fichier WAV",
    b"RF64": "un fichier WAV",
    b"FORM": "un fichier AIFF",
    b"OggS": "un fichier Ogg (Vorbis ou Opus)",
    b"fLaC": "un fichier FLAC",
    b"\x1aE\xdf\xa3": "un fichier WebM ou Matroska",
    b"\x30\x26\xb2\x75": "un fichier Windows Media (WMA ou WMV)",
    b"%PDF": "un PDF",
    b"PK\x03\x04": "une archive ZIP ou un document bureautique",
    b"\xff\xd8\xff": "une image JPEG",
    b"\x89PNG": "une image PNG",
}
_MP4_STARTS = {b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip"}
_AAC = {"mp4a.40.2", "mp4a.40.5", "mp4a.40.29", "mp4a.67"}
_M4A_CONTENTS = {
    "alac": "du son ALAC (sans perte)",
    "enca": "du son protégé par un verrou (DRM)",
    "drms": "du son protégé par un verrou (DRM)",
}
_BITRATE_MODES = {BitrateMode.CBR: "cbr", BitrateMode.VBR: "vbr", BitrateMode.ABR: "abr"}
_MISSING_TOLERATED = 0.01  # of the sound that the headers announce


def probe(path: Path) -> AudioFacts:
    """Read the headers of an MP3, M4A or AAC file, whatever its name.

    Raises AudioRefused for anything else, and for damage that the headers show.
    """
    return examine(path).facts


def frames_digest(path: Path) -> str:
    """Return the hexadecimal SHA-256 of the sound alone: tags, covers and chapters do not count.

    MP3 and AAC streams: the bytes from the first frame to the trailing tags. M4A: the samples of
    the sound track in playing order, wherever the file keeps them. Raises AudioRefused as
    :func:`probe` does.
    """
    digest = hashlib.sha256()
    for block in examine(path).blocks(path):
        digest.update(block)
    return digest.hexdigest()


def examine(path: Path) -> Sound:
    """Do what :func:`probe` does, and tell where the sound lies."""
    size = path.stat().st_size
    if not size:
        raise AudioRefused("Le fichier est vide (0 octet). Envoyez-le de nouveau.")
    with path.open("rb") as stream:
        if stream.read(12)[4:8] in _MP4_STARTS:
            return _m4a(stream, size)
        start, end = mpeg.sound_span(stream, size)
        stream.seek(start)
        head = stream.read(4096)
        for magic, name in _FOREIGN.items():
            if head.startswith(magic):
                raise AudioRefused(f"C’est {name}, pas un MP3 ni un M4A. {_ADVICE}")
        if mpeg.is_adts(head):
            return _adts(stream, start, end, size)
        return _mp3(stream, start, end, size, head)


def _m4a(stream: BinaryIO, size: int) -> Sound:
    track = mp4.sound_track(stream, size)
    try:
        info = MP4(BytesIO(track.header)).info
    except MutagenError as error:
        raise AudioRefused(f"La piste de son de ce fichier M4A est illisible. {_ADVICE}") from error
    if info.codec not in _AAC:
        content = _M4A_CONTENTS.get(info.codec, f"du son « {info.codec or 'inconnu'} »")
        raise AudioRefused(
            f"Ce fichier M4A contient {content}, que toutes les applications de podcast ne lisent "
            "pas. Exportez le son en AAC ou en MP3, puis envoyez-le de nouveau."
        )
    duration = track.duration or info.length
    announced = sum(length for _, length in track.chunks)
    if track.present < announced:
        raise incomplete(duration * track.present / announced, duration)
    facts = AudioFacts(
        container="m4a",
        codec="aac",
        duration=duration,
        duration_is_exact=duration > 0,
        bitrate=round(announced * 8 / duration) if duration else 0,
        bitrate_mode="unknown",
        channels=info.channels,
        sample_rate=info.sample_rate,
        size=size,
    )
    return Sound(facts=facts, spans=track.chunks)


def _adts(stream: BinaryIO, start: int, end: int, size: int) -> Sound:
    stream.seek(0)
    try:
        info = AACInfo(stream)
    except MutagenError as error:
        raise AudioRefused(f"Ce fichier AAC est illisible. {_ADVICE}") from error
    facts = AudioFacts(
        container="adts",
        codec="aac",
        duration=info.length,
        duration_is_exact=False,
        bitrate=round(info.bitrate),
        bitrate_mode="unknown",
        channels=info.channels,
        sample_rate=info.sample_rate,
        size=size,
    )
    return Sound(facts=facts, spans=[(start, end - start)])


def _mp3(stream: BinaryIO, start: int, end: int, size: int, head: bytes) -> Sound:
    try:
        info = MPEGInfo(stream, offset=start)
    except MutagenError as error:
        raise _not_sound(head) from error
    if info.sketchy:
        raise _not_sound(head)
    if info.layer != 3:
        raise AudioRefused(f"C’est un fichier MP{info.layer}, pas un MP3. {_ADVICE}")
    start = info.frame_offset
    stream.seek(start)
    frames, announced = mpeg.announced(stream.read(128))
    present = end - start
    exact = frames > 0
    duration = info.length if exact else present * 8 / info.bitrate
    if present < announced * (1 - _MISSING_TOLERATED):
        raise incomplete(duration * present / announced, duration)
    facts = AudioFacts(
        container="mp3",
        codec="mp3",
        duration=duration,
        duration_is_exact=exact,
        bitrate=info.bitrate,
        bitrate_mode=_BITRATE_MODES.get(info.bitrate_mode, "unknown"),
        channels=info.channels,
        sample_rate=info.sample_rate,
        size=size,
    )
    return Sound(facts=facts, spans=[(start, present)])


def _not_sound(head: bytes) -> AudioRefused:
    if _is_text(head):
        return AudioRefused(f"Ce fichier contient du texte, pas du son. {_ADVICE}")
    return AudioRefused(f"Aucun son MP3 ni AAC n’a été trouvé dans ce fichier. {_ADVICE}")


def _is_text(head: bytes) -> bool:
    try:
        text = codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return bool(text) and not any(character < " " and not character.isspace() for character in text)
