"""What tribunes store, under one name: ``from tribunes.models import TribunePage``."""

from tribunes.models.tribune import (
    TribuneAuthor,
    TribuneCorrection,
    TribunePage,
    TribuneSignatory,
)

__all__ = ["TribuneAuthor", "TribuneCorrection", "TribunePage", "TribuneSignatory"]
