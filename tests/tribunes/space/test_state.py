"""Reference syndication.md §11: a status page, which says what a partner cannot see by itself."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tests.factories.focus import FocusFactory
from tests.factories.tribunes import TribuneFactory
from tests.tribunes.space.visits import text_of, url
from tribunes.models import Change
from tribunes.space.tasks import mail_sign_in

pytestmark = pytest.mark.django_db


def page() -> str:
    """Return what anybody reads there."""
    return text_of(Client().get(url("state")))


def test_all_is_well() -> None:
    assert "ouverte" in page()
    assert "à l’heure" in page()
    assert "aucun encore" in page()


def test_it_says_that_the_api_is_closed(settings: Any) -> None:
    settings.API_MAINTENANCE = True
    assert "fermée quelques minutes" in page()


def test_it_says_how_late_the_workers_are() -> None:
    mail_sign_in.using(run_after=timezone.now() - timedelta(minutes=2)).enqueue("a@exemple.invalid")
    DBTaskResult.objects.update(enqueued_at=timezone.now() - timedelta(days=1))
    assert "à l’heure" in page()  # retries wait for their hour
    mail_sign_in.enqueue("a@exemple.invalid")
    DBTaskResult.objects.update(enqueued_at=timezone.now() - timedelta(minutes=12))
    assert "en retard de 12 minutes" in page()


def test_no_date_tells_of_a_text_under_embargo() -> None:
    later = timezone.now() + timedelta(days=1)
    TribuneFactory(parent=FocusFactory(out=True), published=True, embargoed_until=later)
    assert Change.objects.exists()
    assert "aucun encore" in page()
