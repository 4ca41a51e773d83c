"""Rich shows, written straight into the database: a thousand episodes take seconds.

Everything here is an example. Of a show made here only the cover can be fetched: rows say that
the rest is in the bucket, which is all that a feed and a page ask.
"""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cache

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from cms.models import Person
from podcasts.chapters import Chapter, description_lines
from podcasts.models import (
    Audio,
    EpisodeChapter,
    EpisodeLink,
    EpisodePage,
    EpisodeParticipant,
    ShowHost,
    ShowPage,
    ShowSeason,
    ShowVerification,
)
from podcasts.querysets import EPISODE_LABEL
from podcasts.roles import REQUIRED
from publishing.models import Publication, PublishedObject
from tests.factories.cms import ImageFactory, LicenceFactory
from tests.factories.podcasts import ShowFactory

FIRST = datetime(2006, 1, 5, 6, tzinfo=timezone.get_default_timezone())
SEASON = 52  # episodes
CHAPTERS = tuple(
    Chapter(start=420.0 * n, title=title)
    for n, title in enumerate(
        (
            "Ouverture", "Le constat", "Sur le terrain", "L’avis de l’élue",
            "Ce que coûte l’attente", "Ce que dit la recherche", "Les limites", "Pour conclure",
        )
    )
)  # fmt: skip
LINKS = ("Lire l’étude", "Voir la carte", "Rejoindre le réseau")
SUMMARY = (
    "Trois voix répondent à une question d’exemple : ce qui a été tenté, ce qui a marché, ce qui"
    " reste à faire. Une élue, un porteur d’initiative et une experte en débattent, sans effets"
    " de manche, avec des chiffres et des noms de lieux."
)
PARAGRAPH = (
    "<p>Dans ce département d’exemple, une <b>équipe mobile</b> rend visite aux habitants qui"
    " n’ont plus de médecin ; <i>trois voix</i> racontent ce qui change, ce qui coûte et ce qui"
    ' reste à faire. <a linktype="page" id="{page}">L’émission</a> en parlait déjà l’an dernier,'
    ' et <a href="https://exemple.invalid/etude/{number}?a=1&amp;b=2">une étude</a> le chiffre.</p>'
)
CUE = "00:{0:02}:00.000 --> 00:{0:02}:06.000\n<v Camille Exemple>Une phrase d’exemple.\n\n"


@cache
def show_with(episodes: int) -> ShowPage:
    """Return the show of this run with as many episodes, made when it is first asked for."""
    return make_show(episodes)


@transaction.atomic
def make_show(episodes: int) -> ShowPage:
    """Publish a show with as many rich episodes."""
    portrait = ImageFactory(file__width=400, file__height=400)
    host = Person.objects.create(
        first_name="Camille",
        last_name="Exemple",
        portrait=portrait,
        website="https://exemple.invalid/personnes/camille",
    )
    show = ShowFactory(
        licence=LicenceFactory(code="cc-by-nd-4.0"),
        second_category="Education",
        funding_url="https://exemple.invalid/don",
        funding_text="Soutenir l’émission",
        hosts=[ShowHost(person=host)],
        seasons=[ShowSeason(number=n, name=f"Saison d’exemple {n}") for n in range(1, 21)],
        verifications=[ShowVerification(purpose="verification", value="code-d-exemple")],
    )
    pages = _insert_pages(show, episodes)
    guests = Person.objects.bulk_create(
        Person(
            first_name="Dominique",
            last_name=f"Exemple {number}",
            role="responsable d’exemple",
            website=f"https://exemple.invalid/personnes/{number}",
            portrait=portrait,
        )
        for number in range((len(REQUIRED) - 1) * episodes)
    )
    voices = [[host, *guests[3 * n : 3 * n + 3]] for n in range(episodes)]
    _insert_children(pages, voices)
    _insert_objects(pages, voices)
    show.refresh_from_db()
    return show


