"""Wiring: an upload is examined by a worker, lost work is queued again, files go with rows."""

from functools import partial

from django.db import transaction
from django.db.models import FileField, Model
from django.db.models.signals import post_delete, post_save

from focus.models import AssetBundle, InsertAsset, InsertUpload, PageVersion
from focus.print_desk import bundles
from focus.print_desk.uploads import EXAMINATION
from focus.tasks import build_bundle, examine_upload
from publishing.signals import healing


def upload_saved(instance: InsertUpload, created: bool, **kwargs: object) -> None:
    """Queue the examination of a new upload, once its row can be read."""
    if created and instance.state == InsertUpload.State.PENDING:
        transaction.on_commit(partial(examine_upload.enqueue, instance.pk))


def row_deleted(instance: Model, **kwargs: object) -> None:
    """Delete the files of a row with it; if the store does not answer, the log says so."""
    for field in instance._meta.fields:
        file = getattr(instance, field.name) if isinstance(field, FileField) else None
        if file:
            transaction.on_commit(partial(file.delete, save=False), robust=True)


def queue_waiting_again(**kwargs: object) -> None:
    """Queue what was lost; a task that finds the work done does nothing."""
    for pk in InsertUpload.objects.waiting(EXAMINATION).values_list("pk", flat=True):
        examine_upload.enqueue(pk)
    for pk in bundles.waiting().values_list("pk", flat=True):
        build_bundle.enqueue(pk)


def register_signal_handlers() -> None:
    """Connect everything, once."""
    post_save.connect(upload_saved, sender=InsertUpload, dispatch_uid="print_desk.upload_saved")
    for model in (AssetBundle, InsertAsset, InsertUpload, PageVersion):
        uid = f"print_desk.{model._meta.model_name}_deleted"
        post_delete.connect(row_deleted, sender=model, dispatch_uid=uid)
    healing.connect(queue_waiting_again, dispatch_uid="print_desk.queue_waiting_again")
