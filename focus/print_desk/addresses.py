"""Signed addresses of private files: short-lived, and the only way out."""

from pathlib import PurePath

from django.db.models.fields.files import FieldFile
from django.utils.text import slugify

SECONDS = 120
"""How long an address lasts: enough to begin a download or to show a picture."""


def address(file: FieldFile) -> str:
    """Return where a picture of ours is shown for a moment."""
    return file.storage.url(file.name, expire=SECONDS)


def download_address(file: FieldFile, name: str) -> str:
    """Return where a file is downloaded for a moment, under an ASCII name; never shown in place.

    What people uploaded may be anything: a browser must not run it.
    """
    path = PurePath(name)
    suffix = slugify(path.suffix)
    ascii_name = f"{slugify(path.stem) or 'fichier'}{suffix and '.' + suffix}"
    parameters = {"ResponseContentDisposition": f'attachment; filename="{ascii_name}"'}
    return file.storage.url(file.name, parameters=parameters, expire=SECONDS)
