"""A tribune in the space: its terms in words, every format, and a line in the log for each."""

import json
import zipfile
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
import requests
from django.utils import timezone

from cms.withdrawing import withdraw
from tests.factories.cms import ImageFactory
from tests.factories.focus import FocusFactory
from tests.factories.partners import PartnerFactory
from tests.factories.tribunes import TribuneFactory
from tests.services import S3
from tests.tribunes.space.visits import Visitor, text_of, url
from tribunes.exports import FORMATS
from tribunes.models import Notice, Pull, Record, TribuneCorrection, TribunePage

pytestmark = pytest.mark.django_db


def tribune(**fields: Any) -> Record:
    """Return a tribune that partners may have."""
    fields = {"parent": FocusFactory(out=True), "published": True} | fields
    return Record.objects.get(page=TribuneFactory(**fields))


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_downloaded_and_noted(name: str) -> None:
    visitor, record = Visitor(), tribune(title="Écoutons les aînés")
    assert url("download", record.uuid, name) in text_of(visitor.get("tribune", record.uuid))
    answer = visitor.get("download", record.uuid, name)
    assert answer["Content-Type"] == FORMATS[name].content_type
    file = f"ecoutons-les-aines-v1.{FORMATS[name].suffix}"
    assert answer["Content-Disposition"] == f'attachment; filename="{file}"'
    assert answer.content
    pull = Pull.objects.exclude(format="page").get()
    assert (pull.partner, pull.record, pull.version, pull.format, pull.door) == (
        visitor.partner,
        record,
        1,
        name,
        Pull.Door.SPACE,
    )
    assert (pull.token, pull.feed) == (None, None)


def test_people_find_what_they_paste_first_and_programs_theirs_below() -> None:
    visitor, record = Visitor(), tribune()
    page = text_of(visitor.get("tribune", record.uuid))
    wanted = (
        f"/reprendre/{record.uuid}/",
        url("download", record.uuid, "docx"),
        record.page.url,
        "Formats techniques",
        url("download", record.uuid, "newsml"),
    )
    places = [page.find(words) for words in wanted]
    assert -1 not in places
    assert places == sorted(places)


def test_a_text_that_not_everybody_may_take_has_no_public_link() -> None:
    record = tribune(embargoed_until=timezone.now() + timedelta(days=2))
    visitor = Visitor(PartnerFactory(undertaking_on=timezone.localdate()))
    page = text_of(visitor.get("tribune", record.uuid))
    assert "/reprendre/" not in page
    assert f'href="{record.page.full_url}"' not in page


def test_a_withdrawn_text_is_not_taken_by_any_download() -> None:
    visitor, record = Visitor(), tribune()
    withdraw(record.page, reason="Une erreur.")
    visitor.get("tribune", record.uuid)
    visitor.get("download", record.uuid, "json")
    assert not Pull.objects.exists()


def test_looking_at_the_list_takes_nothing() -> None:
    visitor, record = Visitor(), tribune()
    visitor.get("catalogue")
    assert visitor.client.head(url("download", record.uuid, "html")).status_code == 405
    assert visitor.get("download", record.uuid, "pdf").status_code == 404
    assert not Pull.objects.exists()


def test_terms_corrections_and_notes_are_said_in_plain_words() -> None:
    record = tribune(
        editorial_note="Relire avec l’auteur.",
        editing=TribunePage.Editing.TIME_AND_PLACE,
        copy_policy=TribunePage.CopyPolicy.NOINDEX,
        signatories=2,
    )
    page = record.page
    page.corrections.add(
        TribuneCorrection(date=timezone.localdate(), severity="high", text="Le chiffre est 12.")
    )
    page.save_revision().publish()
    shown = text_of(Visitor().get("tribune", record.uuid))
    for words in (
        "Seules les indications de temps et de lieu",
        "noindex",
        "Le chiffre est 12.",
        "Relire avec l’auteur.",
        "2 signataires",
        "corrigée",
    ):
        assert words in shown, words


