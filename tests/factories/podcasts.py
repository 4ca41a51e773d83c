"""Shows, episodes and sounds for tests, with real speech from the example site."""

from typing import Any

import factory
from factory.django import DjangoModelFactory
from wagtail_factories import PageFactory

from podcasts import example
from podcasts.models import Audio, EpisodePage, EpisodeParticipant, ShowPage
from podcasts.roles import REQUIRED
from podcasts.services import examine
from tests.factories.cms import HomePageFactory, ImageFactory, LicenceFactory, PersonFactory

SPEECH = example.DATA / "audio" / "bande-annonce.mp3"
OTHER_SPEECH = example.DATA / "audio" / "bien-manger.mp3"
SPEECH_M4A = example.DATA / "audio" / "vieillir-chez-soi.m4a"


class CoverFactory(ImageFactory):
    """A picture within Apple’s limits."""

    title = "Pochette"
    file = factory.django.ImageField(
        filename="pochette.jpg", format="JPEG", width=1400, height=1400, color="teal"
    )


class AudioFactory(DjangoModelFactory):
    """A sound that was measured; ``examined=False`` leaves it pending, ``path=`` chooses it."""

    class Meta:
        model = Audio
        exclude = ("path",)
        skip_postgeneration_save = True

    title = factory.Sequence(lambda n: f"Son {n}")
    path = SPEECH
    file = factory.django.FileField(from_path=factory.SelfAttribute("..path"))

    @factory.post_generation
    def examined(self, create: bool, wanted: bool | None) -> None:
        """Measure the sound."""
        if create and wanted is not False:
            examine(self)


class ShowFactory(PageFactory):
    """A show under the home page; ``published=False`` leaves a draft."""

    class Meta:
        model = ShowPage
        skip_postgeneration_save = True

    title = factory.Sequence(lambda n: f"Émission {n}")
    parent = factory.LazyFunction(
        lambda: HomePageFactory._meta.model.objects.first() or HomePageFactory()
    )
    description = "Une émission d’exemple."
    artwork = factory.SubFactory(CoverFactory)
    category = "Society & Culture/Documentary"
    author = "Solutions solidaires"
    copyright = "Solutions solidaires"
    licence = factory.SubFactory(LicenceFactory, code="cc-by-nd-4.0")
    live = False

    @factory.post_generation
    def published(self, create: bool, wanted: bool | None) -> None:
        """Publish as an editor does."""
        if create and wanted is not False:
            publish(self)


class EpisodeFactory(PageFactory):
    """A full episode with its four voices; ``published=False`` leaves a draft."""

    class Meta:
        model = EpisodePage
        skip_postgeneration_save = True

    title = factory.Sequence(lambda n: f"Qui répond à la question {n} ?")
    parent = factory.SubFactory(ShowFactory)
    number = factory.Sequence(lambda n: n + 1)
    summary = "Trois voix répondent à une question d’exemple."
    audio = factory.SubFactory(AudioFactory)
    live = False

    @factory.post_generation
    def cast(self, create: bool, roles: tuple[str, ...] | None) -> None:
        """Give each role a voice."""
        for role in REQUIRED if roles is None else roles:
            self.participants.add(EpisodeParticipant(person=PersonFactory(), role=role))
        self.save(clean=False)

    @factory.post_generation
    def published(self, create: bool, wanted: bool | None) -> None:
        """Publish as an editor does."""
        if create and wanted is not False:
            publish(self)


def publish(page: Any) -> None:
    """Save a revision and publish it, then show the page as the database has it."""
    page.save_revision().publish()
    page.refresh_from_db()


def republish(page: Any, **changes: object) -> None:
    """Change fields, then publish."""
    for name, value in changes.items():
        setattr(page, name, value)
    publish(page)
