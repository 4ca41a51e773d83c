"""Terms in plain French, one promise a line."""

from collections.abc import Iterator

from cms.templatetags.french import day
from tribunes.items import Terms

_SCOPES = {
    "web": "sur un site",
    "print": "sur papier",
    "social": "sur les réseaux sociaux",
    "extract": "par extraits",
}
_EDITING = {
    "none": "Le texte se reprend tel quel.",
    "time-and-place": "Seules les indications de temps et de lieu peuvent être adaptées.",
    "with-approval": "Toute modification demande notre accord.",
}
_COPIES = {
    "canonical": "Votre page indique notre adresse comme adresse canonique (rel=canonical).",
    "noindex": "Votre page demande aux moteurs de recherche de ne pas l’indexer (noindex).",
}
_MINING = {
    "reserved": "La fouille de textes et de données est réservée.",
    "allowed": "La fouille de textes et de données est permise.",
}


def lines(terms: Terms) -> Iterator[str]:
    """Yield what one may do, in which conditions, and what is due."""
    yield f"Licence\u00a0: {terms.name} ({terms.code}), {terms.url}"
    scopes = ", ".join(words for scope, words in _SCOPES.items() if scope in terms.scope)
    yield f"Reprise permise\u00a0: {scopes or 'aucune'}."
    yield _EDITING[terms.editing]
    yield f"L’usage commercial {'est' if terms.commercial else 'n’est pas'} permis."
    if terms.territories:
        yield f"Territoire\u00a0: {terms.territories}."
    if terms.expires:
        yield f"Jusqu’au {day(terms.expires)} inclus."
    yield f"Mention à faire figurer\u00a0: {terms.credit_line}"
    if terms.required_link:
        yield f"Lien à garder\u00a0: {terms.required_link}"
    if terms.copy_policy in _COPIES:
        yield _COPIES[terms.copy_policy]
    yield _MINING[terms.tdm]
    if terms.usage:
        yield terms.usage
