"""What programs that mine texts and data are told, everywhere the same way.

Source: W3C Community Group, TDM Reservation Protocol, 10 May 2024. The file speaks for the whole
site; the headers of a text speak for that text, and go first.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path, reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from cms.licences import mining


def declare(response: HttpResponse, code: str) -> HttpResponse:
    """Say in its headers whether a text may be mined; ``code`` is that of its licence, or "".

    A policy says how to ask, so it goes with a reservation only.
    """
    reserved = mining(code) == "reserved"
    response["tdm-reservation"] = "1" if reserved else "0"
    if reserved:
        response["tdm-policy"] = policy_url()
    return response


def policy_url() -> str:
    """Return the address of the policy."""
    return f"{settings.SITE_URL}{reverse('tdm_policy')}"


@require_safe
@cache_control(public=True, max_age=3600)
def reservation(request: HttpRequest) -> HttpResponse:
    """Answer with the rules of the site: what its headers do not allow is reserved."""
    rule = {"location": "/", "tdm-reservation": 1, "tdm-policy": policy_url()}
    return JsonResponse([rule], safe=False)


@require_safe
@cache_control(public=True, max_age=3600)
def policy(request: HttpRequest) -> HttpResponse:
    """Answer with an ODRL offer: mining is a matter of consent, and this is who gives it."""
    offer = {
        "@context": [
            "http://www.w3.org/ns/odrl.jsonld",
            {
                "tdm": "http://www.w3.org/ns/tdmrep#",
                "vcard": "http://www.w3.org/2006/vcard/ns#",
            },
        ],
        "@type": "Offer",
        "profile": "http://www.w3.org/ns/tdmrep",
        "uid": policy_url(),
        "assigner": {
            "uid": settings.SITE_URL,
            "vcard:fn": settings.WAGTAIL_SITE_NAME,
            "vcard:hasEmail": f"mailto:{settings.CONTACT_EMAIL}",
        },
        "permission": [
            {
                "target": f"{settings.SITE_URL}/",
                "action": "tdm:mine",
                "duty": [{"action": "obtainConsent"}],
            }
        ],
    }
    return JsonResponse(offer, content_type="application/ld+json")


urlpatterns = [
    path(".well-known/tdmrep.json", reservation, name="tdm_reservation"),
    path(".well-known/tdm-policy.json", policy, name="tdm_policy"),
]
