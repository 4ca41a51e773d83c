"""Signatories by the hundred: who is known, and a new draft with those who were chosen."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db import transaction
from django_tasks import task
from wagtail.models import Page, ReferenceIndex
from wagtail.search import index

from cms.models import Organisation, Person
from tribunes.models import TribunePage, TribuneSignatory
from tribunes.signatories.names import Known, fold
from tribunes.signatories.proposals import NEW, OUT, Proposal


class DraftChanged(Exception):
    """Somebody saved the tribune in the meantime: what was proposed may not be true any more."""


@dataclass(frozen=True, kw_only=True)
class Added:
    """What was done."""

    signatories: int
    people: int
    """How many of them are new to the address book."""
    left_out: int


def known_people() -> list[Known]:
    """Return everybody of the address book: one query."""
    rows = Person.objects.values_list("pk", "first_name", "last_name", "role", "organisation__name")
    return [
        Known(pk=pk, name=f"{first} {last}".strip(), role=role, organisation=organisation or "")
        for pk, first, last, role, organisation in rows
    ]


def signing(page: TribunePage) -> set[int]:
    """Return the primary keys of those who sign the draft, however many: one query."""
    if page.latest_revision:
        return {row["person"] for row in page.latest_revision.content["signatories"]}
    return set(page.signatories.values_list("person_id", flat=True))


@transaction.atomic
def add(
    page: TribunePage,
    proposals: Iterable[Proposal],
    choices: Mapping[int, str],
    *,
    revision: int | None,
    user: Any,
) -> Added:
    """Append signatories to a new draft; people are created as needed, nothing is published.

    ``choices`` were checked (``proposals.problems``); ``revision`` is the draft upon
    which they were made. Raises DraftChanged when it is not the last one any more.
    """
    locked = Page.objects.select_for_update().get(pk=page.pk)
    if locked.latest_revision_id != revision:
        raise DraftChanged
    proposals = list(proposals)
    kept = [found for found in proposals if choices[found.line.number] != OUT]
    organisations = {fold(found.name): found for found in Organisation.objects.all()}
    new = [found for found in kept if choices[found.line.number] == NEW]
    people = _create([_person(found, organisations) for found in new])
    created = {found.line.number: person for found, person in zip(new, people, strict=True)}
    draft = page.get_latest_revision_as_object()
    start = max((row.sort_order or 0 for row in draft.signatories.all()), default=-1) + 1
    for order, found in enumerate(kept, start):
        line = found.line
        person = created.get(line.number)
        organisation = organisations.get(fold(line.organisation))
        draft.signatories.add(
            TribuneSignatory(
                person_id=person.pk if person else int(choices[line.number]),
                role=line.role,
                organisation=organisation.name if organisation else line.organisation,
                sort_order=order,
            )
        )
    if kept:
        draft.save_revision(user=user, log_action=True, clean=False)
    return Added(signatories=len(kept), people=len(people), left_out=len(proposals) - len(kept))


def _person(found: Proposal, organisations: Mapping[str, Organisation]) -> Person:
    line = found.line
    return Person(
        first_name=line.first_name,
        last_name=line.last_name,
        role=line.role,
        organisation=organisations.get(fold(line.organisation)),
    )


def _create(people: list[Person]) -> list[Person]:
    """Create people in few queries; a task makes them found in searches."""
    created = Person.objects.bulk_create(people)
    if created:
        pks = [person.pk for person in created]
        transaction.on_commit(partial(index_people.enqueue, pks))
    return created


@task()
def index_people(pks: list[int]) -> None:
    """Index people who were created together, for searches and for what refers to what."""
    for person in Person.objects.filter(pk__in=pks).select_related("organisation"):
        index.insert_or_update_object(person)
        ReferenceIndex.create_or_update_for_object(person)
