"""Zip archives whose bytes depend on what they hold alone."""

from collections.abc import Iterable
from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_READABLE = 0o644 << 16


def packed(entries: Iterable[tuple[str, bytes]], moment: datetime) -> bytes:
    """Return an archive of named contents, in their order, all dated of the moment (UTC).

    Zip knows no year before 1980 and no year after 2107: ValueError.
    """
    archive = BytesIO()
    with ZipFile(archive, "w") as target:
        for name, content in entries:
            entry = ZipInfo(name, moment.astimezone(UTC).timetuple()[:6])
            entry.compress_type = ZIP_DEFLATED
            entry.external_attr = _READABLE
            target.writestr(entry, content)
    return archive.getvalue()
