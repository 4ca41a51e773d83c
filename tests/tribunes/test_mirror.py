"""The example of docs/examples: a partner’s own program keeps a copy through everything."""

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from cms.withdrawing import withdraw
from focus.models import FocusPage
from tests.factories.bodies import image as image_block
from tests.factories.bodies import paragraph, stream
from tests.factories.cms import ImageFactory
from tests.factories.focus import FocusFactory, publish
from tests.factories.partners import PartnerFactory, token_of
from tests.factories.tribunes import TribuneFactory
from tests.services import S3
from tribunes import keys
from tribunes.facts import reader_of
from tribunes.models import Partner, PartnerToken, Record, TribuneCorrection, TribunePage
from tribunes.rendering import render

pytestmark = pytest.mark.django_db(transaction=True)
SCRIPT = Path(__file__).parents[2] / "docs" / "examples" / "mirror.py"


@dataclass
class Copy:
    """A partner’s machine: the script, its folder, its token."""

    folder: Path
    api: str
    token: str

    def run(self, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run the script as cron does."""
        return subprocess.run(
            [sys.executable, str(SCRIPT), str(self.folder)],
            env={
                "PATH": os.environ["PATH"],
                "SOSOL_API": self.api,
                "SOSOL_TOKEN": self.token,
                "SOSOL_PATIENCE": "2",
                "SOSOL_PAUSE": "0.1",
            }
            | environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    def bring_up_to_date(self, **environment: str) -> None:
        """Run it; it must succeed."""
        done = self.run(**environment)
        assert done.returncode == 0, done.stderr

    @property
    def items(self) -> dict[str, dict[str, Any]]:
        """What the folder holds, by identifier."""
        files = sorted(self.folder.glob("tribunes/*.json"))
        return {file.stem: json.loads(file.read_text(encoding="utf-8")) for file in files}

    @property
    def secret(self) -> str:
        """The token that the script uses now."""
        return json.loads((self.folder / "etat.json").read_text())["token"]


@pytest.fixture
def focus(s3: S3) -> FocusPage:
    """A focus that is out."""
    return FocusFactory(out=True)


@pytest.fixture
def partner(s3: S3) -> Partner:
    """A partner with every right but embargoes."""
    return PartnerFactory()


@pytest.fixture
def copy(partner: Partner, live_server: Any, tmp_path: Path, settings: Any) -> Copy:
    """The partner’s machine, against a real server."""
    settings.SITE_URL = live_server.url
    return Copy(tmp_path / "copie", f"{live_server.url}/api/v1", token_of(partner))


def test_it_says_in_french_what_it_was_not_given(copy: Copy) -> None:
    done = copy.run(SOSOL_API="")
    assert done.returncode == 3
    assert done.stderr.startswith("Donnez SOSOL_API et SOSOL_TOKEN")


def again(page: TribunePage) -> TribunePage:
    """Return the page as the database has it."""
    return TribunePage.objects.get(pk=page.pk)


def assert_equal_to_ours(copy: Copy, partner: Partner) -> None:
    """Compare the folder with what the partner may have now."""
    rendered = render(list(Record.objects.all()), reader_of(partner)).values()
    ours = {found.item.uuid: found.item for found in rendered if found.standing.has_text}
    assert set(copy.items) == set(ours)
    for uuid, item in ours.items():
        said = copy.items[uuid]
        assert (said["version"], said["headline"], said["bodyHtml"], said["checksum"]) == (
            item.version,
            item.headline,
            item.html,
            item.checksum,
        )
        html = (copy.folder / "tribunes" / f"{uuid}.html").read_text(encoding="utf-8")
        assert item.headline in html
        for correction in item.corrections:
            assert correction.text in html
        pictures = {path.name for path in copy.folder.glob(f"images/{uuid}-*")}
        assert pictures == {f"{uuid}-{picture.id}.jpg" for picture in item.pictures}
        shown = re.findall(r'<img src="([^"]+)"', html)
        assert {f"../images/{name}" for name in pictures} == set(shown)


def test_a_copy_follows_publication_correction_withdrawal_rotation_and_outage(
    focus: FocusPage, partner: Partner, copy: Copy
) -> None:
    picture = ImageFactory(republication="yes")
    pages = [
        TribuneFactory(
            parent=focus,
            title=f"Tribune numéro {number}",
            body=stream(paragraph(f"<p>Texte {number}.</p>"), image_block(picture)),
            published=True,
        )
        for number in range(3)
    ]
    TribuneFactory(
        parent=focus, title="Secrète", published=True,
        embargoed_until=timezone.now() + timedelta(hours=1),
    )  # fmt: skip
    copy.bring_up_to_date()
    assert len(copy.items) == 3
    assert_equal_to_ours(copy, partner)

    corrected = again(pages[0])
    corrected.corrections.add(TribuneCorrection(text="Douze et non treize.", severity="high"))
    publish(corrected)
    withdraw(again(pages[1]), reason="Inventé.")
    copy.bring_up_to_date()
    assert len(copy.items) == 2
    assert_equal_to_ours(copy, partner)

    # The token ends soon: the script asks for another and goes on with it.
    PartnerToken.objects.update(expires_at=timezone.now() + timedelta(days=3))
    changed = again(pages[2])
    changed.title = "Un autre titre"
    publish(changed)
    copy.bring_up_to_date()
    assert copy.secret != copy.token
    assert keys.find_token(copy.secret).is_usable
    assert_equal_to_ours(copy, partner)

    # An outage: nothing is lost, and the next run catches up.
    publish(TribuneFactory(parent=focus, title="Pendant la panne"))
    state = copy.folder / "etat.json"
    kept = state.read_text()
    state.write_text(kept.replace(copy.api, "http://127.0.0.1:9/api/v1"))
    here, copy.api = copy.api, "http://127.0.0.1:9/api/v1"
    before = copy.items
    assert copy.run().returncode == 1
    assert copy.items == before
    copy.api = here
    state.write_text(kept)
    copy.bring_up_to_date()
    assert len(copy.items) == 3
    assert_equal_to_ours(copy, partner)
    copy.bring_up_to_date()
    assert_equal_to_ours(copy, partner)


def test_what_is_under_embargo_has_no_page_before_its_hour(
    focus: FocusPage, partner: Partner, copy: Copy
) -> None:
    Partner.objects.update(undertaking_on=timezone.localdate())
    page = TribuneFactory(
        parent=focus, published=True, embargoed_until=timezone.now() + timedelta(hours=1)
    )
    copy.bring_up_to_date()
    assert copy.items[str(page.uuid)]["pubStatus"] == "withheld"
    assert not list(copy.folder.glob("tribunes/*.html"))
    open_now = again(page)
    open_now.embargoed_until = None
    publish(open_now)
    copy.bring_up_to_date()
    assert_equal_to_ours(copy, Partner.objects.get())


def test_a_picture_whose_file_is_lost_does_not_stop_the_copy(focus: FocusPage, copy: Copy) -> None:
    picture = ImageFactory(republication="yes")
    TribuneFactory(parent=focus, body=stream(image_block(picture)), published=True)
    picture.file.storage.delete(picture.file.name)
    copy.bring_up_to_date()
    assert len(copy.items) == 1
    assert not list(copy.folder.glob("images/*"))


def test_a_revoked_token_stops_the_copy_and_says_why(focus: FocusPage, copy: Copy) -> None:
    TribuneFactory(parent=focus, published=True)
    copy.bring_up_to_date()
    keys.revoke(PartnerToken.objects.get())
    done = copy.run()
    assert done.returncode == 2
    assert "Jeton refusé" in done.stderr


def test_a_server_that_asks_to_wait_is_obeyed(
    focus: FocusPage, partner: Partner, copy: Copy, settings: Any
) -> None:
    for _ in range(2):
        TribuneFactory(parent=focus, published=True)
    settings.API_REQUESTS_PER_MINUTE = 3
    assert copy.run(SOSOL_PATIENCE="1").returncode == 1
    settings.API_REQUESTS_PER_MINUTE = 1000
    copy.bring_up_to_date()
    assert_equal_to_ours(copy, partner)
