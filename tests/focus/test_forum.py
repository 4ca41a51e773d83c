"""The page of a forum: right before, during and after, whoever hosts its video."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from focus.models import ForumPage, ForumPart, ForumSpeaker
from tests.factories.cms import PersonFactory
from tests.factories.focus import ForumFactory
from tests.focus.forums import CAPTIONS, LIVE, OVER, UPCOMING, YOUTUBE, forum
from tests.pages import addresses, bring_online, read, structured_data, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("s3")]

PLAYER = "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?autoplay=1&rel=0"


def event_of(document: object) -> dict:
    """Return the event of the page’s JSON-LD."""
    return next(node for node in structured_data(document)["@graph"] if node["@type"] == "Event")


def test_before_it_says_when_where_and_who_and_gives_the_invitation(client: Client) -> None:
    page = forum(UPCOMING)
    bring_online(page)
    document = read(client, page)
    facts = text_of(document.select_one(".forum-facts"))
    assert timezone.localtime(page.starts_at).strftime("%Y") in facts
    assert "(heure de Paris)" in facts
    assert "Paris, 2, rue d’Exemple" in facts
    assert "Ada Hôte, rédactrice" in facts
    button = document.select_one("a[type='text/calendar']")
    assert text_of(button) == "Ajouter à mon agenda"
    assert button["href"].endswith(f"/forums/{page.translation_key}/forum.ics")
    assert "Préparez vos questions." in text_of(document.select_one(".notice"))
    speakers = [text_of(line) for line in document.select(".speakers li")]
    assert speakers[0] == "Léa Élue 1, maire, Ville d’Exemple"
    assert text_of(document.select_one("#parties")) == "Au programme"


def test_before_the_doors_open_nothing_leads_to_the_video(client: Client) -> None:
    document = read(client, forum(UPCOMING))
    assert not document.select("[data-player], .play-choice, .part-summary, details")
    assert "En direct" not in text_of(document)


def test_who_comes_early_finds_the_player(client: Client) -> None:
    document = read(client, forum(timedelta(minutes=10)))
    assert document.select_one("[data-player]")["data-player"] == PLAYER
    assert text_of(document.select_one(".screen + .notice")).startswith("Le direct commence à ")


def test_until_its_invitation_is_in_the_bucket_the_page_does_not_promise_it(client: Client) -> None:
    assert not read(client, forum(UPCOMING)).select("a[type='text/calendar']")


def test_during_it_is_live(client: Client) -> None:
    document = read(client, forum(LIVE))
    assert text_of(document.select_one(".live-badge")) == "En direct"
    button = document.select_one("[data-player]")
    assert text_of(button) == "Lire la vidéo (YouTube, dépose des cookies)"
    assert button.has_attr("hidden")
    link = document.select_one(".play-link")
    assert (link["href"], text_of(link)) == (YOUTUBE, "Voir la vidéo sur YouTube")
    assert not document.select(".part-summary, details, a[type='text/calendar']")


def test_after_each_part_starts_at_its_time(client: Client) -> None:
    page = forum(OVER, replay_url=YOUTUBE)
    bring_online(page)
    document = read(client, page)
    parts = document.select(".part")
    assert document.select_one(".screen [data-player]")["data-player"] == PLAYER
    assert [part.select_one("[data-player]")["data-player"] for part in parts] == [
        PLAYER,
        f"{PLAYER}&start=1200",
        f"{PLAYER}&start=2400",
    ]
    assert text_of(parts[1].select_one("[data-player]")) == (
        "Lire cette partie, à partir de 20:00 (YouTube, dépose des cookies)"
    )
    assert parts[1].select_one(".play-link")["href"] == f"{YOUTUBE}&t=1200s"
    assert text_of(parts[0].select_one(".part-summary")) == "Résumé 1."
    assert text_of(parts[0].select_one("details .turns li")) == "Ada Hôte 0:01 Qui paie\u202f?"
    assert parts[0].select_one("a[type='text/vtt']")["href"].endswith(".vtt")
    assert "En direct" not in text_of(document)


def test_a_part_may_have_a_replay_of_its_own(client: Client) -> None:
    page = forum(OVER)
    part = page.parts.first()
    ForumPart.objects.filter(pk=part.pk).update(replay_url="https://vimeo.com/123456789")
    parts = read(client, page).select(".part")
    assert parts[0].select_one("[data-player]")["data-player"].startswith("https://player.vimeo.")
    assert not parts[1].select("[data-player]")


def test_while_the_replay_is_awaited_the_page_says_so(client: Client) -> None:
    document = read(client, forum(OVER))
    assert "La rediffusion arrive bientôt." in text_of(document.select_one(".notice"))
    assert not document.select("[data-player]")


def test_a_host_that_we_do_not_know_is_a_link_only(client: Client) -> None:
    document = read(client, forum(LIVE, stream_url="https://video.exemple.invalid/direct"))
    assert not document.select("[data-player]")
    link = document.select_one(".play-link")
    assert link["href"] == "https://video.exemple.invalid/direct"


@pytest.mark.parametrize("starts_in", [UPCOMING, LIVE, OVER])
def test_no_address_of_others_is_fetched_by_the_page(client: Client, starts_in: timedelta) -> None:
    page = forum(starts_in, poster=True, replay_url=YOUTUBE if starts_in == OVER else "")
    bring_online(page)
    document = read(client, page)
    fetched = [
        element.get(name, "")
        for element in document.select("img, script, link[rel=stylesheet], iframe, source, video")
        for name in ("src", "href")
    ]
    assert not document.select("iframe, link[rel=preconnect], link[rel=dns-prefetch]")
    assert not [address for address in fetched if "youtube" in address or "ytimg" in address]
    assert document.select_one(".screen-poster")


def test_search_engines_are_told_what_it_is(client: Client) -> None:
    page = forum(LIVE)
    document = read(client, page)
    event = event_of(document)
    start = timezone.localtime(page.starts_at)
    assert event["startDate"] == start.isoformat(timespec="milliseconds")
    assert event["eventStatus"] == "https://schema.org/EventScheduled"
    assert event["eventAttendanceMode"] == "https://schema.org/MixedEventAttendanceMode"
    assert [place["@type"] for place in event["location"]] == ["Place", "VirtualLocation"]
    assert [part["name"] for part in event["subEvent"]] == ["Partie 1", "Partie 2", "Partie 3"]
    assert event["subEvent"][0]["performer"][0]["affiliation"]["name"] == "Ville d’Exemple"
    assert "recordedIn" not in event
    broadcast = structured_data(document)["@graph"][1]
    assert (broadcast["@type"], broadcast["isLiveBroadcast"]) == ("BroadcastEvent", True)
    assert broadcast["broadcastOfEvent"] == {"@id": event["@id"]}


def test_a_forum_online_has_no_place_and_its_replay_is_its_recording(client: Client) -> None:
    event = event_of(read(client, forum(OVER, place="En ligne", replay_url=YOUTUBE)))
    assert event["eventAttendanceMode"] == "https://schema.org/OnlineEventAttendanceMode"
    assert [place["@type"] for place in event["location"]] == ["VirtualLocation"]
    assert event["recordedIn"]["url"] == YOUTUBE


def test_what_is_said_cannot_become_markup(client: Client) -> None:
    page = forum(OVER, title="<b>Le forum</b>", place="</script><script>alert(1)</script>")
    document = read(client, page)
    assert not document.select("h1 b, script:not([src]):not([type])")
    assert event_of(document)["name"] == "<b>Le forum</b>"
    assert all("alert" not in address for address in addresses(document))


def test_the_number_of_queries_does_not_grow() -> None:
    def queries(page: ForumPage) -> int:
        read(Client(), page)
        with CaptureQueriesContext(connection) as captured:
            read(Client(), page)
        return len(captured)

    small = forum(OVER, replay_url=YOUTUBE)
    large = forum(OVER, replay_url=YOUTUBE)
    for number in range(4, 9):
        part = ForumPart(title=f"Partie {number}", captions=CAPTIONS, sort_order=number)
        for _ in range(3):
            part.speakers.add(ForumSpeaker(person=PersonFactory(), role="maire"))
        large.parts.add(part)
    large.save()
    assert queries(large) == queries(small)


def test_a_draft_without_an_hour_can_be_previewed() -> None:
    page = ForumFactory(starts_at=None)
    page.save_revision()
    request = page.get_latest_revision_as_object().make_preview_request()
    assert "Le forum" in request.rendered_content
