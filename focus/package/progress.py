"""How far a package is, in a sentence: first its check, then its files."""

from dataclasses import dataclass

from django.utils import timezone

from focus.models import Package
from focus.package.members import publication_keys
from focus.package.words import moment
from publishing.models import Publication


@dataclass(frozen=True, kw_only=True)
class Progress:
    """What is under way; ``total`` is 0 when nothing can be counted."""

    sentence: str
    done: int = 0
    total: int = 0
    moving: bool = False
    """Whether it goes on by itself, so that it is worth looking again soon."""


def progress(package: Package) -> Progress:
    """Return where a package stands."""
    if package.state == Package.State.APPROVED and package.go_live_at:
        return _on_its_way(package)
    published = package.published_at and moment(package.published_at)
    sentences = {
        Package.State.OPEN: "Les pages se préparent : rien ne paraît avant le focus entier.",
        Package.State.REVIEW: "Les pages sont verrouillées : elles attendent la validation.",
        Package.State.APPROVED: "Tout est validé : il reste à faire paraître le focus.",
        Package.State.PUBLISHED: f"Paru le {published}.",
    }
    return _with_files(package, sentences[Package.State(package.state)])


def _on_its_way(package: Package) -> Progress:
    if package.go_live_at > timezone.now():
        return Progress(sentence=f"Parution prévue le {moment(package.go_live_at)}.")
    if not package.total:
        return Progress(sentence="La parution va commencer.", moving=True)
    counted = {"done": package.done, "total": package.total, "moving": True}
    if package.done < package.total:
        return Progress(
            sentence=f"Contrôle des pages avant parution : {package.done} sur {package.total}.",
            **counted,
        )
    return Progress(sentence="Tout est contrôlé : les pages paraissent ensemble.", **counted)


def _with_files(package: Package, sentence: str) -> Progress:
    """Add how many of the publications have followed the pages."""
    rows = Publication.objects.filter(key__in=publication_keys(package))
    total, unsettled = rows.count(), rows.unsettled().count()
    failed = rows.filter(state=Publication.State.FAILED).count()
    done = total - unsettled
    if done == total:
        return Progress(sentence=sentence)
    sentence += f" Fichiers à jour : {done} sur {total}."
    if failed:
        sentence += f" En échec : {failed} ; un nouvel essai aura lieu automatiquement."
    return Progress(sentence=sentence, done=done, total=total, moving=unsettled > failed)
