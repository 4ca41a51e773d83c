"""A link approves one version, once, for somebody who has no account."""

import re
import threading
from datetime import timedelta
from typing import Any

import pytest
import requests
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from focus.models import (
    ApprovalLink,
    InsertComment,
    InsertEvent,
    InsertPage,
    PageApproval,
    PageVersion,
)
from focus.print_desk import links, swaps
from focus.print_desk.refusals import DeskRefused
from tests.conftest import Worker
from tests.focus.print_room import (
    ERROR,
    WARNING,
    cahier,
    chief,
    newsroom,
    page_of,
    told,
    version,
)
from tests.services import S3

__all__ = ["newsroom"]  # a fixture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("newsroom", "s3")]

NAME = "Dominique Imprimeur"


def made(found: PageVersion) -> tuple[ApprovalLink, str]:
    """Return a link for the print desk of the newspaper, and its address."""
    link, token = links.create(found, None, name=NAME)
    return link, reverse("focus_approval", args=(token,))


def answered(address: str, answer: str = "approve", **fields: str) -> Any:
    """Send the form of the public page, as somebody without a session."""
    client = Client(enforce_csrf_checks=True)
    return client.post(address, {"name": NAME, "answer": answer} | fields)


def test_opening_the_page_changes_nothing_however_often() -> None:
    found = version(page_of(cahier()))
    link, address = made(found)
    client = Client()
    for _ in range(3):
        answer = client.get(address)
        assert answer.status_code == 200
        client.head(address)
    assert links.usable().get() == link
    assert "Set-Cookie" not in answer.headers
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answer["Cache-Control"]
    assert "noindex" in answer["X-Robots-Tag"]
    assert "Rien à signaler" in answer.content.decode()


def test_the_address_approves_once_and_says_so_afterwards() -> None:
    found = version(page_of(cahier()))
    link, address = made(found)
    answer = answered(address, name="Dominique I.")
    assert answer.status_code == 200
    assert "Merci" in answer.content.decode()
    approval = PageApproval.objects.get()
    assert (approval.name, approval.user, approval.link) == ("Dominique I.", None, link)
    assert approval.sha256 == found.sha256
    event = found.page.insert.events.latest("pk")
    assert event.who == "Dominique I."
    assert f"BAT par le lien de {NAME}" in event.text
    for late in (Client().get(address), answered(address), Client().get(f"{address}pdf/")):
        assert late.status_code == 410
        assert "a déjà servi" in late.content.decode()
        assert "Dominique I." in late.content.decode()
        assert late["Referrer-Policy"] == "no-referrer"
    assert PageApproval.objects.count() == 1


def test_the_secret_is_stored_nowhere(django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        link, token = links.create(version(page_of(cahier())), None, name=NAME, email="a@b.invalid")
    assert DBTaskResult.objects.exists()  # the letter waits in the queue
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            assert token not in str(cursor.fetchall()), table
    assert links.find(token) == link


def test_an_unknown_address_is_not_found() -> None:
    assert Client().get(reverse("focus_approval", args=("a" * 64,))).status_code == 404


def test_refusing_needs_a_comment_and_leaves_it_on_the_page() -> None:
    found = version(page_of(cahier()))
    _, address = made(found)
    answer = answered(address, "refuse")
    assert answer.status_code == 422
    assert "Dites ce qu’il faut corriger" in answer.content.decode()
    assert links.usable().exists()
    assert answered(address, "refuse", comment="Le titre est coupé.").status_code == 200
    comment = InsertComment.objects.get()
    assert (comment.author, comment.text) == (NAME, "Le titre est coupé.")
    assert page_of(found.page.insert).state == InsertPage.State.LAYOUT
    assert not PageApproval.objects.exists()
    assert answered(address).status_code == 410


def test_a_wrong_answer_uses_nothing_up() -> None:
    found = version(page_of(cahier()), WARNING)
    _, address = made(found)
    assert answered(address, name="").status_code == 422
    answer = answered(address)
    assert answer.status_code == 422
    assert "écrivez pourquoi" in answer.content.decode()
    assert links.usable().exists()
    assert answered(address, waiver="Vu.").status_code == 200
    assert PageApproval.objects.get().waiver == "Vu."


def test_an_altered_pdf_is_not_approved_and_the_link_still_serves(s3: S3) -> None:
    found = version(page_of(cahier()))
    _, address = made(found)
    s3.client.put_object(Bucket=s3.private, Key=found.pdf.name, Body=b"%PDF-1.7 autre")
    assert answered(address).status_code == 422
    assert not PageApproval.objects.exists()
    assert links.usable().exists()


def test_nothing_is_lost_while_the_storage_is_away(s3: S3) -> None:
    _, address = made(version(page_of(cahier())))
    with s3.down():
        answer = answered(address)
    assert answer.status_code == 503
    assert "n’est pas enregistrée" in answer.content.decode()
    assert answered(address).status_code == 200


def revoke(link: ApprovalLink) -> None:
    """Withdraw it."""
    links.revoke(link, None)


def expire(link: ApprovalLink) -> None:
    """Let its time pass."""
    ApprovalLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))


def overtake(link: ApprovalLink) -> None:
    """Upload a newer version."""
    version(link.version.page)


def approve(link: ApprovalLink) -> None:
    """Approve the page otherwise."""
    InsertPage.objects.filter(pk=link.version.page_id).update(state=InsertPage.State.APPROVED)


