"""Rich shows, written straight into the database: a thousand episodes take seconds.

Everything here is an example. Nothing but the cover of the show is in the bucket: the rows say
that the rest is, which is all that a feed and a page ask.
"""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils.timezone import get_default_timezone
from wagtail.models import Page

from cms.models import Person
from podcasts.artifacts import build_texts
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

FIRST = datetime(2006, 1, 5, 6, tzinfo=get_default_timezone())
CHAPTERS = (
    "Ouverture", "Le constat", "Sur le terrain", "L’avis de l’élue", "Ce que coûte l’attente",
    "Ce que dit la recherche", "Les limites", "Pour conclure",
)  # fmt: skip
PARAGRAPH = (
    "<p>Dans ce département d’exemple, une <b>équipe mobile</b> rend visite aux habitants qui"
    " n’ont plus de médecin ; <i>trois voix</i> racontent ce qui change, ce qui coûte et ce qui"
    ' reste à faire. <a linktype="page" id="{page}">L’émission</a> en parlait déjà l’an dernier,'
    ' et <a href="https://exemple.invalid/etude/{number}?a=1&amp;b=2">une étude</a> le chiffre.</p>'
)
CUE = "00:{minute:02}:00.000 --> 00:{minute:02}:06.000\n<v Camille Exemple>Phrase d’exemple.\n\n"


@transaction.atomic
def make_show(episodes: int) -> ShowPage:
    """Create and publish a show with as many rich episodes; the storage must be there."""
    licence = LicenceFactory(code="cc-by-nd-4.0")
    portrait = ImageFactory(file__width=400, file__height=400)
    host = Person.objects.create(last_name="Exemple", first_name="Camille", portrait=portrait)
    show = ShowFactory(
        licence=licence,
        second_category="Education",
        funding_url="https://exemple.invalid/don",
        funding_text="Soutenir l’émission",
        hosts=[ShowHost(person=host)],
        seasons=[ShowSeason(number=n, name=f"Saison d’exemple {n}") for n in range(1, 21)],
        verifications=[ShowVerification(purpose="verification", value="code-d-exemple")],
    )
    pages = _pages(show, episodes)
    return show
