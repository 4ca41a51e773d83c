"""Mail to the contacts of a partner whose endpoint is in trouble: once an outage, once disabled."""

from django.conf import settings
from django.core.mail import send_mail
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.template.loader import render_to_string
from django.utils import timezone

from tribunes.models import PartnerContact, WebhookEndpoint, WebhookMessage
from tribunes.one_line import one_line


def unwarned() -> QuerySet[WebhookEndpoint]:
    """Return the endpoints in a trouble that nobody was told of.

    Either it was disabled since, or a message ran out of tries in the outage that lasts.
    """
    given_up = WebhookMessage.objects.filter(
        endpoint=OuterRef("pk"),
        state=WebhookMessage.State.FAILED,
        last_try_at__gte=OuterRef("failing_since"),
    )
    disabled = Q(disabled_at__isnull=False)
    untold = Q(warned_at=None) | Q(warned_at__lt=F("disabled_at"))
    failing = Q(disabled_at=None, warned_at=None) & Exists(given_up)
    return WebhookEndpoint.objects.filter((disabled & untold) | failing)


def warn(pk: int) -> None:
    """Write to the technical contacts, else to all; an endpoint without trouble is left alone.

    A mail that does not leave is raised and will be tried again by the timer.
    """
    endpoint = unwarned().filter(pk=pk).select_related("partner__organisation").first()
    if endpoint is None or not unwarned().filter(pk=pk).update(warned_at=timezone.now()):
        return
    try:
        _mail(endpoint)
    except Exception:
        WebhookEndpoint.objects.filter(pk=pk).update(warned_at=endpoint.warned_at)
        raise


def _mail(endpoint: WebhookEndpoint) -> None:
    to = endpoint.partner.addresses(PartnerContact.Role.TECHNICAL)
    failed = endpoint.messages.filter(state=WebhookMessage.State.FAILED)
    context = {
        "endpoint": endpoint,
        "last": failed.order_by("-last_try_at").first(),
        "site": settings.SITE_URL,
    }
    name = "failing" if endpoint.is_active else "disabled"
    subjects = {
        "failing": f"Nos annonces ne vous parviennent plus\u00a0: {endpoint.name}",
        "disabled": f"Annonces arrêtées\u00a0: {endpoint.name}",
    }
    text = render_to_string(f"tribunes/mail/webhook_{name}.txt", context)
    send_mail(one_line(subjects[name]), text, None, to)
