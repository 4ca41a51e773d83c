"""Pictures of a PDF made no finer than a screen shows them."""

import io
from collections.abc import Iterator

from pikepdf import Array, Name, Pdf, Stream, StreamDecodeLevel
from PIL import Image, ImageChops

from focus.pdf.content import marks
from focus.pdf.geometry import number

_QUALITY = 75
_WORTH = 0.8  # of the pixels: a picture that loses fewer stays as it is
_MODES = {1: "L", 3: "RGB", 4: "CMYK"}  # by number of components

Size = tuple[float, float]


def lighten(pdf: Pdf, ppi: int) -> None:
    """Bring the pictures of all pages down to so many pixels per inch, where they stand.

    JPEG pictures are always written anew, without what a camera noted in them. Pictures of other
    kinds than plain grey, RGB or CMYK, and those inside soft masks, stay as they are.
    """
    for image, size in _pictures(pdf, ppi):
        _rewrite(image, size)
        mask = image.get("/SMask")
        if isinstance(mask, Stream) and "/Matte" not in mask:
            _rewrite(mask, size)


def _pictures(pdf: Pdf, ppi: int) -> Iterator[tuple[Stream, Size]]:
    """Yield each picture once, with the most pixels that it needs."""
    needed: dict[tuple[int, int], tuple[Stream, Size]] = {}
    for page in pdf.pages:
        for mark in marks(page):
            if mark.kind == "image" and isinstance(mark.what, Stream) and all(mark.size):
                _, known = needed.get(mark.what.objgen, (None, (0, 0)))
                width, height = (side * ppi / 72 for side in mark.size)
                size = max(width, known[0]), max(height, known[1])
                needed[mark.what.objgen] = mark.what, size
    yield from needed.values()


def _rewrite(image: Stream, size: Size) -> None:
    """Replace a picture by one with fewer pixels, if it is of a kind that is known."""
    width, height = (int(number(image.get(side))) for side in ("/Width", "/Height"))
    if not width or not height:
        return
    part = max(size[0] / width, size[1] / height)
    picture: Image.Image
    if image.get("/Filter") == "/DCTDecode":
        picture = Image.open(io.BytesIO(image.read_raw_bytes()))
    elif _is_packed_jpeg(image):
        picture = _from_samples(image.read_bytes(StreamDecodeLevel.all), width, height)
    elif part < _WORTH and _is_plain(image):
        picture = _from_samples(image.read_bytes(), width, height)
    else:
        return
    part = min(1, part)
    picture.thumbnail((max(1, round(width * part)), max(1, round(height * part))))
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=_QUALITY, optimize=True)
    image.write(written.getvalue(), filter=Name.DCTDecode)
    image.Width, image.Height = picture.size


def _is_packed_jpeg(image: Stream) -> bool:
    """Tell whether a JPEG picture is packed once more, or says its filter as a list."""
    filters = image.get("/Filter")
    return isinstance(filters, Array) and len(filters) > 0 and filters[-1] == "/DCTDecode"


def _is_plain(image: Stream) -> bool:
    """Tell whether the samples of a picture are bytes that may be blended."""
    space = image.get("/ColorSpace")
    indexed = isinstance(space, Array) and len(space) > 0 and space[0] == "/Indexed"
    lossless = str(image.get("/Filter")) not in ("/JPXDecode", "/JBIG2Decode", "/CCITTFaxDecode")
    keyed = isinstance(image.get("/Mask"), Array)
    return image.get("/BitsPerComponent") == 8 and lossless and not indexed and not keyed


def _from_samples(samples: bytes, width: int, height: int) -> Image.Image:
    """Make a picture; JPEG writes CMYK inside out, so it is turned here beforehand."""
    mode = _MODES[len(samples) // (width * height)]
    picture = Image.frombytes(mode, (width, height), samples)
    return ImageChops.invert(picture) if mode == "CMYK" else picture
