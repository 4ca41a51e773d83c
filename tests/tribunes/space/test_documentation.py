"""docs/partners.md is true: its tables are those of the code, its examples run."""

import base64
import json
import os
import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.conf import settings as django_settings
from django.test import Client
from django.utils import timezone
from pytest_django.live_server_helper import LiveServer
from standardwebhooks import Webhook, WebhookVerificationError

from cms.withdrawing import withdraw
from tests.components import program
from tests.factories.cms import LicenceFactory
from tests.factories.focus import FocusFactory
from tests.factories.partners import PartnerFactory, token_of
from tests.factories.tribunes import TribuneFactory
from tests.tribunes.space.visits import text_of, url
from tribunes import outside
from tribunes.api.changes import LIMIT, MOST
from tribunes.api.problems import KINDS
from tribunes.exports import FORMATS
from tribunes.feeds.views import FORMATS as FEEDS
from tribunes.journal.reading import REASONS
from tribunes.keys import DAYS, OVERLAP
from tribunes.models import Notice, PartnerToken, Record, WebhookEndpoint
from tribunes.sandbox import examples as sandbox
from tribunes.space import links, markdown
from tribunes.space.catalogue import LABELS
from tribunes.webhooks import pruning, schedule, signing
from tribunes.webhooks.events import EVENTS, TEST

TEXT = (Path(django_settings.BASE_DIR) / markdown.FILE).read_text(encoding="utf-8")


def examples(language: str) -> list[str]:
    """Return the blocks of code in a language."""
    return re.findall(rf"(?ms)^```{language}\n(.*?)^```", TEXT)


def chapter(title: str) -> str:
    """Return the text of a chapter."""
    return re.search(rf"(?ms)^## {title}\n(.*?)(?=^## |\Z)", TEXT)[1]


def first_cells(text: str) -> list[str]:
    """Return the words in code in the first column of the tables of a text."""
    rows = re.findall(r"(?m)^\| (`[^|]*`) \|", text)
    return [word for row in rows for word in re.findall(r"`([^`]+)`", row)]


def test_tables_are_those_of_the_code() -> None:
    assert first_cells(chapter("Jetons")) == list(PartnerToken.Scope.values)
    assert first_cells(chapter("Formats")) == [f".{form.suffix}" for form in FORMATS.values()]
    assert first_cells(chapter("Webhooks")) == [*EVENTS, TEST]
    told = re.search(r"(?m)^\| `reason` \|.*$", TEXT)[0]
    assert set(re.findall(r"`(\w+)` \(", told)) == set(REASONS.values())
    assert set(LABELS) == set(FORMATS)


def test_every_field_of_a_tribune_is_described() -> None:
    document = json.loads(json.dumps(_schema()))
    described = set(re.findall(r"`([A-Za-z]+)`", TEXT))
    for name in ("Tribune", "Person", "Terms", "Picture", "Correction", "Retraction"):
        fields = set(document[name]["properties"])
        assert fields <= described, (name, fields - described)


def _schema() -> dict[str, Any]:
    from tribunes.api.schemas import items

    names = ("Tribune", "Person", "Terms", "Picture", "Correction", "Retraction")
    return {name: getattr(items, name).model_json_schema() for name in names}


def test_figures_are_those_of_the_code() -> None:
    assert f"de 1 à {MOST} ({LIMIT} par défaut)" in TEXT
    assert f"**{django_settings.API_REQUESTS_PER_MINUTE} requêtes par minute et par jeton**" in TEXT
    assert (365, timedelta(days=7), timedelta(days=7)) == (DAYS, OVERLAP, signing.OVERLAP)
    assert f"vaut {links.MINUTES} minutes" in TEXT
    assert f"2xx en moins de {outside.TIMEOUT:.0f} secondes" in TEXT
    assert f"journal des envois ({pruning.MEMORY.days} jours)" in TEXT
    pauses = re.search(r"réessayons après (.*?)\. `Retry", TEXT, re.S)[1]
    units = {"s": 1, "min": 60, "h": 3600}
    written = [int(n) * units[u] for n, u in re.findall(r"(\d+) (s|min|h)\b", pauses)]
    assert written == [pause.total_seconds() for pause in schedule.PAUSES]
    for name in FEEDS:
        assert f"`{name}`" in chapter("Flux")


