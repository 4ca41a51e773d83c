"""Keys of the print desk’s files in the private bucket: ASCII, readable, never the same twice."""

import uuid
from pathlib import PurePath
from typing import Any

from django.utils.text import slugify


def _key(folder: str, filename: str) -> str:
    name = PurePath(filename)
    suffix = slugify(name.suffix)
    return (
        f"{folder}/{uuid.uuid4()}/{slugify(name.stem)[:60] or 'fichier'}{suffix and '.' + suffix}"
    )


def asset_key(instance: Any, filename: str) -> str:
    """Return the key of an asset."""
    return _key("print/assets", filename)


def upload_key(instance: Any, filename: str) -> str:
    """Return the key of an uploaded PDF."""
    return _key("print/uploads", filename)


def version_key(instance: Any, filename: str) -> str:
    """Return the key of one page in one version."""
    return _key("print/pages", filename)


def bundle_key(instance: Any, filename: str) -> str:
    """Return the key of a bundle of assets."""
    return _key("print/bundles", filename)
