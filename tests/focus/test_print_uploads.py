"""A PDF that comes in becomes a version of each of its pages, or a report that says why not."""

import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import requests
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from PIL import Image

from focus.models import InsertPage, InsertUpload, PageVersion
from focus.print_desk import versions
from focus.print_desk.uploads import ATTEMPTS, EXAMINATION, examine, take
from focus.tasks import examine_upload
from publishing.exceptions import ObjectMissing, StorageUnavailable
from tests.conftest import Worker
from tests.focus.pdfs import altered, good, photo
from tests.focus.print_room import cahier, one_page, page_of, two_pages, uploaded, version
from tests.services import S3

__all__ = ["one_page", "two_pages"]  # fixtures

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("s3")]


def stored(upload: InsertUpload) -> InsertUpload:
    """Return an upload as the database has it."""
    return InsertUpload.objects.get(pk=upload.pk)


def test_each_page_of_a_cahier_gets_a_version(s3: S3, two_pages: Path) -> None:
    insert = cahier(2)
    upload = uploaded(insert, two_pages)
    examine(take(upload.pk))
    upload = stored(upload)
    assert (upload.state, upload.problem, upload.progress) == ("ready", "", 1)
    assert upload.sha256 == upload.report["sha256"]
    found = PageVersion.objects.order_by("page__number")
    assert [(v.page.number, v.number, v.page.state) for v in found] == [
        (number, 1, InsertPage.State.TO_READ) for number in (1, 2)
    ]
    for one in found:
        assert f"Page {one.page.number} d’un exemple de cahier" in " ".join(one.text)
        with one.pdf.open() as file, pikepdf.open(file) as pdf:
            assert len(pdf.pages) == 1
            assert "/TrimBox" in pdf.pages[0].obj
        answer = requests.get(one.thumbnail.url, timeout=20)
        assert answer.headers["Content-Type"] == "image/webp"
        with Image.open(io.BytesIO(answer.content)) as small, one.image.open() as file:
            assert small.width == 400
            with Image.open(file) as large:
                assert large.width == 1600
                assert large.width / large.height == pytest.approx(100 / 140, rel=0.01)
    assert s3.keys() == []


def test_findings_go_to_their_page_those_of_the_file_to_all(
    two_pages: Path, tmp_path: Path
) -> None:
    def spoil(pdf: pikepdf.Pdf) -> None:
        pdf.pages[1].obj.Rotate = 90
        del pdf.Root.OutputIntents

    insert = cahier(2, pdfx="PDF/X-3")
    examine(take(uploaded(insert, altered(two_pages, tmp_path / "x.pdf", spoil)).pk))
    rules = {
        v.page.number: {finding["rule"] for finding in v.findings}
        for v in PageVersion.objects.select_related("page")
    }
    assert [number for number in rules if "rotation" in rules[number]] == [2]
    whole = set.intersection(*rules.values())
    assert whole
    assert "rotation" not in whole


def test_the_pdf_of_one_page_is_a_new_version_of_that_page(two_pages: Path, one_page: Path) -> None:
    insert = cahier(2)
    examine(take(uploaded(insert, two_pages).pk))
    page = page_of(insert, 2)
    InsertPage.objects.filter(pk=page.pk).update(state=InsertPage.State.APPROVED)
    examine(take(uploaded(insert, one_page, page).pk))
    assert list(page.versions.values_list("number", flat=True)) == [2, 1]
    assert page_of(insert, 2).state == InsertPage.State.TO_READ
    assert PageVersion.objects.count() == 3
    assert "rouverte" in insert.events.filter(page=page).latest("pk").text


@pytest.mark.parametrize(("made", "expected"), [(3, "3 pages"), (1, "1 page")])
def test_a_pdf_with_another_number_of_pages_is_refused(
    made: int, expected: str, tmp_path: Path
) -> None:
    upload = uploaded(cahier(2), good(tmp_path / "short.pdf", pages=made))
    examine(take(upload.pk))
    upload = stored(upload)
    assert upload.state == InsertUpload.State.REFUSED
    assert expected in upload.problem
    assert "2 pages" in upload.problem
    assert not PageVersion.objects.exists()


