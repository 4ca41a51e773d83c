"""Assets of a cahier: what their rights lack, what partners may have, what changes with them."""

from datetime import date
from functools import partial
from typing import Any

from django.db import transaction

from focus.models import AssetBundle, InsertAsset
from focus.print_desk.events import record


def rights_problem(asset: InsertAsset, on: date) -> str:
    """Return what is wrong with the rights of an asset on a day, in French, or "".

    The day of expiry is the last good one.
    """
    if not asset.credit.strip():
        return "crédit manquant"
    if asset.licence_id is None:
        return "licence manquante"
    if asset.rights_expire_on and asset.rights_expire_on < on:
        return f"droits expirés le {asset.rights_expire_on:%d/%m/%Y}"
    return ""


def why_left_out(asset: InsertAsset, on: date) -> str:
    """Return why an asset is not for partners, in French, or "" when they may have it."""
    if not asset.may_be_republished:
        return "reprise non autorisée"
    return rights_problem(asset, on)


def save(asset: InsertAsset, user: Any, old_file: str = "") -> None:
    """Save an asset whose file is stored already; what it replaces is deleted.

    ``old_file`` is the key of the file that it had.
    """
    word = "modifié" if asset.pk else "déposé"
    with transaction.atomic():
        asset.save()
        _forget_bundles(asset.page.insert_id)
        text = f"Élément {word}\u00a0: {asset.title}"
        record(asset.page.insert_id, user, text, asset.page)
        if old_file and old_file != asset.file.name:
            forget = partial(asset.file.storage.delete, old_file)
            transaction.on_commit(forget, robust=True)  # the log says when it could not


@transaction.atomic
def delete(asset: InsertAsset, user: Any) -> None:
    """Delete an asset, and its file with it."""
    asset.delete()
    _forget_bundles(asset.page.insert_id)
    record(asset.page.insert_id, user, f"Élément supprimé\u00a0: {asset.title}", asset.page)


def _forget_bundles(insert_pk: int) -> None:
    """Delete the bundles of a cahier: its assets are not what they were."""
    for bundle in AssetBundle.objects.filter(insert=insert_pk):
        bundle.delete()
