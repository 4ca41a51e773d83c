"""Covers: Apple’s limits, and a JPEG that fits and tells nothing private."""

import io
import struct
import zlib

import pytest
from PIL import Image, ImageCms, ImageStat

from podcasts.artwork import check, cover_jpeg
from tests.media import picture


def named(content: bytes, name: str = "pochette.jpg") -> io.BytesIO:
    """Give an upload."""
    file = io.BytesIO(content)
    file.name = name
    return file


def png_of(width: int, height: int) -> bytes:
    """Return the few bytes of a PNG that announces a size and holds next to nothing."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    header = struct.pack(">2I5B", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(bytes(1000))
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    )


def jpeg(data: bytes) -> Image.Image:
    """Open what was made, as a JPEG only."""
    return Image.open(io.BytesIO(data), formats=["JPEG"])


# Apple’s limits


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (picture((1400, 1400)), "a.jpg"),
        (picture((3000, 3000)), "A.JPEG"),
        (picture((1400, 1400), kind="PNG"), "a.png"),
        (picture((1400, 1400)), ""),
    ],
)
def test_a_good_cover_passes(content: bytes, name: str) -> None:
    assert check(named(content, name)) == []


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (picture((1400, 1500)), "recadrez-la en carré"),
        (picture((1399, 1399)), "de 1400 à 3000"),
        (picture((3001, 3001)), "de 1400 à 3000"),
        (picture(mode="L"), "niveaux de gris"),
        (picture(mode="CMYK"), "CMJN"),
        (picture()[:5000], "abîmée"),
        (picture(kind="GIF"), "ni un JPEG ni un PNG"),
        (picture(kind="WEBP"), "ni un JPEG ni un PNG"),
        (b"", "ni un JPEG ni un PNG"),
        ("Ceci n’est pas une image.".encode(), "ni un JPEG ni un PNG"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "ni un JPEG ni un PNG"),
    ],
)
def test_each_fault_is_said_once(content: bytes, said: str) -> None:
    found = check(named(content))
    assert len(found) == 1
    assert said in found[0]


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (picture(kind="PNG", mode="RGBA"), "a.png", "transparence"),
        (picture(kind="PNG", mode="P"), "a.png", "en couleurs RVB"),
        (picture(kind="PNG"), "a.jpg", "« .png »"),
        (picture(), "a.png", "« .jpg »"),
    ],
)
def test_png_and_names(content: bytes, name: str, said: str) -> None:
    found = check(named(content, name))
    assert len(found) == 1
    assert said in found[0].replace("\u202f", " ")


def test_several_faults_are_all_said() -> None:
    assert len(check(named(picture((100, 200), mode="L"), "a.png"))) == 4


@pytest.mark.parametrize("side", [9_999, 12_000, 60_000])
def test_a_bomb_is_not_decoded(side: int) -> None:
    found = check(named(png_of(side, side), "a.png"))
    assert len(found) == 1
    assert "pixels" in found[0]  # its size is the matter, not the pixels it lacks
    with pytest.raises(ValueError, match="picture"):
        cover_jpeg(io.BytesIO(png_of(side, side)), 3000, 500_000)


# What is published


def test_the_cover_is_a_baseline_jpeg_in_rgb_at_72_dpi() -> None:
    made = jpeg(cover_jpeg(io.BytesIO(picture((2000, 2000), kind="PNG")), 3000, 512_000))
    assert (made.mode, made.size, made.info["dpi"]) == ("RGB", (2000, 2000), (72, 72))
    assert "progressive" not in made.info


def test_a_large_picture_is_reduced() -> None:
    made = jpeg(cover_jpeg(io.BytesIO(picture((3000, 3000))), 1000, 150_000))
    assert made.size == (1000, 1000)


@pytest.mark.parametrize("limit", [400_000, 120_000, 9_000])
def test_a_heavy_picture_loses_quality_then_size_until_it_fits(limit: int) -> None:
    heavy = picture((1400, 1400), noisy=True)
    data = cover_jpeg(io.BytesIO(heavy), 1400, limit)
    made = jpeg(data)
    assert len(data) <= limit
    assert made.width == made.height
    assert made.width > 60


def test_nothing_fits_in_nothing() -> None:
    with pytest.raises(ValueError, match="no picture fits in 10 bytes"):
        cover_jpeg(io.BytesIO(picture((64, 64))), 64, 10)


def test_same_file_same_bytes() -> None:
    source = picture((1400, 1400), noisy=True)
    assert cover_jpeg(io.BytesIO(source), 1000, 99_000) == cover_jpeg(
        io.BytesIO(source), 1000, 99_000
    )


def test_nothing_private_stays() -> None:
    exif = Image.Exif()
    exif[0x013B] = "Jeanne Secret"  # artist
    exif[0x0112] = 6  # turn right
    source = picture((200, 100), exif=exif, comment="secret comment")
    assert b"Secret" in source
    data = cover_jpeg(io.BytesIO(source), 3000, 512_000)
    assert b"ecret" not in data
    assert b"Exif" not in data
    assert jpeg(data).size == (100, 200)  # turned as the camera said


def test_transparency_shows_white() -> None:
    clear = io.BytesIO()
    Image.new("RGBA", (50, 50), (0, 0, 0, 0)).save(clear, "PNG")
    assert ImageStat.Stat(jpeg(cover_jpeg(clear, 3000, 99_000))).mean == [255, 255, 255]


def test_colours_of_another_profile_are_converted() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    source = picture((64, 64), icc_profile=profile)  # makes no sense for RGB: not followed
    assert jpeg(cover_jpeg(io.BytesIO(source), 64, 99_000)).mode == "RGB"
    plain = picture((64, 64), mode="CMYK")
    made = jpeg(cover_jpeg(io.BytesIO(plain), 64, 99_000))
    assert made.mode == "RGB"
    assert "icc_profile" not in made.info


@pytest.mark.parametrize("content", [b"", b"text", picture()[:3000], picture(kind="GIF")])
def test_what_cannot_be_decoded_is_a_value_error(content: bytes) -> None:
    with pytest.raises(ValueError, match="cannot be decoded"):
        cover_jpeg(io.BytesIO(content), 3000, 512_000)
