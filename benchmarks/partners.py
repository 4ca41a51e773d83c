"""What partners poll, against a bare Django view that answers JSON."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from statistics import median

from django.test import Client, override_settings
from django.utils import timezone

from benchmarks.measure import WALL, Line, Taken, queries, turns
from tests.factories.focus import FocusFactory
from tests.factories.partners import PartnerFactory, bearer, token_of
from tests.factories.tribunes import TribuneFactory
from tribunes import keys
from tribunes.models import Change, Counter, Record

EVENTS, TRIBUNES = 20_000, 200
FEW, MANY = 10, 100


def run() -> Iterator[Line]:
    """Read the log page by page and the feed whole; queries may not depend on the number."""
    partner = PartnerFactory()
    headers = bearer(token_of(partner))
    feed = f"/partenaires/flux/{keys.issue_feed(partner, name='mesure')[1]}/rss.xml"
    reader = Client(SERVER_NAME="localhost")
    focus = FocusFactory(out=True)
    _write_tribunes(focus, FEW)
    asked_few = _queries(reader, feed)
    _write_tribunes(focus, TRIBUNES - FEW)
    _write_events()
    with override_settings(ROOT_URLCONF="benchmarks.bare_urls", API_REQUESTS_PER_MINUTE=10**9):
        middle = _middle_of_the_log(reader, headers)
        pages = [f"{middle}&limit={limit}" for limit in (FEW, MANY)]
        few, many = (_queries(reader, page, headers) for page in pages)
        yield Line(
            what=f"queries of {MANY} changes",
            found=str(many),
            against=f"{few} of {FEW}, among {EVENTS:,}",
            promise="equal",
            kept=few == many,
        )
        asked = _queries(reader, feed)
        yield Line(
            what=f"queries of a feed of {TRIBUNES}",
            found=str(asked),
            against=f"{asked_few} of {FEW}",
            promise="equal",
            kept=asked == asked_few,
        )
        yield from _speeds(reader, headers, {f"changes, {MANY} a page": pages[1], "feed": feed})


def _speeds(reader: Client, headers: dict[str, str], addresses: dict[str, str]) -> Iterator[Line]:
    for what, address in addresses.items():
        ours, theirs = turns(
            9,
            _work(reader, address, headers if "changes" in address else {}),
            _work(reader, "/bare.json", {}),
        )
        share = _rate(ours) / _rate(theirs)
        yield Line(
            what=what,
            found=f"{_rate(ours):.1f} a second",
            against=f"{share:.4f} × bare JSON view ({_rate(theirs):,.0f} a second)",
        )


def _rate(times: list[Taken]) -> float:
    return 1 / median(map(WALL, times))


def _work(reader: Client, address: str, headers: dict[str, str]) -> Callable[[], None]:
    return lambda: _get(reader, address, headers)


def _queries(reader: Client, address: str, headers: dict[str, str] | None = None) -> int:
    _get(reader, address, headers or {})
    return queries(lambda: _get(reader, address, headers or {}))


def _get(reader: Client, address: str, headers: dict[str, str]) -> None:
    answer = reader.get(address, headers=headers)
    assert answer.status_code == 200, answer


def _middle_of_the_log(reader: Client, headers: dict[str, str]) -> str:
    since = (timezone.now() - timedelta(days=15)).isoformat().replace("+", "%2B")
    answer = reader.get(f"/api/v1/changes?since={since}", headers=headers)
    assert answer.status_code == 303, answer
    return answer["Location"]


def _write_tribunes(focus: object, count: int) -> None:
    for _ in range(count):
        TribuneFactory(parent=focus, signatories=5, published=True)


def _write_events() -> None:
    """Add entries to the log, a month of them, all tribunes in turn."""
    records = list(Record.objects.all())
    last, start = Counter.objects.get().value, timezone.now() - timedelta(days=30)
    Change.objects.bulk_create(
        (
            Change(
                number=last + n,
                record=records[n % len(records)],
                event=Change.Event.UPDATED,
                version=1,
                at=start + n * timedelta(days=30) / EVENTS,
            )
            for n in range(1, EVENTS + 1)
        ),
        batch_size=2000,
    )
    Counter.objects.update(value=last + EVENTS)
