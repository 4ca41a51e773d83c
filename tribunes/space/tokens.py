"""Tokens of the partner. A secret is shown once, in the answer that makes it."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from tribunes import addresses, keys
from tribunes.models import Partner, PartnerToken
from tribunes.space.forms import TokenForm
from tribunes.space.views import UNPROCESSABLE, SpaceView


def own(partner: Partner, uuid: UUID) -> PartnerToken:
    """Return a token of the partner that still opens something; raises Http404."""
    return get_object_or_404(PartnerToken.objects.usable(), partner=partner, uuid=uuid)


def _label(scope: str) -> str:
    return str(PartnerToken.Scope(scope).label)


def _made(token: PartnerToken, secret: str) -> dict[str, object]:
    """Return what shows a secret, with a line that tries it out."""
    curl = f"curl -H 'Authorization: Bearer {secret}' {addresses.api('/changes')}"
    return {"token": token, "secret": secret, "curl": curl}


class TokensView(SpaceView):
    """The tokens, and a form for another one."""

    section = "tokens"

    def get(self, request: HttpRequest) -> HttpResponse:
        """List them."""
        return self._list(TokenForm(partner=self.partner))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Make one and show its secret."""
        form = TokenForm(request.POST, partner=self.partner)
        if not form.is_valid():
            return self._list(form, UNPROCESSABLE)
        token, secret = keys.issue_token(self.partner, **form.cleaned_data)
        self.record("issue_token", token)
        return self.page("token_made", _made(token, secret))

    def _list(self, form: TokenForm, status: int = 200) -> HttpResponse:
        tokens = PartnerToken.objects.filter(partner=self.partner)
        usable = [token for token in tokens if token.is_usable]
        context = {
            "tokens": [(token, ", ".join(map(_label, token.scopes))) for token in usable],
            "ended": [token for token in tokens if token not in usable],
            "form": form,
            "overlap": keys.OVERLAP.days,
        }
        return self.page("tokens", context, status)


class RotateView(SpaceView):
    """Puts a token in place of another."""

    section = "tokens"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        """Replace it and show the new secret."""
        old = own(self.partner, uuid)
        if old.rotated_at:
            raise Http404
        token, secret = keys.rotate(old)
        self.record("rotate_token", old)
        return self.page("token_made", _made(token, secret) | {"old": old})


class RevokeView(SpaceView):
    """Closes a token, after one more question."""

    section = "tokens"

    def get(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        """Ask whether that is meant."""
        return self.page(
            "revoke", {"key": own(self.partner, uuid), "back": reverse("partner_space:tokens")}
        )

    def post(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        """Close it."""
        token = own(self.partner, uuid)
        keys.revoke(token)
        self.record("revoke", token)
        return self.then(f"Le jeton « {token.name} » est révoqué : il n’ouvre plus rien.", "tokens")
