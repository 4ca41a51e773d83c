"""System checks: what must never reach production."""

from collections.abc import Sequence

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, register


@register(deploy=True)
def check_outside(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: object
) -> list[CheckMessage]:
    """Refuse to be deployed able to call servers of this machine (``tribunes.outside``)."""
    if not settings.OUTSIDE_MAY_BE_LOCAL:
        return []
    return [
        Error(
            "OUTSIDE_MAY_BE_LOCAL est vrai : des adresses données par des partenaires pourraient"
            " faire parler cette machine à elle-même.",
            hint="Retirez ce réglage\u00a0: il ne sert qu’au développement.",
            id="tribunes.E001",
        )
    ]
