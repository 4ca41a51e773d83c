"""Lines become paragraphs, in the order in which people read."""

from dataclasses import replace

import pytest

from focus.pdf.reading_order import Line, joined, paragraphs

SIZE, LEADING = 10.0, 12.0


def column(
    left: float, top: float, *texts: str, width: float = 100, size: float = SIZE
) -> list[Line]:
    """Set lines under each other; one that starts with a tabulation is indented."""
    return [
        Line(
            text=text.strip(),
            left=left + (15 if text.startswith("\t") else 0),
            right=left + width,
            bottom=top - size - place * LEADING,
            size=size,
        )
        for place, text in enumerate(texts)
    ]


def test_lines_that_follow_each_other_are_a_paragraph() -> None:
    assert paragraphs(column(0, 500, "Les départements", "vont bien.")) == [
        "Les départements vont bien."
    ]


def test_an_indent_starts_a_paragraph() -> None:
    lines = column(0, 500, "\tPremier", "paragraphe.", "\tSecond", "paragraphe.")
    assert paragraphs(lines) == ["Premier paragraphe.", "Second paragraphe."]


def test_white_starts_a_paragraph() -> None:
    lines = column(0, 500, "Un", "deux.") + column(0, 470, "Trois", "quatre.")
    assert paragraphs(lines) == ["Un deux.", "Trois quatre."]


def test_another_size_starts_a_paragraph() -> None:
    lines = column(0, 512, "Titre", size=14) + column(0, 496, "Texte.")
    assert paragraphs(lines) == ["Titre", "Texte."]


def test_another_face_starts_a_paragraph_but_not_a_bold_word() -> None:
    title, text, mixed = column(0, 500, "Un intertitre", "Du texte avec un mot", "en gras.")
    lines = [replace(title, face=b"Bold"), replace(text, face=b"Book"), mixed]
    assert paragraphs(lines) == ["Un intertitre", "Du texte avec un mot en gras."]


def test_a_centred_title_is_one() -> None:
    lines = [
        Line(text="Un titre centré", left=0, right=200, bottom=480, size=SIZE),
        Line(text="sur deux lignes", left=40, right=160, bottom=468, size=SIZE),
    ]
    assert paragraphs(lines) == ["Un titre centré sur deux lignes"]


def test_columns_are_read_one_after_the_other_under_their_title() -> None:
    lines = [
        *column(0, 550, "Un grand titre", width=320, size=24),
        *column(110, 500, "deux A", "deux B."),
        *column(0, 500, "un A", "un B."),
        *column(220, 500, "trois A", "trois B."),
    ]
    assert paragraphs(lines) == [
        "Un grand titre",
        "un A un B.",
        "deux A deux B.",
        "trois A trois B.",
    ]


def test_white_across_columns_does_not_cut_them() -> None:
    lines = [
        *column(0, 550, "Titre", width=210, size=24),
        *column(0, 500, "Un", "haut."),
        *column(110, 500, "Deux", "haut."),
        *column(0, 450, "Un", "bas."),
        *column(110, 450, "Deux", "bas."),
    ]
    assert paragraphs(lines) == ["Titre", "Un haut.", "Un bas.", "Deux haut.", "Deux bas."]


def test_the_running_head_comes_first_and_the_folio_last() -> None:
    lines = [
        *column(110, 20, "7", width=10),
        *column(0, 20, "Le journal", width=90),
        *column(0, 600, "Rubrique", width=50),
        *column(0, 500, "Un", "deux."),
        *column(110, 500, "Trois", "quatre."),
    ]
    assert paragraphs(lines) == ["Rubrique", "Un deux.", "Trois quatre.", "Le journal", "7"]


def test_two_stories_under_each_other_stay_apart() -> None:
    lines = [
        *column(0, 550, "Première histoire", width=210, size=20),
        *column(0, 500, "Une A."),
        *column(110, 500, "Une B."),
        *column(0, 400, "Seconde histoire", width=210, size=20),
        *column(0, 350, "Deux A."),
        *column(110, 350, "Deux B."),
    ]
    assert paragraphs(lines) == [
        "Première histoire",
        "Une A.",
        "Une B.",
        "Seconde histoire",
        "Deux A.",
        "Deux B.",
    ]


def test_a_paragraph_goes_on_in_the_next_column() -> None:
    lines = column(0, 500, "Les départe-") + column(110, 500, "ments vont", "bien.")
    assert paragraphs(lines) == ["Les départements vont bien."]


def test_a_word_cut_before_a_table_is_whole_again_after_it() -> None:
    table = [replace(line, face=b"Figures") for line in column(0, 460, "Avant", "Après")]
    text = [*column(0, 500, "Un banc, un coif-"), *table, *column(110, 500, "feur et un arrêt.")]
    assert paragraphs(text) == ["Un banc, un coiffeur et un arrêt.", "Avant Après"]


def test_a_large_first_letter_is_part_of_its_word() -> None:
    lines = [
        Line(text="L", left=0, right=20, bottom=466, size=34),
        Line(text="es départements", left=24, right=100, bottom=490, size=SIZE),
        Line(text="vont bien, et", left=24, right=100, bottom=478, size=SIZE),
        Line(text="même mieux.", left=0, right=100, bottom=466, size=SIZE),
    ]
    assert paragraphs(lines) == ["Les départements vont bien, et même mieux."]


def test_a_page_without_words() -> None:
    assert paragraphs([]) == []


@pytest.mark.parametrize(
    ("before", "after", "whole"),
    [
        ("départe-", "ments", "départements"),
        ("départe\u2010", "ments", "départements"),
        ("Seine-Saint-", "Denis", "Seine-Saint-Denis"),
        ("le 12 -", "ou le 13", "le 12 - ou le 13"),
        ("2020-", "2024", "2020- 2024"),
        ("un", "deux", "un deux"),
    ],
)
def test_words_cut_at_the_end_of_a_line(before: str, after: str, whole: str) -> None:
    assert joined(before, after) == whole
