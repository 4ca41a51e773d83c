"""boto3 as its documentation shows: what the store is compared with."""

from typing import Any

import boto3

from publishing.conf import object_storage


def client() -> Any:
    """Return a client of the object storage with nothing but its address and its key."""
    storage = object_storage()
    return boto3.client(
        "s3",
        endpoint_url=storage.endpoint_url,
        region_name=storage.region,
        aws_access_key_id=storage.access_key_id,
        aws_secret_access_key=storage.secret_access_key,
    )
