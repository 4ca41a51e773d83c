"""Django application of the publication pipeline."""

from django.apps import AppConfig


class PublishingConfig(AppConfig):
    """Wires signals and system checks; ``editor_models`` are what the newsroom may act on."""

    name = "publishing"
    verbose_name = "Publications"
    default_auto_field = "django.db.models.BigAutoField"
    editor_models = ("publication",)

    def ready(self) -> None:
        """Connect signal handlers and register system checks."""
        from publishing import checks  # noqa: F401
        from publishing.signal_handlers import register_signal_handlers

        register_signal_handlers()
