"""«Chez les partenaires»: in the editor of a tribune, who has it now and what became of it."""

from typing import Any

from django.utils import timezone
from wagtail.admin.panels import Panel


class PartnersPanel(Panel):
    """Shows the version that partners know, who may see it, who took it; nothing is changed here.

    The models are named when the panel is drawn: they are what declares it.
    """

    class BoundPanel(Panel.BoundPanel):
        """The panel of one tribune."""

        template_name = "tribunes/admin/partners_panel.html"

        def is_shown(self) -> bool:
            """Hide it from a tribune that does not exist yet."""
            return self.instance.pk is not None

        class Media:
            css = {"all": ["tribunes/newsroom.css"]}

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Ask the access function for each partner, in a constant number of queries."""
            from tribunes.admin.partners_standing import standing_of

            context: dict[str, Any] = super().get_context_data(parent_context)
            found = standing_of(self.instance, timezone.now())
            return {**context, **found, "advice": self.instance.publishing_advice()}
