"""Where Django's own files go: originals and renditions, in the private bucket."""

from typing import Any

from botocore.config import Config
from django.conf import settings
from storages.backends.s3 import S3Storage, TransferConfig


class PrivateStorage(S3Storage):
    """Files nobody reads without a signed address, which lasts an hour.

    It takes no argument: Wagtail writes those of a storage into the task that deletes a file, and
    keys have no place in a table of tasks.
    """

    def get_default_settings(self) -> dict[str, Any]:
        """Read the configuration of the buckets."""
        given = settings.OBJECT_STORAGE
        return {
            **super().get_default_settings(),
            "bucket_name": given["PRIVATE_BUCKET"],
            "endpoint_url": given["ENDPOINT_URL"],
            "region_name": given["REGION"],
            "access_key": given["ACCESS_KEY_ID"],
            "secret_key": given["SECRET_ACCESS_KEY"],
            "file_overwrite": False,
            "querystring_auth": True,
            "querystring_expire": 3600,
            # A file that is read stays on disk beyond that: 0, the default, keeps it in memory.
            "max_memory_size": 8 * 2**20,
            # Parts of 8 MB each: what a big upload costs a web process in memory.
            "transfer_config": TransferConfig(max_concurrency=3),
            "client_config": Config(
                signature_version="s3v4",
                s3={"addressing_style": "path" if given["ENDPOINT_URL"] else "auto"},
                connect_timeout=5,
                read_timeout=20,
                retries={"total_max_attempts": 3, "mode": "standard"},
                # Some S3-compatible stores refuse the newer default checksums.
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
            ),
        }
