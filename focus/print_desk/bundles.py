"""Bundles of assets: built by a worker, without what may not be republished."""

import json
import tempfile
import zipfile
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from focus.files import bundle_key
from focus.models import AssetBundle, Insert, InsertAsset
from focus.print_desk import bundle_files
from focus.print_desk.assets import why_left_out
from focus.print_desk.bundle_files import Entry
from focus.print_desk.events import record
from publishing.exceptions import explain
from publishing.storage import get_store, translated

BUILDING = timedelta(minutes=20)
"""Longer than any bundle takes; afterwards its worker is taken for dead."""
ATTEMPTS = 5

TERMS = (
    "Chaque élément se reprend avec son crédit, aux conditions de sa licence et jusqu’à la fin de"
    " ses droits. Toute autre utilisation demande l’accord du titulaire des droits."
)


def waiting() -> QuerySet[AssetBundle]:
    """Return the bundles that nobody builds."""
    free = Q(taken_at=None) | Q(taken_at__lte=timezone.now() - BUILDING)
    return AssetBundle.objects.filter(free, state=AssetBundle.State.PENDING)


@transaction.atomic
def request(insert: Insert, user: Any) -> AssetBundle:
    """Ask for a bundle, built soon."""
    from focus.tasks import build_bundle  # which imports this module

    bundle = AssetBundle.objects.create(insert=insert, requested_by=user)
    record(insert, user, "Archive des éléments demandée.")
    transaction.on_commit(partial(build_bundle.enqueue, bundle.pk))
    return bundle


def take(pk: int) -> AssetBundle | None:
    """Reserve a bundle that waits; None when it is gone, built or taken."""
    if not waiting().filter(pk=pk).update(taken_at=timezone.now(), attempts=F("attempts") + 1):
        return None
    return AssetBundle.objects.select_related("insert").get(pk=pk)


def build(bundle: AssetBundle) -> None:
    """Build a bundle and put it into the private bucket.

    A failure is raised; ``publish --stale`` queues the bundle again, until ``ATTEMPTS`` failed:
    then the row says why.
    """
    mine = AssetBundle.objects.filter(pk=bundle.pk, state=AssetBundle.State.PENDING)
    try:
        with tempfile.TemporaryDirectory(prefix="bundle-") as folder:
            path = Path(folder) / "bundle.zip"
            _write(bundle.insert, path)
            with translated("store a bundle"), path.open("rb") as file:
                key = default_storage.save(
                    bundle_key(bundle, f"{bundle.insert.slug}.zip"), File(file)
                )
        if not mine.update(state=AssetBundle.State.READY, file=key, problem=""):
            # Its assets changed meanwhile: the row is gone.
            default_storage.delete(key)
    except Exception as error:
        failed = bundle.attempts >= ATTEMPTS
        state = AssetBundle.State.FAILED if failed else AssetBundle.State.PENDING
        mine.update(taken_at=None, state=state, problem=explain(error).reason)
        raise


def is_outdated(bundle: AssetBundle) -> bool:
    """Tell whether rights on something in a bundle have ended since it was built."""
    built_on, today = timezone.localdate(bundle.created_at), timezone.localdate()
    return InsertAsset.objects.filter(
        page__insert=bundle.insert_id, rights_expire_on__gte=built_on, rights_expire_on__lt=today
    ).exists()


def entries_of(insert: Insert) -> list[tuple[InsertAsset, Entry]]:
    """Return the assets of a cahier and what partners are told of each."""
    assets = InsertAsset.objects.filter(page__insert=insert).select_related("page", "licence")
    today = timezone.localdate()
    taken: set[str] = set()
    found = []
    for asset in assets.order_by("page__number", "pk"):
        reason = why_left_out(asset, today)
        number, title = asset.page.number, asset.title
        file = "" if reason else bundle_files.file_name(number, title, asset.file.name, taken)
        entry = Entry(
            file=file,
            page=number,
            kind=asset.get_kind_display(),
            title=title,
            credit=asset.credit,
            rights_holder=asset.rights_holder,
            licence=asset.licence.name if asset.licence else "",
            licence_url=asset.licence.url if asset.licence else "",
            rights_expire_on=asset.rights_expire_on.isoformat() if asset.rights_expire_on else "",
            reason=reason,
        )
        found.append((asset, entry))
    return found


def _write(insert: Insert, path: Path) -> None:
    pairs = entries_of(insert)
    entries = [entry for _, entry in pairs]
    title = f"{insert.title} : éléments à reprendre"
    manifest = bundle_files.manifest(title, timezone.now().isoformat(), TERMS, entries)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        inside = [entry for entry in entries if not entry.reason]
        archive.writestr("LISEZ-MOI.txt", bundle_files.readme(title, TERMS, entries))
        archive.writestr("credits.csv", bundle_files.credits_csv(inside))
        archive.writestr("manifest.json", json.dumps(manifest, ensure_ascii=False, indent=2))
        one = path.with_name("asset")
        for asset, entry in pairs:
            if not entry.reason:
                get_store().download_private(asset.file.name, one)
                archive.write(one, entry.file, zipfile.ZIP_STORED)
