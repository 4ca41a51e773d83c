"""What had better be mended before a tribune goes out to partners; nothing forbids it."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone

from cms.blocks.references import references
from cms.models import Image, Licence
from tribunes.models import TribunePage

REPLY_DELAY = timedelta(days=3)
"""Within which a droit de réponse comes out (loi du 29 juillet 1881, art. 13; for what is online,
loi du 21 juin 2004, art. 1-1)."""

_Republication = Image.Republication


def advice(page: TribunePage) -> list[str]:
    """Return, in French, what partners would not receive, or receive too late."""
    return [*_terms(page), *_pictures(page), *_reply(page)]


def _terms(page: TribunePage) -> Iterator[str]:
    now = timezone.now()
    out = max(now, page.go_live_at or now)
    if _licence(page) is None:
        yield "Sans licence, aucun partenaire ne reçoit ce texte (onglet «\u202fReprise\u202f»)."
    yield from _against_licence(page)
    if not page.scope:
        yield "Aucun usage n’est coché\u00a0: personne ne peut reprendre ce texte."
    if page.licence_expires_on and page.licence_expires_on < timezone.localdate(out):
        yield (
            f"La licence finit le {page.licence_expires_on:%d/%m/%Y}, avant la parution\u00a0:"
            " aucun partenaire ne recevra ce texte."
        )
    if page.embargoed_until and page.embargoed_until <= out and not page.live:
        yield (
            f"L’embargo ({timezone.localtime(page.embargoed_until):%d/%m/%Y à %H:%M}) est passé à"
            " la parution\u00a0: il n’aura pas d’effet."
        )


def _against_licence(page: TribunePage) -> Iterator[str]:
    """Say where the terms forbid what a licence of Creative Commons allows (legal code, 2.a.5)."""
    licence = _licence(page)
    kind, *parts = licence.code.split("-") if licence else [""]
    if kind not in {"cc", "cc0"}:
        return
    if "nd" not in parts:
        yield (
            f"{licence.name}\u00a0: cette licence permet de modifier le texte, ce que"
            f" «\u202f{page.get_editing_display()}\u202f» contredit. Pour l’interdire, choisissez"
            " une licence «\u202fPas de modification\u202f» (ND)."
        )
    if "nc" not in parts and not page.commercial:
        yield (
            f"{licence.name}\u00a0: cette licence permet l’usage commercial. Cochez «\u202fusage"
            " commercial autorisé\u202f», ou choisissez une licence «\u202fPas d’utilisation"
            " commerciale\u202f» (NC)."
        )


def _licence(page: TribunePage) -> Licence | None:
    """Return the licence of the page, by default that of its focus."""
    return page.licence or getattr(page.holder(), "licence", None)


def _pictures(page: TribunePage) -> Iterator[str]:
    shown = {page.picture_id, *references([page.body]).images} - {None}
    found = list(Image.objects.filter(pk__in=shown).values_list("republication", flat=True))
    if kept := found.count(_Republication.NO):
        yield (
            f"Images qui restent ici\u00a0: {kept} sur {len(found)} (reprise «\u202fnon\u202f»)."
            " Les copies diront qu’une image n’a pas été transmise."
        )
    if asked := found.count(_Republication.ASK):
        yield (
            f"Images «\u202fsur demande\u202f»\u00a0: {asked} sur {len(found)}. Elles ne partent"
            " que chez les partenaires à qui elles sont accordées."
        )


def _reply(page: TribunePage) -> Iterator[str]:
    if not page.reply_received_on or page.live:
        return
    last = page.reply_received_on + REPLY_DELAY
    if last < timezone.localdate():
        yield f"Le droit de réponse devait paraître le {last:%d/%m/%Y} au plus tard."
