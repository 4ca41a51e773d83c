"""Covers of shows and episodes: Apple’s limits, and the JPEG that is published.

Source of the limits: https://podcasters.apple.com/support/896.
"""

import io
from pathlib import PurePath
from typing import IO

from PIL import Image, ImageCms, ImageOps

SIDE_MIN = 1400
SIDE_MAX = 3000
"""Pixels."""

_PIXELS_MAX = 50_000_000  # decoded at once: 150 MB
_FORMATS = ("JPEG", "PNG")
_EXTENSIONS = {"PNG": (".png",)}
_JPEG_EXTENSIONS = (".jpg", ".jpeg")
_MODES = {"L": "niveaux de gris", "CMYK": "CMJN", "P": "couleurs indexées"}
_QUALITIES = (90, 85, 80, 75, 70, 60, 50)
_SHRINK = 0.8
_TOO_BIG = (Image.DecompressionBombError, Image.DecompressionBombWarning)


def check(file: IO[bytes]) -> list[str]:
    """Say in French what Apple would refuse in a cover; ``file.name`` is judged too if present.

    Only the header is read of a picture that is too large.
    """
    file.seek(0)
    try:
        picture = Image.open(file, formats=_FORMATS)
        found = _problems(picture, PurePath(str(getattr(file, "name", ""))).suffix.lower())
        if max(picture.size) <= SIDE_MAX:
            picture.load()
    except _TOO_BIG:
        return [f"L’image est démesurée ; {SIDE_MAX} pixels de côté suffisent."]
    except Image.UnidentifiedImageError:
        return ["Ce fichier n’est ni un JPEG ni un PNG. Enregistrez l’image dans l’un des deux."]
    except (OSError, SyntaxError, ValueError):
        return ["L’image est abîmée ou incomplète. Enregistrez-la et envoyez-la de nouveau."]
    return found


def _problems(picture: Image.Image, extension: str) -> list[str]:
    width, height = picture.size
    found = []
    if width != height:
        found.append(f"L’image mesure {width} × {height} pixels ; recadrez-la en carré.")
    if min(width, height) < SIDE_MIN or max(width, height) > SIDE_MAX:
        found.append(
            f"L’image mesure {width} × {height} pixels ; il en faut de {SIDE_MIN} à {SIDE_MAX} "
            f"de côté, {SIDE_MAX} de préférence."
        )
    if picture.has_transparency_data:
        found.append("L’image a une couche de transparence ; enregistrez-la sur un fond uni.")
    elif picture.mode != "RGB":
        colours = _MODES.get(picture.mode, picture.mode)
        found.append(f"L’image est en {colours} ; convertissez-la en couleurs RVB.")
    expected = _EXTENSIONS.get(picture.format or "", _JPEG_EXTENSIONS)
    if extension and extension not in expected:
        found.append(
            f"Le nom du fichier finit par « {extension} » ; renommez-le en « {expected[0]} »."
        )
    return found


def cover_jpeg(file: IO[bytes], max_pixels: int, max_bytes: int) -> bytes:
    """Return the picture as a baseline JPEG of at most ``max_bytes``, ``max_pixels`` on a side.

    sRGB, 72 dpi, no alpha (white shows through), nothing of what the camera or the author noted
    in the file. Quality goes down first, then the size. The same file always gives the same
    bytes. Raises ValueError when it is not a JPEG or PNG that can be decoded safely.
    """
    file.seek(0)
    try:
        picture = Image.open(file, formats=_FORMATS)
        picture.draft(None, (max_pixels, max_pixels))
        if picture.width * picture.height > _PIXELS_MAX:
            raise ValueError("the picture has too many pixels")
        picture = _srgb(ImageOps.exif_transpose(picture))
    except (OSError, SyntaxError, *_TOO_BIG) as error:
        raise ValueError("the picture cannot be decoded") from error
    picture.thumbnail((max_pixels, max_pixels), Image.Resampling.LANCZOS)
    while True:
        for quality in _QUALITIES:
            data = _jpeg(picture, quality)
            if len(data) <= max_bytes:
                return data
        smaller = int(picture.width * _SHRINK), int(picture.height * _SHRINK)
        if not all(smaller):
            raise ValueError(f"no picture fits in {max_bytes} bytes")
        picture = picture.resize(smaller, Image.Resampling.LANCZOS)


def _srgb(picture: Image.Image) -> Image.Image:
    """Flatten on white and convert to sRGB; a profile that makes no sense is not followed."""
    profile = picture.info.get("icc_profile")
    if picture.mode not in ("RGB", "CMYK", "L"):
        picture = picture.convert("RGBA")
        ground = Image.new("RGBA", picture.size, "white")
        ground.alpha_composite(picture)
        picture = ground.convert("RGB")
    if profile:
        try:
            return ImageCms.profileToProfile(
                picture,
                ImageCms.ImageCmsProfile(io.BytesIO(profile)),
                ImageCms.createProfile("sRGB"),
                outputMode="RGB",
            )
        except ImageCms.PyCMSError:
            pass
    return picture.convert("RGB")


def _jpeg(picture: Image.Image, quality: int) -> bytes:
    picture.info = {}
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=quality, optimize=True, dpi=(72, 72))
    return buffer.getvalue()
