"""What each pasted line could become: somebody known, somebody new, or nothing. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from tribunes.signatories.names import AddressBook, Known, Match, fold, name_key
from tribunes.signatories.parsing import Line

NEW, OUT = "new", "out"
"""Choices that name nobody known; the others are primary keys of people."""


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """A line, who it may be, and what is proposed."""

    line: Line
    matches: Sequence[Match] = ()
    signing: frozenset[int] = frozenset()
    """Those among them who sign already."""
    repeats: int = 0
    """The earlier line that bears the same name, or 0."""
    choice: str = ""
    """What is proposed; "" when somebody must decide."""

    @property
    def options(self) -> list[tuple[str, str]]:
        """Every choice with its words, in French."""
        if self.line.problem:
            return [(OUT, "laisser de côté")]
        known = [(str(match.person.pk), self._words(match)) for match in self.matches]
        return [*known, (NEW, "nouvelle personne"), (OUT, "laisser de côté")]

    def _words(self, match: Match) -> str:
        person = match.person
        who = ", ".join(filter(None, (person.name, person.role, person.organisation)))
        words = f"{'même personne' if match.exact else 'nom proche'}\u00a0: {who}"
        return f"{words} (déjà signataire)" if person.pk in self.signing else words

    @property
    def note(self) -> str:
        """What the editor should know before deciding, in French, or ""."""
        if self.repeats:
            return f"Même nom qu’à la ligne {self.repeats}."
        if self.line.problem or not self.matches:
            return ""
        exact = [match for match in self.matches if match.exact]
        if self.choice == OUT:
            return "Déjà signataire."
        if not exact:
            return "Nom proche d’une personne du carnet\u00a0: choisissez."
        if self.choice:
            return ""
        if len(exact) == 1:
            return _ELSEWHERE
        return f"{len(exact)} personnes du carnet portent ce nom\u00a0: choisissez."

    def signature(self, choice: str) -> str:
        """Return the line that would be printed for a choice; "" when there is none.

        What was pasted is the whole signature; a name alone takes what the address book says.
        """
        line = self.line
        is_typed = bool(line.role or line.organisation)
        if choice == OUT or not (choice or is_typed):
            return ""
        known = {str(match.person.pk): match.person for match in self.matches}.get(choice)
        says = line if is_typed else known or line
        name = known.name if known else line.full_name
        return ", ".join(filter(None, (name, says.role, says.organisation)))


_ELSEWHERE = (
    "Le carnet donne une autre fonction ou organisation\u00a0: même personne\u202f? Choisissez."
)


def propose(
    lines: Iterable[Line], known: Iterable[Known], signing: Collection[int]
) -> list[Proposal]:
    """Return what is proposed for each line, given who is known and who signs already."""
    book = AddressBook(known)
    first_seen: dict[tuple[str, str], int] = {}
    proposals = []
    for line in lines:
        if line.problem:
            proposals.append(Proposal(line=line, choice=OUT))
            continue
        matches = book.matches(line.full_name, line.organisation)
        there = frozenset(m.person.pk for m in matches if m.person.pk in signing)
        seen = (name_key(line.full_name), fold(line.organisation))
        repeats = first_seen.setdefault(seen, line.number)
        repeats = 0 if repeats == line.number else repeats
        proposals.append(
            Proposal(
                line=line,
                matches=matches,
                signing=there,
                repeats=repeats,
                choice=OUT if repeats else _choice(line, matches, there),
            )
        )
    return proposals


def _choice(line: Line, matches: Sequence[Match], signing: Collection[int]) -> str:
    """Propose the one who bears the name, unless the address book contradicts the line.

    The organisation decides between several.
    """
    exact = [match for match in matches if match.exact]
    likely = [match for match in exact if match.same_organisation] or exact
    if len(likely) == 1:
        person = likely[0].person
        if person.pk in signing:
            return OUT
        return "" if _contradicts(line, person) else str(person.pk)
    return "" if matches else NEW


def _contradicts(line: Line, person: Known) -> bool:
    """Whether role or organisation are given on both sides and differ."""
    pairs = ((line.role, person.role), (line.organisation, person.organisation))
    return any(one and two and fold(one) != fold(two) for one, two in pairs)


def problems(proposals: Iterable[Proposal], choices: Mapping[int, str]) -> dict[int, str]:
    """Return what is wrong with choices made by number of line, in French."""
    found: dict[int, str] = {}
    chosen: dict[str, int] = {}
    for proposal in proposals:
        number = proposal.line.number
        choice = choices.get(number, "")
        if choice not in dict(proposal.options):
            found[number] = "Choisissez ce que devient cette ligne."
        elif choice in (NEW, OUT):
            continue
        elif int(choice) in proposal.signing:
            found[number] = "Cette personne signe déjà la tribune\u00a0: laissez la ligne de côté."
        elif choice in chosen:
            found[number] = f"Cette personne est déjà choisie à la ligne {chosen[choice]}."
        else:
            chosen[choice] = number
    return found
