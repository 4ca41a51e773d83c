"""Configuration of the focus application."""

from django.apps import AppConfig


class FocusConfig(AppConfig):
    """The semester package: focus, articles, insert, forum."""

    name = "focus"
    verbose_name = "Focus"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Make everything known to the pipeline and connect signals."""
        from focus import insert_staleness, signal_handlers
        from focus.artifacts import register_publications
        from focus.package import signal_handlers as package_handlers
        from focus.print_desk import signal_handlers as print_desk_handlers

        register_publications()
        for handlers in (signal_handlers, insert_staleness, package_handlers, print_desk_handlers):
            handlers.register_signal_handlers()
