"""Choosers of what the address book and the references hold."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from django.db.models import Model
from wagtail.admin.panels import InlinePanel
from wagtail.admin.telepath import register
from wagtail.snippets.views.chooser import SnippetChooserViewSet
from wagtail.snippets.widgets import AdminSnippetChooser


class Chooser(AdminSnippetChooser):
    """Wagtail’s chooser, in words that fit every gender; hundreds may stand in one form."""

    known: Mapping[str, Model] = MappingProxyType({})
    """What was fetched ahead, by primary key: see :class:`RowsPanel`."""

    def __init__(self, **kwargs: Any) -> None:
        words = {"choose_another_text": "Remplacer", "link_to_chosen_text": "Ouvrir la fiche"}
        super().__init__(**{**words, **kwargs})

    def get_instance(self, value: Any) -> Model | None:
        """Return what was chosen."""
        return self.known.get(str(value)) or super().get_instance(value)


class ChooserViewSet(SnippetChooserViewSet):
    """Makes it the chooser of a model."""

    base_widget_class = Chooser


class RowsPanel(InlinePanel):
    """Rows by the hundred: what their choosers show is fetched in one query for each chooser."""

    @register
    class BoundPanel(InlinePanel.BoundPanel):
        """The rows of one page."""

        def __init__(self, **kwargs: Any) -> None:
            super().__init__(**kwargs)
            if self.form is None:
                return
            rows = self.formset.initial_forms
            for name, field in self.formset.empty_form.fields.items():
                if isinstance(field.widget, Chooser):
                    chosen = {row.initial.get(name) for row in rows} - {None}
                    found = field.widget.model_class._default_manager.in_bulk(chosen)
                    known = {str(pk): instance for pk, instance in found.items()}
                    for row in rows:
                        row.fields[name].widget.known = known
