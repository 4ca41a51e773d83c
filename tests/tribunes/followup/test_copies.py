"""Declared pages are looked at for real: reference syndication.md §8, with its dates."""

import os
import signal
import socket
import subprocess
import sys
from datetime import timedelta
from html import escape

import pytest
from django.conf import settings as django_settings
from django.utils import timezone
from pytest_django import Settings

from cms.models import Image
from publishing.signals import healing
from tests.conftest import Worker
from tests.factories.bodies import image as image_block
from tests.factories.bodies import paragraph, stream
from tests.factories.cms import ImageFactory
from tests.factories.focus import FocusFactory
from tests.factories.partners import PartnerFactory
from tests.factories.tribunes import TribuneFactory
from tests.tribunes.followup.acts import again, change, copy, correct, record_of, retract
from tests.tribunes.followup.server import Site
from tribunes.facts import reader_of
from tribunes.followup import copies
from tribunes.followup.copies import check_due
from tribunes.followup.leases import LEASE
from tribunes.journal import partner_changing
from tribunes.models import Notice, Partner, Republication, RepublicationCheck, TribunePage
from tribunes.rendering import render

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("s3")]

DAY = timedelta(days=1)
LONG = "Vieillir chez soi demande des voisins, des haltes et {} jardins dans chaque commune."


@pytest.fixture
def tribune(db: None) -> TribunePage:
    """A tribune with a sentence that can be told from others."""
    return TribuneFactory(
        parent=FocusFactory(out=True), body=stream(paragraph(LONG.format("dix"))), published=True
    )


def pasted(tribune: TribunePage, partner: Partner) -> str:
    """Return the page of a partner that does everything as it was told, today."""
    record = record_of(tribune)
    item = render([record], reader_of(partner))[record.pk].item
    notes = "".join(f"<p>{escape(row.text)}</p>" for row in item.corrections)
    return (
        f'<html><head><link rel="canonical" href="{item.canonical_url}"></head><body>{item.html}'
        f"{notes}<p>{escape(item.terms.credit_line)}</p>"
        f'<p><a href="{item.terms.required_link}">L’original</a></p></body></html>'
    )


def look(row: Republication) -> RepublicationCheck:
    """Look at a copy now; return what was written down."""
    Republication.objects.filter(pk=row.pk).update(check_at=timezone.now())
    seen = check_due(row.pk)
    assert seen is not None
    row.refresh_from_db()
    assert (row.state, row.checked_at, row.taken_at) == (seen.state, seen.at, None)
    return seen


def levels(seen: RepublicationCheck) -> dict[str, str]:
    return {finding["code"]: finding["level"] for finding in seen.findings}


def test_a_copy_is_followed_from_its_publication_to_its_removal(
    tribune: TribunePage, partner: Partner, site: Site
) -> None:
    row = copy(partner, tribune, site.show(pasted(tribune, partner), "/tribune"))
    assert look(row).state == "good"
    correct(tribune, "Le texte disait neuf.")
    change(tribune, body=stream(paragraph(LONG.format("onze"))))
    assert levels(look(row)) == {
        "text": "warn",
        "credit": "ok",
        "link": "ok",
        "search": "ok",
        "correction": "wrong",
    }
    site.show(pasted(tribune, partner), "/tribune")
    assert look(row).state == "good"
    retract(tribune)
    assert levels(look(row)) == {"withdrawal": "wrong"}
    site.show("<p>Cette tribune a été retirée.</p>", "/tribune")
    assert look(row).state == "removed"
    again(tribune).delete()
    site.show("<p>Rien.</p>", "/tribune")
    assert levels(look(row)) == {"withdrawal": "warn"}
    site.show("Parti", "/tribune", status=410)
    assert look(row).state == "removed"


def test_the_end_of_a_licence_ends_the_copies(
    tribune: TribunePage, partner: Partner, site: Site
) -> None:
    row = copy(partner, tribune, site.show(pasted(tribune, partner)))
    change(tribune, licence_expires_on=timezone.localdate() - DAY)
    assert levels(look(row)) == {"licence": "wrong"}


def test_the_end_of_a_contract_does_not(tribune: TribunePage, partner: Partner, site: Site) -> None:
    row = copy(partner, tribune, site.show(pasted(tribune, partner)))
    Partner.objects.update(
        contract_from=timezone.localdate() - 9 * DAY, contract_until=timezone.localdate() - DAY
    )
    assert look(row).state == "good"


