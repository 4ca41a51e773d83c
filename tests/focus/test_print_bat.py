"""BAT: who may approve what, and when a page is open again."""

import re
from typing import Any

import pytest

from focus.models import InsertPage, PageApproval, PageVersion
from focus.preflight import Finding, Level
from focus.print_desk import approvals
from focus.print_desk.refusals import DeskRefused
from publishing.exceptions import StorageUnavailable
from tests.focus.print_room import (
    ERROR,
    WARNING,
    cahier,
    chief,
    newsroom,
    page_of,
    reporter,
    told,
    version,
)
from tests.services import S3

__all__ = ["newsroom"]  # a fixture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("newsroom", "s3")]

REFUSED = Finding(rule="x", level=Level.REFUSED, what="Non.", where="partout", cure="!")
NOTE = Finding(rule="x", level=Level.NOTE, what="Soit.", where="partout", cure="!")


def state(page: InsertPage) -> str:
    """Ask the database how far a page is."""
    return InsertPage.objects.get(pk=page.pk).state


def test_a_bat_stores_who_when_and_which_bytes() -> None:
    boss, found = chief(), version(page_of(cahier()))
    answer = boss.post("approve", found.pk, waiver="")
    assert "a son BAT" in told(answer)
    approval = PageApproval.objects.get()
    assert (approval.version, approval.name) == (found, "Charlie Chef")
    assert (approval.user, approval.link) == (boss.user, None)
    assert approval.sha256 == found.sha256
    assert state(found.page) == InsertPage.State.APPROVED
    event = found.page.insert.events.latest("pk")
    assert (event.who, event.page) == ("Charlie Chef", found.page)
    assert found.sha256[:12] in event.text


@pytest.mark.parametrize(
    ("findings", "waiver", "refusal"),
    [
        ((), "", ""),
        ((NOTE,), "", ""),
        ((WARNING,), "", "écrivez pourquoi"),
        ((WARNING,), "   ", "écrivez pourquoi"),
        ((WARNING,), "Vu avec l’imprimeur.", ""),
        ((ERROR,), "Vu avec l’imprimeur.", "une erreur"),
        ((REFUSED, ERROR), "Vu avec l’imprimeur.", "2 erreurs"),
        ((ERROR, WARNING), "", "une erreur"),
    ],
)
def test_what_the_preflight_found_decides(
    findings: tuple[Finding, ...], waiver: str, refusal: str
) -> None:
    found = version(page_of(cahier()), *findings)
    answer = chief().post("approve", found.pk, waiver=waiver)
    if refusal:
        assert refusal in told(answer)
        assert not PageApproval.objects.exists()
        assert state(found.page) == InsertPage.State.TO_READ
    else:
        assert PageApproval.objects.get().waiver == waiver.strip()
        assert (waiver in found.page.insert.events.latest("pk").text) or not waiver


def test_only_the_newest_version_can_be_approved() -> None:
    old = version(page_of(cahier()))
    version(old.page)
    assert "plus récente" in told(chief().post("approve", old.pk, waiver=""))
    assert not PageApproval.objects.exists()


def test_a_page_is_approved_once() -> None:
    found, boss = version(page_of(cahier())), chief()
    boss.post("approve", found.pk, waiver="")
    assert "déjà son BAT" in told(boss.post("approve", found.pk, waiver=""))
    assert PageApproval.objects.count() == 1


def test_a_pdf_that_was_altered_in_the_bucket_is_not_approved(s3: S3) -> None:
    found = version(page_of(cahier()))
    s3.client.put_object(Bucket=s3.private, Key=found.pdf.name, Body=b"%PDF-1.7 autre chose")
    assert "n’est plus celui" in told(chief().post("approve", found.pk, waiver=""))
    assert not PageApproval.objects.exists()


def test_nothing_is_approved_while_the_storage_is_away(s3: S3) -> None:
    found, boss = version(page_of(cahier())), chief()
    with s3.down():
        answer = boss.post("approve", found.pk, waiver="")
        with pytest.raises(StorageUnavailable):
            approvals.check_bytes(found)
    assert "stockage ne répond pas" in told(answer)
    assert not PageApproval.objects.exists()


def test_who_may_only_write_approves_nothing() -> None:
    found, writer = version(page_of(cahier())), reporter()
    for name, pk in (("approve", found.pk), ("create_link", found.pk), ("reopen", found.page.pk)):
        assert writer.post(name, pk, waiver="", name="x").status_code == 302
    assert not PageApproval.objects.exists()
    assert not found.links.exists()
    screen = writer.get("page", found.page.pk).content.decode()
    assert "Donner le BAT" not in screen
    assert "revient à qui peut publier" in screen


def test_approving_every_page_closes_the_cahier_and_a_new_version_opens_it_again() -> None:
    insert, boss = cahier(), chief()
    for number in range(1, 5):
        assert not approvals.is_closed(insert)
        boss.post("approve", version(page_of(insert, number)).pk, waiver="")
    assert approvals.is_closed(insert)
    assert "bouclé" in insert.events.latest("pk").text
    assert "Cahier bouclé" in boss.get("desk", insert.pk).content.decode()
    version(page_of(insert, 2))
    assert not approvals.is_closed(insert)
    assert PageApproval.objects.count() == 4


def test_a_page_that_is_reopened_can_be_approved_again_in_the_same_version() -> None:
    found, boss = version(page_of(cahier())), chief()
    boss.post("approve", found.pk, waiver="")
    boss.post("reopen", found.page.pk)
    assert state(found.page) == InsertPage.State.TO_READ
    other = chief()
    other.post("approve", found.pk, waiver="")
    assert PageApproval.objects.get().user == other.user
    texts = found.page.insert.events.order_by("pk").values_list("text", flat=True)
    kinds = [re.split(r"\W", text)[0] for text in texts]
    assert kinds == ["BAT", "Page", "BAT"]


def test_a_page_without_bat_is_not_reopened() -> None:
    with pytest.raises(DeskRefused, match="pas de BAT"):
        approvals.reopen(page_of(cahier()), None)


def test_the_form_of_a_page_never_gives_nor_takes_a_bat() -> None:
    page, boss = page_of(cahier()), chief()
    fields: dict[str, Any] = {"rubric": "Une", "headline": "Titre", "state": "approved"}
    assert boss.post("page_edit", page.pk, **fields).status_code == 200
    assert state(page) == InsertPage.State.EMPTY
    found = version(page)
    boss.post("approve", found.pk, waiver="")
    boss.post("page_edit", page.pk, **fields | {"state": "layout"})
    page = page_of(page.insert)
    assert (page.state, page.headline) == (InsertPage.State.APPROVED, "Titre")


def test_a_locked_package_does_not_stop_the_print_desk() -> None:
    from focus.models import Package

    found = version(page_of(cahier()))
    Package.objects.update(state=Package.State.APPROVED)
    assert "a son BAT" in told(chief().post("approve", found.pk, waiver=""))
    assert PageVersion.objects.get().approval
