"""Configuration of the tribunes application."""

from django.apps import AppConfig


class TribunesConfig(AppConfig):
    """Op-eds and the partners who republish them."""

    name = "tribunes"
    verbose_name = "Tribunes"
    default_auto_field = "django.db.models.BigAutoField"
