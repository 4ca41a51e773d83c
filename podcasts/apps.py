"""Django application of shows and episodes."""

from django.apps import AppConfig


class PodcastsConfig(AppConfig):
    """Registers what is published and connects signals."""

    name = "podcasts"
    verbose_name = "Podcasts"
    default_auto_field = "django.db.models.BigAutoField"
    editor_models = ("audio",)

    def ready(self) -> None:
        """Make shows and episodes known to the pipeline."""
        from podcasts.artifacts import register_publications
        from podcasts.signal_handlers import register_signal_handlers

        register_publications()
        register_signal_handlers()
