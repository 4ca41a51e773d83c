"""Telling a WebSub hub that a feed changed (W3C Recommendation WebSub, §7 Content Distribution).

The hub is optional (``WEBSUB_HUB_URL``). What it was told is in the row of the object, and so is
the cause when it could not be told; ``publish --stale`` tells it again.
"""

import logging

import requests
from django.db.models import F, Q, QuerySet

from publishing.conf import hub_url, public_url
from publishing.models import PublishedObject

logger = logging.getLogger(__name__)


def unannounced() -> "QuerySet[PublishedObject]":
    """Return the live feeds of which the hub has not heard; none when there is no hub."""
    if not hub_url():
        return PublishedObject.objects.none()
    return PublishedObject.objects.live().filter(~Q(announced_digest=F("digest")), announce=True)


def announce(object_id: int) -> None:
    """Ping the hub for one object and record the answer; a failure is kept, not raised."""
    row = unannounced().filter(pk=object_id).first()
    if row is None:
        return
    data = {"hub.mode": "publish", "hub.url": public_url(row.key)}
    try:
        requests.post(hub_url(), data=data, timeout=(5, 10)).raise_for_status()
    except requests.RequestException as error:
        logger.warning("hub not told", extra={"object": row.key, "cause": str(error)})
        PublishedObject.objects.filter(pk=row.pk).update(announcement_error=str(error)[:1000])
        return
    PublishedObject.objects.filter(pk=row.pk).update(
        announced_digest=row.digest, announcement_error=""
    )
