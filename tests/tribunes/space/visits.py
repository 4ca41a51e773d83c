"""People of partners in the partner space, for its tests."""

import re
from typing import Any

from django.core import mail
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.factories.partners import PartnerFactory
from tribunes.models import Partner, PartnerContact
from tribunes.space import links


def url(name: str, *args: object) -> str:
    """Return the address of a page of the space."""
    return reverse(f"partner_space:{name}", args=args)


def link_for(contact: PartnerContact) -> str:
    """Return the path of the link in the letter that the contact just got."""
    mail.outbox.clear()
    links.mail_links(contact.email)
    return re.search(r"(/partenaires/entrer/\S+)", mail.outbox[-1].body)[1]


class Visitor:
    """The browser of a contact, who is in."""

    def __init__(self, partner: Partner | None = None) -> None:
        self.partner = partner or PartnerFactory()
        self.contact = self.partner.contacts.first()
        self.client = Client()
        answer = self.client.post(link_for(self.contact))
        assert answer.status_code == 302, answer

    def get(self, page: str, /, *args: object, **query: Any) -> HttpResponse:
        """Open a page."""
        return self.client.get(url(page, *args), query)

    def post(self, page: str, /, *args: object, **data: Any) -> HttpResponse:
        """Send a form; follow where it leads."""
        return self.client.post(url(page, *args), data, follow=True)


def text_of(answer: HttpResponse) -> str:
    """Return the HTML of an answer."""
    return answer.content.decode()
