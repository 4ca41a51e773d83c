"""Pictures of shows and people, as the public bucket gets them."""

import pytest
from django.core.management import call_command

from cms.models import Rendition
from podcasts.artifacts import build_episode, build_show
from podcasts.models import EpisodeParticipant
from tests.conftest import Worker
from tests.factories.cms import ImageFactory, PersonFactory
from tests.factories.podcasts import CoverFactory, EpisodeFactory
from tests.services import S3

pytestmark = pytest.mark.django_db(transaction=True)


def test_saying_what_should_be_published_makes_no_picture(s3: S3, worker: Worker) -> None:
    episode = EpisodeFactory(artwork=CoverFactory())
    person = PersonFactory(portrait=ImageFactory())
    EpisodeParticipant.objects.create(episode=episode, person=person, role="other")
    private = s3.keys(s3.private)

    described = build_episode(episode.pk), build_show(episode.show.pk)
    call_command("publish", "--all", "--dry-run", verbosity=0)
    assert Rendition.objects.count() == 0
    assert s3.keys(s3.private) == private

    worker.drain()
    promised = {artifact.key for wish in described for artifact in wish.artifacts}
    assert promised == set(s3.keys())
    assert Rendition.objects.count() > 0
