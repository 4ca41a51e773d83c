"""The address of a client is what our own proxies saw, not what the client wrote."""

import pytest

from tribunes.api.clients import address


@pytest.mark.parametrize(
    ("forwarded", "proxies", "found"),
    [
        (None, 0, "10.0.0.1"),
        ("203.0.113.9", 0, "10.0.0.1"),
        ("203.0.113.9", 1, "203.0.113.9"),
        ("forged, 203.0.113.9", 1, "203.0.113.9"),
        ("forged, 203.0.113.9, 192.0.2.1", 2, "203.0.113.9"),
        ("203.0.113.9", 2, "203.0.113.9"),
        (None, 1, "10.0.0.1"),
        ("", 1, "10.0.0.1"),
    ],
)
def test_address(forwarded: str | None, proxies: int, found: str) -> None:
    meta = {"REMOTE_ADDR": "10.0.0.1"}
    if forwarded is not None:
        meta["HTTP_X_FORWARDED_FOR"] = forwarded
    assert address(meta, proxies) == found
