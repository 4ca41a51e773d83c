"""Configuration of the tribunes application."""

from django.apps import AppConfig


class TribunesConfig(AppConfig):
    """Op-eds and the partners who republish them."""

    name = "tribunes"
    verbose_name = "Tribunes"
    default_auto_field = "django.db.models.BigAutoField"

    # Who may what: see cms/roles.py.
    managed_models = ("partner", "webhookmessage")

    def ready(self) -> None:
        """Make tribunes known to the pipeline and connect signals."""
        from tribunes import signal_handlers
        from tribunes.artifacts import register_publications

        register_publications()
        signal_handlers.register_signal_handlers()
