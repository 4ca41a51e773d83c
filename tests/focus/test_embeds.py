"""Videos of others: the player that tracks least, at the right moment, or a link and no more."""

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from focus.embeds import video

YOUTUBE = "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?autoplay=1&rel=0"
PEERTUBE = "https://tube.exemple.invalid/videos/embed/kkGMgK9ZtnKfYAgnEtQxbv"
UUID = "9c9de5e8-0a1e-484a-b099-e80766180a6d"


@pytest.mark.parametrize(
    "url",
    [
        "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
        "https://youtube.com/watch?feature=share&v=dQw4w9WgXcQ&t=12s",
        "https://m.youtube.com/watch?v=dQw4w9WgXcQ",
        "https://youtu.be/dQw4w9WgXcQ?si=abc",
        "https://www.youtube.com/live/dQw4w9WgXcQ?feature=share",
        "https://www.youtube.com/embed/dQw4w9WgXcQ",
        "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ",
        " https://www.youtube.com/shorts/dQw4w9WgXcQ/ ",
    ],
)
def test_every_address_of_youtube_leads_to_its_domain_without_cookies(url: str) -> None:
    found = video(url)
    assert found.player == YOUTUBE
    assert found.watch == "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
    assert (found.host, found.sets_cookies) == ("YouTube", True)


@pytest.mark.parametrize(
    ("url", "player", "watch"),
    [
        (
            "https://youtu.be/dQw4w9WgXcQ",
            f"{YOUTUBE}&start=1215",
            "https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=1215s",
        ),
        (
            "https://geo.dailymotion.com/player/xabc1.html?video=x8abcde",
            "https://geo.dailymotion.com/player/xabc1.html?video=x8abcde&startTime=1215",
            "https://www.dailymotion.com/video/x8abcde?start=1215",
        ),
        (
            "https://www.dailymotion.com/video/x8abcde_un-titre",
            "",
            "https://www.dailymotion.com/video/x8abcde?start=1215",
        ),
        (
            "https://vimeo.com/123456789",
            "https://player.vimeo.com/video/123456789?dnt=1&autoplay=1#t=1215s",
            "https://vimeo.com/123456789#t=1215s",
        ),
        (
            "https://vimeo.com/123456789/abcdef0123",
            "https://player.vimeo.com/video/123456789?h=abcdef0123&dnt=1&autoplay=1#t=1215s",
            "https://vimeo.com/123456789/abcdef0123#t=1215s",
        ),
        (
            "https://player.vimeo.com/video/123456789?h=abcdef0123",
            "https://player.vimeo.com/video/123456789?h=abcdef0123&dnt=1&autoplay=1#t=1215s",
            "https://vimeo.com/123456789/abcdef0123#t=1215s",
        ),
        (
            "https://tube.exemple.invalid/w/kkGMgK9ZtnKfYAgnEtQxbv",
            f"{PEERTUBE}?start=1215s&autoplay=1&p2p=0",
            "https://tube.exemple.invalid/w/kkGMgK9ZtnKfYAgnEtQxbv?start=1215s",
        ),
        (
            f"https://tube.exemple.invalid:8443/videos/watch/{UUID}",
            f"https://tube.exemple.invalid:8443/videos/embed/{UUID}?start=1215s&autoplay=1&p2p=0",
            f"https://tube.exemple.invalid:8443/w/{UUID}?start=1215s",
        ),
    ],
)
def test_a_part_starts_at_its_time_in_the_player_and_in_the_link(
    url: str, player: str, watch: str
) -> None:
    found = video(url, 1215.7)
    assert (found.player, found.watch) == (player, watch)


def test_without_a_player_of_ones_own_dailymotion_is_a_link() -> None:
    found = video("https://dai.ly/x8abcde")
    assert (found.player, found.watch) == ("", "https://www.dailymotion.com/video/x8abcde")


def test_a_live_event_of_vimeo_has_a_player_of_its_own() -> None:
    found = video("https://vimeo.com/event/4455667")
    assert found.player == "https://vimeo.com/event/4455667/embed?dnt=1"


def test_peertube_sets_no_cookies_and_is_named_by_its_host() -> None:
    found = video("https://tube.exemple.invalid/w/kkGMgK9ZtnKfYAgnEtQxbv")
    assert (found.host, found.sets_cookies) == ("tube.exemple.invalid", False)


@pytest.mark.parametrize(
    "url",
    [
        "https://video.exemple.invalid/le-direct",
        "https://www.youtube.com/@solutions",
        "https://www.youtube.com/watch?v=<script>",
        "https://www.dailymotion.com/video/",
        "https://vimeo.com/channels/staffpicks",
        "https://tube.exemple.invalid/w/trop-court",
        "https://youtube.com.exemple.invalid/watch?v=dQw4w9WgXcQ",
    ],
)
def test_an_unknown_host_or_page_is_a_link_only(url: str) -> None:
    found = video(url)
    assert found.player == ""
    assert found.watch == url


@pytest.mark.parametrize(
    "url",
    [
        "",
        "http://www.youtube.com/watch?v=dQw4w9WgXcQ",
        "javascript:alert(1)",
        "//youtu.be/dQw4w9WgXcQ",
        "https://",
        "https://[",
    ],
)
def test_what_is_not_an_https_address_is_no_video(url: str) -> None:
    assert video(url) is None


@given(st.from_regex(r"https://(www\.)?(youtu\.be|youtube\.com|vimeo\.com|dai\.ly|a\.fr)/\S*"))
def test_a_player_is_always_at_a_host_that_we_know(url: str) -> None:
    found = video(url, 5)
    if found and found.player:
        parts = urlsplit(found.player)
        assert parts.scheme == "https"
        assert parts.hostname in {
            "www.youtube-nocookie.com",
            "geo.dailymotion.com",
            "player.vimeo.com",
            "vimeo.com",
            "a.fr",
        }
        assert not set(found.player) & set("\"'<> ")
