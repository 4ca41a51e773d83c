"""What the site adds to the admin."""

from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from cms.viewsets import AddressBookGroup, ReferenceGroup

register_snippet(AddressBookGroup)
register_snippet(ReferenceGroup)


@hooks.register("insert_editor_js")
def autosave_script() -> str:
    """Script that saves what was typed while another save was under way."""
    return format_html('<script type="module" src="{}"></script>', static("cms/js/autosave.js"))
