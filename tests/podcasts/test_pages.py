"""What readers see of shows and episodes, and what they must never see."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import requests
from bs4 import BeautifulSoup
from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cms.models import HomePage
from cms.templatetags.french import megabytes
from podcasts.models import (
    EpisodeChapter,
    EpisodeLink,
    EpisodePage,
    EpisodeParticipant,
    ShowHost,
    ShowPage,
    ShowSeason,
)
from podcasts.roles import LABELS, OTHER
from tests.factories.cms import ImageFactory, PersonFactory, TerritoryFactory, ThemeFactory
from tests.factories.podcasts import AudioFactory, EpisodeFactory, ShowFactory, republish
from tests.pages import (
    addresses,
    bring_online,
    note_object,
    read,
    structured_data,
    text_of,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("s3")]

TRANSCRIPT = """WEBVTT

00:00:01.000 --> 00:00:04.000
<v Ada Hôte>Qui répond ?

00:00:04.000 --> 00:00:09.000
<v Léa Élue>Nous : les départements.
"""


def make_episode(*, portraits: bool = False, **fields: object) -> EpisodePage:
    """Create an episode with all that a page can show, online."""
    fields = {"audio": AudioFactory(), "cast": (), "published": False} | fields
    episode = EpisodeFactory(**fields)
    people = {
        "host": ("Ada", "Hôte"),
        "elected": ("Léa", "Élue"),
        "initiative": ("Bob", "Porteur"),
        "expert": ("Zoé", "Experte"),
    }
    for role, (first_name, last_name) in people.items():
        portrait = ImageFactory() if portraits else None
        person = PersonFactory(first_name=first_name, last_name=last_name, portrait=portrait)
        episode.participants.add(EpisodeParticipant(person=person, role=role))
    episode.chapters.add(
        EpisodeChapter(start=0, title="La question"), EpisodeChapter(start=4.5, title="La suite")
    )
    episode.links.add(EpisodeLink(title="Un rapport", url="https://exemple.invalid/rapport"))
    episode.territories.add(TerritoryFactory())
    episode.themes.add(ThemeFactory(name="Habitat"))
    republish(episode, transcript=TRANSCRIPT)
    bring_online(episode, episode.show)
    return episode


def count_queries(page: ShowPage | EpisodePage) -> int:
    """Return how many queries a page costs."""
    with CaptureQueriesContext(connection) as queries:
        read(Client(), page)
    return len(queries)


def preview(page: ShowPage | EpisodePage) -> str:
    """Return a page as its editors preview it."""
    page = page.get_latest_revision_as_object()
    return page.make_preview_request().rendered_content


def test_the_media_of_a_public_page_are_those_of_the_public_bucket(client: Client) -> None:
    episode = make_episode(portraits=True)
    republish(episode.show, hosts=[ShowHost(person=PersonFactory(portrait=ImageFactory()))])
    bring_online(episode.show)
    for page in (episode, episode.show):
        document = read(client, page)
        storage = urlsplit(settings.OBJECT_STORAGE["ENDPOINT_URL"]).netloc
        stored = {address for address in addresses(document) if urlsplit(address).netloc == storage}
        assert any("artwork" in address for address in stored)
        assert any("portrait" in address for address in stored)
        for address in stored:
            assert requests.get(address, timeout=20).status_code == 200
            assert address.startswith(f"{settings.OBJECT_STORAGE['PUBLIC_URL']}/")


def test_before_the_sound_is_in_the_bucket_the_page_promises_it(client: Client) -> None:
    episode = EpisodeFactory()
    document = read(client, episode)
    assert text_of(document.select_one("#ecouter")) == "L’épisode arrive dans un instant."
    assert not document.select("audio, [data-time]")
    assert "X-Amz-Signature" not in str(document)
    row = text_of(read(client, episode.show).select_one(".row"))
    assert "bientôt à l’écoute" in row


def test_a_preview_plays_the_private_original() -> None:
    draft = EpisodeFactory(published=False)
    draft.save_revision()
    html = preview(draft)
    assert "X-Amz-Signature" in html
    audio = BeautifulSoup(html, "html.parser").select_one("audio")
    sound = requests.get(audio["src"], timeout=20)
    assert len(sound.content) == draft.audio.size


def test_a_preview_of_a_page_that_does_not_exist_yet(rf: RequestFactory) -> None:
    show = ShowFactory()
    draft = EpisodePage(title="Une question ?", slug="une-question")
    draft.set_url_path(show)
    draft.depth = show.depth + 1
    draft.path = ShowPage._get_children_path_interval(show.path)[1]
    html = draft.make_preview_request().rendered_content
    assert "Le son n’est pas encore choisi" in html


def test_pictures_whose_rights_have_expired_are_left_out(client: Client) -> None:
    episode = make_episode(portraits=True)
    person = episode.participants.get(role="elected").person
    assert len(read(client, episode).select("img.portrait")) == 4
    yesterday = timezone.localdate() - timedelta(days=1)
    for image in (person.portrait, episode.show.artwork):
        type(image).objects.filter(pk=image.pk).update(rights_expire_on=yesterday)
    document = read(client, episode)
    assert len(document.select("img.portrait")) == 3
    assert not document.select("img.artwork, [property='og:image']")


def test_a_draft_is_not_there(client: Client) -> None:
    read(client, EpisodeFactory(published=False), status=404)


def test_readers_get_no_cookie_and_caches_may_share_the_page(client: Client) -> None:
    episode = make_episode()
    for page in (episode, episode.show):
        answer = client.get(page.url)
        assert not answer.cookies
        assert "Cookie" not in answer.get("Vary", "")


def test_nothing_is_fetched_elsewhere_and_nothing_is_inline(client: Client) -> None:
    episode = make_episode()
    for page in (episode, episode.show):
        document = read(client, page)
        for element in document.select("link[rel=stylesheet], script[src]"):
            address = element.get("href") or element.get("src")
            assert finders.find(address.removeprefix("/static/")), address
        inline = [script for script in document.select("script") if not script.get("src")]
        assert [script["type"] for script in inline] == ["application/ld+json"]
        assert not document.select("style, [style], [onclick]")


def test_the_question_is_the_title_and_every_voice_has_its_role(client: Client) -> None:
    episode = make_episode(title="Qui répond ?")
    document = read(client, episode)
    assert [text_of(title) for title in document.select("h1")] == ["Qui répond\u202f?"]
    heard = {
        text_of(voice.select_one(".voice-role")): text_of(voice.select_one(".voice-name"))
        for voice in document.select(".voice")
    }
    assert heard == {
        "Animation": "Ada Hôte",
        "Élu·e": "Léa Élue",
        "Porteur·se d’initiative": "Bob Porteur",
        "Expert·e": "Zoé Experte",
    }


def test_without_a_script_a_chapter_leads_to_its_place_in_the_sound(client: Client) -> None:
    document = read(client, make_episode())
    audio = document.select_one("audio")
    assert audio.has_attr("controls")
    assert audio["preload"] == "metadata"
    links = [(link["href"], text_of(link)) for link in document.select(".chapters a")]
    assert links == [
        (f"{audio['src']}#t=0", "0:00 La question"),
        (f"{audio['src']}#t=4.5", "0:04 La suite"),
    ]


def test_the_transcript_is_read_by_turns_in_the_colour_of_the_voice(client: Client) -> None:
    document = read(client, make_episode())
    turns = [(turn["class"][1], text_of(turn)) for turn in document.select(".turn")]
    assert turns == [
        ("voice-host", "Ada Hôte Écouter à partir de 0:01 Qui répond\u202f?"),
        ("voice-elected", "Léa Élue Écouter à partir de 0:04 Nous\u00a0: les départements."),
    ]
    assert [stroke["class"] for stroke in document.select(".score rect")] == [
        ["voice-host"],
        ["voice-elected"],
    ]


def test_the_page_shows_links_subjects_licence_and_size(client: Client) -> None:
    episode = make_episode()
    document = read(client, episode)
    assert document.select_one(".links a")["href"] == "https://exemple.invalid/rapport"
    assert [text_of(tag) for tag in document.select(".tags li")] == [
        str(episode.territories.get()),
        "Habitat",
    ]
    licence = episode.show.licence
    assert document.select_one("a[rel=license]")["href"] == licence.url
    download = document.select_one(".player-links a")
    size = requests.head(download["href"], timeout=20).headers["Content-Length"]
    assert f"(MP3, {megabytes(int(size))})" in text_of(document.select_one(".player-links"))


def test_the_episodes_before_and_after_are_one_step_away(client: Client) -> None:
    show = ShowFactory()
    audio = AudioFactory()
    now = timezone.now()
    third, first, second = (
        EpisodeFactory(parent=show, audio=audio, publication_date=now - timedelta(days=days))
        for days in (1, 3, 2)
    )
    steps = {link["rel"][0]: link["href"] for link in read(client, second).select(".neighbours a")}
    assert steps == {"prev": first.url, "next": third.url}
    assert [link["rel"] for link in read(client, third).select(".neighbours a")] == [["prev"]]


def test_episodes_are_listed_by_season_newest_first(client: Client) -> None:
    show = ShowFactory(published=False)
    republish(show, seasons=[ShowSeason(number=2, name="Tenir")])
    audio = AudioFactory()
    for day, season in enumerate((1, 1, 2, 2)):
        when = timezone.now() - timedelta(days=10 - day)
        EpisodeFactory(
            parent=show, audio=audio, season=season, number=day + 1, publication_date=when
        )
    document = read(client, show)
    seasons = [
        (text_of(section.h2), [text_of(number) for number in section.select(".row-number")])
        for section in document.select("#episodes section")
    ]
    assert seasons == [("Saison 2 Tenir", ["4", "3"]), ("Saison 1", ["2", "1"])]


def test_the_feed_is_named_as_soon_as_it_can_be_read(client: Client) -> None:
    show = ShowFactory()
    assert not read(client, show).select("#abonnement, link[rel=alternate]")
    bring_online(show)
    document = read(client, show)
    assert document.select_one("link[rel=alternate]")["href"] == show.feed_url
    assert document.select_one("#adresse-flux")["href"] == show.feed_url
    app = document.select_one(".platforms a")["href"]
    assert app == show.feed_url.replace("http:", "podcast:")


def test_hostile_texts_stay_texts(client: Client) -> None:
    hostile = '</script><script>alert("x")</script><img src=x onerror=alert(1)>'
    episode = make_episode(title=hostile, summary=hostile, slug="hostile")
    document = read(client, episode)
    assert structured_data(document)["name"] == hostile
    assert not document.select("script:not([src]):not([type]), [onerror]")
    assert text_of(document.select_one("h1")) == hostile


def test_the_page_describes_itself_to_search_engines(client: Client) -> None:
    episode = make_episode()
    data = structured_data(read(client, episode))
    assert data["@type"] == "PodcastEpisode"
    assert data["partOfSeries"]["@id"] == episode.show.full_url
    sound = requests.head(data["associatedMedia"]["contentUrl"], timeout=20)
    assert sound.headers["Content-Length"] == data["associatedMedia"]["contentSize"]
    assert [part["roleName"] for part in data["contributor"]] == [
        label for role, label in LABELS.items() if role != OTHER
    ]
    series = structured_data(read(client, episode.show))
    assert (series["@type"], series["webFeed"]) == ("PodcastSeries", episode.show.feed_url)


def test_a_show_of_twenty_episodes_costs_as_many_queries_as_one_of_two() -> None:
    show = ShowFactory()
    audio = AudioFactory()

    def grow(count: int) -> int:
        for _ in range(count):
            episode = EpisodeFactory(parent=show, audio=audio)
            note_object(episode, "audio", duration=audio.duration)
        return count_queries(show)

    count_queries(show)  # the first page fills the caches of the site
    assert grow(2) == grow(18)
    assert len(read(Client(), show).select(".play")) == 20


def test_the_size_of_an_episode_costs_no_query() -> None:
    episode = make_episode(portraits=True)
    count_queries(episode)
    few = count_queries(episode)
    for n in range(6):
        person = PersonFactory(portrait=ImageFactory())
        episode.participants.add(EpisodeParticipant(person=person, role=OTHER))
        episode.chapters.add(EpisodeChapter(start=5 + n, title=f"Chapitre {n}"))
        episode.territories.add(TerritoryFactory(code=f"{20 + n}"))
    republish(episode)
    bring_online(episode)
    assert count_queries(episode) == few


def test_the_home_page_shows_the_show_and_its_episodes(client: Client) -> None:
    episode = make_episode(title="Qui répond ?")
    document = read(client, HomePage.objects.get())
    feature = document.select_one(".feature")
    assert feature.h2.a["href"] == episode.show.url
    assert feature.img["src"].startswith(settings.OBJECT_STORAGE["PUBLIC_URL"])
    cards = document.select(".card")
    assert [card.h3.a["href"] for card in cards] == [episode.url]
    assert "15\u00a0s" in text_of(cards[0])
