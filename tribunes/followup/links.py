"""Links by which a partner acknowledges a notice; only the keyed digest of the secret is stored.

The secret is made of what never changes of a notice and of the key of the site, so that each
reminder carries the same one. A former key (``SECRET_KEY_FALLBACKS``) keeps its links working.
"""

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import salted_hmac

from tribunes import addresses
from tribunes.models import Notice


def _keys() -> list[str]:
    return [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]


def _token(notice: Notice, key: str) -> str:
    seed = f"{notice.record.uuid} {notice.partner.uuid} {notice.kind} {notice.version}"
    return salted_hmac("tribunes.notice.token", seed, key, algorithm="sha256").hexdigest()


def _digest(token: str, key: str) -> str:
    return salted_hmac("tribunes.notice.digest", token, key, algorithm="sha256").hexdigest()


def digest_of(notice: Notice) -> str:
    """Return what is stored of the secret of a new notice."""
    return _digest(_token(notice, settings.SECRET_KEY), settings.SECRET_KEY)


def token_of(notice: Notice) -> str:
    """Return the secret that fits what is stored; a new one when its key is gone."""
    for key in _keys():
        token = _token(notice, key)
        if _digest(token, key) == notice.digest:
            return token
    Notice.objects.filter(pk=notice.pk).update(digest=digest_of(notice))
    return _token(notice, settings.SECRET_KEY)


def address(notice: Notice) -> str:
    """Return the whole address of the link."""
    return addresses.absolute(reverse("tribunes_notice", args=(token_of(notice),)))


def find(token: str) -> Notice | None:
    """Return the notice with that secret."""
    notices = Notice.objects.select_related("record", "partner__organisation")
    return notices.filter(digest__in=[_digest(token, key) for key in _keys()]).first()
