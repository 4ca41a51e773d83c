"""The example tribunes that stand alone, and a partner: texts are in example_data/tribunes.toml."""

import json
import tomllib
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from cms.example_rows import ExampleRows
from cms.models import HomePage, Territory, User
from cms.withdrawing import withdraw
from publishing.conf import public_url
from tribunes import keys
from tribunes.example_data import DATA
from tribunes.feeds.public import FOLDER
from tribunes.models import (
    Partner,
    PartnerContact,
    PartnerToken,
    TribuneAuthor,
    TribuneCorrection,
    TribuneIndexPage,
    TribunePage,
    TribuneSignatory,
)

SANDBOX_SECRET = keys.complete("sosol_test_" + "bacasable" * 5)
"""Known to everybody, like the passwords of the example site: it sees nothing but examples."""

NOTES = {
    "Jeton du bac à sable de l’API": SANDBOX_SECRET,
    "Espace partenaire (lien de connexion par courriel)": "partenaire@exemple.invalid",
}


def load() -> dict[str, list[str]]:
    """Create tribunes and a partner; return the addresses of the feed of all tribunes.

    What exists already is left as it is, so that an editor’s changes survive.
    """
    if not TribuneIndexPage.objects.exists():
        data = tomllib.loads((DATA / "tribunes.toml").read_text(encoding="utf-8"))
        with transaction.atomic():
            _Loader(data).load()
    return {"tribunes": [public_url(f"{FOLDER}/rss.xml")]}


class _Loader(ExampleRows):
    """Creates what the tribunes need, each row once."""

    def __init__(self, data: dict[str, Any]) -> None:
        super().__init__(data, DATA)
        self.pages: dict[str, TribunePage] = {}

    def load(self) -> None:
        for row in self.data["partners"]:
            self._partner(row)
        index = TribuneIndexPage(**self.data["index"], show_in_menus=True, live=False)
        HomePage.objects.get().add_child(instance=index)
        index.save_revision().publish()
        for row in self.data["tribunes"]:
            self._tribune(index, row)

    def _tribune(self, index: TribuneIndexPage, row: dict[str, Any]) -> None:
        days, received = row.get("embargo_days"), row.get("reply_received_days_ago")
        page = TribunePage(
            **{name: row[name] for name in ("title", "slug", "chapo")},
            **row["terms"],
            body=json.dumps(
                [{"type": k, "value": v} for block in row["body"] for k, v in block.items()]
            ),
            licence=self.licences[row["licence"]],
            replies_to=self.pages.get(row.get("replies_to", "")),
            reply_received_on=received and timezone.localdate() - timedelta(days=received),
            embargoed_until=timezone.now() + timedelta(days=days) if days else None,
            live=False,
        )
        interests = row.get("interests", {})
        page.authors = [
            TribuneAuthor(person=self.people[key], sort_order=order)
            for order, key in enumerate(row["authors"])
        ]
        page.signatories = [
            TribuneSignatory(
                person=self.people[key], interests=interests.get(key, ""), sort_order=order
            )
            for order, key in enumerate(row["signatories"])
        ]
        page.themes = [self.themes[slug] for slug in row["themes"]]
        page.territories = Territory.objects.filter(code__in=row["territories"])
        index.add_child(instance=page)
        page.save_revision().publish()
        self.pages[row["slug"]] = page = TribunePage.objects.get(pk=page.pk)
        if "correction" in row:
            page.corrections.add(TribuneCorrection(**row["correction"]))
            page.save_revision().publish()
        if "withdrawal" in row:
            by = User.objects.filter(is_active=True).order_by("pk").first()
            withdraw(page, **row["withdrawal"], user=by)

    def _partner(self, row: dict[str, Any]) -> None:
        partner = Partner.objects.create(
            organisation=self.organisations[row["organisation"]],
            undertaking_on=timezone.localdate() if row["undertaking"] else None,
            **dict.fromkeys((f"may_have_{right}" for right in row["rights"]), True),
        )
        PartnerContact.objects.create(partner=partner, **row["contact"])
        if not PartnerToken.objects.filter(is_sandbox=True).exists():
            keys.register_sandbox(partner, SANDBOX_SECRET)
