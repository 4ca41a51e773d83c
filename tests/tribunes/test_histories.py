"""Random histories of edits against partners who poll: nothing missed, nothing twice, no leak."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from threading import Event, Thread
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client, override_settings
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import PageViewRestriction

from cms.models import Licence, Withdrawal
from cms.withdrawing import lift, withdraw
from focus.models import FocusPage
from publishing.signals import healing
from tests.factories.bodies import paragraph, stream
from tests.factories.cms import LicenceFactory
from tests.factories.focus import FocusFactory, publish
from tests.factories.partners import PartnerFactory, bearer, token_of
from tests.factories.tribunes import TribuneFactory
from tribunes.journal import partner_changing
from tribunes.journal.sweep import sweep
from tribunes.models import Change, Partner, Record, TribuneCorrection, TribunePage

HOUR = timedelta(hours=1)


@dataclass
class Told:
    """What the history made of one tribune, by rules of its own: the oracle."""

    uuid: str
    words: list[str] = field(default_factory=list)
    """Every version of the text has a word that no other has."""
    published: bool = False
    draft: str = ""
    embargoed: bool = False
    private: bool = False
    withdrawn: bool = False
    expired: bool = False
    deleted: bool = False

    def readable(self, *, sworn: bool) -> bool:
        """Whether a partner may have the text."""
        shut = self.private or self.withdrawn or self.expired or self.deleted
        return self.published and not shut and (sworn or not self.embargoed)


class Poller:
    """A partner who keeps a copy by the log alone, through the API."""

    def __init__(self, partner: Partner, *, sworn: bool) -> None:
        self.partner, self.sworn = partner, sworn
        self.headers = bearer(token_of(partner))
        self.next = "/api/v1/changes"
        self.copy: dict[str, dict[str, Any]] = {}
        self.seen: list[str] = []
        self.everything = ""

    def poll(self) -> str:
        """Read to the end of the log; return all that was said."""
        said = ""
        while True:
            answer = Client().get(self.next, headers=self.headers)
            assert answer.status_code == 200, answer.content
            said += answer.content.decode()
            page = answer.json()
            for entry in page["items"]:
                uuid = entry["id"]
                if entry["state"] == "deleted":
                    assert "data" not in entry
                    self.copy.pop(uuid, None)
                else:
                    self.copy[uuid] = entry["data"]
            following = page["next"].partition("testserver")[2]
            assert (following == self.next) <= (not page["items"])
            if not page["items"]:
                assert self.seen.count(following) <= 1
                break
            assert following not in self.seen
            self.seen.append(following)
            self.next = following
        self.everything += said
        return said


class World:
    """A history as it goes."""

    def __init__(self) -> None:
        self.focus: FocusPage = FocusFactory(out=True)
        self.licence: Licence = LicenceFactory(code="cc-by-nd-4.0")
        self.tribunes: list[Told] = []
        self.count = 0
        self.pollers = [
            Poller(PartnerFactory(), sworn=False),
            Poller(PartnerFactory(undertaking_on=timezone.localdate()), sworn=True),
        ]

    def word(self) -> str:
        """Return a word that was never used."""
        self.count += 1
        return f"mot{self.count:04d}fin"

    def page(self, told: Told) -> TribunePage:
        """Return the page as the database has it."""
        return TribunePage.objects.get(uuid=told.uuid)

    # What people do

    def write(self, embargoed: bool) -> None:
        """Publish a new tribune."""
        word = self.word()
        page = TribuneFactory(
            parent=self.focus,
            title=f"Titre {word}",
            body=stream(paragraph(f"<p>{word}</p>")),
            licence=self.licence,
            embargoed_until=timezone.now() + HOUR if embargoed else None,
        )
        publish(page)
        told = Told(uuid=str(page.uuid), words=[word], published=True, embargoed=embargoed)
        self.tribunes.append(told)

    def change(self, told: Told, save: Callable[[TribunePage], None]) -> None:
        """Write another text, and publish or save it."""
        if told.deleted or told.withdrawn:
            return
        page, word = self.page(told), self.word()
        page.title, page.body = f"Titre {word}", stream(paragraph(f"<p>{word}</p>"))
        told.draft = word
        save(page)

    def edit(self, told: Told) -> None:
        """Publish another text."""
        self.change(told, publish)
        if told.draft:
            told.words.append(told.draft)
            told.draft, told.published = "", True

    def scribble(self, told: Told) -> None:
        """Save a draft that nobody may see."""
        self.change(told, lambda page: page.save_revision())

    def correct(self, told: Told) -> None:
        """Publish a correction of what is live."""
        if told.published and not (told.deleted or told.withdrawn or told.draft):
            page, word = self.page(told), self.word()
            page.corrections.add(TribuneCorrection(text=word, severity="high"))
            told.words.append(word)
            publish(page)

    def unpublish(self, told: Told) -> None:
        """Take it off."""
        if not told.deleted:
            self.page(told).unpublish()
            told.published = False

    def delete(self, told: Told) -> None:
        """Delete the page."""
        if not told.deleted:
            self.page(told).delete()
            told.deleted = True

    def withdraw(self, told: Told) -> None:
        """Withdraw the text."""
        if not (told.deleted or told.withdrawn):
            withdraw(self.page(told), reason="Motif public", note="motif-interne")
            told.withdrawn, told.published = True, False

    def lift(self, told: Told) -> None:
        """Take the withdrawal back."""
        if told.withdrawn:
            lift(Withdrawal.objects.standing().get(uuid=told.uuid))
            told.withdrawn = False

    def end_embargo(self, told: Told) -> None:
        """Let the hour come."""
        if told.embargoed and not told.deleted:
            past = timezone.now() - timedelta(seconds=1)
            TribunePage.objects.filter(uuid=told.uuid).update(embargoed_until=past)
            Record.objects.filter(uuid=told.uuid).update(next_moment=past)
            healing.send(None)
            told.embargoed = False
            page = self.page(told)
            revision = page.latest_revision
            revision.content["embargoed_until"] = past.isoformat()
            revision.save()

    def hide(self, told: Told) -> None:
        """Ask for a login, or no more."""
        if told.deleted:
            return
        page = self.page(told)
        if told.private:
            PageViewRestriction.objects.filter(page=page).delete()
        else:
            PageViewRestriction.objects.create(page=page, restriction_type="login")
        told.private = not told.private

    def poll(self, told: Told) -> None:
        """Let the partners poll."""
        for poller in self.pollers:
            self.check(poller)

    def check(self, poller: Poller) -> None:
        """Poll, once the worker had its turn, and compare the copy with the oracle."""
        sweep()
        said = poller.poll()
        readable = {
            f"urn:uuid:{told.uuid}": told.words[-1]
            for told in self.tribunes
            if told.readable(sworn=poller.sworn)
        }
        assert set(poller.copy) == set(readable)
        for uuid, word in readable.items():
            assert word in json.dumps(poller.copy[uuid])
        for told in self.tribunes:
            if not told.readable(sworn=poller.sworn):
                assert not [word for word in told.words if word in said]
            assert not told.draft or told.draft not in said
        assert "motif-interne" not in said
        again = poller.poll()
        assert json.loads(again)["items"] == []


ACTS = (
    "edit", "scribble", "correct", "unpublish", "delete", "withdraw", "lift", "end_embargo",
    "hide", "poll",
)  # fmt: skip
HISTORIES = st.lists(
    st.one_of(
        st.tuples(st.just("write"), st.booleans()),
        st.tuples(st.sampled_from(ACTS), st.integers(0, 3)),
    ),
    min_size=3,
    max_size=14,
)


@pytest.mark.django_db
@given(history=HISTORIES)
@settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
def test_whatever_editors_do_copies_end_equal_and_nothing_leaks(
    s3: object, history: list[tuple[str, Any]]
) -> None:
    with transaction.atomic():
        world = World()
        world.write(embargoed=False)
        world.write(embargoed=True)
        for act, which in history:
            if act == "write":
                world.write(embargoed=which)
            else:
                getattr(world, act)(world.tribunes[which % len(world.tribunes)])
        world.poll(world.tribunes[0])
        numbers = list(Change.objects.values_list("number", flat=True))
        assert numbers == list(range(1, len(numbers) + 1))
        transaction.set_rollback(True)


@pytest.mark.django_db
@given(kinds=st.lists(st.sampled_from(["themes", "focuses", "until", "none"]), max_size=6))
@settings(
    max_examples=15,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
def test_whatever_becomes_of_a_contract_the_copy_follows(s3: object, kinds: list[str]) -> None:
    with transaction.atomic():
        world = World()
        world.write(embargoed=False)
        world.write(embargoed=True)
        (poller, other), elsewhere = world.pollers, FocusFactory(out=True)
        partner = poller.partner
        other.poll()
        for kind in kinds:
            with partner_changing(partner.pk):
                partner.focuses = [elsewhere] if kind == "focuses" else []
                ended = kind == "until"
                partner.contract_from = timezone.localdate() - timedelta(days=9)
                partner.contract_until = timezone.localdate() - timedelta(days=1) if ended else None
                partner.save()
            poller.poll()
            expected = 0 if kind in ("focuses", "until") else 1
            assert len(poller.copy) == expected
        assert json.loads(other.poll())["items"] == []
        transaction.set_rollback(True)


@pytest.mark.django_db(transaction=True)
@override_settings(API_REQUESTS_PER_MINUTE=100_000)
def test_two_publishers_at_once_hide_no_entry_from_a_partner_who_polls(s3: object) -> None:
    world = World()
    for _ in range(2):
        world.write(embargoed=False)
    # One answers the other: publishing either looks at both.
    first, second = (world.page(told) for told in world.tribunes)
    second.replies_to, second.reply_received_on = first, timezone.localdate()
    publish(second)
    pks = list(TribunePage.objects.values_list("pk", flat=True))
    before = Change.objects.count()
    done, failures = Event(), []

    def work(act: Callable[[], None]) -> None:
        try:
            act()
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    def edit(pk: int) -> None:
        for number in range(8):
            page = TribunePage.objects.get(pk=pk)
            page.title = f"Page {pk}, titre {number}"
            page.save_revision().publish()

    def poll() -> None:
        while not done.is_set():
            world.pollers[0].poll()

    editors = [Thread(target=work, args=(lambda pk=pk: edit(pk),)) for pk in pks]
    reader = Thread(target=work, args=(poll,))
    for thread in (reader, *editors):
        thread.start()
    for thread in editors:
        thread.join()
    done.set()
    reader.join()
    assert not failures
    world.pollers[0].poll()
    titles = {copy["headline"] for copy in world.pollers[0].copy.values()}
    assert titles == {f"Page {pk}, titre 7" for pk in pks}
    for pk in pks:
        told = [n for n in range(8) if f"Page {pk}, titre {n}" in world.pollers[0].everything]
        assert told[-1] == 7
    assert Change.objects.count() == before + 16
