"""What a forum has in the public bucket: an invitation, a poster, captions."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from wagtail.models import PageViewRestriction

from cms.transcripts import parse
from focus.forum_artifacts import build_forum
from focus.models import ForumPage
from publishing.services import Outcome, publish
from tests.factories.focus import publish as publish_page
from tests.focus.forums import OVER, UPCOMING, forum
from tests.services import S3

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("s3")]


def bring_online(page: ForumPage) -> None:
    """Make the bucket equal to the database."""
    assert publish(f"focus.forum:{page.pk}") in {Outcome.CHANGED, Outcome.UNCHANGED}


def invitation(s3: S3, page: ForumPage) -> str:
    """Return the calendar file that readers get, its lines whole."""
    answer = s3.get(f"forums/{page.translation_key}/forum.ics")
    assert answer.status_code == 200
    return answer.content.decode().replace("\r\n ", "")


def test_the_invitation_is_served_as_a_calendar_that_comes_back_for_changes(s3: S3) -> None:
    page = forum(UPCOMING)
    bring_online(page)
    answer = s3.get(f"forums/{page.translation_key}/forum.ics")
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Cache-Control"] == "public, max-age=60"
    assert answer.headers["Content-Disposition"] == 'inline; filename="forum.ics"'
    text = invitation(s3, page)
    assert f"UID:{page.translation_key}" in text
    assert f"URL:{page.full_url}" in text
    assert "Préparez vos questions." in text


def test_publishing_again_changes_the_invitation_and_nothing_else_does(s3: S3) -> None:
    page = forum(UPCOMING)
    bring_online(page)
    before = invitation(s3, page)
    assert publish(f"focus.forum:{page.pk}") is Outcome.UNCHANGED
    page.starts_at += timedelta(hours=1)
    publish_page(page)
    ForumPage.objects.update(last_published_at=timezone.now() + timedelta(minutes=2))
    bring_online(page)
    after = invitation(s3, page)
    uid, sequence = (
        [line for text in (before, after) for line in text.split("\r\n") if line.startswith(name)]
        for name in ("UID:", "SEQUENCE:")
    )
    assert uid[0] == uid[1]
    assert sequence[0] < sequence[1]


def test_each_part_has_its_captions_for_whoever_shows_its_video(s3: S3) -> None:
    page = forum(OVER)
    bring_online(page)
    keys = [key for key in s3.keys() if key.endswith(".vtt")]
    assert [key.split("/")[-1].rsplit("-", 1)[0] for key in keys] == [
        "partie-1",
        "partie-2",
        "partie-3",
    ]
    answer = s3.get(keys[0])
    assert answer.headers["Content-Type"] == "text/vtt; charset=utf-8"
    assert [cue.text for cue in parse(answer.content)] == ["Qui paie ?", "Nous, tous."]


def test_a_poster_leaves_with_its_rights(s3: S3) -> None:
    page = forum(UPCOMING, poster=True)
    roles = {artifact.role for artifact in build_forum(page.pk).artifacts}
    assert {f"image-{page.poster.pk}-{width}" for width in (480, 960, 1600)} < roles
    page.poster.rights_expire_on = date(2099, 12, 31)
    page.poster.save()
    assert build_forum(page.pk).valid_until.date().year in {2099, 2100}
    page.poster.rights_expire_on = date(2020, 1, 1)
    page.poster.save()
    assert not [a for a in build_forum(page.pk).artifacts if a.role.startswith("image")]


@pytest.mark.parametrize("hide", ["unpublish", "restrict", "delete"])
def test_nothing_stays_of_a_forum_that_nobody_may_see(s3: S3, hide: str) -> None:
    page = forum(UPCOMING)
    bring_online(page)
    assert s3.keys()
    if hide == "unpublish":
        page.unpublish()
    elif hide == "restrict":
        PageViewRestriction.objects.create(page=page.get_parent(), restriction_type="login")
    else:
        ForumPage.objects.get(pk=page.pk).delete()
    bring_online(page)
    assert s3.keys() == []