def swap(link: ApprovalLink) -> None:
    """Put the page elsewhere."""
    swaps.swap(link.version.page.insert_id, 1, 4, None)


@pytest.mark.parametrize(
    ("event", "reason"),
    [
        (revoke, "retiré par la rédaction"),
        (expire, "a expiré"),
        (overtake, "plus récente"),
        (approve, "déjà son BAT"),
        (swap, "retiré par la rédaction"),
    ],
)
def test_a_link_that_does_not_serve_any_more_says_why(event: Any, reason: str) -> None:
    link, address = made(version(page_of(cahier())))
    event(link)
    for answer in (Client().get(address), Client().get(f"{address}pdf/"), answered(address)):
        assert answer.status_code == 410
        assert reason in answer.content.decode()
    assert answered(address, "refuse", comment="Trop tard").status_code == 410
    assert not PageApproval.objects.exists()
    assert not InsertComment.objects.exists()


def test_the_pdf_is_downloaded_through_a_signed_address(s3: S3) -> None:
    found = version(page_of(cahier(), 3))
    _, address = made(found)
    answer = Client().get(f"{address}pdf/")
    assert answer.status_code == 302
    assert "X-Amz-Expires=120" in answer["Location"]
    file = requests.get(answer["Location"], timeout=20)
    assert file.content.startswith(b"%PDF")
    assert file.headers["Content-Disposition"] == 'attachment; filename="page-03-v1.pdf"'
    assert links.usable().exists()


# From the newsroom


def test_the_newsroom_sees_the_address_once() -> None:
    boss, found = chief(), version(page_of(cahier()))
    answer = boss.post("create_link", found.pk, **{"link-name": NAME, "link-days": "7"})
    address = re.search(r'value="(http[^"]+/bat/[0-9a-f]{64}/)"', answer.content.decode())[1]
    assert "no-store" in answer["Cache-Control"]
    assert Client().get(address.removeprefix("http://testserver")).status_code == 200
    token = address.rstrip("/").rpartition("/")[2]
    assert token not in boss.get("page", found.page.pk).content.decode()
    link = ApprovalLink.objects.get()
    assert link.created_by == boss.user
    assert link.expires_at - link.created_at == pytest.approx(
        timedelta(days=7), abs=timedelta(seconds=5)
    )
    assert NAME in found.page.insert.events.latest("pk").text


@pytest.mark.parametrize(
    "wrong", [{"link-name": ""}, {"link-days": "0"}, {"link-days": "61"}, {"link-email": "x"}]
)
def test_a_link_without_name_or_end_is_not_made(wrong: dict[str, str]) -> None:
    found = version(page_of(cahier()))
    answer = chief().post("create_link", found.pk, **{"link-name": NAME, "link-days": "7"} | wrong)
    assert answer.status_code == 200
    assert answer.context["link_form"].errors
    assert not ApprovalLink.objects.exists()


def test_no_link_is_made_for_what_cannot_be_approved() -> None:
    found = version(page_of(cahier()), ERROR)
    with pytest.raises(DeskRefused, match="une erreur"):
        made(found)


def test_the_newsroom_withdraws_a_link_once() -> None:
    boss, (link, _) = chief(), made(version(page_of(cahier())))
    assert "retiré" in told(boss.post("revoke_link", link.pk))
    assert "ne servait déjà plus" in told(boss.post("revoke_link", link.pk))
    assert "retiré" in link.version.page.insert.events.latest("pk").text


@pytest.mark.django_db(transaction=True)
def test_the_link_is_mailed_by_a_worker_and_works(worker: Worker) -> None:
    found = version(page_of(cahier()))
    links.create(found, None, name=NAME, email="bat@journal.invalid")
    assert mail.outbox == []
    worker.drain()
    (letter,) = mail.outbox
    assert letter.to == ["bat@journal.invalid"]
    address = re.search(r"http://testserver(/bat/\S+)", letter.body)[1]
    assert "«\u202fLe cahier\u202f»" in letter.body
    assert Client().get(address).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_a_link_withdrawn_before_it_is_mailed_is_not_mailed(worker: Worker) -> None:
    link, _ = links.create(version(page_of(cahier())), None, name=NAME, email="a@b.invalid")
    links.revoke(link, None)
    worker.drain()
    assert mail.outbox == []


def test_a_letter_that_does_not_leave_is_told_to_the_newsroom(settings: Any) -> None:
    link, token = links.create(version(page_of(cahier())), None, name=NAME, email="a@b.invalid")
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    with pytest.raises(ConnectionRefusedError):
        links.mail(link, token)
    assert "n’est pas parti" in link.version.page.insert.events.latest("pk").text


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "answers", [("approve", "approve"), ("approve", "refuse"), ("refuse", "refuse")]
)
def test_of_two_answers_at_the_same_time_one_wins(answers: tuple[str, str]) -> None:
    _, address = made(version(page_of(cahier())))
    statuses: list[int] = []
    start = threading.Barrier(2)

    def send(answer: str) -> None:
        try:
            start.wait()
            statuses.append(answered(address, answer, comment="Non.").status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=(answer,)) for answer in answers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [200, 410]
    assert PageApproval.objects.count() + InsertComment.objects.count() == 1
    assert InsertEvent.objects.filter(who=NAME).count() == 1
