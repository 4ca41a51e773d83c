"""``manage.py publish_scheduled``: Wagtail’s, which a page that may not appear does not stop."""

import logging

from django.db import transaction
from django.utils import timezone
from wagtail.management.commands import publish_scheduled
from wagtail.models import Revision

from cms.models.gate import NotPublishable

logger = logging.getLogger(__name__)


class Command(publish_scheduled.Command):
    """Publishes what is due; a page that its gate refuses stays a draft, without an hour."""

    def handle(self, *args: object, dryrun: bool = False, **options: object) -> None:
        """Publish one after the other, then let Wagtail withdraw what expired."""
        if not dryrun:
            due = Revision.objects.filter(approved_go_live_at__lt=timezone.now())
            for revision in due.order_by("approved_go_live_at"):
                _publish(revision)
        super().handle(*args, dryrun=dryrun, **options)


def _publish(revision: Revision) -> None:
    try:
        with transaction.atomic():
            revision.publish(log_action="wagtail.publish.scheduled")
    except NotPublishable as refusal:
        logger.error(
            "scheduled page stays a draft",
            extra={"object": revision.object_str, "cause": " ".join(refusal.messages)},
        )
        Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)
