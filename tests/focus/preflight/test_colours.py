"""Only grey and CMYK go to press."""

import io
from collections.abc import Callable

import pytest
from pikepdf import Array, Dictionary, Name, Object, Pdf, String
from PIL import Image

from focus.preflight import Level
from tests.focus.pdfs import draw, form, photo, picture
from tests.focus.preflight.conftest import Spoilt

Space = Callable[[Pdf], Object]
TINT = Dictionary(FunctionType=2, Domain=Array([0, 1]), C0=Array([0] * 4), C1=Array([1] * 4), N=1)


def icc(inks: int) -> Space:
    """Make a space with a profile of so many components."""
    return lambda pdf: Array([Name.ICCBased, pdf.make_stream(b"profile", N=inks)])


def device(name: Name) -> Space:
    """Make a space of a device."""
    return lambda pdf: Array([name])


def separation(ink: str) -> Space:
    """Make the space of one ink."""
    return lambda pdf: Array([Name.Separation, Name(ink), Name.DeviceCMYK, Dictionary(TINT)])


def lab(pdf: Pdf) -> Object:
    """Make a Lab space."""
    return Array([Name.Lab, Dictionary(WhitePoint=Array([0.9, 1, 0.8]))])


def calibrated_rgb(pdf: Pdf) -> Object:
    """Make a calibrated RGB space."""
    return Array([Name.CalRGB, Dictionary(WhitePoint=Array([0.9, 1, 0.8]))])


def indexed(pdf: Pdf) -> Object:
    """Make a palette of RGB colours."""
    return Array([Name.Indexed, Name.DeviceRGB, 1, String(b"\0" * 6)])


def inks(*names: str) -> Space:
    """Make a space of several inks."""
    return lambda pdf: Array(
        [Name.DeviceN, Array(map(Name, names)), Name.DeviceCMYK, Dictionary(TINT)]
    )


BAD = [
    (device(Name.DeviceRGB), "rgb"),
    (calibrated_rgb, "rgb"),
    (icc(3), "rgb"),
    (indexed, "rgb"),
    (lab, "lab"),
    (separation("/PANTONE 185 C"), "spot"),
    (inks("/Cyan", "/Or"), "spot"),
]
FINE = [
    device(Name.DeviceGray),
    device(Name.DeviceCMYK),
    icc(1),
    icc(4),
    separation("/Black"),
    separation("/All"),
    inks("/Cyan", "/Magenta", "/None"),
]


def painted(space: Space) -> Callable[[Pdf], None]:
    """Draw a rectangle in a colour space, at the bottom right."""
    return lambda pdf: draw(
        pdf, "/C1 cs 0.1 scn 290 50 20 20 re f", ColorSpace=Dictionary(C1=space(pdf))
    )


@pytest.mark.parametrize(("space", "rule"), BAD)
def test_a_colour_that_the_press_does_not_have(spoilt: Spoilt, space: Space, rule: str) -> None:
    (finding,) = spoilt(painted(space))
    assert (finding.rule, finding.level, finding.page) == (rule, Level.ERROR, 1)
    assert finding.where == "page 1, en bas à droite"
    assert finding.what.startswith("Un texte ou un tracé")


@pytest.mark.parametrize("space", FINE)
def test_a_colour_that_the_press_has(spoilt: Spoilt, space: Space) -> None:
    assert spoilt(painted(space)) == ()


def test_a_spot_colour_is_named(spoilt: Spoilt) -> None:
    (finding,) = spoilt(painted(separation("/PANTONE 185 C")))
    assert "« PANTONE 185 C »" in finding.what


@pytest.mark.parametrize("operators", ["1 0 0 rg 290 50 20 20 re f", "1 0 0 RG 290 50 m 9 9 l S"])
def test_rgb_by_its_operator(spoilt: Spoilt, operators: str) -> None:
    (finding,) = spoilt(lambda pdf: draw(pdf, operators))
    assert (finding.rule, finding.where) == ("rgb", "page 1, en bas à droite")


def test_rgb_text_is_placed_where_it_is_written(spoilt: Spoilt) -> None:
    (finding,) = spoilt(lambda pdf: draw(pdf, "1 0 0 rg BT 1 0 0 1 40 400 Tm (a) Tj ET"))
    assert (finding.rule, finding.where) == ("rgb", "page 1, en haut à gauche")


