"""Wiring: a catalogue that loses a focus or a theme shrinks, and its partner is told."""

from django.db import models
from django.db.models.signals import pre_delete

from cms.models import Theme
from tribunes.journal import partner_changing
from tribunes.models import Partner

_FOCUS = "focus.FocusPage"


def focus_deleted(instance: models.Model, **kwargs: object) -> None:
    """Take a focus that is about to be deleted out of every catalogue."""
    _take_out("focuses", instance.pk)


def theme_deleted(instance: Theme, **kwargs: object) -> None:
    """Take a theme that is about to be deleted out of every catalogue."""
    _take_out("themes", instance.pk)


def _take_out(name: str, pk: int) -> None:
    """Take it out; a list that is empty from then on means nothing, where it meant no limit."""
    through = Partner._meta.get_field(name).remote_field.through
    target = Partner._meta.get_field(name).m2m_reverse_field_name()
    chosen = through.objects.filter(**{target: pk})
    for partner in list(chosen.values_list("partner", flat=True)):
        with partner_changing(partner):
            chosen.filter(partner=partner).delete()
            Partner.objects.filter(pk=partner).update(**{f"limited_to_{name}": True})


def register_signal_handlers() -> None:
    """Connect everything, once."""
    pre_delete.connect(focus_deleted, sender=_FOCUS, dispatch_uid="tribunes.focus_deleted")
    pre_delete.connect(theme_deleted, sender=Theme, dispatch_uid="tribunes.theme_deleted")
