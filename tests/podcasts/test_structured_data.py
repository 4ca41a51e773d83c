"""Shows and episodes as schema.org values."""

from datetime import UTC, datetime

import pytest

from podcasts.chapters import Chapter
from podcasts.structured_data import (
    Contributor,
    Sound,
    iso_duration,
    podcast_episode,
    podcast_series,
)

SERIES = podcast_series(name="Émission", url="https://exemple.fr/e/", language="fr")
PUBLISHED = datetime(2026, 6, 9, 7, tzinfo=UTC)


def test_what_is_not_known_is_left_out() -> None:
    assert SERIES == {
        "@type": "PodcastSeries",
        "@id": "https://exemple.fr/e/",
        "name": "Émission",
        "url": "https://exemple.fr/e/",
        "inLanguage": "fr",
    }
    episode = podcast_episode(
        name="Qui ?", url="https://exemple.fr/e/1/", series=SERIES, published=PUBLISHED
    )
    assert set(episode) == {
        "@type",
        "@id",
        "name",
        "url",
        "inLanguage",
        "datePublished",
        "partOfSeries",
        "isAccessibleForFree",
    }


def test_a_series_names_its_feed_and_who_makes_it() -> None:
    series = podcast_series(
        name="Émission",
        url="https://exemple.fr/e/",
        language="fr",
        feed="https://media.exemple.fr/feed.xml",
        author="Le réseau",
        publisher="Le magazine",
        hosts=[Contributor(name="Ada", part="Animation")],
    )
    assert series["webFeed"] == "https://media.exemple.fr/feed.xml"
    assert series["author"] == {"@type": "Organization", "name": "Le réseau"}
    assert series["publisher"] == {"@type": "Organization", "name": "Le magazine"}
    assert series["contributor"] == [
        {
            "@type": "Role",
            "roleName": "Animation",
            "contributor": {"@type": "Person", "name": "Ada"},
        }
    ]


def test_an_episode_has_its_sound_chapters_people_and_places() -> None:
    episode = podcast_episode(
        name="Qui ?",
        url="https://exemple.fr/e/1/",
        series=SERIES,
        published=PUBLISHED,
        number=3,
        season=2,
        sound=Sound("https://media.exemple.fr/a.mp3", "audio/mpeg", 123, 100.4),
        chapters=[Chapter(0, "La question"), Chapter(60.5, "La suite")],
        contributors=[Contributor("Léa", "Élue", function="Maire", organisation="Ville")],
        territories=["Aude"],
        themes=["Habitat"],
    )
    assert episode["episodeNumber"] == 3
    assert episode["partOfSeason"] == {"@type": "PodcastSeason", "seasonNumber": 2}
    assert episode["associatedMedia"] == {
        "@type": "AudioObject",
        "contentUrl": "https://media.exemple.fr/a.mp3",
        "encodingFormat": "audio/mpeg",
        "contentSize": "123",
        "duration": "PT1M40S",
    }
    assert [(clip["endOffset"], clip["url"]) for clip in episode["hasPart"]] == [
        (60, "https://exemple.fr/e/1/#t=0"),
        (100, "https://exemple.fr/e/1/#t=60.5"),
    ]
    assert episode["contributor"][0]["contributor"]["affiliation"]["name"] == "Ville"
    assert episode["spatialCoverage"] == [{"@type": "AdministrativeArea", "name": "Aude"}]
    assert episode["keywords"] == ["Habitat"]


@pytest.mark.parametrize(
    ("seconds", "written"), [(0, "PT0S"), (43.6, "PT44S"), (3600, "PT1H"), (3723, "PT1H2M3S")]
)
def test_durations(seconds: float, written: str) -> None:
    assert iso_duration(seconds) == written


@pytest.mark.parametrize(("content_type", "name"), [("audio/mpeg", "MP3"), ("audio/mp4", "M4A")])
def test_formats_have_the_names_that_listeners_know(content_type: str, name: str) -> None:
    assert Sound("https://exemple.fr/a", content_type, 1, 1).format == name
