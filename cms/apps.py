"""Configuration of the site's application."""

from django.apps import AppConfig


class CmsConfig(AppConfig):
    """The site itself; it imports none of the applications that publish content."""

    name = "cms"
    verbose_name = "Site"
    default_auto_field = "django.db.models.BigAutoField"

    # Any application may list its models here: see cms/roles.py.
    editor_models = ("person", "organisation", "theme")
    reference_models = ("territory", "licence")