def test_codes_named_are_codes_of_the_api() -> None:
    example = json.loads(examples("json")[-1])
    kind = KINDS[example["code"]]
    assert (example["title"], example["status"]) == (kind.title, kind.status)
    assert example["type"].endswith(f"{url('errors')}#{example['code']}")
    for code in re.findall(r"\b(?:410|400|\() ?`?([a-z]+-[a-z-]+)`", TEXT):
        assert code in KINDS, code


@pytest.mark.django_db
def test_every_error_has_an_anchor() -> None:
    page = BeautifulSoup(text_of(Client().get(url("errors"))), "html.parser")
    assert [heading["id"] for heading in page.select("h2[id]")] == list(KINDS)
    for code, kind in KINDS.items():
        section = page.find(id=code).parent.get_text(" ", strip=True)
        assert str(kind.status) in section


@pytest.mark.django_db
def test_the_page_is_the_file_with_the_address_of_the_site() -> None:
    page = text_of(Client().get(url("documentation")))
    assert markdown.EXAMPLE_SITE not in page
    assert markdown.EXAMPLE_MAIL not in page
    assert "http://testserver/api/v1/changes" in page
    found = BeautifulSoup(page, "html.parser")
    ids = [tag["id"] for tag in found.select("[id]")]
    assert len(ids) == len(set(ids))
    anchors = [a["href"][1:] for a in found.select('a[href^="#"]')]
    assert anchors
    assert set(anchors) <= set(ids)
    words = " ".join(str(s) for s in found.select_one(".prose").find_all(["p", "li"], string=True))
    assert not re.search(r"\w [;!?»]|« ", words)
    for block in found.select("pre"):
        assert "\u202f" not in block.get_text()


def test_what_is_not_ours_is_never_taken_for_html() -> None:
    html = markdown._document("## A\n\n<script>x</script>\n\n[a](javascript:alert)").html
    assert "<script" not in html
    assert 'href="javascript' not in html


# Examples that run


@pytest.fixture
def site(live_server: LiveServer, settings: Any) -> str:
    """Return the address of the site, as it knows it itself."""
    settings.SITE_URL = live_server.url
    return live_server.url


def run_shell(command: str, **variables: str) -> None:
    """Run an example of the documentation as a partner would."""
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", command],
        env={"PATH": os.environ["PATH"], **variables},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        cwd=variables["HOME"],
    )
    assert done.returncode == 0, command + done.stdout + done.stderr


@pytest.mark.django_db(transaction=True)
def test_every_line_of_curl_runs(site: str, tmp_path: Path) -> None:
    partner = PartnerFactory()
    record = Record.objects.get(page=TribuneFactory(parent=FocusFactory(out=True), published=True))
    LicenceFactory(code="cc-by-nd-4.0")
    Notice.objects.create(record=record, partner=partner, kind="correction", version=1)
    variables = {
        "HOME": str(tmp_path),
        "JETON": token_of(partner),
        "ID": str(record.uuid),
    }
    blocks = [
        re.sub("(?m)^export (JETON|ID)=.*$", "", block).replace(markdown.EXAMPLE_SITE, site)
        for block in examples("bash")
    ]
    assert len(blocks) >= 8
    for block in blocks:
        run_shell(block, **variables)
    assert (tmp_path / "tribune.html").read_text().startswith("<article")
    assert (tmp_path / "tribune.zip").read_bytes().startswith(b"PK")
    compile((tmp_path / "mirror.py").read_text(), "mirror.py", "exec")
    assert partner.republications.count() == 1
    assert partner.notices.get().acknowledged_at
    assert WebhookEndpoint.objects.get().partner == partner


