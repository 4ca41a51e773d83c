"""Authors and signatories of a tribune as values; what is needed was fetched before."""

from tribunes.items import Credit
from tribunes.models import SignerRow, TribunePage


def people_of(page: TribunePage) -> tuple[Credit, ...]:
    """Return who wrote and who signed, in their order; nobody's address is among it."""
    return (
        *(_credit(row, "author") for row in page.authors.all()),
        *(_credit(row, "signatory") for row in page.signatories.all()),
    )


def _credit(row: SignerRow, role: str) -> Credit:
    partner = getattr(row.institution, "partner", None) if row.institution else None
    return Credit(
        id=f"urn:uuid:{row.person.uuid}",
        name=row.person.full_name,
        role=role,
        title=row.role,
        institution=row.organisation,
        biography=row.biography,
        interests=row.interests,
        territory=row.territory.name if row.territory else "",
        partner=f"urn:uuid:{partner.uuid}" if partner else "",
    )
