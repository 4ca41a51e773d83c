"""The example tribunes: every state a partner meets, and examples that say so."""

import tomllib

import pytest
from django.apps import apps

from cms.management.commands.example import load_examples
from cms.models import Withdrawal
from cms.services import set_up_site
from tests.services import S3
from tribunes import example, keys
from tribunes.access import Standing
from tribunes.advice import advice
from tribunes.example_data import DATA
from tribunes.facts import reader_of
from tribunes.models import Change, Partner, Record, TribunePage
from tribunes.rendering import render


@pytest.mark.django_db
def test_the_example_shows_every_state_and_is_loaded_once(s3: S3) -> None:
    set_up_site()
    configuration = [apps.get_app_config("tribunes")]
    feeds, notes = load_examples(configuration)
    assert feeds == {"tribunes": [s3.url("tribunes/rss.xml")]}
    assert TribunePage.objects.live().count() == 4
    assert Withdrawal.objects.announced().count() == 1
    assert Withdrawal.objects.get().note
    assert [text for page in TribunePage.objects.live() for text in advice(page)] == []
    assert TribunePage.objects.get(reply_received_on__isnull=False).replies_to is not None
    partner = Partner.objects.get()
    rendered = render(list(Record.objects.all()), reader_of(partner)).values()
    standings = sorted(str(found.standing) for found in rendered)
    assert standings == ["canceled", "usable", "usable", "usable", "withheld"]
    assert {found.item.kind for found in rendered} == {"tribune", "right-of-reply"}
    (signed,) = [
        found for found in rendered if found.item.signatories and found.standing == Standing.USABLE
    ]
    assert f"urn:uuid:{partner.uuid}" in {person.partner for person in signed.item.people}
    token = keys.find_token(notes["Jeton du bac à sable de l’API"])
    assert token.is_sandbox
    before = (Change.objects.count(), TribunePage.objects.count())
    assert load_examples(configuration) == (feeds, notes)
    assert (Change.objects.count(), TribunePage.objects.count()) == before


def test_every_text_says_that_it_is_an_example() -> None:
    data = tomllib.loads((DATA / "tribunes.toml").read_text(encoding="utf-8"))
    for row in data["tribunes"]:
        assert "exemple" in row["chapo"] + str(row["body"]), row["slug"]
    for row in data["organisations"]:
        assert "fictive" in row["name"], row["id"]
    for row in data["persons"]:
        assert "d’exemple" in row["biography"], row["id"]
    assert example.SANDBOX_SECRET.startswith("sosol_test_")
