"""What the withdrawal of a tribune does at partners’, told before it is confirmed."""

from django.db.models import Q

from cms.models import TextPage
from tribunes.models import Partner, Record

_NAMED = 8
"""How many partners are named."""


def describe_withdrawal(text: TextPage) -> list[str]:
    """Return sentences in French, none for a text that partners never heard of."""
    record = Record.objects.filter(uuid=text.uuid).first()
    if record is None:
        return []
    had_it = Q(pulls__record=record) | Q(republications__record=record)
    names = list(
        Partner.objects.filter(had_it)
        .distinct()
        .order_by("organisation__name")
        .values_list("organisation__name", flat=True)
    )
    told = (
        "L’API, les flux et les webhooks des partenaires annoncent le retrait avec le motif public,"
        " et ne donnent plus ni texte ni image."
    )
    if not names:
        return [told, "Aucun partenaire n’a pris ce texte\u00a0: aucun courriel ne part."]
    several = len(names) > 1
    who = ", ".join(names[:_NAMED]) + ("…" if len(names) > _NAMED else "")
    return [
        told,
        f"{len(names)} partenaire{'s ont' if several else ' a'} pris ou déclaré ce texte ({who})"
        f"\u00a0: un courriel {'leur' if several else 'lui'} demande de le retirer, avec des"
        " rappels jusqu’à l’accusé de réception.",
    ]
