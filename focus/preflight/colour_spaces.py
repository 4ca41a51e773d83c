"""Which inks a colour space of a PDF asks for (ISO 32000-1, 8.6)."""

import io
from collections.abc import Iterator
from typing import Any

from pikepdf import Array, Dictionary, Object, Stream
from PIL import Image, UnidentifiedImageError

from focus.pdf.geometry import number

_PROCESS = {"/Cyan", "/Magenta", "/Yellow", "/Black", "/None", "/All"}
_SHORT = {"/RGB": "/DeviceRGB", "/I": "/Indexed"}  # in inline images
_DEEPEST = 8  # an indexed, patterned or alternate space within another
_JPX = {"RGB": "RVB", "RGBA": "RVB", "YCbCr": "RVB", "LAB": "Lab"}

RGB, LAB, CALIBRATED = "RVB", "Lab", "calibré"
_PROFILES = {3: RGB}  # by number of components


def offences(space: Any, resources: Object, depth: int = 0) -> Iterator[str]:
    """Yield what is not plain grey or CMYK: ``RGB``, ``LAB``, ``CALIBRATED`` or a spot’s name.

    A spot colour is a PDF name: it starts with a slash. A calibrated space is fit for print but
    not allowed in PDF/X-1a.
    """
    if depth > _DEEPEST or space is None:
        return
    if not isinstance(space, Array):
        name = _SHORT.get(str(space), str(space))
        if name == "/DeviceRGB":
            yield RGB
        elif isinstance(shelf := _shelf(resources), Dictionary) and name in shelf:
            yield from offences(shelf[name], Dictionary(), depth + 1)
        return
    if not len(space):
        return
    family, *rest = space
    match _SHORT.get(str(family), str(family)), rest:
        case "/DeviceRGB", _:
            yield RGB
        case "/CalRGB", _:
            yield RGB
        case "/Lab", _:
            yield LAB
        case "/CalGray", _:
            yield CALIBRATED
        case "/ICCBased", [Stream() as profile, *_]:
            yield _PROFILES.get(int(number(profile.get("/N"))), CALIBRATED)
        case (("/Indexed" | "/Pattern"), [base, *_]):
            yield from offences(base, resources, depth + 1)
        case "/Separation", [ink, *_] if str(ink) not in _PROCESS:
            yield str(ink)
        case "/DeviceN", [Array() as inks, *_]:
            yield from (str(ink) for ink in inks if str(ink) not in _PROCESS)


def of_image(image: Object, resources: Object) -> Iterator[str]:
    """Yield the same for an image; a stencil has no colour of its own."""
    if image.get("/ImageMask"):
        return
    if "/ColorSpace" in image:
        yield from offences(image.ColorSpace, resources)
    elif isinstance(image, Stream) and "/JPXDecode" in str(image.get("/Filter")):
        yield from _of_jpeg_2000(image)


def _of_jpeg_2000(image: Stream) -> Iterator[str]:
    """Ask the picture itself, which need not repeat its colours in the PDF."""
    try:
        with Image.open(io.BytesIO(image.read_raw_bytes()), formats=["JPEG2000"]) as picture:
            if mode := _JPX.get(picture.mode):
                yield mode
    except (UnidentifiedImageError, OSError, SyntaxError):
        return


def _shelf(resources: Object) -> Object | None:
    return resources.get("/ColorSpace") if isinstance(resources, Dictionary) else None
