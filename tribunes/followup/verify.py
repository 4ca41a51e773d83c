"""The rules that a republished page is checked against (reference syndication.md, §8). Pure.

A text that may be online is checked for its terms; one that may not, for its absence.
"""

from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

from tribunes.access import Standing
from tribunes.followup.findings import Finding, Level
from tribunes.followup.originals import Original
from tribunes.followup.pages import Page, same
from tribunes.followup.similarity import closest, coverage, likeness, says, shared, words
from tribunes.items import Correction, Item

FAITHFUL = 0.99
"""Likeness from which a text is taken for ours, unchanged."""
ADAPTED = 0.95
"""The same where dates and places may be adapted."""
CHANGED = 0.8
"""Likeness under which a text is not ours any more, or only a part of it."""
LEFT = 0.1
"""Part of a text that had to go, from which it is still there."""
_CORRECTION = 0.8
"""Part of the words of a correction that a page must say, in whatever order."""


def verify(page: Page, original: Original) -> list[Finding]:
    """Return what a page that answers is, rule by rule; see ``findings.state_of``."""
    if not original.standing.has_text:
        return [_absence(page, original)]
    if original.standing == Standing.WITHHELD:
        return [_embargo(page, original)]
    found = [_text(page, original)]
    for rule in _RULES:
        found += rule(page, original, original.item)
    return found


def is_gone(page: Page, original: Original) -> bool:
    """Whether hardly anything is left of any version of the text."""
    found = shared(page.words, original.texts)
    return all(coverage(found, text) < LEFT for text in original.texts.values())


def _absence(page: Page, original: Original) -> Finding:
    code, must_go = _MUST_GO[original.standing]
    if not original.texts:
        text = f"{must_go} Nous n’en avons plus le texte\u00a0: vérifiez vous-même cette page."
        return Finding(code=code, level=Level.WARN, text=text)
    if is_gone(page, original):
        return Finding(code=code, level=Level.OK, text=f"{must_go} Il n’est plus sur cette page.")
    return Finding(code=code, level=Level.WRONG, text=f"{must_go} Il est encore sur cette page.")


_MUST_GO = {
    Standing.CANCELED: ("withdrawal", "Ce texte est retiré."),
    Standing.EXPIRED: ("licence", "La licence de reprise de ce texte est terminée."),
    Standing.UNPUBLISHED: ("withdrawal", "Ce texte n’est plus publié par la rédaction."),
    Standing.RIGHTS: ("licence", "Ce texte n’a plus de licence de reprise."),
    Standing.HIDDEN: ("withdrawal", "Ce texte n’est plus publié par la rédaction."),
}


def _embargo(page: Page, original: Original) -> Finding:
    if is_gone(page, original):
        text = "Ce texte est sous embargo\u00a0: il n’est pas sur cette page."
        return Finding(code="embargo", level=Level.OK, text=text)
    until = f"{original.item.embargoed_until:%d/%m/%Y à %H:%M}"
    text = f"Ce texte est sous embargo jusqu’au {until}\u00a0: il ne doit pas être en ligne."
    return Finding(code="embargo", level=Level.WRONG, text=text)


def _text(page: Page, original: Original) -> Finding:
    """Compare the words with our versions, and say which one they are."""
    found = shared(page.words, original.texts)
    number = closest(found, original.texts)
    ratio = likeness(found, original.texts[number])
    terms = original.item.terms
    percent = f"{int(ratio * 100)}\u202f%"
    wanted = FAITHFUL if terms.editing == "none" else ADAPTED
    if coverage(found, original.texts[number]) < LEFT:
        text = "Le texte n’est pas sur cette page\u00a0: l’adresse a-t-elle changé\u202f?"
        return Finding(code="text", level=Level.WRONG, text=text)
    if ratio >= wanted and number != original.version:
        text = (
            f"Le texte est celui de la version {number}\u00a0: la version"
            f" {original.version} la remplace."
        )
        return Finding(code="text", level=Level.WARN, text=text)
    if ratio >= wanted:
        text = f"Le texte est celui de la version {number}, la dernière."
        return Finding(code="text", level=Level.OK, text=text)
    if ratio >= CHANGED:
        text = f"Le texte a été modifié\u00a0: il suit à {percent} la version {number}."
        return Finding(code="text", level=Level.WARN, text=text)
    if terms.editing == "with-approval" or "extract" in terms.scope:
        text = f"La page suit à {percent} la version {number}\u00a0: un extrait, ou un autre texte."
        return Finding(code="text", level=Level.WARN, text=text)
    text = f"Le texte n’est plus le nôtre\u00a0: il suit à {percent} seulement la version {number}."
    return Finding(code="text", level=Level.WRONG, text=text)


