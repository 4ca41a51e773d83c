"""The form by which a sound is uploaded: a wrong file is refused at once, in plain words."""

import logging
import tempfile
from pathlib import Path

from django import forms
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from wagtail.admin.forms import WagtailAdminModelForm

from podcasts.audio import probe
from podcasts.models import Audio
from podcasts.refusals import AudioRefused
from publishing.exceptions import PublishingError
from publishing.storage import get_store

logger = logging.getLogger(__name__)

MAX_BYTES = 250_000_000
"""Four hours at 128 kbit/s; deploy/nginx.conf lets a little more through, to say it in words."""


class AudioForm(WagtailAdminModelForm):
    """Title and file. What only decoding can tell is told later, by a worker."""

    title = forms.CharField(
        label="Titre", max_length=255, required=False, help_text="Par défaut, le nom du fichier."
    )

    class Meta:
        model = Audio
        fields = ("file", "title")
        help_texts = {
            "file": "MP3 ou AAC (M4A), 250 Mo au plus. Voix seule : 96 à 128 kbit/s en mono."
        }
        widgets = {
            "file": forms.FileInput(
                attrs={
                    "accept": ".mp3,.m4a,.aac,audio/mpeg,audio/mp4,audio/aac",
                    "data-max-bytes": MAX_BYTES,
                }
            )
        }

    def clean_file(self) -> UploadedFile:
        """Refuse what the headers of the file already show to be wrong."""
        upload = self.cleaned_data["file"]
        if upload.size > MAX_BYTES:
            raise forms.ValidationError(
                f"Ce fichier pèse {upload.size / 1e6:.0f} Mo ; la limite est de"
                f" {MAX_BYTES / 1e6:.0f} Mo. Exportez-le à 128 kbit/s."
            )
        try:
            _probe_upload(upload)
        except AudioRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        _storage_must_answer()
        return upload

    def clean(self) -> dict[str, object]:
        """Name the sound after its file when nobody named it."""
        cleaned = super().clean()
        if not cleaned.get("title") and cleaned.get("file"):
            cleaned["title"] = Path(cleaned["file"].name).stem[:255]
        return cleaned


class AudioTitleForm(WagtailAdminModelForm):
    """Only the title changes: another file is another sound."""

    class Meta:
        model = Audio
        fields = ("title",)


def _storage_must_answer() -> None:
    try:
        get_store().ping()
    except PublishingError as error:
        logger.warning("sound not stored", extra={"cause": error.detail})
        raise forms.ValidationError(
            "Le stockage ne répond pas. Réessayez dans quelques minutes : rien n’est perdu."
        ) from error


def _probe_upload(upload: UploadedFile) -> None:
    if isinstance(upload, TemporaryUploadedFile):
        probe(Path(upload.temporary_file_path()))
        return
    with tempfile.NamedTemporaryFile() as file:
        for chunk in upload.chunks():
            file.write(chunk)
        file.flush()
        probe(Path(file.name))
