"""Forms of the sommaire: the plan of a piece, the page it is about, what the screen shows."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.utils import get_user_display_name
from wagtail.models import Page

from cms.models import User
from focus.models import Piece


class OwnerField(forms.ModelChoiceField):
    """Somebody of the newsroom, by the name that the admin shows."""

    def label_from_instance(self, user: User) -> str:
        """Return the full name, else the login."""
        return get_user_display_name(user)


def _newsroom(also: int | None) -> QuerySet[User]:
    """Return who may open the admin, and who holds the piece already."""
    users = get_user_model().objects
    able = users.with_perm(
        "wagtailadmin.access_admin", backend="django.contrib.auth.backends.ModelBackend"
    )
    return users.filter(Q(pk__in=able.values("pk")) | Q(pk=also)).order_by(
        "last_name", "first_name", "username"
    )


class FollowForm(WagtailAdminModelForm):
    """What the desk says of a piece whose page exists."""

    owner = OwnerField(None, label="Suivi par", required=False, empty_label="Personne")

    class Meta:
        model = Piece
        fields = ("state", "owner", "due_on", "slot", "target_signes")
        widgets = {"due_on": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = _newsroom(self.instance.owner_id)

    def save(self, commit: bool = True) -> Piece:
        """Save what the form is about, never the order: somebody may be changing it."""
        piece = super().save(commit=False)
        if commit:
            piece.save(update_fields=None if piece._state.adding else list(self.fields))
        return piece


class PlanForm(FollowForm):
    """What the desk says of a piece before its page exists."""

    class Meta(FollowForm.Meta):
        fields = ("kind", "title", "state", "owner", "due_on", "slot", "target_signes")


class BindForm(forms.Form):
    """The page that a plan is about."""

    page = forms.ModelChoiceField(
        Page.objects.none(),
        label="Page",
        empty_label="Choisissez une page",
        help_text="La pièce prend cette page et garde sa place ; ce qui n’y est pas dit (suivi,"
        " échéance…) vient de la ligne actuelle de la page.",
    )

    def __init__(self, pages: QuerySet[Page], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["page"].queryset = pages
        self.fields["page"].label_from_instance = lambda page: page.get_admin_display_title()


class SommaireFilter(forms.Form):
    """Which lines to show: those of somebody, those in a state."""

    MINE, NOBODY = "moi", "personne"

    owner = forms.ChoiceField(label="Suivi par", required=False)
    state = forms.ChoiceField(label="État", required=False)

    def __init__(
        self, data: Any, *, owners: Sequence[User], states: Sequence[tuple[str, str]]
    ) -> None:
        super().__init__(data)
        self.fields["owner"].choices = [
            ("", "Tout le monde"),
            (self.MINE, "Moi"),
            *((str(user.pk), get_user_display_name(user)) for user in owners),
            (self.NOBODY, "Personne"),
        ]
        self.fields["state"].choices = [("", "Tous"), *states]

    def accepts(self, piece: Piece, state: str, user: User) -> bool:
        """Whether a line is shown to somebody; an unknown choice hides nothing."""
        wanted = getattr(self, "cleaned_data", {})
        owners = {"": True, self.MINE: piece.owner_id == user.pk, self.NOBODY: not piece.owner_id}
        owner = wanted.get("owner", "")
        return owners.get(owner, str(piece.owner_id) == owner) and (
            wanted.get("state", "") in ("", state)
        )
