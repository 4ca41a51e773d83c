"""Forums for tests, online, at any moment of their life."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from focus.models import ForumPage, ForumPart, ForumSpeaker
from tests.factories.cms import ImageFactory, PersonFactory
from tests.factories.focus import FocusFactory, ForumFactory, publish

CAPTIONS = """WEBVTT

00:01.000 --> 00:04.000
<v Ada Hôte>Qui paie ?

00:04.000 --> 00:09.000
<v Léa Élue>Nous, tous.
"""
YOUTUBE = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
UPCOMING = timedelta(days=9)
LIVE = -timedelta(minutes=20)
OVER = -timedelta(days=2)


def forum(starts_in: timedelta, *, poster: bool = False, **fields: Any) -> ForumPage:
    """Return a forum of one hour, online, in three parts with captions; it starts in that time."""
    fields = {
        "title": "Le forum",
        "chapo": "Une heure d’exemple.",
        "place": "Paris, 2, rue d’Exemple",
        "host": PersonFactory(first_name="Ada", last_name="Hôte", role="rédactrice"),
        "stream_url": YOUTUBE,
        "reminder": "Préparez vos questions.",
        "poster": ImageFactory(file__width=1600, file__height=900) if poster else None,
    } | fields
    page = ForumFactory(
        parent=FocusFactory(out=True), starts_at=timezone.now() + starts_in, parts=0, **fields
    )
    page.parts = [_part(number) for number in range(1, 4)]
    publish(page)
    return ForumPage.objects.get(pk=page.pk)


def _part(number: int) -> ForumPart:
    part = ForumPart(
        title=f"Partie {number}",
        question=f"Question {number} ?",
        summary=f"Résumé {number}.",
        captions=CAPTIONS,
        starts_in_replay=f"{number * 20 - 20}:00",
        sort_order=number,
    )
    person = PersonFactory(first_name="Léa", last_name=f"Élue {number}", role="maire")
    part.speakers.add(ForumSpeaker(person=person, organisation="Ville d’Exemple"))
    return part