def test_an_embargo_is_said_to_whom_signed_for_it_and_to_nobody_else() -> None:
    until = timezone.now() + timedelta(days=2)
    record = tribune(title="Sous embargo", embargoed_until=until)
    signed = Visitor(PartnerFactory(undertaking_on=timezone.localdate()))
    page = text_of(signed.get("tribune", record.uuid))
    assert "À ne pas publier" in page.replace("à ne pas", "À ne pas")
    assert "sous embargo" in text_of(signed.get("catalogue"))
    data = json.loads(signed.get("download", record.uuid, "json").content)
    assert data["pubStatus"] == "withheld"
    other = Visitor()
    assert other.get("tribune", record.uuid).status_code == 404
    assert "Sous embargo" not in text_of(other.get("catalogue")) + text_of(other.get("home"))


def test_pictures_that_travel_are_shown_and_packed_and_no_others(s3: S3) -> None:
    may, may_not = (
        ImageFactory(republication=answer, credit=f"Photo {answer}", file__color=color)
        for answer, color in (("yes", "teal"), ("no", "red"))
    )
    body = [
        {"type": "image", "value": {"image": image.pk, "caption": "", "alt": ""}}
        for image in (may, may_not)
    ]
    record = tribune(body=json.dumps(body))
    visitor = Visitor()
    page = text_of(visitor.get("tribune", record.uuid))
    here = url("picture", record.uuid, may.pk)
    assert f'src="{here}"' in page
    assert "/api/v1/tribunes" not in page.partition('id="texte"')[2]
    assert "Photo yes" in page
    assert "Photo no" not in page
    assert "n’est pas reprise ici" in page
    lead = visitor.client.get(here)
    assert requests.get(lead["Location"], timeout=20).content.startswith(b"\xff\xd8")
    assert visitor.get("picture", record.uuid, may_not.pk).status_code == 404
    archive = zipfile.ZipFile(BytesIO(visitor.get("download", record.uuid, "zip").content))
    pictures = [name for name in archive.namelist() if "image-" in name]
    assert [f"image-{may.pk}" in name for name in pictures] == [True]
    plain = Visitor(PartnerFactory(may_have_images=False))
    assert plain.get("picture", record.uuid, may.pk).status_code == 404


def test_a_file_that_cannot_be_read_is_said_so(s3: S3) -> None:
    picture = ImageFactory(republication="yes")
    value = {"image": picture.pk, "caption": "", "alt": ""}
    record, visitor = tribune(body=json.dumps([{"type": "image", "value": value}])), Visitor()
    doors = (("download", record.uuid, "zip"), ("picture", record.uuid, picture.pk))
    with s3.down():
        for door in doors:
            answer = visitor.get(*door)
            assert (answer.status_code, answer["Retry-After"]) == (503, "30")
            assert "Réessayez dans un instant" in text_of(answer)
    picture.file.storage.delete(picture.file.name)
    for door in doors:
        answer = visitor.get(*door)
        assert answer.status_code == 404
        assert "Une image nous manque" in text_of(answer)


def test_a_search_is_without_characters_that_databases_refuse() -> None:
    """PostgreSQL holds no NUL: such a search was an error there."""
    visitor = Visitor()
    tribune(title="Bien vieillir")
    answer = visitor.get("catalogue", q="\x00vieillir\x00")
    assert "Bien vieillir" in text_of(answer)
    assert "\x00" not in text_of(answer)


def test_reading_the_text_takes_it_once_a_version() -> None:
    """What was read here may have been copied: a withdrawal is told to whoever read it."""
    visitor, record = Visitor(), tribune()
    visitor.get("tribune", record.uuid)
    visitor.get("tribune", record.uuid)
    pull = Pull.objects.get()
    assert (pull.partner, pull.record, pull.version, pull.format, pull.door) == (
        visitor.partner,
        record,
        1,
        "page",
        Pull.Door.SPACE,
    )
    record.page.title = "Autrement"
    record.page.save_revision().publish()
    visitor.get("tribune", record.uuid)
    assert list(Pull.objects.order_by("version").values_list("version", flat=True)) == [1, 2]
    withdraw(TribunePage.objects.get(), reason="Retirée à la demande de son auteur.")
    assert Notice.objects.get().partner == visitor.partner
    visitor.get("tribune", record.uuid)
    assert Pull.objects.count() == 2
