"""The example focus: its text is in example_data/focus.toml, pictures and PDF beside it."""

import json
import tomllib
from typing import Any

from django.apps import apps
from django.db import transaction

from cms.example_rows import ExampleRows
from cms.models import HomePage, Territory
from focus import feeds
from focus.example_data import DATA
from focus.example_package import bring_out, prepare_next
from focus.example_stream import stream
from focus.models import (
    ArticleAuthor,
    ArticlePage,
    FocusIndexPage,
    FocusPage,
    FocusPartner,
    ForumPage,
    ForumPart,
    ForumSpeaker,
    Insert,
)
from publishing.conf import public_url


def load() -> dict[str, list[str]]:
    """Create the focus and let it come out; return the addresses of its feeds.

    What exists already is left as it is, so that an editor’s changes survive.
    """
    data = tomllib.loads((DATA / "focus.toml").read_text(encoding="utf-8"))
    if not FocusIndexPage.objects.exists():
        with transaction.atomic():
            loader = _Loader(data)
            index = loader.index()
            loader.focus(index)
            prepare_next(index, data["next"])
    focus = FocusPage.objects.filter(feed_slug=data["focus"]["slug"]).first()
    if focus and not focus.package.events.exists():
        bring_out(focus, data)
    folders = (feeds.FOLDER, *([feeds.feed_folder(focus)] if focus else []))
    return {"focus": [public_url(f"{folder}/rss.xml") for folder in folders]}


class _Loader(ExampleRows):
    """Creates what the focus needs, each row once."""

    def __init__(self, data: dict[str, Any]) -> None:
        super().__init__(data, DATA)
        self.pages: dict[str, Any] = {}

    def index(self) -> FocusIndexPage:
        """Create the page of all focuses."""
        page = FocusIndexPage(**self.data["index"], show_in_menus=True, live=False)
        HomePage.objects.get().add_child(instance=page)
        page.save_revision().publish()
        return page

    def focus(self, index: FocusIndexPage) -> FocusPage:
        """Create the focus and its pages, all of them drafts."""
        row = self.data["focus"]
        plain = ("title", "slug", "year", "semester", "rank", "chapo", "elsewhere_url", "credits")
        focus = FocusPage(
            **{name: row[name] for name in plain},
            theme=self.themes[row["theme"]],
            cover=self.images[row["cover"]],
            responsible=self.people[row["responsible"]],
            licence=self.licences[row["licence"]],
            live=False,
        )
        focus.partners = [
            FocusPartner(organisation=self.organisations[key], sort_order=order)
            for order, key in enumerate(row["partners"])
        ]
        focus.territories = Territory.objects.filter(code__in=row["territories"])
        index.add_child(instance=focus)
        focus.save_revision()
        self._forum(focus)
        for tribune in self.data["tribunes"]:
            self._tribune(focus, tribune)
        for article in self.data["articles"]:
            self._article(focus, article)
        self._insert(focus)
        return focus

    def _text(self, row: dict[str, Any]) -> dict[str, Any]:
        return {
            **{name: row[name] for name in ("title", "slug", "chapo", "target_signes")},
            "picture": self.images.get(row.get("picture", "")),
            "picture_caption": row.get("picture_caption", ""),
            "body": json.dumps(stream(row["body"], self.images, self.pages)),
            "licence": self.licences[self.data["focus"]["licence"]],
            "live": False,
        }

    def _add(self, focus: FocusPage, page: Any, row: dict[str, Any]) -> None:
        page.themes = [self.themes[slug] for slug in row["themes"]]
        page.territories = Territory.objects.filter(code__in=row["territories"])
        focus.add_child(instance=page)
        page.save_revision()
        self.pages[row["slug"]] = page

    def _article(self, focus: FocusPage, row: dict[str, Any]) -> None:
        page = ArticlePage(**self._text(row), surtitre=row["surtitre"])
        page.authors = [
            ArticleAuthor(person=self.people[key], sort_order=order)
            for order, key in enumerate(row["authors"])
        ]
        self._add(focus, page, row)

    def _tribune(self, focus: FocusPage, row: dict[str, Any]) -> None:
        # By name: tribunes are another application.
        page = apps.get_model("tribunes.TribunePage")(**self._text(row))
        for name, label in (("authors", "TribuneAuthor"), ("signatories", "TribuneSignatory")):
            line = apps.get_model("tribunes", label)
            rows = [
                line(person=self.people[key], sort_order=order)
                for order, key in enumerate(row[name])
            ]
            setattr(page, name, rows)
        self._add(focus, page, row)

    def _insert(self, focus: FocusPage) -> None:
        row = self.data["insert"]
        plain = (
            "title", "slug", "intro", "width", "height", "bleed", "pdfx", "profile",
            "printing_notes",
        )  # fmt: skip
        insert = Insert(**{name: row[name] for name in plain}, live=False)
        focus.add_child(instance=insert)
        insert.save_revision()
        for page, given in zip(insert.pages.all(), row["pages"], strict=True):
            page.rubric, page.headline = given["rubric"], given["headline"]
            page.save()
            page.linked_pages.set([self.pages[slug] for slug in given["links"]])

    def _forum(self, focus: FocusPage) -> None:
        row = dict(self.data["forum"])
        parts = row.pop("parts")
        forum = ForumPage(
            host=self.people[row.pop("host")],
            poster=self.images[row.pop("poster")],
            live=False,
            **row,
        )
        for order, given in enumerate(parts):
            plain = {name: value for name, value in given.items() if name != "speakers"}
            part = ForumPart(**{**plain, "captions": plain["captions"].lstrip()}, sort_order=order)
            part.speakers = [
                ForumSpeaker(person=self.people[key], sort_order=position)
                for position, key in enumerate(given["speakers"])
            ]
            forum.parts.add(part)
        focus.add_child(instance=forum)
        forum.save_revision()
        self.pages["forum"] = forum
