"""Entering and leaving the partner space."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from tribunes.space import links, sessions
from tribunes.space.forms import SpaceForm
from tribunes.space.tasks import mail_sign_in
from tribunes.space.views import UNPROCESSABLE, SpaceView

GONE = 410


class SignInForm(SpaceForm):
    """Where to send a link."""

    email = forms.EmailField(
        label="Votre adresse électronique",
        help_text="Celle que le contrat de votre organisation nomme.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class SignInView(SpaceView):
    """Asks for an address; answers the same to everybody."""

    is_open = True

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the form, to strangers."""
        if self.visit:
            return redirect("partner_space:home")
        return self.page("sign_in", {"form": SignInForm()})

    def post(self, request: HttpRequest) -> HttpResponse:
        """Queue a letter, which will be written or not."""
        form = SignInForm(request.POST)
        if not form.is_valid():
            return self.page("sign_in", {"form": form}, UNPROCESSABLE)
        mail_sign_in.enqueue(form.cleaned_data["email"])
        return redirect("partner_space:link_sent")


class LinkSentView(SpaceView):
    """Says that a letter is under way, to those who are known."""

    is_open = True

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show what comes next."""
        return self.page("link_sent", {"minutes": links.MINUTES})


class EnterView(SpaceView):
    """What the link of a letter opens: a button, because programs open links too.

    It works in any browser: many people read their letters elsewhere. The page says who is about to
    enter, so that nobody works unawares in the space of whoever sent a link.
    """

    is_open = True

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        """Show the button, or that the link does not serve, whatever the reason."""
        link = links.find(token)
        return self.page("enter", {"link": link}, 200 if link else GONE)

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        """Open the space to this browser alone; the link serves no more."""
        link = links.find(token)
        if link is None or not links.use(link):
            return self.page("enter", {"link": None}, GONE)
        answer = redirect("partner_space:home")
        sessions.enter(request, answer, link.contact)
        return answer


class SignOutView(SpaceView):
    """Leaves the space."""

    is_open = True
    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        """End the session."""
        answer = redirect("partner_space:sign_in")
        sessions.leave(request, answer)
        return answer
