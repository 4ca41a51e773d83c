"""The lists «Épisodes» and «Sons»: what they say, in a number of queries that never grows."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from podcasts.models import Audio
from podcasts.querysets import EPISODE_LABEL
from publishing.models import Publication
from tests.factories.podcasts import AudioFactory, EpisodeFactory, ShowFactory
from tests.podcasts.editor import Editor, chief_editor, document, newsroom, plain, reporter

__all__ = ["newsroom"]  # a fixture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("newsroom", "s3")]

EPISODES, SOUNDS = reverse("episodes:index"), reverse("sons:index")
STATUS = "Status actuel de la page : "


def rows(answer: HttpResponse) -> list[list[str]]:
    """Return the text of the cells of a list, without the column of boxes to tick."""
    table = document(answer).xpath("//table[contains(@class, 'listing')]//tbody/tr")
    return [[plain(cell.text_content()) for cell in row.xpath("td")] for row in table]


def column(answer: HttpResponse, number: int) -> list[str]:
    """Return the text of a column."""
    return [cells[number] for cells in rows(answer)]


def feed_state(pk: int, state: str) -> None:
    """Say where an episode stands in the pipeline."""
    Publication.objects.update_or_create(
        key=f"{EPISODE_LABEL}:{pk}", defaults={"state": state, "published_at": timezone.now()}
    )


def test_the_list_says_number_date_state_in_the_feed_and_duration() -> None:
    published = timezone.now() - timedelta(days=3)
    episode = EpisodeFactory(title="Qui soigne ?", number=7, publication_date=published)
    feed_state(episode.pk, "published")
    draft = EpisodeFactory(
        parent=episode.show, title="Qui paie ?", number=8, published=False, audio=None
    )
    Publication.objects.filter(key=f"{EPISODE_LABEL}:{draft.pk}").delete()
    answer = reporter().client.get(f"{EPISODES}?ordering=number")
    first, second = rows(answer)
    assert first[1].startswith("Qui soigne ?")
    assert first[2:] == ["7", "Il y a 3 jours", "en ligne", "00:00:15", STATUS + "publiée"]
    assert second[2:] == ["8", "", "jamais", "", STATUS + "brouillon"]


@pytest.mark.parametrize(
    ("state", "word"),
    [("stale", "en attente"), ("failed", "en échec"), ("withdrawn", "hors ligne")],
)
def test_the_state_in_the_feed_is_that_of_the_pipeline(state: str, word: str) -> None:
    feed_state(EpisodeFactory().pk, state)
    assert column(reporter().client.get(EPISODES), 4) == [word]


SORTED = {
    "title": "ABC",
    "number": "BAC",
    "date": "CAB",
    "feed_state": "ACB",
    "audio__duration": "ACB",
}


@pytest.mark.parametrize("name", SORTED)
def test_every_column_sorts_both_ways_and_what_is_not_known_yet_comes_first(name: str) -> None:
    show, now = ShowFactory(), timezone.now()
    facts = {"A": (2, 2, 1.0, "failed"), "B": (1, 1, 3.0, "stale"), "C": (3, 3, 2.0, "published")}
    for title, (number, days, seconds, state) in facts.items():
        day = now - timedelta(days=days)
        episode = EpisodeFactory(parent=show, title=title, number=number, publication_date=day)
        Audio.objects.filter(pk=episode.audio_id).update(duration=seconds)
        feed_state(episode.pk, state)
    expected = SORTED[name]
    if name != "title":
        unknown = EpisodeFactory(parent=show, title="?", number=None, audio=None, published=False)
        Publication.objects.filter(key=f"{EPISODE_LABEL}:{unknown.pk}").delete()
        expected += "?"
    client = reporter().client
    for sign, titles in (("", expected), ("-", expected[::-1])):
        answer = client.get(EPISODES, {"ordering": sign + name})
        assert "".join(text[0] for text in column(answer, 1)) == titles


@pytest.mark.parametrize("url", [EPISODES, SOUNDS])
@pytest.mark.parametrize(
    "ordering",
    ["", "title", "-number", "date", "-feed_state", "audio__duration", "live", "-created_at", "x"],
)
def test_a_list_is_searched_whatever_its_order(url: str, ordering: str) -> None:
    episode = EpisodeFactory(title="Qui recherche ?", audio__title="Recherche")
    EpisodeFactory(parent=episode.show)
    call_command("update_index", verbosity=0)
    answer = reporter().client.get(url, {"q": "recherche", "ordering": ordering})
    assert len(rows(answer)) == 1


def test_a_list_of_many_asks_no_more_questions_than_a_list_of_few() -> None:
    show = ShowFactory()
    editor = chief_editor()
    counts = []
    for number in (2, 10):
        while show.get_children().count() < number:
            EpisodeFactory(parent=show)
        counts.append([_queries(editor, url) for url in (EPISODES, SOUNDS)])
    assert counts[0] == counts[1]


def _queries(editor: Editor, url: str) -> int:
    editor.client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert editor.client.get(url).status_code == 200
    return len(queries)


def test_the_list_of_sounds_says_what_is_known_of_each() -> None:
    AudioFactory(title="Bon")
    AudioFactory(title="Nouveau", examined=False)
    bad = AudioFactory(title="Mauvais", examined=False)
    Audio.objects.filter(pk=bad.pk).update(state="refused", problem="Il manque la fin.")
    answer = reporter().client.get(f"{SOUNDS}?ordering=title")
    headings = document(answer).xpath("//table[contains(@class, 'listing')]//th")
    words = " ".join(plain(heading.text_content()) for heading in headings)
    assert words == "Titre Analyse Envoyé"
    said = {cells[0].split()[0]: cells[1] for cells in rows(answer)}
    assert said["Bon"].startswith("00:00:15, MP3")
    assert said["Nouveau"] == "Analyse en cours…"
    assert said["Mauvais"] == "Refusé. Il manque la fin."
