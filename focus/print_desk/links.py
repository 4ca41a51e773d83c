"""Links by which somebody without an account approves one version, or refuses it.

Opening one changes nothing: mail scanners open every link. Only the keyed digest of the secret is
stored. The secret is made of a seed and the key of the site, so that the task that mails it is
given the seed, with which nobody can do anything who has not the key.
"""

import secrets
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from focus.models import ApprovalLink, InsertComment, InsertPage, PageApproval, PageVersion
from focus.print_desk import approvals
from focus.print_desk.events import record
from focus.print_desk.refusals import DeskRefused

DAYS = 7
"""How long a link lasts unless somebody decides otherwise."""


def token_of(seed: str) -> str:
    """Return the secret of an address."""
    return salted_hmac("focus.approval.token", seed, algorithm="sha256").hexdigest()


def digest_of(token: str) -> str:
    """Return what is stored of a secret."""
    return salted_hmac("focus.approval.digest", token, algorithm="sha256").hexdigest()


def address(token: str) -> str:
    """Return the whole address of a link."""
    return settings.WAGTAILADMIN_BASE_URL + reverse("focus_approval", args=(token,))


def find(token: str) -> ApprovalLink | None:
    """Return the link with that secret."""
    links = ApprovalLink.objects.select_related("version__page__insert", "version__upload")
    return links.filter(digest=digest_of(token)).first()


def usable() -> QuerySet[ApprovalLink]:
    """Return the links that were neither used nor withdrawn, and have not expired."""
    now = timezone.now()
    return ApprovalLink.objects.filter(used_at=None, revoked_at=None, expires_at__gt=now)


@transaction.atomic
def create(
    version: PageVersion, user: Any, *, name: str, email: str = "", days: int = DAYS
) -> tuple[ApprovalLink, str]:
    """Return a new link and its secret, mailed when an address is given; raises DeskRefused."""
    page = approvals.lock(version)
    if reason := approvals.problem(page, version):
        raise DeskRefused(reason)
    seed = secrets.token_hex(32)
    token = token_of(seed)
    link = ApprovalLink.objects.create(
        version=version,
        digest=digest_of(token),
        name=name,
        email=email,
        created_by=user,
        expires_at=timezone.now() + timedelta(days=days),
    )
    record(page.insert_id, user, f"Lien d’approbation pour {name} : {version}", page)
    if email:
        from focus.tasks import mail_approval_link  # which imports this module

        transaction.on_commit(lambda: mail_approval_link.enqueue(link.pk, seed))
    return link, token


def mail(link: ApprovalLink, token: str) -> None:
    """Send a link to whom it is for; a failure is written in the log of the cahier and raised."""
    page = link.version.page
    context = {"link": link, "page": page, "address": address(token)}
    try:
        send_mail(
            f"Bon à tirer : page {page.number}, « {page.insert.title} »",
            render_to_string("focus/approval_mail.txt", context),
            None,
            [link.email],
        )
    except Exception as error:
        text = f"Le courriel pour {link.name} n’est pas parti ({type(error).__name__})."
        record(page.insert_id, "le site", text, page)
        raise


def spent(link: ApprovalLink) -> str:
    """Return what ended a link, in French, or "" when nothing did."""
    if link.revoked_at:
        return "Ce lien a été retiré par la rédaction."
    if link.used_at:
        return "Ce lien a déjà servi."
    if link.expires_at <= timezone.now():
        return "Ce lien a expiré."
    return ""


def closed_because(link: ApprovalLink) -> str:
    """Return why a link does not serve any more, in French, or "" while it does."""
    return spent(link) or approvals.problem(link.version.page, link.version)


def approve(link: ApprovalLink, *, name: str, waiver: str = "") -> PageApproval:
    """Approve by a link, which serves no more; raises DeskRefused or PublishingError."""
    approvals.check_bytes(link.version)
    with transaction.atomic():
        page = approvals.lock(link.version)
        _claim(link)
        return approvals.sign(page, link.version, name=name, waiver=waiver, link=link)


@transaction.atomic
def refuse(link: ApprovalLink, *, name: str, comment: str) -> None:
    """Refuse a version by a link, which serves no more; raises DeskRefused."""
    page = approvals.lock(link.version)
    # Asked of the page that is held: somebody may have signed it since the link was read.
    if reason := spent(link) or approvals.problem(page, link.version):
        raise DeskRefused(reason)
    _claim(link)
    page.state = InsertPage.State.LAYOUT
    page.save(update_fields=["state"])
    InsertComment.objects.create(page=page, author=name, text=comment)
    record(
        page.insert_id, name, f"{link.version} refusée par le lien de {link.name} : {comment}", page
    )


def _claim(link: ApprovalLink) -> None:
    """Use a link, once whoever asks at the same time; raises DeskRefused."""
    if not usable().filter(pk=link.pk).update(used_at=timezone.now()):
        link.refresh_from_db()
        raise DeskRefused(closed_because(link))


@transaction.atomic
def revoke(link: ApprovalLink, user: Any) -> None:
    """Withdraw a link; raises DeskRefused when it serves no more."""
    if not usable().filter(pk=link.pk).update(revoked_at=timezone.now()):
        raise DeskRefused("Ce lien ne servait déjà plus.")
    page = link.version.page
    record(page.insert_id, user, f"Lien de {link.name} retiré : {link.version}", page)