def _insert_pages(show: ShowPage, count: int) -> list[EpisodePage]:
    """Insert pages as the tree would have them, in the two tables that they live in."""
    content_type = ContentType.objects.get_for_model(EpisodePage)
    audios = Audio.objects.bulk_create(
        Audio(title=f"Son {n}", state=Audio.State.READY, container="mp3", codec="mp3",
              duration=3480.5 + n, size=55_000_000, frames_digest=f"{n:064x}")
        for n in range(count)
    )  # fmt: skip
    transcript = "WEBVTT\n\n" + "".join(CUE.format(minute) for minute in range(58))
    pages = []
    for n, audio in enumerate(audios):
        number, moment = n + 1, FIRST + timedelta(weeks=n)
        notes = PARAGRAPH.format(page=show.pk, number=number) * 5
        slug = f"question-{number}"
        page = EpisodePage(
            title=f"Qui répond à la question {number} ?",
            draft_title=f"Qui répond à la question {number} ?",
            slug=slug,
            path=show._get_path(show.path, show.depth + 1, number),
            depth=show.depth + 1,
            url_path=f"{show.url_path}{slug}/",
            content_type=content_type,
            locale=show.locale,
            live=True,
            first_published_at=moment,
            last_published_at=moment,
            number=number,
            season=n // SEASON + 1,
            summary=SUMMARY,
            notes=json.dumps([{"type": "paragraph", "value": notes}]),
            audio=audio,
            artwork=show.artwork,
            transcript=transcript,
            licence=show.licence,
            soundbite_start=420,
            soundbite_duration=45,
            soundbite_title="Un extrait d’exemple",
        )
        pages.append(page)
    columns = [field.attname for field in Page._meta.concrete_fields if not field.primary_key]
    bases = Page.objects.bulk_create(
        Page(**{name: getattr(page, name) for name in columns}) for page in pages
    )
    for page, base in zip(pages, bases, strict=True):
        page.pk = base.pk
        page.save_base(raw=True, force_insert=True)
    Page.objects.filter(pk=show.pk).update(numchild=count)
    return pages


def _insert_children(pages: list[EpisodePage], voices: list[list[Person]]) -> None:
    EpisodeParticipant.objects.bulk_create(
        EpisodeParticipant(episode=page, person=person, role=role, sort_order=order)
        for page, people in zip(pages, voices, strict=True)
        for order, (person, role) in enumerate(zip(people, REQUIRED, strict=True))
    )
    EpisodeChapter.objects.bulk_create(
        EpisodeChapter(episode=page, start=chapter.start, title=chapter.title)
        for page in pages
        for chapter in CHAPTERS
    )
    EpisodeLink.objects.bulk_create(
        EpisodeLink(
            episode=page,
            title=title,
            url=f"https://exemple.invalid/liens/{page.number}/{order}",
            sort_order=order,
        )
        for page in pages
        for order, title in enumerate(LINKS)
    )


def _insert_objects(pages: list[EpisodePage], voices: list[list[Person]]) -> None:
    publications = Publication.objects.bulk_create(
        Publication(
            key=f"{EPISODE_LABEL}:{page.pk}", title=page.title, state=Publication.State.PUBLISHED
        )
        for page in pages
    )
    PublishedObject.objects.bulk_create(
        row
        for publication, page, people in zip(publications, pages, voices, strict=True)
        for row in _objects(publication, page, people)
    )


def _objects(
    publication: Publication, page: EpisodePage, people: list[Person]
) -> Iterator[PublishedObject]:
    """Yield what the bucket holds of an episode: sound, texts, covers, portraits."""
    folder, digest = f"episodes/{page.uuid}", page.uuid.hex[:16]
    images = [("artwork", "artwork"), *((f"artwork-{w}",) * 2 for w in (320, 640, 1200))]
    named = [
        ("audio", "audio", "mp3", "audio/mpeg", {"duration": page.audio.duration}),
        ("chapters", "chapters", "json", "application/json+chapters",
         {"lines": description_lines(CHAPTERS)}),
        ("transcript-vtt", "transcript", "vtt", "text/vtt; charset=utf-8", {}),
        ("transcript-srt", "transcript", "srt", "application/x-subrip", {}),
        *((role, stem, "jpg", "image/jpeg", {}) for role, stem in images),
    ]  # fmt: skip
    for role, stem, extension, content_type, facts in named:
        yield PublishedObject(
            publication=publication,
            role=role,
            key=f"{folder}/{stem}-{digest}.{extension}",
            state=PublishedObject.State.LIVE,
            size=55_000_000,
            content_type=content_type,
            facts=facts,
        )
    for person in people:
        yield PublishedObject(
            publication=publication,
            role=f"portrait-{person.uuid}",
            key=f"people/{person.uuid}/portrait-{digest}.jpg",
            state=PublishedObject.State.LIVE,
            size=30_000,
            content_type="image/jpeg",
        )
