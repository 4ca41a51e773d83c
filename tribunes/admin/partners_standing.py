"""What a tribune is to each partner now, and what they did with it."""

from collections import defaultdict
from datetime import datetime
from typing import Any

from tribunes.access import ANYONE, Standing, decide
from tribunes.facts import facts_of, reader_of
from tribunes.models import Partner, Record, Republication, TribunePage

WORDS = {
    Standing.USABLE: "Reçoivent le texte",
    Standing.WITHHELD: "Reçoivent le texte, sous embargo",
    Standing.CANCELED: "Savent que le texte est retiré",
    Standing.UNPUBLISHED: "Savent que le texte n’est plus en ligne",
    Standing.EXPIRED: "Ne le reçoivent plus\u00a0: la licence est finie",
    Standing.RIGHTS: "Ne le reçoivent pas\u00a0: hors de leur contrat, ou sans licence",
    Standing.HIDDEN: "N’en savent rien",
}
_TO_ALL = {
    Standing.USABLE: "Tout le monde peut le reprendre, selon sa licence.",
    Standing.CANCELED: "Le public sait qu’il est retiré.",
}


def standing_of(page: TribunePage, now: datetime) -> dict[str, Any]:
    """Return the record of a tribune, partners by what it is to them, and counts.

    The number of queries does not depend on how many partners there are.
    """
    record = Record.objects.filter(uuid=page.uuid).first()
    if record is None:
        return {"record": None}
    facts = facts_of([record])[record.pk]
    partners = Partner.objects.select_related("organisation").prefetch_related(
        "focuses", "themes", "image_grants"
    )
    groups = defaultdict(list)
    for partner in partners:
        groups[decide(facts, reader_of(partner), now)].append(partner)
    wrong = Republication.State.WRONG
    return {
        "record": record,
        "partners_url": Partner.snippet_viewset.get_url_name("inspect"),
        "groups": [(WORDS[found], groups[found]) for found in WORDS if found in groups],
        "to_all": _TO_ALL.get(decide(facts, ANYONE, now), ""),
        "takers": record.pulls.values("partner").distinct().count(),
        "republications": record.republications.count(),
        "wrong": record.republications.filter(state=wrong).count(),
        "waiting": record.notices.filter(acknowledged_at=None).count(),
    }