def _credit(page: Page, original: Original, item: Item) -> Iterator[Finding]:
    line = item.terms.credit_line
    if says(page.text, line):
        yield Finding(code="credit", level=Level.OK, text="La mention obligatoire est là.")
    else:
        text = f"La mention obligatoire manque\u00a0: «\u202f{line}\u202f»."
        yield Finding(code="credit", level=Level.WRONG, text=text)


def _link(page: Page, original: Original, item: Item) -> Iterator[Finding]:
    wanted = item.terms.required_link
    if same(wanted) in page.links:
        yield Finding(code="link", level=Level.OK, text="Le lien obligatoire est là.")
    else:
        text = f"Le lien obligatoire manque\u00a0: {wanted}"
        yield Finding(code="link", level=Level.WRONG, text=text)


def _search_engines(page: Page, original: Original, item: Item) -> Iterator[Finding]:
    """Check what the contract wants search engines to be told; nothing when it wants nothing."""
    policy = item.terms.copy_policy
    if policy == "noindex":
        if page.is_indexed:
            text = "La page doit demander aux moteurs de ne pas l’indexer (noindex)."
            yield Finding(code="search", level=Level.WRONG, text=text)
        else:
            text = "La page demande aux moteurs de ne pas l’indexer."
            yield Finding(code="search", level=Level.OK, text=text)
    elif policy == "canonical":
        yield _canonical(page, item)


def _canonical(page: Page, item: Item) -> Finding:
    if page.canonicals == {same(item.canonical_url)}:
        text = "La page désigne l’original par un lien canonique."
        return Finding(code="search", level=Level.OK, text=text)
    if not page.is_indexed:
        text = (
            "La page n’a pas le lien canonique du contrat, mais demande aux moteurs de ne pas"
            " l’indexer."
        )
        return Finding(code="search", level=Level.WARN, text=text)
    if page.canonicals:
        text = f"La page désigne une autre adresse que l’original ({item.canonical_url})."
    else:
        text = f"Le lien canonique vers l’original manque\u00a0: {item.canonical_url}"
    return Finding(code="search", level=Level.WRONG, text=text)


def _pictures(page: Page, original: Original, item: Item) -> Iterator[Finding]:
    """Look for pictures that may not travel, by the names of their files and by their credit."""
    if not original.withheld:
        return
    source = page.source
    shown = [
        picture
        for picture in original.withheld
        if picture.published in source or (picture.name and picture.name in source)
    ]
    credited = [
        picture
        for picture in original.withheld
        if picture not in shown and says(page.text, picture.credit)
    ]
    if shown or credited:
        named = " ; ".join(picture.credit or "sans crédit" for picture in (*shown, *credited))
        text = (
            f"Une image qui n’accompagne pas la reprise est sur la page ({named})\u00a0: ôtez-la."
        )
        yield Finding(code="pictures", level=Level.WRONG, text=text)
    else:
        text = "Aucune des images exclues de la reprise n’est sur la page."
        yield Finding(code="pictures", level=Level.OK, text=text)


def _hotlinks(page: Page, original: Original, item: Item) -> Iterator[Finding]:
    ours = sorted(url for url in page.loaded if _host(url) in original.hosts)
    if ours:
        text = f"La page charge un fichier depuis nos serveurs\u00a0: {ours[0][:200]} Copiez-le."
        yield Finding(code="hotlink", level=Level.WRONG, text=text)


def _corrections(page: Page, original: Original, item: Item) -> Iterator[Finding]:
    for correction in item.corrections:
        day = f"{correction.date:%d/%m/%Y}"
        if _tells(page, correction):
            text = f"La correction du {day} est signalée."
            yield Finding(code="correction", level=Level.OK, text=text)
        else:
            minor = correction.severity == "minor"
            text = f"La correction du {day} (version {correction.version}) n’est pas signalée."
            level = Level.WARN if minor else Level.WRONG
            yield Finding(code="correction", level=level, text=text)


def _tells(page: Page, correction: Correction) -> bool:
    if says(page.text, correction.text):
        return True
    wanted = set(words(correction.text))
    return len(wanted & set(page.words)) >= _CORRECTION * len(wanted) and len(wanted) > 0


def _host(url: str) -> str:
    try:
        return urlsplit(url).netloc.lower()
    except ValueError:
        return ""


_RULES: tuple[Callable[[Page, Original, Item], Iterator[Finding]], ...] = (
    _credit,
    _link,
    _search_engines,
    _pictures,
    _hotlinks,
    _corrections,
)