def test_pictures_that_may_not_travel_are_found_by_name_credit_and_address(
    partner: Partner, site: Site
) -> None:
    """Withheld for this partner, or shown in an older version: both must not be there."""
    kept = ImageFactory(
        file__filename="manifestation.jpg", credit="Ali Benali / Exemple", republication="no"
    )
    free = ImageFactory(file__filename="potager.jpg", republication=Image.Republication.YES)
    tribune = TribuneFactory(
        parent=FocusFactory(out=True),
        body=stream(paragraph(LONG.format("dix")), image_block(kept), image_block(free)),
        published=True,
    )
    good = pasted(tribune, partner).replace('src="', 'src="/medias/potager-')
    row = copy(partner, tribune, site.show(good))
    assert levels(look(row))["pictures"] == "ok"
    for shown in (
        '<img src="/uploads/manifestation.jpg" alt="">',
        f'<img src="/uploads/image-{kept.pk}-960-0123456789abcdef.jpg" alt="">',
        "<p>Photo : Ali Benali / Exemple</p>",
    ):
        site.show(good.replace("</body>", f"{shown}</body>"))
        assert levels(look(row))["pictures"] == "wrong"
    change(tribune, body=stream(paragraph(LONG.format("dix"))))
    assert levels(look(row))["pictures"] == "wrong"
    ours = f'<img src="{django_settings.OBJECT_STORAGE["PUBLIC_URL"]}/x.jpg" alt=""></body>'
    site.show(pasted(tribune, partner).replace("</body>", ours))
    assert levels(look(row))["hotlink"] == "wrong"


def test_redirects_are_followed_and_the_page_is_judged_where_it_is(
    tribune: TribunePage, partner: Partner, site: Site
) -> None:
    site.show(pasted(tribune, partner), "/ici/")
    row = copy(partner, tribune, site.show("", "/", status=301, Location="/ici/"))
    assert look(row).state == "good"
    assert [path for path, _ in site.asked] == ["/", "/ici/"]


def test_we_say_who_we_are(tribune: TribunePage, partner: Partner, site: Site) -> None:
    look(copy(partner, tribune, site.show("<p>x</p>")))
    assert site.asked == [("/", "SolutionsSolidaires/1.0 (+http://testserver)")]


@pytest.mark.parametrize(
    ("source", "status", "headers", "says"),
    [
        ("Entrez", 401, {}, "401"),
        ("Non", 403, {}, "403"),
        ("Panne", 503, {}, "503"),
        ("", 302, {"Location": "/"}, "302"),
        ("%PDF-1.7", 200, {"Content_Type": "application/pdf"}, "application/pdf"),
        ("x" * (copies.MAX_BYTES + 1), 200, {}, "5\u00a0Mo"),
        ("x", 302, {"Location": "http://169.254.169.254/latest/meta-data/"}, "réseau privé"),
        ("x", 302, {"Location": "file:///etc/passwd"}, "https://"),
    ],
)
def test_a_page_that_cannot_be_read_says_why(
    tribune: TribunePage,
    partner: Partner,
    site: Site,
    source: str,
    status: int,
    headers: dict[str, str],
    says: str,
) -> None:
    row = copy(partner, tribune, site.show(source, status=status, **headers))
    seen = look(row)
    assert seen.state == "unreadable"
    assert says in seen.findings[0]["text"]


