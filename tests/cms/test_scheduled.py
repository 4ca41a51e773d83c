"""Pages that are planned for an hour: one that may not appear does not keep the others."""

import logging
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Revision

from cms.withdrawing import lift, withdraw
from tests.factories.focus import FocusFactory
from tests.factories.tribunes import TribuneFactory
from tribunes.models import TribunePage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("s3")]


def planned(page: TribunePage) -> None:
    """Plan a page for an hour that has come."""
    page.go_live_at = timezone.now() + timedelta(hours=1)
    page.save_revision().publish()
    past = timezone.now() - timedelta(minutes=1)
    revision = TribunePage.objects.get(pk=page.pk).latest_revision
    revision.content["go_live_at"] = past.isoformat()
    revision.approved_go_live_at = past
    revision.save()


def test_a_page_that_its_gate_refuses_stays_a_draft_and_the_others_come_out(
    caplog: pytest.LogCaptureFixture,
) -> None:
    focus = FocusFactory(out=True)
    refused = TribuneFactory(parent=focus, title="Retirée", published=True)
    other = TribuneFactory(parent=focus, title="Prévue")
    row = withdraw(refused, reason="Faux.")
    planned(TribunePage.objects.get(pk=refused.pk))
    planned(other)
    with caplog.at_level(logging.ERROR):
        call_command("publish_scheduled", verbosity=0)
    assert TribunePage.objects.get(pk=other.pk).live
    assert not TribunePage.objects.get(pk=refused.pk).live
    assert "scheduled page stays a draft" in caplog.text
    assert not Revision.objects.exclude(approved_go_live_at=None).exists()
    lift(row)
    TribunePage.objects.get(pk=refused.pk).save_revision().publish()
    call_command("publish_scheduled", verbosity=0)


def test_it_can_be_rehearsed() -> None:
    page = TribuneFactory(parent=FocusFactory(out=True))
    planned(page)
    call_command("publish_scheduled", dryrun=True, verbosity=0)
    assert not TribunePage.objects.get(pk=page.pk).live
