"""The files of `deploy/` say nothing that is not there."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from django.core.management import get_commands

from cms.settings.env import Environment
from deploy.product import ROOT
from tests.services import S3

DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())
ANYWHERE = "https://player.example"


def test_the_environment_example_has_every_variable_and_no_other() -> None:
    text = (DEPLOY / "env.example").read_text()
    names = set(re.findall(r"^(?:# )?([A-Z0-9_]+)=", text, re.MULTILINE))
    ours = set(Environment.model_fields) - {"DEBUG"}  # off in production, whatever is said
    assert names == ours | {"DJANGO_SETTINGS_MODULE", "WEB_CONCURRENCY"}


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_units_run_commands_that_exist(unit: Path) -> None:
    text = unit.read_text()
    for command in re.findall(r"manage\.py (\w+)", text):
        assert command in get_commands()
    for path in re.findall(r"--config (\S+)", text):
        assert (ROOT / path).is_file()
    if unit.suffix == ".timer":
        assert unit.with_suffix(".service") in UNITS
    else:
        assert "\nExecStart=" in text
        assert "\nEnvironmentFile=/etc/solutions.env\n" in text


@pytest.fixture
def bucket(s3: S3) -> Iterator[str]:
    """Return a new bucket with nothing but the shipped policy and CORS rules."""
    name = "solutions-other"
    s3.client.create_bucket(Bucket=name)
    policy = (DEPLOY / "s3" / "public-policy.json").read_text()
    s3.client.put_bucket_policy(Bucket=name, Policy=policy.replace("solutions-public", name))
    cors = json.loads((DEPLOY / "s3" / "public-cors.json").read_text())
    s3.client.put_bucket_cors(Bucket=name, CORSConfiguration=cors)
    s3.client.put_object(Bucket=name, Key="a", Body=b"bonjour")
    yield f"{s3.server.endpoint}/{name}"
    s3.client.delete_object(Bucket=name, Key="a")
    s3.client.delete_bucket(Bucket=name)


def test_the_policy_lets_anybody_fetch_and_nobody_list_or_write(bucket: str) -> None:
    assert requests.get(f"{bucket}/a").content == b"bonjour"
    assert requests.get(f"{bucket}/?list-type=2").status_code == 403
    assert requests.put(f"{bucket}/b", data=b"x").status_code == 403
    assert requests.delete(f"{bucket}/a").status_code == 403


@pytest.mark.parametrize(("method", "allowed"), [("GET", True), ("PUT", False), ("DELETE", False)])
def test_the_cors_rules_let_other_sites_read_and_not_write(
    bucket: str, method: str, allowed: bool
) -> None:
    asked = {"Origin": ANYWHERE, "Access-Control-Request-Method": method}
    preflight = requests.options(f"{bucket}/a", headers=asked)
    assert (method in preflight.headers.get("Access-Control-Allow-Methods", "")) is allowed
    answer = requests.get(f"{bucket}/a", headers={"Origin": ANYWHERE})
    assert answer.headers["Access-Control-Allow-Origin"] in {"*", ANYWHERE}
