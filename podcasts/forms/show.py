"""The form of a show."""

from wagtail.admin.forms import WagtailAdminPageForm

from podcasts.forms.artwork import artwork_problems


class ShowForm(WagtailAdminPageForm):
    """Asks for artwork within Apple’s limits, to publish only."""

    def clean(self) -> dict[str, object]:
        """Add French messages next to the fields."""
        cleaned = super().clean()
        if not self.is_deferred_validation:
            artwork = cleaned.get("artwork")
            if artwork is None:
                self.add_error("artwork", "Choisissez la pochette de l’émission.")
            for message in artwork_problems(artwork):
                self.add_error("artwork", message)
        return cleaned
