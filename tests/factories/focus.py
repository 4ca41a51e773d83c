"""Focuses and their pages for tests."""

import json
from datetime import timedelta
from typing import Any

import factory
from django.utils import timezone
from wagtail_factories import PageFactory

from focus.models import (
    ArticleAuthor,
    ArticlePage,
    FocusIndexPage,
    FocusPage,
    ForumPage,
    ForumPart,
    Insert,
    Package,
)
from tests.factories.cms import HomePageFactory, LicenceFactory, PersonFactory

BODY = json.dumps(
    [
        {"type": "paragraph", "value": "<p>Un premier paragraphe d’exemple.</p>"},
        {"type": "heading", "value": "Un intertitre"},
        {"type": "paragraph", "value": "<p>Un second paragraphe, <b>en gras</b>.</p>"},
    ]
)


def publish(page: Any) -> None:
    """Save a revision and publish it, then show the page as the database has it."""
    page.save_revision().publish()
    page.refresh_from_db()


class FocusIndexFactory(PageFactory):
    """The page of all focuses."""

    class Meta:
        model = FocusIndexPage

    title = "Focus"
    slug = "focus"
    parent = factory.LazyFunction(
        lambda: HomePageFactory._meta.model.objects.first() or HomePageFactory()
    )


class FocusFactory(PageFactory):
    """A focus in preparation; ``out=True``: its package came out and it is online."""

    class Meta:
        model = FocusPage
        skip_postgeneration_save = True

    title = factory.Sequence(lambda n: f"Focus {n}")
    parent = factory.LazyFunction(lambda: FocusIndexPage.objects.first() or FocusIndexFactory())
    year = 2026
    semester = 2
    chapo = "Un dossier d’exemple."
    licence = factory.SubFactory(LicenceFactory, code="cc-by-nd-4.0")
    paper_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=30))
    print_deadline = factory.LazyFunction(lambda: timezone.now() + timedelta(days=28))
    live = False

    @factory.post_generation
    def out(self, create: bool, wanted: bool | None) -> None:
        """Let the package come out."""
        if create and wanted:
            Package.objects.filter(focus=self).update(
                state=Package.State.PUBLISHED, published_at=timezone.now()
            )
            self.__dict__.pop("package", None)
            self._state.fields_cache.pop("package", None)
            publish(self)


class ArticleFactory(PageFactory):
    """An article with one author, ready to come out; ``published=True`` publishes it."""

    class Meta:
        model = ArticlePage
        skip_postgeneration_save = True

    title = factory.Sequence(lambda n: f"Article {n}")
    parent = factory.SubFactory(FocusFactory)
    surtitre = "Exemple"
    chapo = "Deux phrases d’exemple. Elles donnent envie de lire."
    body = BODY
    licence = factory.SubFactory(LicenceFactory, code="cc-by-nd-4.0")
    live = False

    @factory.post_generation
    def people(self, create: bool, people: Any) -> None:
        """Sign; ``people=[…]`` names who."""
        for order, person in enumerate(people or [PersonFactory()]):
            self.authors.add(ArticleAuthor(person=person, sort_order=order))
        self.save(clean=False)

    @factory.post_generation
    def published(self, create: bool, wanted: Any) -> None:
        """Publish, if the package is out."""
        if create and wanted:
            publish(self)


class InsertFactory(PageFactory):
    """A cahier of eight pages, in preparation."""

    class Meta:
        model = Insert

    title = "Le cahier"
    parent = factory.SubFactory(FocusFactory)
    live = False


class ForumFactory(PageFactory):
    """A forum in three parts, in a month."""

    class Meta:
        model = ForumPage
        skip_postgeneration_save = True

    title = "Le forum"
    parent = factory.SubFactory(FocusFactory)
    starts_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=30))
    place = "En ligne"
    live = False

    @factory.post_generation
    def parts(self, create: bool, count: int | None) -> None:
        """Divide the hour."""
        for number in range(1, (3 if count is None else count) + 1):
            self.parts.add(ForumPart(title=f"Partie {number}", sort_order=number))
        self.save(clean=False)
