"""Webhooks of the partner: made, changed, tried out, and what was sent to each."""

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from tribunes.models import Partner, WebhookEndpoint, WebhookMessage
from tribunes.space.forms import SpaceForm
from tribunes.space.views import UNPROCESSABLE, SpaceView
from tribunes.webhooks import services, signing
from tribunes.webhooks.events import EVENTS
from tribunes.webhooks.refusals import WebhookRefused

PER_PAGE = 20


class EndpointForm(SpaceForm, forms.ModelForm):
    """An endpoint: its name, its address, what is announced to it."""

    url = WebhookEndpoint._meta.get_field("url").formfield(assume_scheme="https")
    events = forms.MultipleChoiceField(
        label="Annonces voulues",
        choices=[(name, f"{words} ({name})") for name, words in EVENTS.items()],
        initial=list(EVENTS),
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = WebhookEndpoint
        fields = ["name", "url", "events"]


def _form(endpoint: WebhookEndpoint, data: object = None) -> EndpointForm:
    return EndpointForm(data, instance=endpoint)


def own(partner: Partner, uuid: UUID) -> WebhookEndpoint:
    """Return an endpoint of the partner; raises Http404."""
    return get_object_or_404(WebhookEndpoint, partner=partner, uuid=uuid)


class WebhooksView(SpaceView):
    """The endpoints, and a form for another one."""

    section = "webhooks"

    def get(self, request: HttpRequest) -> HttpResponse:
        """List them."""
        return self._list(_form(WebhookEndpoint(partner=self.partner, events=list(EVENTS))))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Make one and show its secret."""
        form = _form(WebhookEndpoint(partner=self.partner), request.POST)
        if not form.is_valid():
            return self._list(form, UNPROCESSABLE)
        endpoint = form.save()
        secret = signing.secret_of(endpoint)
        return self.page("webhook_secret", {"endpoint": endpoint, "secret": secret})

    def _list(self, form: EndpointForm, status: int = 200) -> HttpResponse:
        endpoints = WebhookEndpoint.objects.filter(partner=self.partner)
        return self.page("webhooks", {"endpoints": endpoints, "form": form}, status)


class WebhookView(SpaceView):
    """One endpoint, and everything sent to it."""

    section = "webhooks"

    def get(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        """Show it."""
        endpoint = own(self.partner, uuid)
        return self._show(endpoint, _form(endpoint))

    def post(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        """Change it."""
        form = _form(own(self.partner, uuid), request.POST)
        if not form.is_valid():
            return self._show(own(self.partner, uuid), form, UNPROCESSABLE)
        form.save()
        return self.then("Le webhook est modifié.", "webhook", uuid)

    def _show(
        self, endpoint: WebhookEndpoint, form: EndpointForm, status: int = 200
    ) -> HttpResponse:
        messages = Paginator(endpoint.messages.all(), PER_PAGE)
        context = {
            "endpoint": endpoint,
            "page": messages.get_page(self.request.GET.get("page")),
            "form": form,
            "events": [EVENTS[name] for name in endpoint.events if name in EVENTS],
            "overlap": signing.OVERLAP.days,
        }
        return self.page("webhook", context, status)


def _test(endpoint: WebhookEndpoint) -> str:
    services.send_test(endpoint)
    return "Un message d’essai part : rechargez la page dans quelques secondes pour la réponse."


def _enable(endpoint: WebhookEndpoint) -> str:
    services.enable(endpoint)
    return "Les annonces reprennent. Rejouez celles qui ont manqué."


def _disable(endpoint: WebhookEndpoint) -> str:
    services.disable(endpoint, "Désactivé depuis l’espace partenaire.")
    return "Plus rien n’est envoyé à cette adresse."


_ACTS: dict[str, Callable[[WebhookEndpoint], str]] = {
    "essayer": _test,
    "reactiver": _enable,
    "desactiver": _disable,
}


class ActView(SpaceView):
    """Does one thing with an endpoint."""

    section = "webhooks"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, uuid: UUID, act: str) -> HttpResponse:
        """Do it and say so, or why not."""
        endpoint = own(self.partner, uuid)
        if act not in _ACTS:
            raise Http404
        try:
            said = _ACTS[act](endpoint)
        except WebhookRefused as refusal:
            said = str(refusal)
        return self.then(said, "webhook", uuid)


class SecretView(SpaceView):
    """Shows the secret of an endpoint again, or a new one in its place."""

    section = "webhooks"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        """Show it, in this answer only."""
        endpoint = own(self.partner, uuid)
        rotated = request.POST.get("rotate") == "1"
        if rotated:
            services.rotate(endpoint)
        context = {
            "endpoint": endpoint,
            "secret": signing.secret_of(endpoint),
            "rotated": rotated,
            "overlap": signing.OVERLAP.days,
        }
        return self.page("webhook_secret", context)


class ReplayView(SpaceView):
    """Sends one message again."""

    section = "webhooks"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, uuid: UUID, message: UUID) -> HttpResponse:
        """Queue it, under the same identifier."""
        endpoint = own(self.partner, uuid)
        found = get_object_or_404(WebhookMessage, endpoint=endpoint, uuid=message)
        try:
            services.replay(endpoint, endpoint.messages.filter(pk=found.pk))
            said = "Le message repart, sous le même identifiant."
        except WebhookRefused as refusal:
            said = str(refusal)
        return self.then(said, "webhook", uuid)


class DeleteView(SpaceView):
    """Removes an endpoint with its log, after one more question."""

    section = "webhooks"

    def get(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        """Ask whether that is meant."""
        return self.page("webhook_delete", {"endpoint": own(self.partner, uuid)})

    def post(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        """Remove it."""
        endpoint = own(self.partner, uuid)
        endpoint.delete()
        return self.then(f"Le webhook « {endpoint.name} » est supprimé.", "webhooks")
