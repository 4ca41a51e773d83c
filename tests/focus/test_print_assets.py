"""Assets and what partners get of them: nothing without rights, ever."""

import csv
import io
import json
import zipfile
from datetime import timedelta
from typing import Any

import pytest
import requests
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from focus.models import AssetBundle, Insert, InsertAsset
from focus.print_desk import bundles
from focus.print_desk.bundle_files import Entry, credits_csv, file_name
from publishing.exceptions import ObjectMissing, StorageUnavailable
from tests.conftest import Worker
from tests.factories.cms import LicenceFactory
from tests.focus.print_room import asset, cahier, chief, newsroom, page_of, reporter, told
from tests.services import S3

__all__ = ["newsroom"]  # a fixture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("newsroom", "s3")]

TODAY = timezone.localdate()


def built(insert: Insert) -> zipfile.ZipFile:
    """Build a bundle and open it."""
    bundle = AssetBundle.objects.create(insert=insert)
    bundles.build(bundles.take(bundle.pk))
    bundle.refresh_from_db()
    assert bundle.state == AssetBundle.State.READY
    with bundle.file.open() as file:
        return zipfile.ZipFile(io.BytesIO(file.read()))


def test_a_bundle_holds_the_assets_with_credits_and_terms() -> None:
    insert = cahier()
    photo = asset(page_of(insert, 3), title="L’été à Foix : « vieillir »", file=upload("é à.JPG"))
    archive = built(insert)
    name = "page-03/lete-a-foix-vieillir.jpg"
    assert archive.read(name) == b"photo"
    assert archive.namelist() == ["LISEZ-MOI.txt", "credits.csv", "manifest.json", name]
    manifest = json.loads(archive.read("manifest.json"))
    assert manifest["assets"] == [
        {
            "file": name,
            "page": 3,
            "kind": "Photo en haute définition",
            "title": photo.title,
            "credit": "Camille Exemple",
            "rights_holder": "Camille Exemple",
            "licence": photo.licence.name,
            "licence_url": photo.licence.url,
            "rights_expire_on": "",
        }
    ]
    assert manifest["left_out"] == []
    rows = list(
        csv.reader(io.StringIO(archive.read("credits.csv").decode("utf-8-sig")), delimiter=";")
    )
    assert rows[0][:2] == ["fichier", "page"]
    assert rows[1][0] == name
    assert photo.licence.url in archive.read("LISEZ-MOI.txt").decode()


def upload(name: str, data: bytes = b"photo") -> SimpleUploadedFile:
    """Return a file as a browser sends it."""
    return SimpleUploadedFile(name, data)


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"may_be_republished": False}, "reprise non autorisée"),
        ({"licence": None}, "licence manquante"),
        ({"credit": ""}, "crédit manquant"),
        ({"rights_expire_on": TODAY - timedelta(days=1)}, "droits expirés"),
    ],
)
def test_what_may_not_be_republished_is_left_out_and_says_why(
    values: dict[str, Any], reason: str
) -> None:
    insert = cahier()
    asset(page_of(insert), title="Secret", file=upload("secret.jpg", b"secret"), **values)
    asset(page_of(insert), title="Bon", file=upload("bon.jpg"))
    archive = built(insert)
    assert archive.namelist()[3:] == ["page-01/bon.jpg"]
    assert all(b"secret" not in archive.read(name) for name in archive.namelist())
    (left,) = json.loads(archive.read("manifest.json"))["left_out"]
    assert left["title"] == "Secret"
    assert reason in left["reason"]
    assert reason in archive.read("LISEZ-MOI.txt").decode()
    assert "Secret" not in archive.read("credits.csv").decode()


