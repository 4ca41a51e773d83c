"""A configuration that cannot work is refused before anything runs."""

import pytest
from pytest_django import Settings

from publishing.checks import check_object_storage, check_store_answers
from tests.services import S3


def ids(settings: Settings, **changes: object) -> list[str]:
    settings.OBJECT_STORAGE = {**settings.OBJECT_STORAGE, **changes}
    return [problem.id for problem in check_object_storage()]


def test_the_configuration_of_the_tests_has_no_problem(settings: Settings) -> None:
    assert ids(settings) == []


def test_all_missing_names_are_told_at_once(settings: Settings) -> None:
    settings.OBJECT_STORAGE = {"ENDPOINT_URL": None, "REGION": ""}
    messages = [problem.msg for problem in check_object_storage()]
    assert [message.rpartition(" ")[2] for message in messages] == [
        "ACCESS_KEY_ID.", "PRIVATE_BUCKET.", "PUBLIC_BUCKET.", "PUBLIC_URL.", "REGION.",
        "SECRET_ACCESS_KEY.",
    ]  # fmt: skip


def test_settings_without_object_storage_are_told(settings: Settings) -> None:
    del settings.OBJECT_STORAGE
    assert {problem.id for problem in check_object_storage()} == {"publishing.E001"}


def test_the_default_endpoint_of_the_region_may_be_left_out(settings: Settings) -> None:
    assert ids(settings, ENDPOINT_URL=None) == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"BUCKET": "x"}, "publishing.E002"),
        ({"PUBLIC_BUCKET": "solutions-private"}, "publishing.E003"),
        ({"PUBLIC_URL": "media.exemple.invalid"}, "publishing.E004"),
        ({"PUBLIC_URL": "ftp://media.exemple.invalid"}, "publishing.E004"),
        ({"PUBLIC_URL": "https://media.exemple.invalid?x=1"}, "publishing.E004"),
        ({"PUBLIC_URL": "https://media.exemple.invalid/"}, "publishing.E005"),
    ],
)
def test_what_cannot_work_is_refused(
    settings: Settings, changes: dict[str, str], expected: str
) -> None:
    assert ids(settings, **changes) == [expected]


def test_both_buckets_answer(s3: S3) -> None:
    assert check_store_answers() == []


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"PUBLIC_BUCKET": "nobody-made-it"}, "refuse l’opération"),
        ({"SECRET_ACCESS_KEY": "wrong"}, "refuse l’opération"),
        ({"ENDPOINT_URL": "http://127.0.0.1:1"}, "ne répond pas"),
    ],
)
def test_a_bucket_that_cannot_be_used_is_a_warning_with_its_cause(
    s3: S3, settings: Settings, change: dict[str, str], reason: str
) -> None:
    settings.OBJECT_STORAGE = {**settings.OBJECT_STORAGE, **change}
    (warning,) = check_store_answers()
    assert warning.id == "publishing.W001"
    assert reason in warning.msg
    assert "reach the bucket" in warning.msg


def test_the_store_is_not_asked_while_the_configuration_is_wrong(settings: Settings) -> None:
    settings.OBJECT_STORAGE = {}
    assert check_store_answers() == []
