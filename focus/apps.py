"""Configuration of the focus application."""

from django.apps import AppConfig


class FocusConfig(AppConfig):
    """The semester package: focus, articles, insert, forum."""

    name = "focus"
    verbose_name = "Focus"
    default_auto_field = "django.db.models.BigAutoField"
