"""How long a text is, inside the page editor."""

import json
from typing import Any

from django.forms import Script
from django.utils.text import capfirst
from wagtail.admin.panels import Panel

from cms.length import lengths, shape_of
from cms.signes import label


class SignesPanel(Panel):
    """Shows the signes of title, chapô and body of a ``TextPage``, and how far its target is.

    A script counts while the editor types, and repeats each number beside its field; without it
    the panel says how long the saved draft is.
    """

    class BoundPanel(Panel.BoundPanel):
        """The panel of one page."""

        template_name = "cms/panels/signes.html"

        class Media:
            css = {"all": ["cms/css/signes.css"]}
            js = [Script("cms/js/signes-panel.js", type="module")]

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Give the lengths of the draft, and where the script finds texts in the form."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            page, length = self.instance, lengths(self.instance)
            fields = {
                name: capfirst(page._meta.get_field(name).verbose_name)
                for name in ("title", "chapo", "body")
            }
            shapes = {
                "title": ("text",),
                "chapo": ("text",),
                "body": shape_of(page.body.stream_block),
            }
            return {
                **context,
                "parts": [(name, fields[name], label(getattr(length, name))) for name in fields],
                "shapes": json.dumps(shapes),
                "signes": length.total,
                "target": page.target_signes,
                "total": label(length.total, page.target_signes),
            }
