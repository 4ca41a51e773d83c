"""Everything the site stores, under one name: ``from cms.models import Person``."""

from cms.models.base import BasePage, CreditsMixin, ListingMixin, SocialMixin
from cms.models.embargo import EmbargoMixin
from cms.models.home import HomePage
from cms.models.images import Image, Rendition
from cms.models.information import InformationPage
from cms.models.licences import Licence
from cms.models.people import Organisation, Person
from cms.models.territories import Territory
from cms.models.text_page import TextPage
from cms.models.text_rows import BylineRow, CorrectionRow
from cms.models.themes import Theme
from cms.models.users import User
from cms.models.withdrawal import Withdrawal

__all__ = [
    "BasePage",
    "BylineRow",
    "CorrectionRow",
    "CreditsMixin",
    "EmbargoMixin",
    "HomePage",
    "Image",
    "InformationPage",
    "Licence",
    "ListingMixin",
    "Organisation",
    "Person",
    "Rendition",
    "SocialMixin",
    "Territory",
    "TextPage",
    "Theme",
    "User",
    "Withdrawal",
]
