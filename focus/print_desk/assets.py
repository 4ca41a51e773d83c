"""Rights on the assets of a cahier: what is missing, and what partners may have."""

from datetime import date

from focus.models import AssetBundle, InsertAsset


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


def forget_bundles(insert_pk: int) -> None:
    """Delete the bundles of a cahier: its assets are not what they were."""
    for bundle in AssetBundle.objects.filter(insert=insert_pk):
        bundle.delete()
