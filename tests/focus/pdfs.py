"""Makers of PDFs: a good one by Ghostscript, as printers want it, and changes that spoil it.

Nothing binary lies in the repository.
"""

import io
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream, StreamDecodeLevel
from PIL import Image

from focus.preflight import PrintSpec
from tests.components import program

PROFILE = Path("/usr/share/color/icc/ghostscript/default_cmyk.icc")
SPEC = PrintSpec(width=100, height=140, page_count=2)
"""What the good file is made for."""

_POINTS = 72 / 25.4
_MARGIN = 10  # mm of paper around the finished page

_DEFINITIONS = """%!PS
[/Title (Exemple de cahier) /GTS_PDFXVersion (PDF/X-3:2002) /Trapped /False /DOCINFO pdfmark
[/_objdef {{icc}} /type /stream /OBJ pdfmark
[{{icc}} << /N 4 >> /PUT pdfmark
[{{icc}} ({profile}) (r) file /PUT pdfmark
[/_objdef {{intent}} /type /dict /OBJ pdfmark
[{{intent}} << /Type /OutputIntent /S /GTS_PDFX /OutputCondition (Presse) /Info (Presse)
  /OutputConditionIdentifier (ISOnewspaper26v4) /RegistryName (http://www.color.org)
  /DestOutputProfile {{icc}} >> /PUT pdfmark
[{{Catalog}} << /OutputIntents [ {{intent}} ] >> /PUT pdfmark
/tint 960 string def
0 1 959 {{ dup 4 mod 3 eq {{ 20 }} {{ dup 4 idiv 60 mod }} ifelse tint 3 1 roll put }} for
<< /PageSize [{media_width} {media_height}] >> setpagedevice
"""
_PAGE = """
[/TrimBox [{trim}] /PAGE pdfmark
[/BleedBox [{bleed}] /PAGE pdfmark
0.2 0.1 0 0.1 setcmykcolor {left} 5 sub {bottom} 5 sub 60 200 rectfill
0 0 0 1 setcmykcolor
/Helvetica findfont 12 scalefont setfont {left} 80 add {bottom} 300 add moveto
(Page {number} d'un exemple de cahier) show
gsave {left} 80 add {bottom} 60 add translate 72 72 scale
/DeviceCMYK setcolorspace
<< /ImageType 1 /Width 240 /Height 240 /BitsPerComponent 8 /Decode [0 1 0 1 0 1 0 1]
  /ImageMatrix [240 0 0 -240 0 240] /DataSource {{ tint }} >> image grestore
showpage
"""


def good(target: Path, *, pages: int = 2, width: float = 100, height: float = 140) -> Path:
    """Make a PDF/X-3 in CMYK with embedded fonts, boxes and an output intent; millimetres."""
    left, bottom = _MARGIN * _POINTS, _MARGIN * _POINTS
    right, top = left + width * _POINTS, bottom + height * _POINTS
    cut = 5 * _POINTS
    boxes = {
        "trim": f"{left} {bottom} {right} {top}",
        "bleed": f"{left - cut} {bottom - cut} {right + cut} {top + cut}",
        "left": left,
        "bottom": bottom,
    }
    text = _DEFINITIONS.format(profile=PROFILE, media_width=right + left, media_height=top + bottom)
    text += "".join(_PAGE.format(number=number, **boxes) for number in range(1, pages + 1))
    source = target.with_suffix(".ps")
    source.write_text(text)
    command = [
        *(program("ghostscript"), "-q", "-dPDFX", "-dBATCH", "-dNOPAUSE", "-dSAFER"),
        *(f"--permit-file-read={PROFILE}", "-sDEVICE=pdfwrite", "-dEmbedAllFonts=true"),
        *("-sColorConversionStrategy=CMYK", "-sProcessColorModel=DeviceCMYK"),
        *("-o", target, source),
    ]
    subprocess.run(command, check=True)
    return target


def altered(source: Path, target: Path, change: Callable[[Pdf], object]) -> Path:
    """Write a copy of a PDF with a change, its streams as they are."""
    with pikepdf.open(source) as pdf:
        change(pdf)
        pdf.save(target, fix_metadata_version=False, stream_decode_level=StreamDecodeLevel.none)
    return target


def draw(pdf: Pdf, operators: str, **resources: Dictionary) -> None:
    """Add content to the first page; ``resources`` are those to add, by kind."""
    page = pdf.pages[0]
    for kind, entries in resources.items():
        shelf = page.Resources.get(f"/{kind}", Dictionary())
        for name, entry in entries.items():
            shelf[name] = entry
        page.Resources[f"/{kind}"] = shelf
    page.contents_add(f"q {operators} Q".encode())


def picture(
    pdf: Pdf, space: object = Name.DeviceCMYK, *, side: int = 300, inks: int = 4, value: int = 60
) -> Stream:
    """Make a flat square picture of so many pixels, uncompressed."""
    return pdf.make_stream(
        bytes([value]) * (side * side * inks),
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=side,
        Height=side,
        BitsPerComponent=8,
        ColorSpace=space,
    )


def photo(pdf: Pdf, mode: str = "CMYK", *, side: int = 600, colour: tuple[int, ...]) -> Stream:
    """Make a flat square JPEG, as cameras and programs for photos do."""
    written = io.BytesIO()
    Image.new(mode, (side, side), colour).save(written, "JPEG", quality=95)
    return pdf.make_stream(
        written.getvalue(),
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=side,
        Height=side,
        BitsPerComponent=8,
        ColorSpace={"CMYK": Name.DeviceCMYK, "RGB": Name.DeviceRGB, "L": Name.DeviceGray}[mode],
        Filter=Name.DCTDecode,
        **({"Decode": Array([1, 0] * 4)} if mode == "CMYK" else {}),
    )


def form(pdf: Pdf, operators: str, **entries: object) -> Stream:
    """Make a form, which draws something that can be placed."""
    return pdf.make_stream(
        operators.encode(),
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=Array([0, 0, 100, 100]),
        **entries,
    )


def is_dead(process: str, patience: float = 3) -> bool:
    """Tell whether a process is gone before so many seconds; a zombie is."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        try:
            if Path("/proc", process, "stat").read_text().rpartition(") ")[2][0] in "ZX":
                return True
        except (FileNotFoundError, ProcessLookupError):
            return True
        time.sleep(0.01)
    return False
