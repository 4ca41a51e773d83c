"""Forms of the print desk."""

import logging

from django import forms
from django.core.files.uploadedfile import UploadedFile
from wagtail.admin.widgets import AdminDateInput, AdminPageChooser
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy

from cms.models import User
from focus.models import InsertAsset, InsertPage
from focus.print_desk import links
from publishing.exceptions import PublishingError
from publishing.storage import get_store

logger = logging.getLogger(__name__)

MAX_BYTES = 300_000_000
"""Five times a heavy cahier; deploy/nginx.conf lets a little more through, to say it in words."""

LINKED_TYPES = ("focus.ArticlePage", "tribunes.TribunePage", "podcasts.EpisodePage")


def storage_must_answer() -> None:
    """Raise ValidationError, in French, when nothing can be stored now."""
    try:
        get_store().ping()
    except PublishingError as error:
        logger.warning("file not stored", extra={"cause": error.detail})
        raise forms.ValidationError(
            "Le stockage ne répond pas. Réessayez dans quelques minutes : rien n’est perdu."
        ) from error


def _check_size(upload: UploadedFile) -> None:
    if upload.size > MAX_BYTES:
        raise forms.ValidationError(
            f"Ce fichier pèse {upload.size / 1e6:.0f} Mo ; la limite est de"
            f" {MAX_BYTES / 1e6:.0f} Mo."
        )


class UploadForm(forms.Form):
    """A PDF. What only the examination can tell is told later, by a worker."""

    file = forms.FileField(
        label="PDF",
        help_text="PDF/X exporté par le logiciel de mise en page, 300 Mo au plus.",
        widget=forms.FileInput(
            attrs={"accept": ".pdf,application/pdf", "data-max-bytes": MAX_BYTES}
        ),
    )

    def clean_file(self) -> UploadedFile:
        """Refuse at once what is no PDF."""
        upload = self.cleaned_data["file"]
        _check_size(upload)
        head = upload.read(5)
        upload.seek(0)
        if head != b"%PDF-":
            raise forms.ValidationError("Ce fichier n’est pas un PDF : exportez la page en PDF/X.")
        storage_must_answer()
        return upload


class PageForm(forms.ModelForm):
    """What the desk knows of a page; the BAT is given elsewhere."""

    class Meta:
        model = InsertPage
        fields = ("rubric", "headline", "state", "owner", "target_signes")

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = User.objects.filter(is_active=True).order_by("username")
        if self.instance.state == InsertPage.State.APPROVED:
            del self.fields["state"]
        else:
            self.fields["state"].choices = [
                choice
                for choice in InsertPage.State.choices
                if choice[0] != InsertPage.State.APPROVED
            ]


class LinkedPageForm(forms.Form):
    """One more text that the page prints; only what the user may see in the page tree."""

    linked = forms.ModelChoiceField(
        label="Texte ou épisode",
        queryset=Page.objects.none(),
        widget=AdminPageChooser(
            target_models=LINKED_TYPES, choose_one_text="Choisir un texte ou un épisode"
        ),
    )

    def __init__(self, *args: object, user: User, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["linked"].queryset = PagePermissionPolicy(Page).explorable_instances(user)

    def clean_linked(self) -> Page:
        """Refuse a page of another kind."""
        linked = self.cleaned_data["linked"]
        if linked.specific_class._meta.label not in LINKED_TYPES:
            raise forms.ValidationError("Choisissez un article, une tribune ou un épisode.")
        return linked


class AssetForm(forms.ModelForm):
    """A file that the page is made with, and its rights."""

    class Meta:
        model = InsertAsset
        fields = (
            "kind",
            "title",
            "file",
            "credit",
            "rights_holder",
            "licence",
            "rights_expire_on",
            "may_be_republished",
        )
        widgets = {
            "file": forms.FileInput(attrs={"data-max-bytes": MAX_BYTES}),
            "rights_expire_on": AdminDateInput(),
        }

    def clean_file(self) -> object:
        """Refuse what is too big, or cannot be stored now."""
        if "file" in self.changed_data:
            _check_size(self.cleaned_data["file"])
            storage_must_answer()
        return self.cleaned_data["file"]


class CommentForm(forms.Form):
    """Something to say of a page."""

    text = forms.CharField(
        label="Commentaire", max_length=5000, widget=forms.Textarea(attrs={"rows": 3})
    )


class WaiverForm(forms.Form):
    """Why a page is approved in spite of the warnings."""

    waiver = forms.CharField(
        label="Pourquoi accepter les avertissements",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class LinkForm(forms.Form):
    """For whom an approval link is."""

    name = forms.CharField(label="Nom", max_length=150)
    email = forms.EmailField(
        label="Adresse électronique",
        required=False,
        help_text="Si elle est indiquée, le lien est aussi envoyé par courriel.",
    )
    days = forms.IntegerField(
        label="Valable (jours)", min_value=1, max_value=60, initial=links.DAYS
    )


class AnswerForm(WaiverForm):
    """What somebody answers through a link."""

    name = forms.CharField(label="Votre nom", max_length=150)
    comment = forms.CharField(
        label="Ce qu’il faut corriger",
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    field_order = ("name", "waiver", "comment")
