"""Old revisions name things that were deleted since: they open all the same."""

from typing import Any, Self

from django.db import models
from modelcluster.models import get_all_child_relations

_HANDLED = (models.CASCADE, models.SET_NULL, models.DO_NOTHING)
"""What modelcluster copes with; it raises an exception for other foreign keys, as PROTECT."""


class RestorationMixin(models.Model):
    """Restores a revision without what does not exist any more.

    A reference that may be empty is emptied; a line that makes no sense without it is left out.
    """

    class Meta:
        abstract = True

    @classmethod
    def from_serializable_data(cls, data: dict[str, Any], *args: Any, **kwargs: Any) -> Self:
        """Build a page from a revision."""
        data = {**data, **dict.fromkeys(_lost(cls, data))}
        for relation in get_all_child_relations(cls):
            name, model = relation.get_accessor_name(), relation.related_model
            if name in data:
                data[name] = list(filter(None, (_line(model, line) for line in data[name])))
        return super().from_serializable_data(data, *args, **kwargs)


def _line(model: type[models.Model], line: dict[str, Any]) -> dict[str, Any] | None:
    lost = _lost(model, line)
    if any(not model._meta.get_field(name).null for name in lost):
        return None
    return {**line, **dict.fromkeys(lost)}


def _lost(model: type[models.Model], data: dict[str, Any]) -> list[str]:
    """Return the names of the foreign keys whose target is gone."""
    return [
        field.name
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey)
        and field.remote_field.on_delete not in _HANDLED
        and data.get(field.name) is not None
        and not field.related_model._base_manager.filter(pk=data[field.name]).exists()
    ]
