"""The example show: its text is in example_data/show.toml, its sounds and pictures beside it."""

import json
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.files import File
from django.db import transaction

from cms.example_rows import ExampleRows
from cms.models import HomePage, Territory
from podcasts.models import (
    Audio,
    EpisodeChapter,
    EpisodeLink,
    EpisodePage,
    EpisodeParticipant,
    ShowHost,
    ShowPage,
    ShowSeason,
    ShowVerification,
)
from podcasts.services import facts_of

DATA = Path(__file__).parent / "example_data"

_SHOW_FIELDS = (
    "title", "slug", "feed_slug", "description", "category", "second_category", "language",
    "show_type", "update_frequency", "explicit", "author", "owner_name", "owner_email",
    "publish_owner", "copyright", "locked_feed", "funding_url", "funding_text", "credits",
)  # fmt: skip
_EPISODE_FIELDS = (
    "title", "slug", "episode_type", "season", "number", "publication_date", "summary",
    "explicit", "soundbite_start", "soundbite_duration", "soundbite_title",
)  # fmt: skip


@transaction.atomic
def load() -> dict[str, list[str]]:
    """Create and publish the show and its episodes, all or nothing; return the address of its feed.

    What exists already is left as it is, so that an editor’s changes survive.
    """
    data = tomllib.loads((DATA / "show.toml").read_text(encoding="utf-8"))
    show = ShowPage.objects.filter(feed_slug=data["show"]["feed_slug"]).first()
    if show is None:
        show = _Loader(data, DATA).show()
    return {"podcasts": [show.feed_url]}


def _fields(data: dict[str, Any], names: Iterable[str]) -> dict[str, Any]:
    return {name: data[name] for name in names if name in data}


class _Loader(ExampleRows):
    """Creates what the show needs, each row once."""

    def show(self) -> ShowPage:
        """Create the show with its episodes, oldest first, and publish them."""
        row = self.data["show"]
        show = ShowPage(
            **_fields(row, _SHOW_FIELDS),
            artwork=self.images[row["artwork"]],
            partner=self.organisations[row["partner"]],
            licence=self.licences[row["licence"]],
            show_in_menus=True,
            live=False,
        )
        show.hosts = [ShowHost(person=self.people[key]) for key in row["hosts"]]
        show.seasons = [ShowSeason(**season) for season in row["seasons"]]
        show.verifications = [ShowVerification(**code) for code in row["verifications"]]
        HomePage.objects.get().add_child(instance=show)
        show.save_revision().publish()
        for episode in sorted(self.data["episodes"], key=lambda e: e["publication_date"]):
            self._episode(show, episode)
        return show

    def _episode(self, show: ShowPage, row: dict[str, Any]) -> None:
        page = EpisodePage(
            **_fields(row, _EPISODE_FIELDS),
            audio=self._audio(row),
            artwork=self.images.get(row.get("artwork", "")),
            licence=self.licences[row["licence"]],
            transcript=(DATA / row["transcript"]).read_text(encoding="utf-8"),
            notes=json.dumps([{"type": "paragraph", "value": row["notes"].strip()}]),
            live=False,
        )
        page.participants = [
            EpisodeParticipant(person=self.people[voice["person"]], role=voice["role"])
            for voice in row["participants"]
        ]
        page.chapters = [EpisodeChapter(**chapter) for chapter in row["chapters"]]
        page.links = [EpisodeLink(**link) for link in row["links"]]
        page.territories = Territory.objects.filter(code__in=row["territories"])
        page.themes = [self.themes[slug] for slug in row["themes"]]
        show.add_child(instance=page)
        page.save_revision().publish()

    def _audio(self, row: dict[str, Any]) -> Audio:
        path = DATA / row["audio"]
        # Measured here and not by a worker: the episode is published in the next breath.
        audio = Audio(title=f"{row['title']} (exemple)"[:255], **facts_of(path))
        with path.open("rb") as stream:
            audio.file.save(path.name, File(stream))
        return audio