def test_a_cahier_is_not_the_pdf_of_one_page(two_pages: Path) -> None:
    insert = cahier(2)
    upload = uploaded(insert, two_pages, page_of(insert))
    examine(take(upload.pk))
    assert "une seule page" in stored(upload).problem
    assert not PageVersion.objects.exists()


def test_a_refused_file_keeps_its_report_and_makes_no_version(
    two_pages: Path, tmp_path: Path, s3: S3
) -> None:
    path = tmp_path / "truncated.pdf"
    path.write_bytes(two_pages.read_bytes()[:2000])
    upload = uploaded(cahier(2), path)
    examine(take(upload.pk))
    upload = stored(upload)
    assert upload.state == InsertUpload.State.REFUSED
    assert "abîmé" in upload.problem
    assert upload.report["findings"][0]["rule"] == "damaged"
    assert not PageVersion.objects.exists()
    assert s3.keys(s3.private) == [upload.file.name]


def test_a_picture_in_rgb_is_an_error_of_the_page(two_pages: Path, tmp_path: Path) -> None:
    def spoil(pdf: pikepdf.Pdf) -> None:
        picture = photo(pdf, "RGB", colour=(200, 30, 30))
        pdf.pages[0].Resources[pikepdf.Name.XObject] = pikepdf.Dictionary(Rgb=picture)
        pdf.pages[0].contents_add(b"q 100 0 0 100 90 90 cm /Rgb Do Q")

    insert = cahier(2)
    examine(take(uploaded(insert, altered(two_pages, tmp_path / "rgb.pdf", spoil)).pk))
    assert "rgb" in {finding["rule"] for finding in page_of(insert).versions.get().findings}


# Whatever happens to the workers


def test_one_worker_at_a_time(two_pages: Path) -> None:
    upload = uploaded(cahier(2), two_pages)
    assert take(upload.pk) == upload
    assert take(upload.pk) is None
    InsertUpload.objects.update(taken_at=timezone.now() - EXAMINATION - timedelta(seconds=1))
    assert take(upload.pk) == upload
    assert take(0) is None


def test_two_workers_make_the_versions_once(s3: S3, two_pages: Path) -> None:
    upload = uploaded(cahier(2), two_pages)
    first, second = take(upload.pk), stored(upload)
    examine(first)
    before = s3.keys(s3.private)
    examine(second)
    assert PageVersion.objects.count() == 2
    assert stored(upload).state == InsertUpload.State.READY
    assert s3.keys(s3.private) == before


def test_a_pdf_waits_while_the_storage_is_away(s3: S3, two_pages: Path) -> None:
    upload = uploaded(cahier(2), two_pages)
    with s3.down(), pytest.raises(StorageUnavailable):
        examine(take(upload.pk))
    assert stored(upload).state == InsertUpload.State.PENDING
    assert stored(upload).attempts == 0
    examine(take(upload.pk))
    assert stored(upload).state == InsertUpload.State.READY


