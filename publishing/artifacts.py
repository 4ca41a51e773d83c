"""What a publication wants in the public bucket, as values: nothing here touches a server.

An :class:`Artifact` describes one object (address, headers, content); a :class:`Desired` is the
whole wish of one publication. Both are derived from the database, so that publishing is nothing
but making the bucket equal to them.
"""

import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

IMMUTABLE = "public, max-age=31536000, immutable"
"""Cache-Control of an object whose key carries a hash of its content (one year, RFC 8246)."""

SHORT_CACHE = "public, max-age=60"
"""Cache-Control of an object with a fixed key, such as a feed (seconds)."""

_KEY = re.compile(r"[A-Za-z0-9][\w.-]*(/[A-Za-z0-9][\w.-]*)*", re.ASCII)
_KEY_LENGTH = 255
_FILENAME = re.compile(r"[ !#-\[\]-~]*")


def sha256_hex(*parts: bytes | str) -> str:
    """Return the hexadecimal SHA-256 of the parts, each delimited by its length."""
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8, "big"))
        digest.update(data)
    return digest.hexdigest()


@dataclass(frozen=True, kw_only=True)
class Bytes:
    """Content that is already in memory: feeds, transcripts, chapters."""

    data: bytes

    @property
    def fingerprint(self) -> str:
        """Identity of the content."""
        return sha256_hex(self.data)


@dataclass(frozen=True, kw_only=True)
class PrivateObject:
    """Content of the private bucket that is published as it is: copied by the server.

    ``fingerprint`` identifies the content, so that the source is not read to compare;
    ``locate()`` makes it if need be and returns its key, only when it must be copied.
    """

    fingerprint: str
    locate: Callable[[], str]


@dataclass(frozen=True, kw_only=True)
class Produced:
    """Content that costs work: ``write(path)`` makes the file, only when it must be uploaded.

    ``fingerprint`` is made from everything that ``write`` depends on: same fingerprint, same bytes.
    """

    fingerprint: str
    write: Callable[[Path], None]


@dataclass(frozen=True, kw_only=True)
class Artifact:
    """One object that should be in the public bucket."""

    role: str
    """Name inside its publication («feed», «audio»…); one object a role."""
    key: str
    content_type: str
    body: Bytes | PrivateObject | Produced
    cache_control: str = IMMUTABLE
    filename: str = ""
    """ASCII name proposed to whoever saves the object; empty for none."""
    facts: dict[str, Any] = field(default_factory=dict)
    """What others need to know of the published object (a duration in seconds…), as JSON."""
    announce: bool = False
    """Whether the WebSub hub hears of a new version."""

    def __post_init__(self) -> None:
        """Refuse keys that some podcast clients cannot fetch, and names that break a header.

        Raises ValueError: Apple asks for ASCII names without spaces
        (https://podcasters.apple.com/support/823-podcast-requirements).
        """
        if not _KEY.fullmatch(self.key) or len(self.key) > _KEY_LENGTH:
            raise ValueError(f"object key not publishable: {self.key!r}")
        if not _FILENAME.fullmatch(self.filename):
            raise ValueError(f"file name not publishable: {self.filename!r}")

    @property
    def content_disposition(self) -> str:
        """Content-Disposition header (RFC 6266), or an empty string."""
        return f'inline; filename="{self.filename}"' if self.filename else ""

    @property
    def digest(self) -> str:
        """Identity of content and headers: an equal digest needs no upload."""
        return sha256_hex(
            self.body.fingerprint,
            self.content_type,
            self.cache_control,
            self.content_disposition,
        )


@dataclass(frozen=True, kw_only=True)
class Desired:
    """Everything that one publication wants in the bucket; with nothing of it, it is withdrawn."""

    title: str = ""
    artifacts: tuple[Artifact, ...] = ()
    dependents: frozenset[str] = frozenset()
    """Keys of the publications to rebuild after this one: the feeds that name its objects."""
    public: bool = False
    """Whether readers see the object even when it has nothing of its own in the bucket: a text
    without pictures, which only feeds and its page hold."""
    valid_until: datetime | None = None
    """When the wish changes by the clock alone (rights that expire, an hour that comes)."""

    def __post_init__(self) -> None:
        """Refuse two objects for one role or one key: one would overwrite the other."""
        roles = [artifact.role for artifact in self.artifacts]
        keys = [artifact.key for artifact in self.artifacts]
        if len(set(roles)) < len(roles) or len(set(keys)) < len(keys):
            raise ValueError(f"role or key given twice in {sorted(roles)} / {sorted(keys)}")

    @property
    def digest(self) -> str:
        """Identity of the whole wish; empty when nothing should be published."""
        if not self.artifacts:
            return ""
        return sha256_hex(json.dumps(sorted((a.role, a.key, a.digest) for a in self.artifacts)))