@pytest.mark.django_db(transaction=True)
def test_the_mirror_in_python_follows_changes(site: str, tmp_path: Path) -> None:
    first = TribuneFactory(parent=FocusFactory(out=True), published=True)
    second = TribuneFactory(parent=FocusFactory(out=True), published=True)
    script = tmp_path / "miroir.py"
    script.write_text(examples("python")[0].replace(markdown.EXAMPLE_SITE, site))
    token = token_of(PartnerFactory())

    def mirrored() -> set[str]:
        command = [sys.executable, str(script)]
        env = {"JETON": token, "PATH": os.environ["PATH"]}
        subprocess.run(command, env=env, cwd=tmp_path, check=True, timeout=60)
        return {file.stem for file in (tmp_path / "tribunes").iterdir()}

    assert mirrored() == {str(first.uuid), str(second.uuid)}
    withdraw(first, reason="Une erreur.")
    assert mirrored() == {str(second.uuid)}


SECRET = f"whsec_{base64.b64encode(bytes(range(32))).decode()}"
BODY = '{"type":"tribune.published","data":{"name":"é"}}'


def signed(minutes: int = 0) -> dict[str, str]:
    """Return the headers of a message, as old as is said."""
    at = timezone.now() - timedelta(minutes=minutes)
    return {
        "webhook-id": "msg-1",
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": f"v1,AAAA {Webhook(SECRET).sign('msg-1', at, BODY)}",
    }


def cases() -> list[tuple[str, dict[str, str], str, bool]]:
    """Return secrets, headers and bodies, and whether they are to be taken; signed just now."""
    other = f"whsec_{base64.b64encode(bytes(32)).decode()}"
    return [
        (SECRET, signed(), BODY, True),
        (SECRET, signed(), f"{BODY} ", False),
        (SECRET, signed(minutes=6), BODY, False),
        (SECRET, signed(minutes=-6), BODY, False),
        (other, signed(), BODY, False),
        (SECRET, signed() | {"webhook-timestamp": "demain"}, BODY, False),
        (SECRET, signed() | {"webhook-signature": ""}, BODY, False),
        (SECRET, signed() | {"webhook-signature": "v1,"}, BODY, False),
        (SECRET, {}, BODY, False),
    ]


def test_the_check_in_python_takes_what_we_sign_and_nothing_else() -> None:
    names: dict[str, Any] = {}
    exec(examples("python")[1], names)  # noqa: S102  our own example

    def taken(secret: str, headers: dict[str, str], body: str) -> bool:
        try:
            return names["verifier"](secret, headers, body.encode()) == json.loads(body)
        except WebhookVerificationError:
            return False

    tried = cases()
    assert [taken(*case) for *case, _ in tried] == [good for *_, good in tried]


def test_the_check_in_node_takes_what_we_sign_and_nothing_else(tmp_path: Path) -> None:
    script = tmp_path / "verifier.mjs"
    script.write_text(
        examples("javascript")[0]
        + """
const cas = JSON.parse(process.argv[2]);
const resultats = cas.map(([secret, entetes, corps]) => {
  try { return verifier(secret, entetes, Buffer.from(corps)).type === "tribune.published"; }
  catch { return false; }
});
process.stdout.write(JSON.stringify(resultats));
"""
    )
    tried = cases()
    given = json.dumps([case for *case, _ in tried])
    done = subprocess.run(
        [program("node"), str(script), given], capture_output=True, check=True, timeout=60
    )
    assert json.loads(done.stdout) == [good for *_, good in tried]


def test_the_promises_to_partners_are_written_down() -> None:
    contact = chapter("Contact")
    assert f"{markdown.EXAMPLE_SITE}{url('state')}" in contact
    assert f"mailto:{markdown.EXAMPLE_MAIL}" in contact
    assert "réponse sous deux jours" in contact
    assert chapter("Journal des versions").strip()
    for word in ("six mois au moins", "`Deprecation`", "`Sunset`"):
        assert word in chapter("Versions et fin de vie")


@pytest.mark.django_db
def test_the_addresses_of_the_examples_lead_to_them() -> None:
    page = BeautifulSoup(Client().get(url("documentation")).content, "html.parser")
    for item in sandbox.examples().values():
        anchor = item.url.partition("#")[2]
        assert item.headline.split()[-1] in page.find(id=anchor).get_text()
