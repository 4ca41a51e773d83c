"""Tribunes for tests."""

from typing import Any

import factory
from django.utils import timezone
from wagtail_factories import PageFactory

from tests.factories.cms import LicenceFactory, PersonFactory
from tests.factories.focus import BODY, FocusFactory, publish
from tribunes.models import TribuneAuthor, TribunePage, TribuneSignatory


class TribuneFactory(PageFactory):
    """A tribune in a focus, with an author; ``signatories=3`` adds as many, in order."""

    class Meta:
        model = TribunePage
        skip_postgeneration_save = True

    title = factory.Sequence(lambda n: f"Tribune {n}")
    parent = factory.SubFactory(FocusFactory)
    chapo = "Une prise de position d’exemple."
    body = BODY
    licence = factory.SubFactory(LicenceFactory, code="cc-by-nd-4.0")
    live = False
    replies_to = None
    reply_received_on = factory.LazyAttribute(
        lambda made: timezone.localdate() if made.replies_to else None
    )

    @factory.post_generation
    def signatories(self, create: bool, count: int | None) -> None:
        """Sign."""
        self.authors.add(TribuneAuthor(person=PersonFactory()))
        for order in range(count or 0):
            self.signatories.add(TribuneSignatory(person=PersonFactory(), sort_order=order))
        self.save(clean=False)

    @factory.post_generation
    def published(self, create: bool, wanted: Any) -> None:
        """Publish, if the package is out."""
        if create and wanted:
            publish(self)
