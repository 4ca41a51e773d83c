"""Partners for tests."""

from typing import Any

import factory
from factory.django import DjangoModelFactory

from tests.factories.cms import OrganisationFactory
from tribunes import keys
from tribunes.models import Partner, PartnerContact, PartnerToken


class PartnerFactory(DjangoModelFactory):
    """A partner with every right but embargoes, two contacts; ``contacts=()`` for none."""

    class Meta:
        model = Partner
        skip_postgeneration_save = True

    organisation = factory.SubFactory(OrganisationFactory, kind="mutuelle")
    may_have_images = True
    may_have_print = True
    may_have_audio = True

    @factory.post_generation
    def contacts(self, create: bool, roles: Any) -> None:
        """Name who is written to."""
        for role in ("editorial", "technical") if roles is None else roles:
            PartnerContact.objects.create(
                partner=self,
                name=f"Contact {role}",
                email=f"{role}-{self.pk}@partenaire.example",
                role=role,
            )


ALL_SCOPES = tuple(PartnerToken.Scope.values)


def token_of(partner: Partner, **fields: Any) -> str:
    """Return the secret of a new token with every scope."""
    return keys.issue_token(partner, **{"name": "essai", "scopes": ALL_SCOPES} | fields)[1]


def bearer(secret: str) -> dict[str, str]:
    """Return the header of a request with a token, for Django's test client."""
    return {"Authorization": f"Bearer {secret}"}
