"""Makers of real media files, by ffmpeg and Pillow: nothing binary lies in the repository."""

import io
import re
import subprocess
from pathlib import Path

from imageio_ffmpeg import get_ffmpeg_exe
from PIL import Image

MP3 = ("-c:a", "libmp3lame", "-b:a", "64k")
VBR_MP3 = ("-c:a", "libmp3lame", "-q:a", "5")
M4A = ("-c:a", "aac", "-b:a", "64k")
NO_XING = ("-write_xing", "0")


def ffmpeg(*arguments: str | Path, stdin: bytes = b"") -> bytes:
    """Run ffmpeg, which must succeed; return its standard output."""
    command = [get_ffmpeg_exe(), "-nostdin", "-hide_banner", "-v", "error", "-y", *arguments]
    return subprocess.run(command, input=stdin, stdout=subprocess.PIPE, check=True).stdout


def sound(
    path: Path,
    *options: str,
    seconds: float = 4,
    source: str = "sine=frequency=300:sample_rate=44100,tremolo=f=3",
) -> Path:
    """Make a sound file; the options choose the codec, the name chooses the container."""
    ffmpeg("-f", "lavfi", "-i", source, "-t", str(seconds), *options, path)
    return path


def metadata(path: Path) -> str:
    """Return the tags as ffmpeg reads them."""
    return ffmpeg("-i", path, "-f", "ffmetadata", "-").decode()


def chapters(path: Path) -> list[tuple[float, float, str]]:
    """Return start and end in seconds and title of each chapter, in the order players see."""
    shown = subprocess.run(
        [get_ffmpeg_exe(), "-nostdin", "-hide_banner", "-i", path], stderr=subprocess.PIPE
    )
    found = re.findall(
        r"Chapter #0:\d+: start ([\d.]+), end ([\d.]+)\n *Metadata:\n *title +: (.*)",
        shown.stderr.decode(),
    )
    return [(float(start), float(end), title) for start, end, title in found]


def heard(path: Path) -> str:
    """Return a fingerprint of what a listener hears: the decoded samples."""
    return ffmpeg("-i", path, "-map", "0:a:0", "-f", "md5", "-").decode()


def picture(
    size: tuple[int, int] = (1400, 1400),
    *,
    kind: str = "JPEG",
    mode: str = "RGB",
    noisy: bool = False,
    **options: object,
) -> bytes:
    """Return a picture file: a plain surface, or noise that compresses badly."""
    image = Image.effect_noise(size, 90) if noisy else Image.linear_gradient("L").resize(size)
    buffer = io.BytesIO()
    image.convert(mode).save(buffer, kind, **options)
    return buffer.getvalue()
