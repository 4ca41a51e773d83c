"""The one door to S3: boto3 is imported here and nowhere else.

Every write carries its headers and its digest, and is checked by HEAD afterwards. Vendor errors
are translated: :class:`~publishing.exceptions.StorageUnavailable` for what passes,
:class:`~publishing.exceptions.StorageRefused` for what somebody must mend.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import boto3
from boto3.exceptions import Boto3Error
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError, ParamValidationError

from publishing.artifacts import Artifact
from publishing.conf import ObjectStorage, object_storage
from publishing.exceptions import (
    ObjectMissing,
    PublishingError,
    StorageRefused,
    StorageUnavailable,
    VerificationFailed,
)

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

MULTIPART_BYTES = 8 * 1024 * 1024
"""Bodies above this size go up in parts, several at once."""
_TRANSFER = TransferConfig(
    multipart_threshold=MULTIPART_BYTES, multipart_chunksize=MULTIPART_BYTES, max_concurrency=4
)
_MISSING = {"404", "NoSuchKey", "NotFound"}
_PASSING = {"SlowDown", "RequestTimeout", "InternalError", "ServiceUnavailable"}


@dataclass(frozen=True, kw_only=True)
class Stored:
    """An object as the store describes it; ``size`` in bytes."""

    key: str
    size: int
    etag: str
    digest: str = ""


def _translate(error: Exception, doing: str) -> PublishingError:
    detail = f"{doing}: {error}"
    if isinstance(error, ParamValidationError):
        return StorageRefused(detail)
    if isinstance(error, Boto3Error) and isinstance(error.__context__, ClientError):
        error = error.__context__
    if isinstance(error, ClientError):
        code = error.response["Error"].get("Code", "")
        status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
        if code in _MISSING:
            return ObjectMissing(detail)
        if code not in _PASSING and 400 <= status < 500:
            return StorageRefused(detail)
    return StorageUnavailable(detail)


@contextmanager
def translated(doing: str) -> Iterator[None]:
    """Turn the errors of the vendor into ours, also those that come through Django's storage."""
    try:
        yield
    except (BotoCoreError, ClientError, Boto3Error) as error:
        raise _translate(error, doing) from error


