"""Pages for people without an account, whose secret address is all the authority there is."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.csrf import csrf_exempt


@method_decorator(csrf_exempt, name="dispatch")
class SecretAddressView(View):
    """Nothing of the answer is kept, indexed, or told to other sites; ``setup`` knows the address.

    No session counts, hence no CSRF token, which browsers could not vouch for under this referrer
    policy anyway.
    """

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer, with the headers that keep the address secret."""
        answer = super().dispatch(request, *args, **kwargs)
        add_never_cache_headers(answer)
        answer["Referrer-Policy"] = "no-referrer"
        answer["X-Robots-Tag"] = "noindex, nofollow"
        return answer
