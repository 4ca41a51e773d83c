"""Configuration of the focus application."""

from django.apps import AppConfig


class FocusConfig(AppConfig):
    """The semester package: focus, articles, insert, forum."""

    name = "focus"
    verbose_name = "Focus"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Make everything known to the pipeline and connect signals."""
        from focus.artifacts import register_publications
        from focus.signal_handlers import register_signal_handlers

        register_publications()
        register_signal_handlers()
