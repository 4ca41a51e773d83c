"""BAT: a named person answers for one version of a page."""

import hashlib
from typing import Any

from django.db import transaction
from django.utils import timezone

from focus.models import ApprovalLink, Insert, InsertPage, PageApproval, PageVersion
from focus.print_desk import findings
from focus.print_desk.events import name_of, record
from focus.print_desk.refusals import DeskRefused
from focus.print_desk.versions import newest
from publishing.storage import translated

_CHUNK = 2**20  # bytes


def approve(version: PageVersion, user: Any, waiver: str = "") -> PageApproval:
    """Approve a version in the name of an account; raises DeskRefused or PublishingError."""
    check_bytes(version)
    with transaction.atomic():
        page = lock(version)
        return sign(page, version, name=name_of(user), user=user, waiver=waiver)


def check_bytes(version: PageVersion) -> None:
    """Make sure that the stored PDF is the one that was examined; raises DeskRefused.

    Raises PublishingError when it cannot be read.
    """
    digest = hashlib.sha256()
    with translated(f"read {version.pdf.name}"), version.pdf.open() as pdf:
        while chunk := pdf.read(_CHUNK):
            digest.update(chunk)
    if digest.hexdigest() != version.sha256:
        raise DeskRefused(
            "Le PDF conservé n’est plus celui qui a été contrôlé : déposez la page de nouveau."
        )


def lock(version: PageVersion) -> InsertPage:
    """Hold the page of a version until the end of the transaction: no version comes meanwhile."""
    pages = InsertPage.objects.select_for_update(of=("self",)).select_related("insert")
    return pages.get(pk=version.page_id)


def problem(page: InsertPage, version: PageVersion) -> str:
    """Return why nobody may approve this version now, or ""."""
    current = newest(page)
    if current is None or current.pk != version.pk:
        return "Une version plus récente de cette page existe : c’est elle qu’il faut relire."
    if page.state == InsertPage.State.APPROVED:
        return "Cette page a déjà son BAT."
    if count := len(findings.blocking(version)):
        errors = "une erreur" if count == 1 else f"{count} erreurs"
        return f"Le contrôle a trouvé {errors} : corrigez le PDF et déposez-le de nouveau."
    return ""


def sign(
    page: InsertPage,
    version: PageVersion,
    *,
    name: str,
    waiver: str,
    user: Any = None,
    link: ApprovalLink | None = None,
) -> PageApproval:
    """Write the signature; the page is locked by the caller. Raises DeskRefused.

    A page that was reopened and is approved again in the same version has the later signature;
    the log keeps both.
    """
    if reason := problem(page, version):
        raise DeskRefused(reason)
    if not name.strip():
        raise DeskRefused("Indiquez votre nom.")
    if findings.warnings(version) and not waiver.strip():
        raise DeskRefused("Le contrôle avertit : écrivez pourquoi la page part quand même.")
    approval, _ = PageApproval.objects.update_or_create(
        version=version,
        defaults={
            "sha256": version.sha256,
            "name": name.strip(),
            "user": user,
            "link": link,
            "waiver": waiver.strip(),
            "at": timezone.now(),
            "taken_back_at": None,
        },
    )
    page.state = InsertPage.State.APPROVED
    page.save(update_fields=["state"])
    way = f" par le lien de {link.name}" if link else ""
    text = f"BAT{way} : page {page.number}, version {version.number} ({version.sha256[:12]})"
    if waiver.strip():
        text += f". Avertissements acceptés : {waiver.strip()}"
    record(page.insert_id, name.strip(), text, page)
    if is_closed(page.insert):
        record(page.insert_id, name.strip(), "Cahier bouclé : toutes les pages ont leur BAT.")
    return approval


def is_closed(insert: Insert) -> bool:
    """Tell whether every page of a cahier is approved."""
    approved = insert.pages.filter(number__lte=insert.page_count, state=InsertPage.State.APPROVED)
    return approved.count() == insert.page_count


@transaction.atomic
def reopen(page: InsertPage, user: Any) -> None:
    """Take the BAT of a page back, so that it can be moved or read again; raises DeskRefused."""
    page = InsertPage.objects.select_for_update().get(pk=page.pk)
    if page.state != InsertPage.State.APPROVED:
        raise DeskRefused("Cette page n’a pas de BAT.")
    PageApproval.objects.filter(version__page=page, taken_back_at=None).update(
        taken_back_at=timezone.now()
    )
    page.state = InsertPage.State.TO_READ
    page.save(update_fields=["state"])
    record(page.insert_id, user, f"Page {page.number} rouverte : son BAT ne vaut plus.", page)
