"""The terms of a tribune as values; what is needed was fetched before."""

from collections.abc import Sequence

from django.conf import settings

from cms.licences import mining
from cms.models import Licence
from tribunes.items import Credit, Terms
from tribunes.models import TribunePage
from tribunes.terms import usage

_NAMED = 3
"""Signatures that a credit line names, at most."""


def terms_of(page: TribunePage, licence: Licence, people: Sequence[Credit]) -> Terms:
    """Return the terms under which the text may be republished."""
    credit_line = page.credit_line or _credit_line(people)
    said = {
        "scope": page.scope,
        "editing": page.editing,
        "commercial": page.commercial,
        "territories": page.terms_territories,
        "expires": page.licence_expires_on,
        "credit_line": credit_line,
        "copy_policy": page.copy_policy,
    }
    return Terms(
        code=licence.code,
        name=licence.name,
        url=licence.url,
        required_link=page.required_link or page.canonical_url,
        tdm=mining(licence.code),
        usage=usage(licence=licence.name, **said),
        **said,
    )


def _credit_line(people: Sequence[Credit]) -> str:
    authors = [person.name for person in people if person.role == "author"]
    names = ", ".join(authors[:_NAMED]) + (" et d’autres" if len(authors) > _NAMED else "")
    return f"{names} – {settings.WAGTAIL_SITE_NAME}"
