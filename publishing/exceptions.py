"""What can go wrong on the way to the bucket.

Each error has a reason for the editor, in French, and a cause for the person on call.
"""

from typing import NamedTuple

from django.db import OperationalError


class PublishingError(Exception):
    """A publication failed; ``reason`` is the French sentence shown to the editor."""

    reason = "La mise en ligne a échoué pour une raison inattendue."
    passing = False
    """Whether it ends by itself, so that the next attempt may well succeed."""

    def __init__(self, detail: str) -> None:
        """Keep the technical cause, shown to the person on call."""
        super().__init__(detail)
        self.detail = detail


class Explanation(NamedTuple):
    """Why something failed: ``reason`` for the editor, ``detail`` for the person on call."""

    reason: str
    detail: str
    passing: bool


def explain(error: Exception) -> Explanation:
    """Put an exception into words, foreseen or not."""
    if isinstance(error, PublishingError):
        return Explanation(error.reason, error.detail, error.passing)
    detail = f"{type(error).__name__}: {error}"
    # A database that is locked, or restarts.
    return Explanation(PublishingError.reason, detail, isinstance(error, OperationalError))


class StorageUnavailable(PublishingError):
    """The object store does not answer, or answers that it cannot now (timeouts, 5xx)."""

    reason = "L’espace de stockage ne répond pas. Un nouvel essai aura lieu automatiquement."
    passing = True


class StorageRefused(PublishingError):
    """The object store refuses: rights, bucket name, quota. Somebody must change something."""

    reason = (
        "L’espace de stockage refuse l’opération (droits ou configuration)."
        " La personne qui administre le serveur doit intervenir."
    )


class ObjectMissing(StorageRefused):
    """An original that should lie in the private bucket is not there."""

    reason = (
        "Un fichier d’origine est introuvable dans l’espace de stockage. Déposez-le de nouveau."
    )


class VerificationFailed(PublishingError):
    """What the store says it holds is not what was sent."""

    reason = "Le fichier envoyé n’est pas arrivé entier. Un nouvel essai aura lieu automatiquement."
    passing = True


class KeyTaken(PublishingError):
    """Another publication is removing an object of the same name: it comes back afterwards."""

    reason = "Un fichier du même nom est en cours de retrait. Un nouvel essai aura lieu bientôt."
    passing = True


class UnknownPublication(PublishingError):
    """No application publishes this kind any more; what it had in the bucket is left alone."""

    reason = (
        "Aucune partie du site ne publie plus ce type de contenu."
        " La personne qui administre le serveur doit intervenir."
    )


class LeaseLost(PublishingError):
    """Another worker took the publication over: this one stops."""

    reason = "Une mise en ligne plus récente a pris le relais."
    passing = True