class Store:
    """Both buckets. Writes go to the public one, reads of originals come from the private one."""

    def __init__(self, configuration: ObjectStorage) -> None:
        """Open a client with bounded waiting: 5 s to connect, 20 s for a reply, 3 attempts."""
        self._private = configuration.private_bucket
        self._public = configuration.public_bucket
        self._client: S3Client = boto3.client(
            "s3",
            endpoint_url=configuration.endpoint_url,
            region_name=configuration.region,
            aws_access_key_id=configuration.access_key_id,
            aws_secret_access_key=configuration.secret_access_key,
            config=Config(
                connect_timeout=5,
                read_timeout=20,
                retries={"total_max_attempts": 3, "mode": "standard"},
                # Some S3-compatible stores refuse the newer default checksums.
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
                s3={"addressing_style": "path" if configuration.endpoint_url else "auto"},
            ),
        )

    def ping(self) -> None:
        """Make sure that both buckets answer; raises StorageUnavailable or StorageRefused."""
        for bucket in (self._private, self._public):
            try:
                with translated(f"reach the bucket {bucket}"):
                    self._client.head_bucket(Bucket=bucket)
            except ObjectMissing as error:  # HEAD says 404 for a bucket as for an object
                raise StorageRefused(error.detail) from error

    def _headers(self, artifact: Artifact) -> dict[str, Any]:
        headers: dict[str, Any] = {
            "ContentType": artifact.content_type,
            "CacheControl": artifact.cache_control,
            "Metadata": {"digest": artifact.digest},
        }
        if artifact.content_disposition:
            headers["ContentDisposition"] = artifact.content_disposition
        return headers

    def put_bytes(self, artifact: Artifact, data: bytes) -> Stored:
        """Upload a small body and verify it."""
        with translated(f"put {artifact.key}"):
            self._client.put_object(
                Bucket=self._public, Key=artifact.key, Body=data, **self._headers(artifact)
            )
        return self._verified(artifact, len(data))

    def put_file(self, artifact: Artifact, path: Path) -> Stored:
        """Upload a file, in parts above :data:`MULTIPART_BYTES`, never held whole in memory."""
        with translated(f"upload {artifact.key}"):
            self._client.upload_file(
                str(path),
                self._public,
                artifact.key,
                ExtraArgs=self._headers(artifact),
                Config=_TRANSFER,
            )
        return self._verified(artifact, path.stat().st_size)

    def copy_from_private(self, artifact: Artifact, source: str) -> Stored:
        """Have the server copy a private object into the public bucket, with our headers."""
        size = self._head(self._private, source).size
        with translated(f"copy {source} to {artifact.key}"):
            self._client.copy(
                {"Bucket": self._private, "Key": source},
                self._public,
                artifact.key,
                ExtraArgs={**self._headers(artifact), "MetadataDirective": "REPLACE"},
                Config=_TRANSFER,
            )
        return self._verified(artifact, size)

    def _verified(self, artifact: Artifact, size: int) -> Stored:
        try:
            stored = self.head(artifact.key)
        except ObjectMissing as error:
            raise VerificationFailed(f"{artifact.key}: sent, but not there") from error
        if stored.size != size or stored.digest != artifact.digest:
            raise VerificationFailed(
                f"{artifact.key}: sent {size} bytes {artifact.digest},"
                f" HEAD answers {stored.size} bytes {stored.digest or 'without digest'}"
            )
        return stored

    def head(self, key: str) -> Stored:
        """Describe an object of the public bucket; raises ObjectMissing."""
        return self._head(self._public, key)

    def _head(self, bucket: str, key: str) -> Stored:
        with translated(f"head {key}"):
            answer = self._client.head_object(Bucket=bucket, Key=key)
        return Stored(
            key=key,
            size=answer["ContentLength"],
            etag=answer["ETag"].strip('"'),
            digest=answer["Metadata"].get("digest", ""),
        )

    def delete(self, keys: Iterable[str]) -> None:
        """Remove objects from the public bucket; those that are gone already are no error."""
        for key in keys:
            with translated(f"delete {key}"):
                self._client.delete_object(Bucket=self._public, Key=key)

    def list_public(self) -> dict[str, Stored]:
        """Return everything in the public bucket by key."""
        found: dict[str, Stored] = {}
        with translated("list the public bucket"):
            for page in self._client.get_paginator("list_objects_v2").paginate(Bucket=self._public):
                for item in page.get("Contents", []):
                    found[item["Key"]] = Stored(
                        key=item["Key"], size=item["Size"], etag=item["ETag"].strip('"')
                    )
        return found

    def download_private(self, key: str, path: Path) -> None:
        """Copy a private object to a file, streamed; raises ObjectMissing."""
        with translated(f"download {key}"):
            self._client.download_file(self._private, key, str(path), Config=_TRANSFER)

    def abort_abandoned_uploads(self, older_than: timedelta) -> int:
        """Free the parts left by workers that died while uploading; return how many."""
        limit = datetime.now(UTC) - older_than
        aborted = 0
        with translated("list unfinished uploads"):
            pages = self._client.get_paginator("list_multipart_uploads")
            for page in pages.paginate(Bucket=self._public):
                for upload in page.get("Uploads", []):
                    if upload["Initiated"] < limit:
                        self._client.abort_multipart_upload(
                            Bucket=self._public, Key=upload["Key"], UploadId=upload["UploadId"]
                        )
                        aborted += 1
        return aborted


@lru_cache(maxsize=4)
def _store(configuration: ObjectStorage) -> Store:
    return Store(configuration)


def get_store() -> Store:
    """Return the store of the current settings; its client is shared, boto3's are thread-safe."""
    return _store(object_storage())