def test_two_assets_of_the_same_name_lie_side_by_side() -> None:
    taken: set[str] = set()
    names = [file_name(1, "Photo", "a.jpg", taken) for _ in range(3)]
    assert names == ["page-01/photo.jpg", "page-01/photo-2.jpg", "page-01/photo-3.jpg"]
    assert file_name(2, "../../etc/passwd", "x", taken) == "page-02/etcpasswd"
    assert file_name(2, "日本", "x.日本", taken) == "page-02/element"


def test_a_credit_is_no_formula_of_a_spreadsheet() -> None:
    entry = Entry(
        file="f",
        page=1,
        kind="k",
        title='=HYPERLINK("http://x")',
        credit="@x",
        rights_holder="-1",
        licence="l",
        licence_url="u",
        rights_expire_on="",
    )
    rows = list(csv.reader(io.StringIO(credits_csv([entry]).decode("utf-8-sig")), delimiter=";"))
    assert rows[1][3:6] == ['\'=HYPERLINK("http://x")', "'@x", "'-1"]


# Whatever happens


def test_a_bundle_waits_while_the_storage_is_away_and_is_given_up_in_the_end(s3: S3) -> None:
    insert = cahier()
    photo = asset(page_of(insert))
    bundle = AssetBundle.objects.create(insert=insert)
    with s3.down(), pytest.raises(StorageUnavailable):
        bundles.build(bundles.take(bundle.pk))
    bundle.refresh_from_db()
    assert (bundle.state, bundle.taken_at) == (AssetBundle.State.PENDING, None)
    s3.client.delete_object(Bucket=s3.private, Key=photo.file.name)
    for _ in range(bundles.ATTEMPTS - 1):
        with pytest.raises(ObjectMissing):
            bundles.build(bundles.take(bundle.pk))
    bundle.refresh_from_db()
    assert bundle.state == AssetBundle.State.FAILED
    assert "introuvable" in bundle.problem
    assert bundles.take(bundle.pk) is None


def test_lost_bundles_are_queued_again_by_publish_stale() -> None:
    lost, taken = (AssetBundle.objects.create(insert=cahier()) for _ in range(2))
    bundles.take(taken.pk)
    call_command("publish", stale=True, verbosity=0)
    tasks = DBTaskResult.objects.filter(task_path="focus.tasks.build_bundle")
    assert [task.args_kwargs["args"][0] for task in tasks] == [lost.pk]


def test_assets_that_change_while_a_bundle_is_built_make_it_void(s3: S3) -> None:
    insert = cahier()
    asset(page_of(insert))
    bundle = bundles.take(AssetBundle.objects.create(insert=insert).pk)
    before = s3.keys(s3.private)
    bundles_forgotten = AssetBundle.objects.filter(pk=bundle.pk)
    bundles_forgotten.delete()
    bundles.build(bundle)
    assert s3.keys(s3.private) == before


@pytest.mark.django_db(transaction=True)
def test_a_bundle_is_asked_for_built_and_downloaded(worker: Worker) -> None:
    from cms.services import set_up_site

    set_up_site()
    insert, writer = cahier(), reporter()
    asset(page_of(insert))
    writer.post("bundles", insert.pk)
    assert "en préparation" in writer.get("bundles", insert.pk).content.decode()
    worker.drain()
    bundle = AssetBundle.objects.get()
    answer = writer.get("bundle_file", bundle.pk)
    file = requests.get(answer["Location"], timeout=20)
    assert zipfile.is_zipfile(io.BytesIO(file.content))
    assert bundle.requested_by == writer.user


# The form of an asset


def sent(**changes: Any) -> dict[str, Any]:
    """Return what the form of an asset sends."""
    fields = {"kind": "photo", "title": "Photo", "credit": "C. Exemple", "rights_holder": ""}
    return fields | {"file": upload("photo.jpg"), "licence": LicenceFactory().pk} | changes


