"""Who opens what: every address of the print desk, reading and writing."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse

from focus.admin import print_desk
from focus.admin.print_buttons import desk_button
from focus.models import AssetBundle, InsertEvent
from focus.print_desk import links
from tests.factories.cms import UserFactory
from tests.factories.focus import ArticleFactory
from tests.focus.print_room import asset, cahier, chief, newsroom, page_of, reporter, version

__all__ = ["newsroom"]  # a fixture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("newsroom", "s3")]

READ = {
    "desk": "insert",
    "sheet": "insert",
    "events": "insert",
    "bundles": "insert",
    "upload": "upload",
    "upload_state": "upload",
    "page": "page",
    "compare": "page",
    "asset_add": "page",
    "asset": "asset",
    "asset_delete": "asset",
}
FILES = {"bundle_file": "bundle", "upload_file": "upload", "asset_file": "asset"}
EDITORS_WRITE = {
    "swap": "insert",
    "upload_all": "insert",
    "upload_page": "page",
    "page_edit": "page",
    "comment": "page",
    "link_page": "page",
}
PUBLISHERS_WRITE = {
    "reopen": "page",
    "approve": "version",
    "create_link": "version",
    "revoke_link": "link",
}
ELSEWHERE = {"unlink_page", "version_file"}


@pytest.fixture
def things() -> dict[str, Any]:
    """Give one of everything that has an address."""
    page = page_of(cahier())
    found = version(page)
    found.upload.file = found.pdf.name
    found.upload.save()
    bundle = AssetBundle.objects.create(
        insert=page.insert, state=AssetBundle.State.READY, file=found.pdf.name
    )
    link, _ = links.create(found, None, name="x")
    return {
        "insert": page.insert,
        "page": page,
        "version": found,
        "upload": found.upload,
        "asset": asset(page),
        "bundle": bundle,
        "link": link,
    }


def test_every_address_is_in_the_matrix() -> None:
    known = {*READ, *FILES, *EDITORS_WRITE, *PUBLISHERS_WRITE, *ELSEWHERE}
    assert {pattern.name for pattern in print_desk.urlpatterns} == known


def addresses(things: dict[str, Any], *matrix: dict[str, str]) -> dict[str, str]:
    """Return the addresses of a part of the matrix."""
    named = {name: kind for part in matrix for name, kind in part.items()}
    found = {
        name: reverse(f"focus_print:{name}", args=(things[kind].pk,))
        for name, kind in named.items()
    }
    for kind in ("vignette", "image", "pdf"):
        found[kind] = reverse("focus_print:version_file", args=(things["version"].pk, kind))
    return found


def is_refused(answer: Any) -> bool:
    """Tell whether an answer leads to the login or the home of the admin."""
    location = answer.get("Location", "")
    return answer.status_code == 302 and (
        location == "/admin/" or location.startswith("/admin/login/")
    )


def test_editors_read_everything(things: dict[str, Any]) -> None:
    client = reporter().client
    for name, address in addresses(things, READ).items():
        answer = client.get(address)
        if name in ("vignette", "image", "pdf"):
            assert "X-Amz-Expires=120" in answer["Location"], name
        else:
            assert answer.status_code == 200, name


def test_originals_leave_through_short_lived_signed_addresses(things: dict[str, Any]) -> None:
    client = reporter().client
    for name, kind in FILES.items():
        answer = client.get(reverse(f"focus_print:{name}", args=(things[kind].pk,)))
        assert "X-Amz-Signature" in answer["Location"], name
        assert "X-Amz-Expires=120" in answer["Location"], name
        assert "attachment" in answer["Location"], name


def outsider() -> Client:
    """Return somebody of the admin who may write in another part of the tree only."""
    user = UserFactory()
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    group = Group.objects.create(name="Ailleurs")
    other = cahier()
    from wagtail.models import GroupPagePermission

    for codename in ("change_page", "publish_page"):
        GroupPagePermission.objects.create(
            group=group, page=other, permission=Permission.objects.get(codename=codename)
        )
    user.groups.add(group)
    client = Client()
    client.force_login(user)
    assert client.get(reverse("focus_print:desk", args=(other.pk,))).status_code == 200
    return client


@pytest.mark.parametrize("who", ["nobody", "outsider", "no admin"])
def test_others_read_and_write_nothing(who: str, things: dict[str, Any]) -> None:
    client = outsider() if who == "outsider" else Client()
    if who == "no admin":
        client.force_login(UserFactory())
    before = InsertEvent.objects.count()
    matrix = addresses(things, READ, FILES, EDITORS_WRITE, PUBLISHERS_WRITE)
    matrix["unlink_page"] = reverse("focus_print:unlink_page", args=(things["page"].pk, 1))
    for name, address in matrix.items():
        assert is_refused(client.get(address)), name
        assert is_refused(client.post(address, {})), name
    assert InsertEvent.objects.count() == before
    things["page"].refresh_from_db()
    things["asset"].refresh_from_db()


def test_editors_do_not_publish(things: dict[str, Any]) -> None:
    client = reporter().client
    for name, kind in PUBLISHERS_WRITE.items():
        address = reverse(f"focus_print:{name}", args=(things[kind].pk,))
        assert is_refused(client.post(address, {"link-name": "x", "link-days": 1})), name
    assert links.usable().get() == things["link"]


def test_what_changes_something_is_never_a_get(things: dict[str, Any]) -> None:
    client = chief().client
    for part in (EDITORS_WRITE, PUBLISHERS_WRITE):
        for name, kind in part.items():
            answer = client.get(reverse(f"focus_print:{name}", args=(things[kind].pk,)))
            assert answer.status_code == 405, name


def test_forms_are_protected_from_other_sites(things: dict[str, Any]) -> None:
    boss = chief()
    client = Client(enforce_csrf_checks=True)
    client.force_login(boss.user)
    matrix = addresses(things, EDITORS_WRITE, PUBLISHERS_WRITE, {"bundles": "insert"})
    for name, address in matrix.items():
        if name not in ("vignette", "image", "pdf"):
            assert client.post(address, {}).status_code == 403, name


def test_what_is_not_there_is_not_found() -> None:
    client = chief().client
    for name in (*READ, *FILES, *EDITORS_WRITE, *PUBLISHERS_WRITE):
        assert client.get(reverse(f"focus_print:{name}", args=(0,))).status_code == 404, name


def test_a_version_has_no_other_file(things: dict[str, Any]) -> None:
    address = reverse("focus_print:version_file", args=(things["version"].pk, "upload"))
    assert chief().client.get(address).status_code == 404


# What the desk writes


def test_a_page_of_the_cahier_is_planned(things: dict[str, Any]) -> None:
    writer, page = reporter(), things["page"]
    answer = writer.post(
        "page_edit", page.pk, rubric="Vieillir", headline="Titre", state="layout", owner=""
    )
    assert answer.status_code == 302
    page.refresh_from_db()
    assert (page.rubric, page.headline, page.state) == ("Vieillir", "Titre", "layout")
    event = InsertEvent.objects.latest("pk")
    assert (event.who, event.page) == ("Robin Rédaction", page)
    assert "rubrique" in event.text
    assert "En page" in event.text


def test_a_form_that_changes_nothing_writes_no_event(things: dict[str, Any]) -> None:
    before = InsertEvent.objects.count()
    reporter().post("page_edit", things["page"].pk, state="to_read")
    assert InsertEvent.objects.count() == before


def test_what_somebody_says_stays_with_the_page(things: dict[str, Any]) -> None:
    writer, page = reporter(), things["page"]
    writer.post("comment", page.pk, **{"comment-text": "Le <b>titre</b> est long."})
    assert page.comments.get().author == "Robin Rédaction"
    screen = writer.get("page", page.pk).content.decode()
    assert "Le &lt;b&gt;titre&lt;/b&gt; est long." in screen
    assert writer.post("comment", page.pk, **{"comment-text": ""}).status_code == 200
    assert page.comments.count() == 1


def test_texts_are_linked_and_unlinked(things: dict[str, Any]) -> None:
    writer, page = reporter(), things["page"]
    article = ArticleFactory(parent=page.insert.focus)
    writer.post("link_page", page.pk, linked=article.pk)
    assert page.linked_pages.get().pk == article.pk
    writer.post("unlink_page", page.pk, article.pk)
    assert not page.linked_pages.exists()
    assert writer.post("unlink_page", page.pk, article.pk).status_code == 404


def test_neither_other_kinds_of_pages_nor_pages_one_may_not_see_are_linked(
    things: dict[str, Any],
) -> None:
    writer, page = reporter(), things["page"]
    assert writer.post("link_page", page.pk, linked=page.insert.pk).status_code == 200
    assert writer.post("link_page", page.pk, linked="1").status_code == 200
    assert not page.linked_pages.exists()


def test_the_page_of_a_cahier_leads_whoever_may_to_its_chemin_de_fer(
    things: dict[str, Any],
) -> None:
    insert = things["insert"]
    address = reverse("focus_print:desk", args=(insert.pk,))
    (button,) = desk_button(insert, reporter().user, "edit")
    assert button.url == address
    assert list(desk_button(insert, UserFactory(), "edit")) == []
    assert list(desk_button(insert.focus, chief().user, "edit")) == []


# The log


def test_the_log_shows_this_cahier_and_is_filtered(things: dict[str, Any]) -> None:
    insert, boss = things["insert"], chief()
    other = cahier()
    InsertEvent.objects.create(insert=other, who="Ailleurs", text="Autre cahier")
    InsertEvent.objects.create(insert=insert, who="Robin", text="Fait un", page=things["page"])
    InsertEvent.objects.create(insert=insert, who="Charlie", text="Fait deux")

    def texts(**query: str) -> list[str]:
        answer = boss.get("events", insert.pk, **query)
        return [event.text for event in answer.context["events"]]

    assert "Autre cahier" not in texts()
    assert texts()[:2] == ["Fait deux", "Fait un"]
    assert texts(who="Robin") == ["Fait un"]
    assert "Fait deux" not in texts(page=str(things["page"].pk))
    assert texts(text="DEUX") == ["Fait deux"]
    assert texts(text="rien de tel") == []
    assert len(texts(who="personne")) > 2  # what is no choice filters nothing
