"""No page of a package goes out early: every door that leads to readers, at every stage."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Revision, Workflow

from cms.models.gate import NotPublishable
from cms.roles import CHIEF_EDITORS
from cms.services import APPROVAL
from focus.models import ArticlePage, FocusPage, ForumPage, Insert, Package
from focus.package import services
from focus.package.exceptions import PackageHeld
from focus.package.members import latest_revisions
from focus.package.release import release, take
from tests.factories.focus import ArticleFactory, FocusFactory, ForumFactory
from tests.focus.packages import (
    approved,
    focus_of,
    live,
    ordered,
    package_of_four,
    someone,
    submitted,
)
from tests.podcasts.editor import Editor, edit_url, messages, newsroom

__all__ = ["newsroom"]  # a fixture made elsewhere

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("s3", "newsroom")]


@pytest.fixture
def editor() -> Editor:
    """A chief editor in front of the admin."""
    return Editor(CHIEF_EDITORS)


def rolled_back(package: Package) -> Package:
    """Bring a package out, and back."""
    release(take(ordered(package).pk))
    services.roll_back(package, someone())
    package.refresh_from_db()
    return package


def planned(package: Package) -> Package:
    """Let a package wait for its hour."""
    return ordered(package, timezone.now() + timedelta(hours=1))


STAGES = {
    "in preparation": lambda package: package,
    "planned": planned,
    "rolled back": rolled_back,
}


def article_of(package: Package) -> ArticlePage:
    """Return its article, with nothing remembered."""
    return ArticlePage.objects.child_of(focus_of(package)).get(title="L’article")


def insert_of(package: Package) -> Insert:
    """Return its cahier: a form without blocks, which scripts would have to fill in."""
    return Insert.objects.child_of(focus_of(package)).get()


def published_article() -> ArticlePage:
    """Return an article of another focus, which is out."""
    return ArticleFactory(
        parent=FocusFactory(out=True, title="Déjà paru"), title="Un article paru", published=True
    )


# Doors: each tries to bring a page of the package to readers


def publish_button(package: Package, editor: Editor) -> None:
    """Press «Publier» in the page editor."""
    editor.publish(insert_of(package))


def publish_button_of_the_focus(package: Package, editor: Editor) -> None:
    """Press it on the focus itself."""
    editor.publish(focus_of(package))


def hour_in_the_form(package: Package, editor: Editor) -> None:
    """Give the page an hour of its own in the editor, and publish; the hour comes."""
    soon = timezone.localtime(timezone.now() + timedelta(hours=1))
    editor.publish(insert_of(package), go_live_at=f"{soon:%d/%m/%Y %H:%M}")
    hours_pass()


def bulk_publish(package: Package, editor: Editor) -> None:
    """Publish the focus with all below it, from the list of pages."""
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    editor.client.post(f"{address}?id={package.focus_id}", {"include_descendants": "on"})


def bulk_publish_with_an_hour(package: Package, editor: Editor) -> None:
    """The same, of a draft that carries an hour; the hour comes."""
    article = article_of(package)
    article.go_live_at = timezone.now() + timedelta(hours=1)
    article.save_revision()
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    editor.client.post(f"{address}?id={article.pk}", {"include_descendants": "on"})
    hours_pass()


def last_approval(package: Package, editor: Editor) -> None:
    """Approve the page at the last step of its workflow."""
    article = article_of(package)
    article.save_revision()
    state = Workflow.objects.get(name=APPROVAL).start(article, someone())
    editor.client.post(
        reverse(
            "wagtailadmin_pages:workflow_action",
            args=[article.pk, "approve", state.current_task_state.pk],
        ),
        {"comment": ""},
    )


def by_hand(package: Package, editor: Editor) -> None:
    """Publish a revision from a script."""
    article_of(package).save_revision().publish()


def the_clock(package: Package, editor: Editor) -> None:
    """Schedule a revision from a script; the hour comes."""
    article = article_of(package)
    article.go_live_at = timezone.now() + timedelta(hours=1)
    try:
        article.save_revision().publish()
    finally:
        hours_pass()


def an_old_version(package: Package, editor: Editor) -> None:
    """Go back to an older version and publish it."""
    insert = insert_of(package)
    old = insert.save_revision()
    insert.save_revision()
    form = editor.open(insert)
    editor.send(edit_url(insert), form, "publish", revision=old.pk)


def copy_of_a_public_page(package: Package, editor: Editor) -> None:
    """Copy a public page into the focus, as published."""
    copy(editor, published_article(), focus_of(package), publish_copies="on")


def copy_of_the_focus(package: Package, editor: Editor) -> None:
    """Copy a focus that is out, with its pages, as published: the copy is a package too."""
    out = published_article().get_parent()
    copy(editor, out, out.get_parent(), publish_copies="on", copy_subpages="on")
    assert not FocusPage.objects.filter(slug="copie", live=True)
    assert not Page.objects.filter(url_path__contains="/copie/", live=True)


def alias_of_a_public_page(package: Package, editor: Editor) -> None:
    """Make a public page appear in the focus too."""
    forum = ForumFactory(parent=FocusFactory(out=True), title="Un forum paru")
    forum.save_revision().publish()
    ForumPage.objects.get(pk=forum.pk).create_alias(parent=focus_of(package), update_slug="alias")


def alias_of_the_focus(package: Package, editor: Editor) -> None:
    """Make a whole focus that is out appear again, by a script."""
    out = FocusPage.objects.get(pk=published_article().get_parent().pk)
    try:
        out.create_alias(recursive=True, update_slug="copie")
    finally:
        assert not Page.objects.filter(url_path__contains="/copie/", live=True)


def alias_that_follows(package: Package, editor: Editor) -> None:
    """Publish the original of an alias that waits in the focus."""
    original = published_article()
    original.unpublish()
    original = ArticlePage.objects.get(pk=original.pk)
    original.create_alias(parent=focus_of(package), update_slug="alias")
    original.save_revision().publish()


def move_of_a_public_page(package: Package, editor: Editor) -> None:
    """Move a public page into the focus."""
    move(editor, published_article(), focus_of(package))


def publish_again(package: Package, editor: Editor) -> None:
    """Withdraw the page, then publish what was withdrawn."""
    insert_of(package).unpublish()
    editor.publish(insert_of(package))


OF_THE_FOCUS = (publish_button_of_the_focus, copy_of_the_focus, alias_of_the_focus)
OF_ITS_PAGES = (
    publish_button,
    hour_in_the_form,
    bulk_publish,
    bulk_publish_with_an_hour,
    last_approval,
    by_hand,
    the_clock,
    an_old_version,
    copy_of_a_public_page,
    alias_of_a_public_page,
    alias_that_follows,
    move_of_a_public_page,
    publish_again,
)


def copy(editor: Editor, page: Page, into: Page, **options: str) -> None:
    """Copy a page in the admin."""
    answer = editor.client.post(
        reverse("wagtailadmin_pages:copy", args=[page.pk]),
        {"new_title": "Copie", "new_slug": "copie", "new_parent_page": into.pk, **options},
    )
    assert answer.status_code == 302


def move(editor: Editor, page: Page, into: Page) -> None:
    """Move a page in the admin."""
    answer = editor.client.post(
        reverse("wagtailadmin_pages:move_confirm", args=[page.pk, into.pk]), {}
    )
    assert answer.status_code == 302


def hours_pass() -> None:
    """Let every planned hour come, and the minute of the timer."""
    past = timezone.now() - timedelta(minutes=1)
    for revision in Revision.objects.exclude(approved_go_live_at=None):
        revision.approved_go_live_at = past
        revision.content["go_live_at"] = past.isoformat()
        Revision.objects.bulk_update([revision], ["approved_go_live_at", "content"])
    call_command("publish_scheduled")


@pytest.mark.parametrize("door", OF_THE_FOCUS + OF_ITS_PAGES, ids=lambda door: door.__name__)
@pytest.mark.parametrize("stage", STAGES)
def test_every_door_is_shut(
    stage: str, door: Callable[[Package, Editor], None], editor: Editor
) -> None:
    package = STAGES[stage](package_of_four())
    with suppress(NotPublishable):
        door(package, editor)
    assert live(package) == []
    assert not Revision.objects.exclude(approved_go_live_at=None)


@pytest.mark.parametrize("door", OF_ITS_PAGES, ids=lambda door: door.__name__)
def test_the_same_doors_open_for_a_page_added_once_the_package_is_out(
    door: Callable[[Package, Editor], None], editor: Editor
) -> None:
    package = package_of_four(out=True)
    door(package, editor)
    assert len(live(package)) > 1


HELD = {
    "moved": lambda article, elsewhere: article.move(elsewhere, "last-child"),
    "moved in front": lambda article, elsewhere: article.move(article.get_parent(), "first-child"),
    "joined by another": lambda article, elsewhere: ArticleFactory(parent=article.get_parent()),
    "joined by a copy": lambda article, elsewhere: article.copy(update_attrs={"slug": "copie"}),
    "deleted": lambda article, elsewhere: article.delete(),
    "deleted with its focus": lambda article, elsewhere: article.get_parent().delete(),
}


@pytest.mark.parametrize("act", HELD)
@pytest.mark.parametrize("stage", [submitted, approved, planned])
def test_what_is_being_approved_stays(act: str, stage: Callable[[Package], Package]) -> None:
    package = stage(package_of_four())
    elsewhere = FocusFactory(out=True)
    before = latest_revisions(package)
    with pytest.raises(PackageHeld, match="rouvrez-le"), transaction.atomic():
        HELD[act](article_of(package), elsewhere)
    assert latest_revisions(package) == before
    assert article_of(package).get_parent().pk == package.focus_id


@pytest.mark.parametrize("act", HELD)
def test_before_that_editors_arrange_their_pages_as_they_like(act: str) -> None:
    package = package_of_four()
    HELD[act](article_of(package), FocusFactory(out=True))


def test_a_refused_move_is_said_in_the_admin(editor: Editor) -> None:
    package, elsewhere = approved(package_of_four()), FocusFactory(out=True)
    address = reverse(
        "wagtailadmin_pages:move_confirm", args=[article_of(package).pk, elsewhere.pk]
    )
    answer = editor.client.post(address, follow=True)
    assert messages(answer)[0].startswith(
        "« L’article » : Le focus « Vieillir chez soi » est validé"
    )


def test_a_refused_hour_never_stops_the_clock_of_the_others(editor: Editor) -> None:
    other = ArticleFactory(parent=FocusFactory(out=True), title="Un autre")
    other.go_live_at = timezone.now() + timedelta(hours=1)
    other.save_revision().publish()
    with suppress(NotPublishable):
        the_clock(package_of_four(), editor)
    other.refresh_from_db()
    assert other.live


@pytest.mark.parametrize("stage", [submitted, approved])
def test_nobody_types_a_page_that_could_not_be_saved(
    stage: Callable[[Package], Package], editor: Editor
) -> None:
    package = package_of_four()
    address = reverse("wagtailadmin_pages:add", args=["focus", "articlepage", package.focus_id])
    assert editor.client.get(address).status_code == 200
    stage(package)
    answer = editor.client.get(address, follow=True)
    assert "rouvrez-le" in messages(answer)[0]
    assert not answer.context.get("form")
