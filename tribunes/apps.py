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
        """Make tribunes known to the pipeline, connect signals, register checks."""
        from tribunes import catalogue_handlers, signal_handlers
        from tribunes import checks as checks
        from tribunes.artifacts import register_publications
        from tribunes.followup import signal_handlers as followup_handlers
        from tribunes.webhooks import signal_handlers as webhook_handlers

        register_publications()
        for handlers in (
            signal_handlers,
            catalogue_handlers,
            webhook_handlers,
            followup_handlers,
        ):
            handlers.register_signal_handlers()
