"""Who may be in the partner space: the contacts of partners whose contract runs."""

from django.db.models import Q, QuerySet
from django.utils import timezone

from tribunes.models import PartnerContact


def members() -> QuerySet[PartnerContact]:
    """Return the contacts that may enter today, with their partner."""
    today = timezone.localdate()
    unended = Q(partner__contract_until=None) | Q(partner__contract_until__gte=today)
    running = PartnerContact.objects.filter(unended, partner__contract_from__lte=today)
    return running.select_related("partner__organisation")
