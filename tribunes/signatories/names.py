"""Names of people: cut in two, compared whatever capitals, accents, hyphens and order. Pure."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_TITLES = re.compile(
    r"^(?:m(?:r|me|mes|lle|gr)?|dre?|pre?|prof|me)\.?\s+"
    r"|^(?:madame|monsieur|mademoiselle|docteure?|professeure?|maître|monseigneur)\s+",
    re.I,
)
_PARTICLES = frozenset(
    ("de", "du", "des", "van", "von", "der", "den", "del", "della", "di", "da", "dos")
)
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d"})
_ALIKE = 0.8
"""How much two words have in common, of 1, for one to be a slip of the other."""


@dataclass(frozen=True, kw_only=True)
class Known:
    """Somebody of the address book."""

    pk: int
    name: str
    role: str = ""
    organisation: str = ""


@dataclass(frozen=True, kw_only=True)
class Match:
    """Somebody known who may be the one on the line."""

    person: Known
    exact: bool
    """The same name, whatever capitals, accents, hyphens and order."""
    same_organisation: bool


def fold(text: str) -> str:
    """Return a text in lower case, without accents, hyphens nor punctuation."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LIGATURES))
    letters = (char if char.isalnum() else " " for char in plain if not unicodedata.combining(char))
    return " ".join("".join(letters).split())


def name_key(name: str) -> str:
    """Return what names of the same person have in common: their folded words, in order."""
    return " ".join(sorted(fold(name).split()))


def split_name(*parts: str) -> tuple[str, str]:
    """Return first name and last name of a name, or of its two columns, in whatever order.

    A part in capitals is the last name; then a particle (de, du, van…) begins it; otherwise the
    first word is the first name.
    """
    words = [_TITLES.sub("", part.strip(), count=1) for part in parts]
    if len(words) == 2:
        first, last = words
        if _is_capitals(first) and not _is_capitals(last):
            first, last = last, first
        return _lower(first), _lower(last)
    tokens = words[0].split()
    capitals = [_is_capitals(token) for token in tokens]
    if any(capitals) and not all(capitals):
        family = _with_particles(tokens, capitals)
        first = " ".join(tokens[n] for n in range(len(tokens)) if not family[n])
        last = " ".join(tokens[n] for n in range(len(tokens)) if family[n])
        if first:
            return first, _lower(last)
    if len(tokens) > 1 and all(capitals):
        tokens = [_lower(token) for token in tokens]
    if len(tokens) < 2:
        return "", " ".join(tokens)
    starts = (n for n, token in enumerate(tokens[:-1]) if n and _is_particle(token))
    cut = next(starts, 1)
    return " ".join(tokens[:cut]), " ".join(tokens[cut:])


def _with_particles(tokens: Sequence[str], capitals: Sequence[bool]) -> list[bool]:
    """Count small particles right before capitals with them («Jean de LA TOUR»)."""
    family = list(capitals)
    for n in range(len(tokens) - 2, -1, -1):
        family[n] = family[n] or (family[n + 1] and _is_particle(tokens[n]))
    return family


def _is_capitals(word: str) -> bool:
    letters = [char for char in word if char.isalpha()]
    return len(letters) > 1 and word == word.upper() and word != word.lower()


def _is_particle(word: str) -> bool:
    return word.lower() in _PARTICLES or word.lower().startswith(("d’", "d'"))


def _lower(words: str) -> str:
    """Give capitals to first letters alone in words that are all in capitals."""
    return " ".join(_lower_word(word) if _is_capitals(word) else word for word in words.split())


def _lower_word(word: str) -> str:
    if word.lower() in _PARTICLES:
        return word.lower()
    word = re.sub(r"[^’'-]+", lambda part: part[0][:1] + part[0][1:].lower(), word)
    return re.sub(r"^D(?=[’'])", "d", word)


class AddressBook:
    """Everybody who is known, found by name: at once, however many they are."""

    def __init__(self, people: Iterable[Known]) -> None:
        self._by_key: dict[str, list[Known]] = defaultdict(list)
        self._by_word: dict[str, set[str]] = defaultdict(set)
        for person in people:
            key = name_key(person.name)
            self._by_key[key].append(person)
            for word in key.split():
                if word not in _PARTICLES:
                    self._by_word[word].add(key)

    def matches(self, name: str, organisation: str = "") -> list[Match]:
        """Return who may bear this name: the same first, then the organisation decides."""
        key, wanted = name_key(name), fold(organisation)
        near = {other for word in key.split() for other in self._by_word.get(word, ())}
        keys = [key, *sorted(other for other in near - {key} if is_near(key, other))]
        found = [
            Match(
                person=person,
                exact=other == key,
                same_organisation=bool(wanted) and wanted == fold(person.organisation),
            )
            for other in keys
            for person in self._by_key.get(other, ())
        ]
        return sorted(found, key=lambda match: (not match.exact, not match.same_organisation))


def is_near(key: str, other: str) -> bool:
    """Whether two different keys may be one person: an initial, a slip, a second last name."""
    ours, theirs = Counter(key.split()), Counter(other.split())
    shared = (ours & theirs).keys() - _PARTICLES
    left, right = sorted((ours - theirs).elements()), sorted((theirs - ours).elements())
    if not shared:
        return False
    if not left or not right:
        return len(shared) > 1
    if len(left) == len(right) == 1:
        one, two = left[0], right[0]
        if len(one) == 1 or len(two) == 1:
            return one[0] == two[0]
        return SequenceMatcher(None, one, two).ratio() >= _ALIKE
    return False
