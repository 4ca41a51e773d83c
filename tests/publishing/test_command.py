"""What the person on call types, and reads."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.core.management.base import OutputWrapper
from pytest_django import Settings

from publishing.artifacts import Desired
from publishing.models import Publication, PublishedObject
from publishing.staleness import mark_stale
from tests.publishing.agreement import agree, etags
from tests.publishing.toys import FEED_KEY, Toys, row, text
from tests.services import S3

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("publish", *arguments, stdout=out)
    return out.getvalue()


def broken() -> Desired:
    raise ValueError("colonne absente")


@pytest.mark.parametrize("arguments", [(), ("--stale", "--all"), ("--dry-run",)])
def test_what_to_publish_must_be_said(arguments: tuple[str, ...]) -> None:
    with pytest.raises(CommandError, match="--stale"):
        run(*arguments)


def test_a_summary_tells_what_was_done(toys: Toys, s3: S3) -> None:
    mark_stale([toys.note(text("a.txt")), toys.note(text("b.txt"))])
    assert run("--stale") == "Publications : 3 mises à jour.\n"
    assert run("--stale") == "Publications : rien à faire.\n"
    agree(s3)


def test_everything_is_compared_and_what_nobody_knows_is_removed(toys: Toys, s3: S3) -> None:
    toys.online(text("a.txt"))
    s3.client.put_object(Bucket=s3.public, Key="inconnu.txt", Body=b"?")
    said = run("--all")
    assert "inchangées" in said
    assert "objets inconnus retirés\u00a0: 1" in said
    assert s3.keys() == ["a.txt", FEED_KEY]


def test_what_is_left_is_told_with_its_cause_and_ends_in_failure(toys: Toys, s3: S3) -> None:
    key, good = toys.note(), toys.note(text("a.txt"))
    toys.wish_by(key, broken)
    mark_stale([key, good])
    err = StringIO()
    out = StringIO()
    with pytest.raises(CommandError) as failure:
        call_command("publish", "--stale", stdout=out, stderr=OutputWrapper(err))
    assert failure.value.returncode == 1
    assert "1 en échec" in out.getvalue()
    assert f"{key} {key}: ValueError: colonne absente" in err.getvalue()
    assert row(good).state == Publication.State.PUBLISHED


def test_a_store_that_does_not_answer_is_said_in_french(toys: Toys, settings: Settings) -> None:
    settings.OBJECT_STORAGE = {**settings.OBJECT_STORAGE, "ENDPOINT_URL": "http://127.0.0.1:1"}
    with pytest.raises(CommandError, match="ne répond pas"):
        run("--all")
    with pytest.raises(CommandError, match="ne répond pas"):
        run("--all", "--dry-run")


@pytest.mark.parametrize("scope", ["--stale", "--all"])
def test_a_dry_run_shows_the_differences_and_changes_nothing(
    toys: Toys, s3: S3, scope: str
) -> None:
    changed, gone = toys.online(text("old.txt")), toys.online(text("gone.txt"))
    bad = toys.note()
    mark_stale([bad])
    toys.wish(changed, text("new.txt"))
    toys.wish(gone)
    toys.wish_by(bad, broken)
    mark_stale([changed, gone])
    s3.client.put_object(Bucket=s3.public, Key="inconnu.txt", Body=b"?")
    before = etags(s3), list(Publication.objects.values()), list(PublishedObject.objects.values())
    said = run(scope, "--dry-run")
    assert f"{changed}\n  + new.txt\n  - old.txt\n" in said
    assert f"{gone}\n  - gone.txt\n" in said
    assert f"{bad}\n  ? ValueError: colonne absente\n" in said
    assert ("inconnu de la base\n  - inconnu.txt\n" in said) is (scope == "--all")
    assert before == (
        etags(s3),
        list(Publication.objects.values()),
        list(PublishedObject.objects.values()),
    )


def test_a_dry_run_says_so_when_everything_agrees(toys: Toys, s3: S3) -> None:
    toys.online(text("a.txt"))
    assert run("--all", "--dry-run") == "Aucune différence.\n"
