"""The page of all tribunes, for tests."""

import factory
from wagtail_factories import PageFactory

from cms.models import HomePage
from tests.factories.cms import HomePageFactory
from tribunes.models import TribuneIndexPage


class TribuneIndexFactory(PageFactory):
    """The page of all tribunes, online under the home page."""

    class Meta:
        model = TribuneIndexPage

    title = "Tribunes"
    slug = "tribunes"
    parent = factory.LazyFunction(lambda: HomePage.objects.first() or HomePageFactory())
