"""Links by which a contact enters the partner space, without password: once, within half an hour.

The address typed in the form goes to the queue whoever it belongs to, so the form answers the same,
in the same time, to somebody unknown. The worker makes the secret and mails it: it is stored
nowhere, only its keyed digest is. Opening a link uses nothing up: mail scanners open every link.
"""

import secrets
from datetime import timedelta

from django.core.mail import send_mail
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from tribunes import addresses
from tribunes.models import PartnerContact, SignInLink
from tribunes.space.members import members

MINUTES = 30
"""How long a link serves."""
LETTERS_PER_HOUR = 5
"""Letters that one contact gets in an hour, however often somebody asks."""
_KEPT = timedelta(days=1)


def digest_of(token: str) -> str:
    """Return what is stored of a secret."""
    return salted_hmac("tribunes.space.link", token, algorithm="sha256").hexdigest()


def usable() -> QuerySet[SignInLink]:
    """Return the links that serve: not used, not expired, of somebody who may still enter."""
    unused = SignInLink.objects.filter(used_at=None, expires_at__gt=timezone.now())
    return unused.filter(contact__in=members()).select_related("contact__partner__organisation")


def find(token: str) -> SignInLink | None:
    """Return the link with that secret, if it serves."""
    return usable().filter(digest=digest_of(token)).first()


def use(link: SignInLink) -> bool:
    """Use a link up; False when somebody was faster."""
    return bool(usable().filter(pk=link.pk).update(used_at=timezone.now()))


def mail_links(email: str) -> None:
    """Send a link to each contact with that address; nothing when there is none.

    A letter goes to the address that the contract names, never to the one that was typed: two
    that look alike to a database can be two mailboxes.
    """
    now = timezone.now()
    SignInLink.objects.filter(expires_at__lt=now - _KEPT).delete()
    for contact in members().filter(email__iexact=email):
        if contact.links.filter(created_at__gt=now - timedelta(hours=1)).count() < LETTERS_PER_HOUR:
            _mail(contact)


def _mail(contact: PartnerContact) -> None:
    token = secrets.token_hex(32)
    SignInLink.objects.create(
        contact=contact,
        digest=digest_of(token),
        expires_at=timezone.now() + timedelta(minutes=MINUTES),
    )
    address = addresses.absolute(reverse("partner_space:enter", args=(token,)))
    context = {"contact": contact, "address": address, "minutes": MINUTES}
    letter = render_to_string("tribunes/space/sign_in_mail.txt", context)
    send_mail("Votre lien d’accès à l’espace partenaire", letter, None, [contact.email])
