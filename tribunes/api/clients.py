"""Who calls: the address of a client behind our proxies."""

from collections.abc import Mapping
from typing import Any


def address(meta: Mapping[str, Any], proxies: int) -> str:
    """Return the address of the client, as seen by the outermost of our ``proxies``.

    Each proxy writes, or adds at the end, the address that called it; what stands further left was
    written by the client and proves nothing. Without proxy the header is not even read.
    """
    forwarded = [part.strip() for part in meta.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    if proxies < 1 or not forwarded[-1]:
        return meta.get("REMOTE_ADDR", "")
    return forwarded[-min(proxies, len(forwarded))]
