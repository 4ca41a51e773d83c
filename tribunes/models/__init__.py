"""What tribunes store, under one name: ``from tribunes.models import TribunePage``."""

from tribunes.models.access_keys import AccessKey, FeedAddress, PartnerToken, RateWindow
from tribunes.models.followup import Notice, Pull, Republication, RepublicationCheck
from tribunes.models.index import TribuneIndexPage
from tribunes.models.partner import ImageGrant, Partner, PartnerContact, SignInLink
from tribunes.models.record import Change, Counter, Record, Version
from tribunes.models.signers import SignerRow
from tribunes.models.tribune import (
    TribuneAuthor,
    TribuneCorrection,
    TribunePage,
    TribuneSignatory,
)
from tribunes.models.webhook import WebhookEndpoint, WebhookMessage

__all__ = [
    "AccessKey",
    "Change",
    "Counter",
    "FeedAddress",
    "ImageGrant",
    "Notice",
    "Partner",
    "PartnerContact",
    "PartnerToken",
    "Pull",
    "RateWindow",
    "Record",
    "Republication",
    "RepublicationCheck",
    "SignInLink",
    "SignerRow",
    "TribuneAuthor",
    "TribuneCorrection",
    "TribuneIndexPage",
    "TribunePage",
    "TribuneSignatory",
    "Version",
    "WebhookEndpoint",
    "WebhookMessage",
]
