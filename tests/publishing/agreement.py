"""Whether bucket and database agree, as anybody could see from outside."""

import requests
from lxml import etree

from publishing.models import PublishedObject
from tests.services import S3


def agree(s3: S3) -> None:
    """Check that the bucket holds what the rows say and no more, and feeds only what is there."""
    rows = list(PublishedObject.objects.all())
    assert {row.state for row in rows} <= {PublishedObject.State.LIVE}
    assert etags(s3) == {row.key: row.etag for row in rows}
    for row in rows:
        if row.announce and "xml" in row.content_type:
            check_feed(s3, row.key)


def etags(s3: S3) -> dict[str, str]:
    """Return the ETag of every object of the public bucket."""
    pages = s3.client.get_paginator("list_objects_v2").paginate(Bucket=s3.public)
    entries = [entry for page in pages for entry in page.get("Contents", [])]
    return {entry["Key"]: entry["ETag"].strip('"') for entry in entries}


def check_feed(s3: S3, key: str) -> None:
    """Check that everything of ours that a feed names answers, with the length that it says."""
    answer = s3.get(key)
    assert answer.status_code == 200, key
    feed = etree.fromstring(answer.content)
    for url in named(s3, feed):
        head = requests.head(url, timeout=20)
        assert head.status_code == 200, url
    for enclosure in feed.iter("enclosure"):
        head = requests.head(enclosure.get("url"), timeout=20)
        assert head.headers["Content-Length"] == enclosure.get("length"), enclosure.get("url")
        assert head.headers["Content-Type"] == enclosure.get("type"), enclosure.get("url")


def named(s3: S3, feed: etree._Element) -> set[str]:
    """Return every address in the public bucket that a feed names, in text or attribute."""
    values = [
        value for element in feed.iter() for value in (element.text, *element.attrib.values())
    ]
    return {value for value in values if value and value.startswith(s3.url(""))}
