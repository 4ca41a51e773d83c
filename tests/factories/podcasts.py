"""Shows, episodes and sounds for tests, with real speech from the example site."""

from functools import cache
from pathlib import Path
from typing import Any

import factory
from factory.django import DjangoModelFactory
from wagtail_factories import PageFactory

from podcasts import example
from podcasts.models import Audio, EpisodeChapter, EpisodePage, EpisodeParticipant, ShowPage
from podcasts.roles import REQUIRED
from podcasts.services import facts_of
from tests.factories.cms import HomePageFactory, ImageFactory, LicenceFactory, PersonFactory

SPEECH = example.DATA / "audio" / "bande-annonce.mp3"
OTHER_SPEECH = example.DATA / "audio" / "bien-manger.mp3"
SPEECH_M4A = example.DATA / "audio" / "vieillir-chez-soi.m4a"


@cache
def measured(path: Path) -> dict[str, Any]:
    """Measure a file, once for all the sounds made of it."""
    return facts_of(path)


def junk_tag(junk: int) -> bytes:
    """Return an ID3v2.4 tag full of ``junk`` bytes that mean nothing."""
    size = bytes(junk >> shift & 0x7F for shift in (21, 14, 7, 0))
    return b"ID3\x04\x00\x00" + size + bytes(range(1, 256)) * (junk // 255) + bytes(junk % 255)


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

    title = factory.Sequence(lambda n: f"Son {n}")
    path = SPEECH
    file = factory.django.FileField(from_path=factory.SelfAttribute("..path"))
    examined = True

    @classmethod
    def _create(
        cls, model: type[Audio], *args: Any, path: Path, examined: bool, **kwargs: Any
    ) -> Audio:
        facts = measured(path) if examined else {}
        return super()._create(model, *args, **facts, **kwargs)


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

    class Params:
        rich = factory.Trait(
            artwork=factory.SubFactory(CoverFactory, file__color="maroon"),
            transcript="WEBVTT\n\n00:01.000 --> 00:04.000\n<v Nora Delmas>Trois voix.\n",
            soundbite_start=1.0,
            soundbite_duration=10.0,
        )

    @factory.post_generation
    def chapters(self, create: bool, starts: tuple[float, ...] | None) -> None:
        """Begin a chapter at each of these seconds."""
        for start in starts or ():
            self.chapters.add(EpisodeChapter(start=start, title=f"À {start:g} secondes"))

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
