"""Forms of the site's own content."""

from django import forms
from wagtail.images.forms import BaseImageForm


class ImageForm(BaseImageForm):
    """Wagtail's image form, with the browser's own date picker for the end of rights."""

    class Meta(BaseImageForm.Meta):
        widgets = {
            **BaseImageForm.Meta.widgets,
            "rights_expire_on": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        }
