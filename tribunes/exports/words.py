"""What every format says in words: signatures, terms, corrections, withdrawal. French."""

from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone

from cms.templatetags.french import day
from tribunes.items import Correction, Credit, Item, PubStatus, Terms

_SEVERITIES = {
    "minor": "Correction",
    "significant": "Correction importante",
    "high": "Correction grave",
}
_MINING = {"reserved": "réservée", "allowed": "permise"}


def withdrawal(item: Item) -> str:
    """Return the sentence that asks to take copies offline, "" unless the text is withdrawn."""
    if item.status != PubStatus.CANCELED:
        return ""
    asked = "si vous l’avez publié, dépubliez-le et retirez-en toute copie."
    if item.retraction is None:
        return f"Ce texte n’est plus à publier\u00a0: {asked}"
    reason = f" ({item.retraction.reason.strip().rstrip('.')})" if item.retraction.reason else ""
    return f"Ce texte a été retiré le {day(_local(item.retraction.date))}{reason}\u00a0: {asked}"


def embargo(item: Item) -> str:
    """Return until when nothing may be shown, "" without embargo."""
    if item.status != PubStatus.WITHHELD:
        return ""
    if item.embargoed_until is None:
        return "À ne pas publier pour le moment."
    local = _local(item.embargoed_until)
    moment = f"{day(local)} à {local.hour}\u00a0h\u00a0{local.minute:02}"
    return f"Sous embargo jusqu’au {moment}, heure de Paris\u00a0: à ne pas publier avant."


def signature(person: Credit) -> str:
    """Return name, title and institution, as far as they are known."""
    return ", ".join(filter(None, (person.name, person.title, person.institution)))


def byline(item: Item) -> str:
    """Return who wrote the text, with their institutions, "" if nobody is named."""
    signatures = "\u202f; ".join(map(signature, item.authors))
    return f"Par {signatures}" if signatures else ""


def interests(person: Credit) -> str:
    """Return what ties a person to what is said, "" if nothing was declared."""
    return f"Liens d’intérêts de {person.name}\u00a0: {person.interests}" * bool(person.interests)


def correction(what: Correction) -> str:
    """Return a dated note on what was wrong."""
    return f"{_SEVERITIES[what.severity]} du {day(what.date)}\u00a0: {what.text}"


def withheld_pictures(item: Item) -> str:
    """Return how many pictures stayed behind, "" if none did."""
    match item.withheld_pictures:
        case 0:
            return ""
        case 1:
            return "Une image du texte d’origine n’est pas reprise ici, faute de droits."
        case count:
            return f"{count} images du texte d’origine ne sont pas reprises ici, faute de droits."


def terms(said: Terms) -> Iterator[str]:
    """Yield the terms, each said once; the paragraph of ``usage`` says most of them."""
    yield f"Licence\u00a0: {said.name} ({said.code}), {said.url}"
    yield said.usage.removeprefix(f"Licence\u00a0: {said.name}. ")
    if said.required_link:
        yield f"Lien à garder\u00a0: {said.required_link}"
    yield mining(said)


def mining(said: Terms) -> str:
    """Return whether programs may mine the text."""
    return f"La fouille de textes et de données est {_MINING[said.tdm]}."


def _local(moment: datetime) -> datetime:
    return timezone.localtime(moment, timezone.get_default_timezone())
