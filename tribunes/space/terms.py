"""The contract, the catalogue and the rights of the partner, in words."""

from django.http import HttpRequest, HttpResponse

from tribunes.models import Partner, TribunePage
from tribunes.space.views import SpaceView

_RIGHTS = (
    ("may_have_texts", "Textes", "le texte entier de chaque tribune, dans tous les formats"),
    ("may_have_images", "Images", "celles dont les ayants droit acceptent la reprise"),
    ("may_have_print", "Originaux pour l’imprimé", "les images dans leur définition d’origine"),
    ("may_have_audio", "Sons", "les sons que les tribunes citent"),
)


def rights_of(partner: Partner) -> list[tuple[str, str, bool]]:
    """Return each right: its name, what it gives, and whether the partner has it."""
    return [(name, what, getattr(partner, field)) for field, name, what in _RIGHTS]


class TermsView(SpaceView):
    """What was agreed."""

    section = "terms"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show it."""
        partner = self.partner
        kinds = dict(TribunePage.Kind.choices)
        context = {
            "partner": partner,
            "focuses": partner.focuses.all(),
            "themes": partner.themes.all(),
            "kinds": [kinds.get(kind, kind) for kind in partner.kinds],
            "rights": rights_of(partner),
            "grants": partner.image_grants.select_related("image"),
            "contacts": partner.contacts.all(),
        }
        return self.page("terms", context)