def test_rgb_in_the_picture_of_a_camera(spoilt: Spoilt) -> None:
    def change(pdf: Pdf) -> None:
        image = photo(pdf, "RGB", colour=(200, 200, 250))
        draw(pdf, "60 0 0 60 150 200 cm /Im Do", XObject=Dictionary(Im=image))

    (finding,) = spoilt(change)
    assert (finding.rule, finding.where) == ("rgb", "page 1, au centre")
    assert finding.what.startswith("Une image")


@pytest.mark.parametrize(("space", "rules"), [("RGB", ["rgb"]), ("CMYK", [])])
def test_a_picture_within_the_text(spoilt: Spoilt, space: str, rules: list[str]) -> None:
    data = "BI /W 1 /H 1 /BPC 8 /CS /{} ID {} EI".format(space, "a" * len(space))
    findings = spoilt(lambda pdf: draw(pdf, f"0.1 0 0 0.1 100 100 cm {data}"))
    assert [finding.rule for finding in findings] == rules


def test_a_stencil_has_no_colour_of_its_own(spoilt: Spoilt) -> None:
    def change(pdf: Pdf) -> None:
        stencil = picture(pdf, inks=1)
        del stencil["/ColorSpace"]
        stencil.ImageMask, stencil.BitsPerComponent = True, 1
        draw(pdf, "60 0 0 60 150 200 cm /Im Do", XObject=Dictionary(Im=stencil))

    assert spoilt(change) == ()


@pytest.mark.parametrize(("inks_used", "rules"), [(3, ["rgb"]), (1, [])])
def test_a_jpeg_2000_says_itself_what_it_is(
    spoilt: Spoilt, inks_used: int, rules: list[str]
) -> None:
    def change(pdf: Pdf) -> None:
        image = photo(pdf, "RGB", colour=(0, 0, 0))
        image.write(jpeg_2000(inks_used), filter=Name.JPXDecode)
        del image["/ColorSpace"]
        draw(pdf, "60 0 0 60 150 200 cm /Im Do", XObject=Dictionary(Im=image))

    assert [finding.rule for finding in spoilt(change)] == rules


def jpeg_2000(inks_used: int) -> bytes:
    """Make a picture of another kind."""
    written = io.BytesIO()
    Image.new({1: "L", 3: "RGB"}[inks_used], (600, 600)).save(written, "JPEG2000")
    return written.getvalue()


@pytest.mark.parametrize("kind", ["shading", "pattern", "tiles", "form", "glyph"])
def test_rgb_wherever_it_hides(spoilt: Spoilt, kind: str) -> None:
    def change(pdf: Pdf) -> None:
        shading = Dictionary(ShadingType=2, ColorSpace=Name.DeviceRGB, Coords=Array([0, 0, 9, 9]))
        inner = form(pdf, "1 0 0 rg 0 0 10 10 re f")
        filled = "/Pattern cs /P1 scn 0 0 10 10 re f"
        match kind:
            case "shading":
                draw(pdf, "/S1 sh", Shading=Dictionary(S1=shading))
            case "pattern":
                pattern = Dictionary(PatternType=2, Shading=shading)
                draw(pdf, filled, Pattern=Dictionary(P1=pattern))
            case "tiles":
                inner.Type, inner.PatternType = Name.Pattern, 1
                draw(pdf, filled, Pattern=Dictionary(P1=inner))
            case "form":
                outer = form(pdf, "/In Do", Resources=Dictionary(XObject=Dictionary(In=inner)))
                draw(pdf, "/Out Do", XObject=Dictionary(Out=outer))
            case "glyph":
                font = Dictionary(Subtype=Name.Type3, CharProcs=Dictionary(a=inner))
                draw(pdf, "BT /F1 9 Tf (a) Tj ET", Font=Dictionary(F1=font))

    assert [finding.rule for finding in spoilt(change)] == ["rgb"]


def test_what_is_everywhere_is_told_once(spoilt: Spoilt) -> None:
    corners = [(x, y) for x in range(40, 320, 40) for y in range(40, 440, 40)]
    dots = "".join(f"1 0 0 rg {x} {y} 5 5 re f " for x, y in corners)
    (finding,) = spoilt(lambda pdf: draw(pdf, dots))
    assert (finding.rule, finding.where) == ("rgb", "page 1, un peu partout")


def test_a_calibrated_colour_is_forbidden_in_x1a_alone(spoilt: Spoilt) -> None:
    def change(pdf: Pdf) -> None:
        painted(icc(4))(pdf)
        pdf.docinfo["/GTS_PDFXVersion"] = String("PDF/X-1a:2003")

    assert [finding.rule for finding in spoilt(change)] == ["calibrated-colour"]
