"""The pages of a show and of an episode, against a page of Wagtail’s own with a title alone."""

from collections.abc import Iterator

from django.test import Client
from wagtail.models import Page

from benchmarks.content import show_with
from benchmarks.measure import CPU, Line, compared, queries, turns
from podcasts.models import EpisodePage, ShowPage
from podcasts.querysets import SHOW_LABEL
from publishing.services import publish

FEW, MANY = 3, 90


def run() -> Iterator[Line]:
    """Ask for each page; the number of queries may not depend on the number of episodes."""
    few, many = show_with(FEW), show_with(MANY)
    for show in (few, many):
        publish(f"{SHOW_LABEL}:{show.pk}")
    bare = many.get_parent().add_child(instance=Page(title="Page nue", slug="page-nue"))
    reader = Client(SERVER_NAME="localhost")
    pages = {f"show of {MANY} episodes": [few, many], "episode": [_middle(few), _middle(many)]}
    for what, (short, long) in pages.items():
        ours, theirs = turns(9, lambda page=long: _get(reader, page), lambda: _get(reader, bare))
        yield compared(what, ours, "bare Wagtail page", theirs, CPU)
        asked = [queries(lambda page=page: _get(reader, page)) for page in (bare, short, long)]
        yield Line(
            what="queries",
            found=str(asked[2]),
            against=f"{asked[1]} of {FEW} episodes, {asked[0]} for the bare page",
            promise=f"of {FEW} as of {MANY}",
            kept=asked[1] == asked[2],
        )


def _middle(show: ShowPage) -> EpisodePage:
    episodes = EpisodePage.objects.child_of(show).order_by("number")
    return episodes[len(episodes) // 2]


def _get(reader: Client, page: Page) -> None:
    answer = reader.get(page.get_url())
    assert answer.status_code == 200, answer
