"""The public page of a notice: reference syndication.md §6, «acknowledgement shown»."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from tests.pages import read, text_of
from tests.tribunes.followup.acts import REASON, copy, correct, pull, retract
from tribunes.followup import links
from tribunes.models import Notice, Partner, TribunePage

pytestmark = pytest.mark.django_db


@pytest.fixture
def withdrawn(tribune: TribunePage, partner: Partner) -> Notice:
    """The notice of a withdrawal."""
    pull(partner, tribune)
    retract(tribune)
    return Notice.objects.get()


def address(notice: Notice) -> str:
    return reverse("tribunes_notice", args=(links.token_of(notice),))


def test_opening_a_link_shows_the_notice_and_acknowledges_nothing(
    client: Client, withdrawn: Notice, partner: Partner, tribune: TribunePage
) -> None:
    copy(partner, tribune, "https://exemple.invalid/copie")
    page = read(client, address(withdrawn))
    assert text_of(page.h1) == "Texte retiré\u00a0: «\u202fOuvrir les portes\u202f»"
    assert REASON in text_of(page.main)
    assert page.select_one('a[href="https://exemple.invalid/copie"]')
    client.head(address(withdrawn))
    assert Notice.objects.get().acknowledged_at is None


def test_an_answer_says_who_and_where_and_stays(client: Client, withdrawn: Notice) -> None:
    said = {"name": "Ada Hôte", "url": "https://exemple.invalid/copie"}
    answer = client.post(address(withdrawn), said)
    assert (answer.status_code, answer["Location"]) == (302, address(withdrawn))
    page = read(client, address(withdrawn))
    assert "par Ada Hôte" in text_of(page.select_one('[role="status"]'))
    assert not page.select("form")
    client.post(address(withdrawn), {"name": "Quelqu’un d’autre"})
    notice = Notice.objects.get()
    assert (notice.acknowledged_by, notice.acknowledged_url, notice.send_at) == (
        "Ada Hôte",
        "https://exemple.invalid/copie",
        None,
    )


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"name": "  "},
        {"name": "Ada", "url": "javascript:alert(1)"},
        {"name": "Ada", "url": "https://169.254.169.254/"},
        {"name": "A" * 300},
    ],
)
def test_a_wrong_answer_says_so_and_changes_nothing(
    client: Client, withdrawn: Notice, said: dict[str, str]
) -> None:
    answer = client.post(address(withdrawn), said)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert Notice.objects.get().acknowledged_at is None


def test_a_link_acknowledges_its_notice_and_older_ones_only(
    client: Client, tribune: TribunePage, partner: Partner
) -> None:
    pull(partner, tribune)
    for text in ("Une.", "Deux.", "Trois."):
        correct(tribune, text)
    second = Notice.objects.get(version=3)
    client.post(address(second), {"name": "Ada"})
    answered = Notice.objects.exclude(acknowledged_at=None).values_list("version", flat=True)
    assert sorted(answered) == [2, 3]


def test_nothing_of_it_is_kept_indexed_or_told(client: Client, withdrawn: Notice) -> None:
    answer = client.get(address(withdrawn))
    assert "no-store" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "no-referrer"
    assert answer["X-Robots-Tag"] == "noindex, nofollow"


def test_another_secret_opens_nothing(client: Client, withdrawn: Notice) -> None:
    for token in ("x", withdrawn.digest, links.token_of(withdrawn)[:-1] + "g"):
        assert client.get(reverse("tribunes_notice", args=(token,))).status_code == 404


def test_only_a_digest_is_stored(withdrawn: Notice) -> None:
    token = links.token_of(withdrawn)
    assert token not in map(str, Notice.objects.values().get().values())
    assert withdrawn.digest != token


def test_a_former_key_keeps_its_links_until_it_is_dropped(
    client: Client, withdrawn: Notice, settings: Settings
) -> None:
    before = address(withdrawn)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "nouvelle", [settings.SECRET_KEY]
    assert address(withdrawn) == before
    assert client.get(before).status_code == 200
    settings.SECRET_KEY_FALLBACKS = []
    assert client.get(before).status_code == 404
    after = address(withdrawn)
    assert after != before
    assert client.get(after).status_code == 200


def test_what_partners_type_is_shown_as_typed(client: Client, withdrawn: Notice) -> None:
    client.post(address(withdrawn), {"name": "<script>alert(1)</script>"})
    assert not read(client, address(withdrawn)).select("main script")
