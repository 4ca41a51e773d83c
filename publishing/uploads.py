"""Putting one object into the public bucket, so that its row never says more than is true."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.utils import timezone

from publishing.artifacts import Artifact, Bytes, PrivateObject
from publishing.exceptions import KeyTaken, LeaseLost
from publishing.leases import Lease
from publishing.models import Publication, PublishedObject
from publishing.storage import Stored, get_store, translated

State = PublishedObject.State


def upload(publication: Publication, artifact: Artifact, lease: Lease) -> None:
    """Write the row, put the object, verify it, then let the row say what is there.

    Raises LeaseLost when another worker may have written in between, KeyTaken when another
    publication is removing that key, and whatever the store or the artifact raises.
    """
    with _prepared(artifact) as put:
        lease.renew()
        row, _ = publication.objects_published.get_or_create(
            key=artifact.key, defaults={"role": artifact.role, "state": State.UPLOADING}
        )
        mine = PublishedObject.objects.filter(pk=row.pk)
        # From here on nobody knows what lies under this key, until it is verified.
        mine.update(digest=lease.token)
        mine.leaving().update(state=State.UPLOADING)
        # Whoever removes that key for another publication saw this row, or is seen here.
        others = PublishedObject.objects.filter(key=artifact.key, state=State.LEAVING)
        if others.exists():
            raise KeyTaken(f"{artifact.key} is being removed for another publication")
        try:
            stored = put()
            verified = mine.filter(digest=lease.token).update(
                role=artifact.role,
                digest=artifact.digest,
                size=stored.size,
                etag=stored.etag,
                content_type=artifact.content_type,
                facts=artifact.facts,
                announce=artifact.announce,
                changed_at=timezone.now(),
            )
            if not verified:
                raise LeaseLost(f"{artifact.key}: another worker wrote the same object")
        except Exception:
            # Our bytes may have come after those of another worker, or after the removal of the
            # object with its row: who comes next looks again.
            publication.objects_published.get_or_create(
                key=artifact.key, defaults={"role": artifact.role, "state": State.RETIRED}
            )
            mine.exclude(digest=lease.token).update(digest="")
            raise


@contextmanager
def _prepared(artifact: Artifact) -> Iterator[Callable[[], Stored]]:
    """Do the work that precedes the transfer; give what makes the transfer."""
    store = get_store()
    match artifact.body:
        case Bytes(data=data):
            yield lambda: store.put_bytes(artifact, data)
        case PrivateObject(locate=locate):
            with translated(f"locate the source of {artifact.key}"):
                source = locate()
            yield lambda: store.copy_from_private(artifact, source)
        case produced:
            with tempfile.TemporaryDirectory(prefix="publishing-") as folder:
                path = Path(folder) / "body"
                with translated(f"produce {artifact.key}"):
                    produced.write(path)
                yield lambda: store.put_file(artifact, path)
