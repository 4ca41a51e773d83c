"""Warnings before a token or a contract ends: 30 and 7 days ahead, each of them once.

A timer queues a task for each warning that is due (``publishing.signals.healing``). The task marks
it given, then writes; a mail that does not leave takes the mark back and is raised, so that the
timer tries again. What was announced to servers stays announced.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.core.mail import send_mail
from django.db import models, transaction
from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django_tasks import task

from cms.models import User
from tribunes import addresses
from tribunes.models import Partner, PartnerContact, PartnerToken
from tribunes.one_line import one_line
from tribunes.webhooks.services import announce

STEPS = (30, 7)
"""Days before the end at which a warning leaves, the earliest first."""


def step_of(days: float) -> int:
    """Return the last step that was reached, that many days before the end."""
    return min(step for step in STEPS if days <= step)


def _due(field: str, now: Any) -> Q:
    """Select what ends within a step of which nobody was warned."""
    unwarned = Q(warned_days=None)
    found = Q()
    for step in STEPS:
        found |= Q(**{f"{field}__lte": now + timedelta(days=step)}) & unwarned
        unwarned |= Q(warned_days__gte=step)
    return found


def tokens_due() -> QuerySet[PartnerToken]:
    """Return the tokens to warn of: those of the sandbox and those already replaced matter not."""
    living = PartnerToken.objects.usable().filter(rotated_at=None, is_sandbox=False)
    return living.filter(_due("expires_at", timezone.now()))


def contracts_due() -> QuerySet[Partner]:
    """Return the partners to warn of: their contract runs and ends soon."""
    today = timezone.localdate()
    return Partner.objects.filter(_due("contract_until", today), contract_until__gte=today)


def queue_warnings(**kwargs: object) -> None:
    """Queue every warning that is due; one that was given meanwhile does nothing."""
    for pk in tokens_due().values_list("pk", flat=True):
        warn_of_token.enqueue(pk)
    for pk in contracts_due().values_list("pk", flat=True):
        warn_of_contract.enqueue(pk)


@task()
def warn_of_token(pk: int) -> None:
    """Tell the people of a partner, and its servers, that a token ends."""
    with transaction.atomic():
        token = tokens_due().select_for_update().filter(pk=pk).first()
        if token is None:
            return
        before = token.warned_days
        left = token.expires_at - timezone.now()
        _mark(token, step_of(left / timedelta(days=1)))
        _announce(token)
    _write(
        token,
        before,
        [
            (
                f"Votre jeton «\u202f{token.name}\u202f» expire bientôt",
                "expiring_token",
                token.partner.addresses(PartnerContact.Role.TECHNICAL) or _editors(),
            )
        ],
        partner=token.partner,
        token=token,
    )


def _announce(token: PartnerToken) -> None:
    """Tell the servers of a partner, once a step: not again with a letter that is tried again."""
    if token.announced_days == token.warned_days:
        return
    data = {
        "id": str(token.uuid),
        "name": token.name,
        "expires": timezone.localtime(token.expires_at).isoformat(),
        "href": addresses.api("/tokens"),
    }
    announce("token.expiring", data, timezone.now(), [token.partner])
    token.announced_days = token.warned_days
    token.save(update_fields=["announced_days"])


@task()
def warn_of_contract(pk: int) -> None:
    """Tell the newsroom, and the people of a partner, that the contract ends."""
    with transaction.atomic():
        partner = contracts_due().select_for_update().filter(pk=pk).first()
        if partner is None:
            return
        before = partner.warned_days
        _mark(partner, step_of((partner.contract_until - timezone.localdate()).days))
    name = str(partner)
    _write(
        partner,
        before,
        [
            (f"Le contrat de {name} finit bientôt", "expiring_contract_newsroom", _editors()),
            ("Votre contrat de reprise finit bientôt", "expiring_contract", partner.addresses()),
        ],
        partner=partner,
    )


def _mark(row: models.Model, warned_days: int | None) -> None:
    row.warned_days = warned_days
    row.save(update_fields=["warned_days"])


def _write(
    row: models.Model,
    before: int | None,
    letters: Sequence[tuple[str, str, Sequence[str]]],
    **context: Any,
) -> None:
    """Send letters: subject, template, addresses. A failure takes the mark back and is raised."""
    context |= {
        "space": addresses.absolute(reverse("partner_space:home")),
        "admin": addresses.absolute(reverse("wagtailadmin_home")),
    }
    try:
        for subject, template, to in letters:
            if to:
                text = render_to_string(f"tribunes/mail/{template}.txt", context)
                send_mail(one_line(subject), text, None, to)
    except Exception:
        _mark(row, before)
        raise


def _editors() -> list[str]:
    """Return the addresses of those who manage partners."""
    managers = User.objects.with_perm("tribunes.change_partner", include_superusers=False)
    return list(managers.exclude(email="").values_list("email", flat=True).distinct())