def test_a_storage_that_goes_in_the_middle_leaves_no_version(
    s3: S3, two_pages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload = uploaded(cahier(2), two_pages)
    read = versions.paragraphs
    pages: list[Any] = []

    def read_then_fail(path: Path, page: int) -> list[str]:
        pages.append(path)
        if len(pages) == 2:
            outage.__enter__()
        return read(path, page)

    outage = s3.down()
    monkeypatch.setattr(versions, "paragraphs", read_then_fail)
    with pytest.raises(StorageUnavailable):
        examine(take(upload.pk))
    outage.__exit__(None, None, None)
    assert not PageVersion.objects.exists()
    assert stored(upload).state == InsertUpload.State.PENDING
    monkeypatch.undo()
    examine(take(upload.pk))
    assert PageVersion.objects.count() == 2


def test_a_database_that_fails_at_the_last_page_leaves_no_version_and_no_file(
    s3: S3, two_pages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    insert = cahier(2)
    upload = uploaded(insert, two_pages)
    events = versions.record

    def failing(insert: Any, who: Any, text: str, page: InsertPage) -> None:
        if page.number == 2:
            raise ZeroDivisionError
        events(insert, who, text, page)

    monkeypatch.setattr(versions, "record", failing)
    with pytest.raises(ZeroDivisionError):
        examine(take(upload.pk))
    assert not PageVersion.objects.exists()
    assert page_of(insert).state == InsertPage.State.EMPTY
    assert s3.keys(s3.private) == [upload.file.name]


def test_what_a_killed_worker_had_taken_is_done_by_another_once(two_pages: Path) -> None:
    upload = uploaded(cahier(2), two_pages)
    take(upload.pk)  # and never heard of again
    call_command("publish", stale=True, verbosity=0)
    examine_upload.call(upload.pk)
    assert not PageVersion.objects.exists()
    InsertUpload.objects.update(taken_at=timezone.now() - EXAMINATION - timedelta(seconds=1))
    for _ in range(2):
        examine_upload.call(upload.pk)
    assert PageVersion.objects.count() == 2


def test_an_original_that_disappeared_is_a_failure_of_the_task(s3: S3, two_pages: Path) -> None:
    upload = uploaded(cahier(2), two_pages)
    s3.client.delete_object(Bucket=s3.private, Key=upload.file.name)
    with pytest.raises(ObjectMissing):
        examine(take(upload.pk))


def test_a_pdf_that_brings_every_worker_down_is_given_up(two_pages: Path) -> None:
    upload = uploaded(cahier(2), two_pages)
    InsertUpload.objects.update(attempts=ATTEMPTS)
    examine(take(upload.pk))
    assert stored(upload).state == InsertUpload.State.REFUSED
    assert "échoue toujours" in stored(upload).problem


def test_an_upload_deleted_during_its_examination_stays_deleted(s3: S3, two_pages: Path) -> None:
    upload = take(uploaded(cahier(2), two_pages).pk)
    before = s3.keys(s3.private)
    InsertUpload.objects.all().delete()
    examine(upload)
    assert not PageVersion.objects.exists()
    assert s3.keys(s3.private) == before


def test_lost_uploads_are_queued_again_by_publish_stale(two_pages: Path) -> None:
    insert = cahier(2)
    lost, taken = uploaded(insert, two_pages), uploaded(insert, two_pages)
    take(taken.pk)
    call_command("publish", stale=True, verbosity=0)
    tasks = DBTaskResult.objects.filter(task_path="focus.tasks.examine_upload")
    assert [task.args_kwargs["args"][0] for task in tasks] == [lost.pk]


@pytest.mark.django_db(transaction=True)
def test_an_upload_is_examined_by_the_worker_and_its_files_go_with_it(
    worker: Worker, two_pages: Path, s3: S3
) -> None:
    upload = uploaded(cahier(2), two_pages)
    assert stored(upload).state == InsertUpload.State.PENDING
    worker.drain()
    assert stored(upload).state == InsertUpload.State.READY
    assert stored(upload).attempts == 1
    assert len(s3.keys(s3.private)) == 1 + 2 * 3
    upload.delete()
    assert s3.keys(s3.private) == []


def test_texts_that_databases_refuse_are_stored_without_what_they_refuse() -> None:
    assert versions.storable({"a": ["x\0y", ("\ud800", 1.5, None)]}) == {
        "a": ["xy", ["?", 1.5, None]]
    }


def test_progress_is_written_and_is_a_sign_of_life(two_pages: Path) -> None:
    from focus.print_desk.progress import Progress

    upload = take(uploaded(cahier(2), two_pages).pk)
    heard = Progress(upload.pk).part(0.5, 1)
    heard(0.5, "Page 3 sur 4")
    heard(0.9, "Trop tôt pour écrire encore")
    found = stored(upload)
    assert (found.progress, found.progress_label) == (0.75, "Page 3 sur 4")
    assert found.taken_at > upload.taken_at


def test_a_new_version_takes_the_number_after_the_last() -> None:
    page = page_of(cahier(2))
    assert versions.newest(page) is None
    version(page)
    last = version(page)
    assert versions.newest(page) == last