def test_a_page_made_to_keep_us_busy_is_unreadable(
    tribune: TribunePage, partner: Partner, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tribunes.followup.reading.SECONDS", 1)
    source = "<p " + " ".join(f"a{n}=b" for n in range(200_000)) + ">"
    seen = look(copy(partner, tribune, site.show(source)))
    assert (seen.state, "trop lourde" in seen.findings[0]["text"]) == ("unreadable", True)


def test_in_production_this_machine_is_never_asked(
    tribune: TribunePage, partner: Partner, site: Site, settings: Settings
) -> None:
    """Reference §8: «fetches the declared URL (SSRF guard)»."""
    row = copy(partner, tribune, site.show(pasted(tribune, partner)))
    settings.OUTSIDE_MAY_BE_LOCAL = False
    assert look(row).state == "unreadable"
    assert not site.asked


# When


def pause(row: Republication) -> timedelta:
    """How long until the next look."""
    row.refresh_from_db()
    return row.check_at - timezone.now()


def about(wanted: timedelta) -> pytest.approx:
    return pytest.approx(wanted, abs=timedelta(seconds=30))


def test_every_day_for_a_week_then_every_week(
    tribune: TribunePage, partner: Partner, site: Site
) -> None:
    row = copy(partner, tribune, site.show(pasted(tribune, partner)))
    look(row)
    assert pause(row) == about(DAY)
    Republication.objects.update(declared_at=timezone.now() - 8 * DAY)
    look(row)
    assert pause(row) == about(DAY)  # the version is new
    type(record_of(tribune)).objects.update(version_created=timezone.now() - 8 * DAY)
    look(row)
    assert pause(row) == about(7 * DAY)


def test_what_cannot_be_read_is_tried_again_ever_later(
    tribune: TribunePage, partner: Partner, site: Site
) -> None:
    row = copy(partner, tribune, site.show("Panne", status=503))
    found = []
    for _ in range(3):
        look(row)
        found.append(pause(row))
    assert found == [about(timedelta(minutes=minutes)) for minutes in (10, 20, 40)]
    for _ in range(9):
        look(row)
    assert pause(row) == about(DAY)
    site.show(pasted(tribune, partner))
    look(row)
    site.show("Panne", status=503)
    look(row)
    assert pause(row) == about(timedelta(minutes=10))


@pytest.mark.django_db(transaction=True)
def test_each_version_has_all_copies_checked_again(site: Site, worker: Worker) -> None:
    tribune = TribuneFactory(parent=FocusFactory(out=True), published=True)
    partner = PartnerFactory()
    row = copy(partner, tribune, site.show(pasted(tribune, partner)))
    printed = copy(partner, tribune, "", printed_in="Le Journal, p. 3", state="printed")
    change(tribune, title="Ouvrir toutes les portes")
    worker.drain()
    row.refresh_from_db()
    printed.refresh_from_db()
    assert (row.state, row.checks.count()) == ("good", 1)
    assert (printed.state, printed.check_at, printed.checks.count()) == ("printed", None, 0)


def test_what_changes_for_one_partner_is_no_version(
    tribune: TribunePage, partner: Partner, site: Site
) -> None:
    row = copy(partner, tribune, site.url())
    with partner_changing(partner.pk):
        Partner.objects.update(may_have_texts=False)
    row.refresh_from_db()
    assert row.check_at is None
    assert not Notice.objects.exists()


def test_a_version_that_comes_during_a_check_asks_for_another(
    tribune: TribunePage, partner: Partner, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = copy(partner, tribune, site.show(pasted(tribune, partner)))
    slow = copies.look

    def overtaken(*args: object) -> copies.Seen:
        change(tribune, title="Autre titre")
        return slow(*args)

    monkeypatch.setattr(copies, "look", overtaken)
    look(row)
    assert pause(row) < timedelta(0)


def test_a_copy_that_is_taken_is_left_to_its_worker(
    tribune: TribunePage, partner: Partner, site: Site
) -> None:
    row = copy(partner, tribune, site.url(), check_at=timezone.now(), taken_at=timezone.now())
    assert check_due(row.pk) is None
    Republication.objects.update(taken_at=timezone.now() - LEASE)
    assert check_due(row.pk) is not None
    assert check_due(row.pk) is None  # done
    assert check_due(0) is None


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_while_it_reads_is_replaced(worker: Worker) -> None:
    tribune = TribuneFactory(parent=FocusFactory(out=True), published=True)
    with socket.create_server(("127.0.0.1", 0)) as mute:
        mute.settimeout(60)
        url = f"http://127.0.0.1:{mute.getsockname()[1]}/"
        row = copy(PartnerFactory(), tribune, url, check_at=timezone.now())
        process = subprocess.Popen(
            [
                sys.executable,
                "-c",
                "import django; django.setup();"
                "from django.conf import settings as s; s.OUTSIDE_MAY_BE_LOCAL = True;"
                f"from tribunes.followup.copies import check_due; check_due({row.pk})",
            ],
            cwd=django_settings.BASE_DIR,
            env={**os.environ, "DJANGO_SETTINGS_MODULE": "cms.settings.test"},
        )
        accepted, _ = mute.accept()
        process.send_signal(signal.SIGKILL)
        process.wait()
        accepted.close()
    row.refresh_from_db()
    assert (row.taken_at is not None, row.checks.count()) == (True, 0)
    Republication.objects.update(taken_at=timezone.now() - LEASE)
    healing.send(None)
    worker.drain()
    row.refresh_from_db()
    assert (row.state, row.taken_at, row.checks.count()) == ("unreadable", None, 1)
