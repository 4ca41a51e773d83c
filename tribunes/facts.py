"""Facts about tribunes and readers, from the database: what ``tribunes.access`` decides upon."""

from collections.abc import Iterable

from django.db.models import BooleanField, Case, Model, Value, When

from cms.models import Licence, Withdrawal
from cms.republication import licences_of
from cms.selectors import is_restricted
from tribunes.access import Facts, Reader
from tribunes.models import Partner, Record, TribunePage

_NONE = frozenset({0})
"""A list that matches nothing: no row has this key."""


def facts_of(records: Iterable[Record]) -> dict[int, Facts]:
    """Return the facts about records by primary key, in three queries."""
    records = list(records)
    pages = _pages(record.page_id for record in records)
    licences = licences_of(pages.values())
    withdrawn = _withdrawals(records)
    return {
        record.pk: _facts(record, pages.get(record.page_id), licences, withdrawn.get(record.uuid))
        for record in records
    }


def _pages(pks: Iterable[int | None]) -> dict[int, TribunePage]:
    restricted = Case(
        When(is_restricted(), then=Value(True)),
        default=Value(False),
        output_field=BooleanField(),
    )
    rows = TribunePage.objects.filter(pk__in=[pk for pk in pks if pk], alias_of=None)
    return rows.annotate(restricted=restricted).defer("body").in_bulk()


def _withdrawals(records: Iterable[Record]) -> dict[object, Withdrawal]:
    uuids = [record.uuid for record in records]
    return {row.uuid: row for row in Withdrawal.objects.told().filter(uuid__in=uuids)}


def _facts(
    record: Record,
    page: TribunePage | None,
    licences: dict[int, Licence],
    withdrawal: Withdrawal | None,
) -> Facts:
    where = {
        "withdrawn_at": withdrawal.at if withdrawal else None,
        "withdrawal_is_told": withdrawal.was_public if withdrawal else True,
        "focus_id": record.focus_id,
        "themes": frozenset(record.themes),
        "kind": record.kind,
        "released": record.released_at is not None,
    }
    if page is None:
        return Facts(**where)
    licence = licences.get(page.pk)
    return Facts(
        **where,
        live=page.live,
        restricted=page.restricted,
        embargoed_until=page.embargoed_until,
        licence_code=licence.code if licence else "",
        licence_expires_on=page.licence_expires_on,
        for_web=page.for_web,
    )


def _chosen(rows: Iterable[Model], limited: bool) -> frozenset[int]:
    """Return the keys of a list that says what a catalogue holds; empty is no limit."""
    return frozenset(row.pk for row in rows) or (_NONE if limited else frozenset())


def reader_of(partner: Partner) -> Reader:
    """Return what a partner may have, as the contract says now."""
    return Reader(
        partner_id=partner.pk,
        contract_from=partner.contract_from,
        contract_until=partner.contract_until,
        focuses=_chosen(partner.focuses.all(), partner.limited_to_focuses),
        themes=_chosen(partner.themes.all(), partner.limited_to_themes),
        kinds=frozenset(partner.kinds),
        texts=partner.may_have_texts,
        images=partner.may_have_images,
        print_originals=partner.may_have_print,
        audio=partner.may_have_audio,
        embargoed=partner.undertaking_on is not None,
        granted=frozenset(grant.image_id for grant in partner.image_grants.all()),
    )
