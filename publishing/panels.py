"""Where a publication stands, inside the page editor."""

from typing import Any

from django.urls import reverse
from wagtail.admin.panels import Panel

from publishing import registry


class PublicationPanel(Panel):
    """Shows the state of the page in the public bucket and follows it while it changes."""

    class BoundPanel(Panel.BoundPanel):
        """The panel of one page."""

        template_name = "publishing/panel.html"

        def is_shown(self) -> bool:
            """Show nothing before the page exists."""
            return bool(self.instance.pk) and super().is_shown()

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Give the address that tells the state."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            key = registry.key_for(self.instance)
            context["state_url"] = reverse("publishing_state", args=(key,)) if key else ""
            return context
