"""Old revisions name things that were deleted since: they open all the same."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, Self

from django.db import models
from modelcluster.models import get_all_child_relations

Row = dict[str, Any]
Reference = models.ForeignKey


class RestorationMixin(models.Model):
    """Restores a revision without what does not exist any more.

    A reference that may be empty is emptied; a line that makes no sense without it is left out.
    A query for each kind of thing that is named, however many lines name it: modelcluster asks for
    each of them, and copes with neither PROTECT nor SET.
    """

    class Meta:
        abstract = True

    @classmethod
    def from_serializable_data(
        cls, data: Row, check_fks: bool = True, strict_fks: bool = False
    ) -> Self:
        """Build a page from a revision."""
        if check_fks:
            data = _without(cls, data, _lost(cls, data))
        return super().from_serializable_data(data, check_fks=False, strict_fks=strict_fks)


def _references(model: type[models.Model]) -> list[Reference]:
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey)
        and not field.remote_field.parent_link
        and field.remote_field.on_delete is not models.DO_NOTHING
    ]


def _named(model: type[models.Model], row: Row) -> Iterator[tuple[Reference, Any]]:
    """Yield what a row names, and what its lines name."""
    for field in _references(model):
        if row.get(field.name) is not None:
            yield field, row[field.name]
    for relation in get_all_child_relations(model):
        for line in row.get(relation.get_accessor_name(), ()):
            yield from _named(relation.related_model, line)


def _lost(model: type[models.Model], row: Row) -> set[tuple[Reference, Any]]:
    """Return what is named and gone."""
    named = set(_named(model, row))
    keys = defaultdict(set)
    for field, key in named:
        keys[field.target_field].add(key)
    found = {
        target: set(
            target.model._base_manager.filter(**{f"{target.name}__in": wanted}).values_list(
                target.name, flat=True
            )
        )
        for target, wanted in keys.items()
    }
    return {
        (field, key)
        for field, key in named
        if field.target_field.to_python(key) not in found[field.target_field]
    }


def _without(model: type[models.Model], row: Row, lost: set[tuple[Reference, Any]]) -> Row:
    """Return the row without what is lost."""
    row = {**row, **{field.name: None for field in _lost_by(model, row, lost)}}
    for relation in get_all_child_relations(model):
        name, lines = relation.get_accessor_name(), relation.related_model
        if name in row:
            row[name] = [
                _without(lines, line, lost)
                for line in row[name]
                if all(_may_be_empty(field) for field in _lost_by(lines, line, lost))
            ]
    return row


def _lost_by(
    model: type[models.Model], row: Row, lost: set[tuple[Reference, Any]]
) -> list[Reference]:
    return [field for field in _references(model) if (field, row.get(field.name)) in lost]


def _may_be_empty(field: Reference) -> bool:
    return field.null and field.remote_field.on_delete is not models.CASCADE
