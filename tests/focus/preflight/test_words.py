"""Places and measures are told as people say them."""

import pytest

from focus.preflight import words

PAGE = (10, 20, 110, 220)


@pytest.mark.parametrize(
    ("box", "zone"),
    [
        ((15, 210, 20, 215), "en haut à gauche"),
        ((58, 210, 62, 215), "en haut"),
        ((90, 25, 100, 30), "en bas à droite"),
        ((15, 118, 20, 122), "à gauche"),
        ((50, 110, 70, 130), "au centre"),
        ((10, 20, 110, 200), "toute la page"),
        ((-500, 900, -400, 1000), "en haut à gauche"),
    ],
)
def test_a_place_on_the_page(box: tuple[float, ...], zone: str) -> None:
    assert words.zone(box, PAGE) == zone


@pytest.mark.parametrize(
    ("zones", "sentence"),
    [
        ([], "page 3"),
        (["au centre"], "page 3, au centre"),
        (["à droite", "en haut", "en haut"], "page 3, en haut et à droite"),
        (
            ["en haut"] * 3 + ["à droite"] * 2 + ["au centre"],
            "page 3, en haut, à droite et au centre",
        ),
        (["en haut", "à droite", "au centre", "en bas"], "page 3, un peu partout"),
        (["toute la page", "en bas"], "page 3, un peu partout"),
        (["toute la page"], "page 3, sur toute la page"),
    ],
)
def test_several_places(zones: list[str], sentence: str) -> None:
    assert words.where(3, zones) == sentence


@pytest.mark.parametrize(
    ("value", "text"), [(289, "289 mm"), (4.5, "4,5 mm"), (3.04, "3 mm"), (0, "0 mm")]
)
def test_millimetres(value: float, text: str) -> None:
    assert words.mm(value) == text


def test_what_a_file_says_is_made_harmless() -> None:
    assert words.quoted("/Pantone\x00\ud800\n 185") == "« Pantone 185 »"
    assert len(words.quoted("a" * 10_000)) < 100
