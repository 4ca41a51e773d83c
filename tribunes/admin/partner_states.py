"""Where a contract and its keys stand, in French. Pure."""

from datetime import date, datetime

from django.utils import timezone

from tribunes.models import AccessKey, Partner

SOON = 30
"""Days before an end from which it is worth a warning."""


def contract_warning(partner: Partner, today: date) -> str:
    """Return that a contract is over, about to be, or yet to come, or ""."""
    if partner.contract_from > today:
        return f"Le contrat commence le {partner.contract_from:%d/%m/%Y}."
    if partner.contract_until is None:
        return ""
    days = (partner.contract_until - today).days
    if days < 0:
        return (
            f"Le contrat est fini depuis le {partner.contract_until:%d/%m/%Y}\u00a0:"
            " ce partenaire ne voit plus aucune tribune."
        )
    if days > SOON:
        return ""
    when = {0: "aujourd’hui", 1: "demain"}.get(days, f"dans {days} jours")
    return f"Le contrat finit {when}, le {partner.contract_until:%d/%m/%Y}."


def contract_of(partner: Partner) -> str:
    """Return when the contract runs, in a few words."""
    today = timezone.localdate()
    if partner.contract_until is None:
        return "sans fin" if partner.contract_from <= today else "à venir"
    ends = f"{partner.contract_until:%d/%m/%Y}"
    return f"fini le {ends}" if partner.contract_until < today else f"jusqu’au {ends}"


def key_state(key: AccessKey, now: datetime) -> str:
    """Return whether a key opens something, and until when."""

    def day(at: datetime) -> str:
        return f"{timezone.localtime(at):%d/%m/%Y}"

    if key.revoked_at:
        return f"révoqué le {day(key.revoked_at)}"
    if key.expires_at is None:
        return "valide"
    if key.expires_at <= now:
        return f"expiré le {day(key.expires_at)}"
    if getattr(key, "rotated_at", None):
        return f"remplacé, sert encore jusqu’au {day(key.expires_at)}"
    days = (key.expires_at - now).days
    soon = f" (dans {days} jour{'s' if days > 1 else ''})" if days <= SOON else ""
    return f"valide jusqu’au {day(key.expires_at)}{soon}"
