"""Pictures and their rights, through the screens editors use."""

from datetime import date
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image as Picture
from wagtail.models import UploadedFile

from cms.models import Image, Licence
from tests.factories.cms import ImageFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("s3")]

RIGHTS = {
    "credit": "Jeanne Martin / Agence",
    "rights_holder": "Jeanne Martin",
    "rights_expire_on": "2027-06-30",
    "republication": "yes",
}


@pytest.fixture
def editor(client: Client) -> Client:
    """A browser logged in as somebody who may do everything."""
    client.force_login(UserFactory(superuser=True))
    return client


def picture(name: str = "été à l’école 🌻.png") -> SimpleUploadedFile:
    """Return a real picture under a name that editors give."""
    content = BytesIO()
    Picture.new("RGB", (40, 30), "teal").save(content, "PNG")
    return SimpleUploadedFile(name, content.getvalue(), "image/png")


def rights() -> dict[str, str]:
    """Return what an editor types about the rights of a picture."""
    return {**RIGHTS, "licence": str(Licence.objects.get(code="cc-by-4.0").pk)}


def assert_rights_were_kept(image: Image) -> None:
    """Check that everything of ``rights()`` is stored."""
    assert image.credit == "Jeanne Martin / Agence"
    assert image.rights_holder == "Jeanne Martin"
    assert image.licence.code == "cc-by-4.0"
    assert image.rights_expire_on == date(2027, 6, 30)
    assert image.may_be_republished


@pytest.mark.parametrize("description", ["", "   "])
def test_a_picture_needs_a_text_alternative_unless_it_is_decorative(description: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        Image(description=description).clean()
    assert "Décrivez l’image" in refusal.value.message_dict["description"][0]
    Image(description=description, is_decorative=True).clean()
    Image(description="Un carré").clean()


def test_the_text_alternative_is_never_the_title_and_empty_for_decoration() -> None:
    assert Image(title="IMG_2041", description="").default_alt_text == ""
    assert Image(title="IMG_2041", description="Un carré").default_alt_text == "Un carré"
    assert Image(description="Un carré", is_decorative=True).default_alt_text == ""


def test_a_fresh_picture_may_neither_be_published_nor_republished() -> None:
    image = Image()
    assert image.rights_problem(date(2026, 1, 1)) == "La licence de l’image n’est pas renseignée."
    assert not image.may_be_republished


def test_a_picture_may_be_published_as_long_as_its_rights_run() -> None:
    image = ImageFactory(rights_expire_on=date(2026, 6, 30))
    assert image.rights_problem(date(2026, 6, 30)) == ""
    assert "30/06/2026" in image.rights_problem(date(2026, 7, 1))


def test_an_upload_keeps_the_rights_typed_with_it(editor: Client) -> None:
    answer = editor.post(
        reverse("wagtailimages:add"),
        {"title": "Été", "description": "Un carré", "file": picture(), **rights()},
    )
    assert answer.status_code == 302
    image = Image.objects.get()
    assert_rights_were_kept(image)
    assert (image.width, image.height) == (40, 30)
    assert image.file.name.isascii()
    assert image.get_rendition("fill-20x20").image == image


def test_a_refused_upload_says_why_and_keeps_what_was_typed(editor: Client) -> None:
    answer = editor.post(
        reverse("wagtailimages:add"),
        {"title": "Été", "description": "", "file": picture(), **rights()},
    )
    page = answer.content.decode()
    assert "Décrivez l’image en une phrase" in page
    for value in ("Été", "Jeanne Martin / Agence", 'value="2027-06-30"'):
        assert value in page
    assert not Image.objects.exists()


def test_the_picture_chooser_asks_for_the_rights(editor: Client) -> None:
    form = editor.get(reverse("wagtailimages_chooser:choose")).json()["html"]
    for field in ("description", "is_decorative", "licence", *RIGHTS):
        assert f'name="image-chooser-upload-{field}"' in form
    assert "texte alternatif" in form.lower()
    assert 'type="date"' in form


def test_a_picture_uploaded_in_the_chooser_keeps_its_rights(editor: Client) -> None:
    typed = {"title": "Été", "description": "Un carré", "file": picture(), **rights()}
    answer = editor.post(
        reverse("wagtailimages_chooser:create"),
        {f"image-chooser-upload-{field}": value for field, value in typed.items()},
    ).json()
    image = Image.objects.get()
    assert answer["result"]["id"] == str(image.pk)
    assert answer["result"]["default_alt_text"] == "Un carré"
    assert_rights_were_kept(image)


def test_a_picture_refused_in_the_chooser_says_why_and_keeps_what_was_typed(
    editor: Client,
) -> None:
    typed = {"title": "Été", "description": "", "file": picture(), **rights()}
    answer = editor.post(
        reverse("wagtailimages_chooser:create"),
        {f"image-chooser-upload-{field}": value for field, value in typed.items()},
    ).json()
    assert "Décrivez l’image en une phrase" in answer["htmlFragment"]
    assert "Jeanne Martin / Agence" in answer["htmlFragment"]
    assert not Image.objects.exists()


def test_several_pictures_are_uploaded_at_once_then_described_one_by_one(editor: Client) -> None:
    uploaded = editor.post(
        reverse("wagtailimages:add_multiple"), {"title": "Été", "files[]": picture()}
    ).json()
    assert uploaded["success"]
    upload = UploadedFile.objects.get()
    action = reverse("wagtailimages:create_multiple_from_uploaded_image", args=[upload.pk])
    typed = {"title": "Été", "description": "", **rights()}

    def submit() -> dict:
        fields = {f"uploaded-image-{upload.pk}-{name}": value for name, value in typed.items()}
        return editor.post(action, fields).json()

    refused = submit()
    assert not refused["success"]
    assert "Décrivez l’image en une phrase" in refused["form"]
    assert "Jeanne Martin / Agence" in refused["form"]

    typed["description"] = "Un carré"
    assert submit()["success"]
    assert_rights_were_kept(Image.objects.get())


@pytest.mark.parametrize(
    "file",
    [
        SimpleUploadedFile("vide.png", b"", "image/png"),
        SimpleUploadedFile("texte.png", b"ceci n'est pas une image", "image/png"),
        SimpleUploadedFile("page.html", b"<script>alert(1)</script>", "text/html"),
    ],
    ids=["empty", "text", "html"],
)
def test_what_is_not_a_picture_is_refused_with_a_message(
    editor: Client, file: SimpleUploadedFile
) -> None:
    file.seek(0)
    answer = editor.post(
        reverse("wagtailimages:add"),
        {"title": "Été", "description": "Un carré", "file": file, **rights()},
    )
    assert answer.status_code == 200
    assert answer.context["form"].errors["file"]
    assert "Jeanne Martin / Agence" in answer.content.decode()
    assert not Image.objects.exists()
