"""Pasted lists of signatories: read as people write them, nobody lost, nobody invented."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tribunes.signatories.names import AddressBook, Known, fold, is_near, name_key, split_name
from tribunes.signatories.parsing import Line, parse
from tribunes.signatories.proposals import NEW, OUT, problems, propose


def read(text: str) -> tuple[str, str, str, str]:
    """Return the only line of a list."""
    (line,) = parse(text)
    assert line.problem == ""
    return line.first_name, line.last_name, line.role, line.organisation


MARIE = ("Marie", "Dupont", "maire de Lyon", "Métropole de Lyon")


@pytest.mark.parametrize(
    "text",
    [
        "Marie Dupont, maire de Lyon, Métropole de Lyon",
        "  Marie\u00a0Dupont\u202f,maire de\u00a0Lyon ,  Métropole de Lyon ",
        "1. Marie Dupont, maire de Lyon, Métropole de Lyon",
        "(12) Marie Dupont, maire de Lyon, Métropole de Lyon",
        "3° Marie Dupont, maire de Lyon, Métropole de Lyon",
        "12\tMarie Dupont\tmaire de Lyon\tMétropole de Lyon",
        "12 Marie Dupont ; maire de Lyon ; Métropole de Lyon",
        "•\tMarie Dupont, maire de Lyon, Métropole de Lyon",
        "\uf0b7\u00a0Marie Dupont, maire de Lyon, Métropole de Lyon",
        "o\tMarie Dupont, maire de Lyon, Métropole de Lyon",
        "– Marie DUPONT, maire de Lyon, Métropole de Lyon",
        "DUPONT Marie, maire de Lyon, Métropole de Lyon",
        "MARIE DUPONT, maire de Lyon, Métropole de Lyon",
        "Mme Marie Dupont, maire de Lyon, Métropole de Lyon",
        "Marie Dupont – maire de Lyon, Métropole de Lyon",
        "Marie Dupont : maire de Lyon, Métropole de Lyon",
        "Marie Dupont, maire de Lyon (Métropole de Lyon)",
        "Marie Dupont (Métropole de Lyon), maire de Lyon",
        '"Marie Dupont"\t"maire de Lyon"\t"Métropole de Lyon"',
        '"Dupont, Marie", maire de Lyon, Métropole de Lyon',
        '"Marie Dupont", "maire de Lyon", "Métropole de Lyon"',
        "«\u202fMarie Dupont\u202f», maire de Lyon, Métropole de Lyon",
        "“Marie Dupont”, maire de Lyon, Métropole de Lyon",
        "• Marie DUPONT – maire de Lyon – Métropole de Lyon",
        "Marie Dupont - maire de Lyon - Métropole de Lyon",
        "- Mme Marie Dupont (maire de Lyon, Métropole de Lyon)",
        "Marie Dupont <marie@ville.example>, maire de Lyon, Métropole de Lyon",
        "Marie Dupont\tmaire de Lyon\tMétropole de Lyon\tmarie@ville.example\t",
        "\ufeffMarie\u200b Dupont, maire de Lyon, Me\u0301tropole de Lyon\u0000",
        "Marie\tDupont\tmaire de Lyon\tMétropole de Lyon",
        "DUPONT\tMarie\tmaire de Lyon\tMétropole de Lyon",
    ],
)
def test_the_many_ways_to_write_one_line(text: str) -> None:
    assert read(text) == MARIE


def test_commas_inside_a_role_stay_there() -> None:
    assert read("Anne Roux, vice-présidente, chargée de l’autonomie, Département de l’Aude") == (
        "Anne",
        "Roux",
        "vice-présidente, chargée de l’autonomie",
        "Département de l’Aude",
    )
    assert read("Ali Roy, chercheur (Inserm, unité 12)")[2:] == ("chercheur", "Inserm, unité 12")
    assert read('Ali Roy, "maire, médecin", Ville')[2:] == ("maire, médecin", "Ville")
    assert read("Ali Roy (Inserm)")[2:] == ("", "Inserm")
    assert read("Ali Roy, maire (élu (ancien), divers), Ville")[2] == "maire (élu (ancien), divers)"
    assert read('Ali "Jo" Roy, maire')[:2] == ("Ali", '"Jo" Roy')


def test_a_name_alone_or_with_its_role_is_enough() -> None:
    assert read("Marie Dupont") == ("Marie", "Dupont", "", "")
    assert read("Marie Dupont, maire") == ("Marie", "Dupont", "maire", "")
    assert read("Barbara, chanteuse") == ("", "Barbara", "chanteuse", "")


def test_the_heading_of_a_spreadsheet_says_which_column_is_which() -> None:
    text = (
        "N°\tOrganisme\tNom\tPrénom\tCourriel\tFonction\n"
        "1\tCAF\tDE LA TOUR\tJean\tj@caf.example\tDirecteur\n"
    )
    (line,) = parse(text)
    assert (line.full_name, line.role, line.organisation) == (
        "Jean de La Tour",
        "Directeur",
        "CAF",
    )


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Marie Dupont", ("Marie", "Dupont")),
        ("Jean-Pierre LE GALL", ("Jean-Pierre", "Le Gall")),
        ("Jean de LA TOUR", ("Jean", "de La Tour")),
        ("D’ARTAGNAN Charles", ("Charles", "d’Artagnan")),
        ("Anne Marie van der Meer", ("Anne Marie", "van der Meer")),
        ("J. DUPONT", ("J.", "Dupont")),
        ("Dr Zoé Œuvrard", ("Zoé", "Œuvrard")),
        ("M. Hulot", ("", "Hulot")),
    ],
)
def test_first_and_last_name(name: str, expected: tuple[str, str]) -> None:
    assert split_name(name) == expected


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (", maire, Lyon", "Il manque le nom"),
        ("marie@ville.example", "Rien à lire"),
        ("Marie Dupont et Ali Roy, coprésidents", "Deux personnes"),
        ("Les premiers signataires\u00a0:", "Est-ce un titre"),
        ("LISTE DES SIGNATAIRES", "Est-ce un titre"),
        ("Agent 007, espion", "contient des chiffres"),
        ('"Dupont, Marie, maire', "Un guillemet"),
        ('Dupont, Marie", maire', "Un guillemet"),
        ("Marie Dupont «, maire", "Un guillemet"),
        ("Marie Dupont (maire – Lyon)", "une parenthèse"),
        (f"{'Marie ' * 40}, maire", "dépasse 150 caractères"),
        (f"Marie Dupont, {'maire ' * 60}", "La fonction dépasse 255"),
    ],
)
def test_what_cannot_be_read_is_said(text: str, problem: str) -> None:
    (line,) = parse(text)
    assert problem in line.problem


def test_lines_keep_their_number_in_the_list() -> None:
    assert [line.number for line in parse("\nA B\n\n \t \n C D\r\nE F")] == [2, 5, 6]


@given(st.text(max_size=400))
def test_any_text_is_read_without_failing_and_what_is_usable_fits(text: str) -> None:
    for line in parse(text):
        if not line.problem:
            assert line.last_name
            assert all(len(part) <= 150 for part in (line.first_name, line.last_name))
            assert all(len(part) <= 255 for part in (line.role, line.organisation))
            assert "\x00" not in line.full_name + line.role + line.organisation


_MEANT = {
    *("mme", "mlle", "mgr", "mes", "pre", "dre", "prof", "maître", "madame", "monsieur"),
    *("docteur", "docteure", "van", "von", "der", "den", "del", "della", "dos", "des"),
    *("les", "ils", "elles", "autres", "liste"),
}
"""Words that mean something else than a name."""
WORD = st.from_regex(r"[A-ZÉ][a-zéèç]{2,9}", fullmatch=True).filter(
    lambda word: word.lower() not in _MEANT
)


@given(WORD, WORD, WORD, WORD, st.sampled_from([", ", " ; ", "\t", "\u00a0, "]), st.integers(0, 99))
def test_what_is_written_is_read_back(
    first: str, last: str, role: str, organisation: str, separator: str, number: int
) -> None:
    for name in (f"{first} {last}", f"{first} {last.upper()}", f"{last.upper()} {first}"):
        for mark in ("", f"{number}. ", "• "):
            line = separator.join((mark + name, role, organisation))
            assert read(line) == (first, last, role, organisation)


# Who it may be


def test_names_are_compared_without_capitals_accents_hyphens_nor_order() -> None:
    assert name_key("Jean-Pierre Œuvrard") == name_key("OEUVRARD Jean Pierre")
    assert fold("Département de l’Aude") == fold("DEPARTEMENT DE L'AUDE")


@pytest.mark.parametrize(
    ("one", "two", "near"),
    [
        ("J. Dupont", "Jean Dupont", True),
        ("Marie Dupond", "Marie Dupont", True),
        ("Marie Dupont", "Marie Dupont-Martin", True),
        ("Marie Dupont", "Marie Martin", False),
        ("Marie Dupont", "Paul Dupont", False),
        ("de la Tour", "de la Fontaine", False),
    ],
)
def test_near_names(one: str, two: str, near: bool) -> None:
    assert is_near(name_key(one), name_key(two)) is near
    assert is_near(name_key(two), name_key(one)) is near


BOOK = [
    Known(pk=1, name="Marie Dupont", organisation="Emmaüs"),
    Known(pk=2, name="Marie Dupont", organisation="Département de l’Aude"),
    Known(pk=3, name="Jean Dupont", organisation="Emmaüs"),
    Known(pk=4, name="Zoé Martin"),
]


def choices_of(text: str, signing: tuple[int, ...] = ()) -> list[str]:
    return [found.choice for found in propose(parse(text), BOOK, signing)]


def test_the_organisation_decides_between_people_of_one_name() -> None:
    assert choices_of("DUPONT Marie, présidente, DEPARTEMENT DE L'AUDE") == ["2"]
    assert choices_of("Marie Dupont") == [""]
    assert choices_of("Marie Dupont, maire, Lyon") == [""]


def test_one_bearer_of_the_name_is_proposed_and_doubt_is_said() -> None:
    (found,) = propose(parse("ZOE MARTIN, médecin, CHU"), BOOK, ())
    assert (found.choice, found.note) == ("4", "")
    (found,) = propose(parse("Jean Dupont, directeur, Fondation"), BOOK, ())
    assert found.choice == ""
    assert "une autre fonction ou organisation" in found.note


@pytest.mark.parametrize(
    ("text", "choice"),
    [
        ("Nour Hachem", "5"),
        ("Nour Hachem, Gardienne, EMMAUS", "5"),
        ("Nour Hachem, gardienne", "5"),
        ("Nour Hachem, directrice, Emmaüs", ""),
        ("Nour Hachem, gardienne, Ville", ""),
        ("Nour Hachem, directrice", ""),
    ],
)
def test_a_name_alone_does_not_make_the_same_person(text: str, choice: str) -> None:
    book = [Known(pk=5, name="Nour Hachem", role="gardienne", organisation="Emmaüs")]
    (found,) = propose(parse(text), book, ())
    assert found.choice == choice
    assert ("même personne\u202f?" in found.note) is (not choice)


def test_the_signature_to_come_is_what_was_pasted_or_else_what_the_book_says() -> None:
    book = [Known(pk=5, name="Nour Hachem", role="gardienne", organisation="Emmaüs")]
    pasted, alone = propose(parse("NOUR HACHEM, directrice\nNour Hachem"), book, ())
    assert pasted.signature("5") == "Nour Hachem, directrice"
    assert pasted.signature(NEW) == pasted.signature("") == "Nour Hachem, directrice"
    assert pasted.signature(OUT) == ""
    assert (alone.signature(NEW), alone.signature("")) == ("Nour Hachem", "")
    assert alone.signature("5") == "Nour Hachem, gardienne, Emmaüs"


def test_a_near_name_is_for_somebody_to_decide() -> None:
    (found,) = propose(parse("Zoé Martins"), BOOK, ())
    assert found.choice == ""
    assert [value for value, _ in found.options] == ["4", NEW, OUT]
    assert "Nom proche" in found.note


def test_who_signs_already_is_left_out() -> None:
    (found,) = propose(parse("Zoé Martin"), BOOK, (4,))
    assert (found.choice, found.note) == (OUT, "Déjà signataire.")
    assert "déjà signataire" in found.options[0][1]
    assert problems([found], {1: "4"}) == {
        1: "Cette personne signe déjà la tribune\u00a0: laissez la ligne de côté."
    }


def test_a_name_pasted_twice_is_proposed_once() -> None:
    (first, second) = propose(parse("Ali Roy, maire\nROY Ali, conseiller"), BOOK, ())
    assert (first.choice, second.choice, second.repeats) == (NEW, OUT, 1)
    assert second.note == "Même nom qu’à la ligne 1."


def test_choices_are_checked() -> None:
    found = propose(parse("Zoé Martin\nZoé Martins\n, maire"), BOOK, ())
    assert problems(found, {1: "4", 2: "4", 3: OUT}) == {
        2: "Cette personne est déjà choisie à la ligne 1."
    }
    assert problems(found, {1: NEW, 2: OUT, 3: OUT}) == {}
    assert set(problems(found, {1: "99", 2: "", 3: NEW})) == {1, 2, 3}


def test_a_big_address_book_is_searched_at_once() -> None:
    people = [Known(pk=n, name=f"Marie Nom{n}a") for n in range(3000)]
    book = AddressBook(people)
    assert [match.person.pk for match in book.matches("marie nom7a")][:1] == [7]
    lines = [Line(number=n, text="", last_name=f"Inconnu{n}b") for n in range(500)]
    assert {found.choice for found in propose(lines, people, ())} == {NEW}


def test_a_line_without_end_is_a_problem_and_takes_no_time() -> None:
    line, other = parse("x@" * 70_000 + "\nMarie Dupont, élue")
    assert "trop longue" in line.problem
    assert (other.last_name, other.problem) == ("Dupont", "")
