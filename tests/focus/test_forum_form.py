"""The form of a forum: three parts to begin with, and words next to the field that is wrong."""

import pytest
from django.urls import reverse

from focus.models import FocusPage, ForumPage
from focus.models.forum import PARTS
from tests.factories.cms import PersonFactory
from tests.factories.focus import FocusFactory, ForumFactory
from tests.podcasts.editor import (
    Editor,
    Fields,
    chief_editor,
    document,
    edit_url,
    errors,
    fields,
    newsroom,
    plain,
)

__all__ = ["newsroom"]  # a fixture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("newsroom", "s3")]

SRT = "1\n00:00:01,000 --> 00:00:02,000\nNora : Bonjour.\n"


def new_url(focus: FocusPage) -> str:
    """Return the address of the form of a new forum."""
    return reverse("wagtailadmin_pages:add", args=("focus", "forumpage", focus.pk))


def opened(editor: Editor, focus: FocusPage) -> Fields:
    """Return what the form of a new forum holds, with a title."""
    answer = editor.client.get(new_url(focus))
    # A browser sends a field without value too.
    empty = document(answer).xpath("//form[@data-edit-form]//input[not(@value)]/@name")
    hidden = {name: "" for name in empty if name.endswith("-id")}
    return hidden | fields(answer) | {"title": "Le forum", "slug": "forum"}


def draft(page: ForumPage) -> ForumPage:
    """Return the last revision of a page."""
    return ForumPage.objects.get(pk=page.pk).get_latest_revision_as_object()


def titles(page: ForumPage) -> list[str]:
    """Return the parts of a page, in order."""
    return [part.title for part in page.parts.all()]


def test_a_new_forum_has_three_parts() -> None:
    editor, focus = chief_editor(), FocusFactory()
    form = opened(editor, focus)
    assert editor.send(new_url(focus), form).status_code == 302
    assert titles(ForumPage.objects.get()) == list(PARTS)


def test_editors_rename_remove_and_add_parts() -> None:
    editor, focus = chief_editor(), FocusFactory()
    form = opened(editor, focus) | {"parts-0-title": "Le constat", "parts-1-DELETE": "1"}
    editor.send(new_url(focus), form)
    page = ForumPage.objects.get()
    assert titles(page) == ["Le constat", PARTS[2]]
    assert document(editor.client.get(edit_url(page))) is not None
    assert editor.open(page)["parts-TOTAL_FORMS"] == "2"


def test_a_form_that_comes_back_keeps_the_parts_as_they_were_typed() -> None:
    editor, focus = chief_editor(), FocusFactory()
    form = opened(editor, focus) | {"parts-0-title": "Le constat", "stream_url": "http://a.fr/"}
    answer = editor.send(new_url(focus), form)
    assert answer.status_code == 200
    assert fields(answer)["parts-TOTAL_FORMS"] == "3"
    assert fields(answer)["parts-0-title"] == "Le constat"


def test_somebody_is_added_to_a_part() -> None:
    editor, page = chief_editor(), ForumFactory()
    form = editor.open(page)
    person = PersonFactory()
    added = {
        "parts-0-speakers-TOTAL_FORMS": "1",
        "parts-0-speakers-0-person": person.pk,
        "parts-0-speakers-0-role": "maire",
        "parts-0-speakers-0-organisation": "",
        "parts-0-speakers-0-ORDER": "1",
        "parts-0-speakers-0-id": "",
    }
    assert editor.send(edit_url(page), form, **added).status_code == 302
    (speaker,) = draft(page).parts.all()[0].speakers.all()
    assert speaker.person == person


def test_addresses_that_are_not_secure_are_refused_next_to_their_field() -> None:
    editor, page = chief_editor(), ForumFactory()
    answer = editor.save(page, replay_url="http://tube.exemple.invalid/w/1")
    assert "https://" in errors(answer)["replay_url"]
    answer = editor.save(page, **{"parts-1-replay_url": "http://tube.exemple.invalid/w/1"})
    assert "https://" in errors(answer)["parts"]


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("starts_in_replay", "vingt", "n’est pas un temps"),
        ("captions", "Bonjour à tous.", "Ligne 1 : « Bonjour à tous. »"),
        ("captions", "WEBVTT\n\n00:05.000 --> 00:01.000\nA\n", "Ligne 3 : la fin"),
    ],
)
def test_what_cannot_be_read_of_a_part_is_refused_in_french(
    field: str, typed: str, said: str
) -> None:
    editor, page = chief_editor(), ForumFactory()
    answer = editor.save(page, **{f"parts-1-{field}": typed})
    (text,) = answer.context["form"].formsets["parts"].errors[1][field]
    assert said in plain(text)
    assert plain(text) in plain(document(answer).text_content())


def test_subrip_becomes_webvtt() -> None:
    editor, page = chief_editor(), ForumFactory()
    assert editor.save(page, **{"parts-0-captions": SRT}).status_code == 302
    captions = draft(page).parts.all()[0].captions
    assert captions.startswith("WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n<v Nora>")


def test_parts_that_do_not_follow_one_another_may_wait_but_not_go_out() -> None:
    editor, page = chief_editor(), ForumFactory(parent=FocusFactory(out=True))
    wrong = {"parts-0-starts_in_replay": "40:00", "parts-1-starts_in_replay": "20:00"}
    assert editor.save(page, **wrong).status_code == 302
    answer = editor.publish(page)
    assert "doit venir après" in errors(answer)["parts"]
    mended = editor.publish(page, **{"parts-1-starts_in_replay": "50:00"})
    assert mended.status_code == 302
    assert ForumPage.objects.get(pk=page.pk).live


def test_the_order_on_the_screen_counts() -> None:
    editor, page = chief_editor(), ForumFactory(parent=FocusFactory(out=True))
    swapped = {
        "parts-0-starts_in_replay": "20:00",
        "parts-0-ORDER": "2",
        "parts-1-starts_in_replay": "0:00",
        "parts-1-ORDER": "1",
    }
    assert editor.publish(page, **swapped).status_code == 302


def test_without_an_hour_nothing_goes_out() -> None:
    editor, page = chief_editor(), ForumFactory(parent=FocusFactory(out=True), starts_at=None)
    assert "date et l’heure" in errors(editor.publish(page))["starts_at"]
