"""What happens to tribunes."""

from typing import Any

from tests.factories.focus import publish
from tribunes.models import TribunePage


def again(tribune: TribunePage) -> TribunePage:
    """Return the page as the database has it."""
    return TribunePage.objects.get(pk=tribune.pk)


def change(tribune: TribunePage, **fields: Any) -> None:
    """Publish a tribune with other values."""
    tribune = again(tribune)
    for name, value in fields.items():
        setattr(tribune, name, value)
    publish(tribune)