def test_an_asset_is_uploaded_and_changed_with_its_file(
    s3: S3, django_capture_on_commit_callbacks: Any
) -> None:
    writer, page = reporter(), page_of(cahier())
    assert writer.post("asset_add", page.pk, **sent()).status_code == 302
    found = InsertAsset.objects.get()
    assert (found.page, found.uploaded_by) == (page, writer.user)
    assert not found.may_be_republished
    first = found.file.name
    changed = sent(title="Autre", file=upload("autre.jpg", b"autre"))
    with django_capture_on_commit_callbacks(execute=True):
        assert writer.post("asset", found.pk, **changed).status_code == 302
    found.refresh_from_db()
    assert found.title == "Autre"
    assert s3.keys(s3.private) == [found.file.name]
    assert found.file.name != first
    texts = list(page.insert.events.order_by("pk").values_list("text", flat=True))
    assert texts[0].startswith("Élément déposé")
    assert texts[1].startswith("Élément modifié")


@pytest.mark.django_db(transaction=True)
def test_a_deleted_asset_takes_its_file_and_the_bundles_with_it(s3: S3) -> None:
    from cms.services import set_up_site

    set_up_site()
    writer, insert = reporter(), cahier()
    photo = asset(page_of(insert))
    built(insert)
    assert writer.get("asset_delete", photo.pk).status_code == 200
    assert len(s3.keys(s3.private)) == 2
    writer.post("asset_delete", photo.pk)
    assert not AssetBundle.objects.exists()
    assert s3.keys(s3.private) == []


def test_an_asset_whose_rights_change_takes_the_bundles_with_it() -> None:
    insert = cahier()
    photo = asset(page_of(insert))
    built(insert)
    reporter().post("asset", photo.pk, **sent())
    assert not AssetBundle.objects.exists()


def test_a_bundle_is_not_handed_out_once_rights_in_it_have_ended() -> None:
    insert, writer = cahier(), reporter()
    asset(page_of(insert), rights_expire_on=TODAY - timedelta(days=1))
    built(insert)
    bundle = AssetBundle.objects.get()
    assert "X-Amz-Signature" in writer.get("bundle_file", bundle.pk)["Location"]
    AssetBundle.objects.update(created_at=timezone.now() - timedelta(days=2))
    assert "plus à jour" in told(writer.get("bundle_file", bundle.pk))
    assert "dépassée" in writer.get("bundles", insert.pk).content.decode()


def test_nothing_is_uploaded_while_the_storage_is_away(s3: S3) -> None:
    writer, page = reporter(), page_of(cahier())
    with s3.down():
        answer = writer.post("asset_add", page.pk, **sent())
    assert "stockage ne répond pas" in answer.content.decode()
    assert not InsertAsset.objects.exists()


# Uploading PDFs from the screens


@pytest.mark.parametrize(("name", "prefix"), [("upload_all", "cahier"), ("upload_page", "page")])
def test_a_pdf_is_kept_and_its_report_opens(name: str, prefix: str) -> None:
    writer, page = reporter(), page_of(cahier())
    pk = page.insert_id if name == "upload_all" else page.pk
    answer = writer.post(name, pk, **{f"{prefix}-file": upload("Cahier é.pdf", b"%PDF-1.7 x")})
    found = page.insert.uploads.get()
    assert answer["Location"].endswith(f"/pdf/{found.pk}/")
    assert (found.name, found.uploaded_by) == ("Cahier é.pdf", writer.user)
    assert found.page == (None if name == "upload_all" else page)
    screen = writer.get("upload", found.pk).content.decode()
    assert "Contrôle en cours" in screen
    assert "data-moving" in screen


def test_what_is_no_pdf_is_refused_at_once() -> None:
    boss, page = chief(), page_of(cahier())
    answer = boss.post("upload_page", page.pk, **{"page-file": upload("x.pdf", b"PK\x03\x04")})
    assert "pas un PDF" in answer.content.decode()
    answer = boss.post("upload_all", page.insert_id, **{"cahier-file": upload("x.pdf", b"")})
    assert answer.status_code == 200
    assert not page.insert.uploads.exists()
