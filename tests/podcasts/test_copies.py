"""Last month’s episode is the model of this month’s: what a copy keeps, and what it does not."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from podcasts.artifacts import build_episode
from podcasts.models import EpisodePage
from podcasts.querysets import open_episodes
from tests.factories.cms import UserFactory
from tests.factories.podcasts import EpisodeFactory, publish

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("s3")]

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


@pytest.fixture
def model() -> EpisodePage:
    """An episode that came out long ago, with a date of its own."""
    episode = EpisodeFactory(publication_date=LONG_AGO)
    Page.objects.filter(pk=episode.pk).update(first_published_at=LONG_AGO)
    episode.refresh_from_db()
    return episode


@pytest.mark.parametrize("keep_live", [True, False])
def test_a_copy_comes_out_on_the_day_it_is_published(model: EpisodePage, keep_live: bool) -> None:
    copy = model.copy(update_attrs={"slug": "copie", "number": 999}, keep_live=keep_live)
    publish(copy)
    assert copy.publication_date is None
    assert timezone.now() - copy.published_on < timedelta(minutes=1)


def test_a_copy_that_goes_live_at_once_has_a_date_that_stays(model: EpisodePage) -> None:
    copy = model.copy(update_attrs={"slug": "copie", "number": 999}, keep_live=True)
    copy = EpisodePage.objects.get(pk=copy.pk)
    assert copy.first_published_at is not None
    assert copy.published_on == copy.first_published_at


def test_an_alias_is_refused_with_the_reason(model: EpisodePage, client: Client) -> None:
    client.force_login(UserFactory(superuser=True))
    answer = client.post(
        reverse("wagtailadmin_pages:copy", args=[model.pk]),
        {
            "new_title": "Alias",
            "new_slug": "alias",
            "new_parent_page": model.get_parent().pk,
            "alias": "on",
        },
    )
    assert answer.status_code == 302
    assert EpisodePage.objects.count() == 1
    (message,) = get_messages(answer.wsgi_request)
    assert "ne peut pas avoir d’alias" in str(message)


def test_an_alias_made_elsewhere_is_neither_in_the_feed_nor_in_the_lists(
    model: EpisodePage, client: Client
) -> None:
    alias = model.create_alias(update_slug="alias")
    assert build_episode(alias.pk).artifacts == ()
    assert alias.pk not in open_episodes(model.show).values_list("pk", flat=True)
    assert client.get("/").content.decode().count("card") == home_without_alias(client, alias)


def home_without_alias(client: Client, alias: Page) -> int:
    """Count the cards of the home page once the alias is gone."""
    alias.delete()
    return client.get("/").content.decode().count("card")


def test_two_live_episodes_of_a_season_do_not_share_their_number(model: EpisodePage) -> None:
    other = EpisodeFactory(parent=model.show, number=model.number, published=False)
    (message,) = other.publishing_problems()["number"]
    assert model.title in message
    other.number += 1
    assert other.publishing_problems() == {}
