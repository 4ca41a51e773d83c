"""Everything that the API refuses, as Problem Details (RFC 9457): codes that never change."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tribunes import addresses

MEDIA_TYPE = "application/problem+json"
DOCUMENTATION = "/partenaires/documentation/erreurs/"


@dataclass(frozen=True, kw_only=True)
class Kind:
    """What a code stands for; ``cure`` tells partners how to mend it."""

    status: int
    title: str
    cure: str


def _kind(status: int, title: str, cure: str) -> Kind:
    return Kind(status=status, title=title, cure=cure)


KINDS = {
    "malformed-request": _kind(
        400, "Requête malformée", "Corrigez le paramètre ou le corps que désigne errors."
    ),
    "cursor-malformed": _kind(
        400, "Curseur illisible", "Suivez next tel quel, ou reprenez au début, sans curseur."
    ),
    "token-in-query": _kind(
        400,
        "Jeton dans l’adresse",
        "Envoyez le jeton dans l’en-tête Authorization, jamais dans une adresse\u202f; remplacez"
        " celui qui y a figuré.",
    ),
    "token-missing": _kind(
        401, "Jeton absent", "Ajoutez l’en-tête «\u202fAuthorization: Bearer …\u202f»."
    ),
    "token-malformed": _kind(
        401, "Jeton malformé", "Recopiez le jeton en entier\u202f; il commence par sosol_."
    ),
    "token-unknown": _kind(401, "Jeton inconnu", "Créez un jeton dans l’espace partenaire."),
    "token-expired": _kind(401, "Jeton expiré", "Créez un jeton dans l’espace partenaire."),
    "token-revoked": _kind(401, "Jeton révoqué", "Créez un jeton dans l’espace partenaire."),
    "scope-missing": _kind(
        403, "Portée absente", "Utilisez un jeton qui a la portée demandée, ou créez-en un."
    ),
    "address-refused": _kind(
        403,
        "Adresse IP refusée",
        "Appelez depuis une adresse que le jeton autorise, ou créez-en un qui autorise celle-ci.",
    ),
    "sandbox-only": _kind(
        403, "Refusé au bac à sable", "Utilisez un jeton de production pour ce qui s’enregistre."
    ),
    "not-found": _kind(
        404,
        "Introuvable",
        "Vérifiez l’adresse. Ce qui n’est pas dans votre catalogue reçoit la même réponse.",
    ),
    "picture-missing": _kind(
        404,
        "Image manquante",
        "Reprenez le texte sans elle, dans un autre format que l’archive, et écrivez-nous.",
    ),
    "version-superseded": _kind(
        404, "Version remplacée", "Prenez la version en cours, sans le paramètre version."
    ),
    "method-not-allowed": _kind(405, "Méthode refusée", "L’en-tête Allow dit ce qui est permis."),
    "not-acceptable": _kind(
        406, "Format absent", "Demandez un des formats que nomme la documentation."
    ),
    "token-rotated": _kind(
        409, "Jeton déjà remplacé", "Utilisez le jeton qui a pris sa place, ou créez-en un."
    ),
    "nothing-to-acknowledge": _kind(
        409, "Rien à confirmer", "Aucune correction ni retrait ne vous a été signalé pour ce texte."
    ),
    "cursor-expired": _kind(
        410, "Curseur expiré", "Reprenez au début, à l’adresse que donne restart."
    ),
    "version-retracted": _kind(
        410, "Texte retiré", "Retirez vos copies\u202f; le texte n’est plus remis."
    ),
    "precondition-failed": _kind(
        412, "Condition non remplie", "Relisez la ressource, puis recommencez."
    ),
    "invalid": _kind(422, "Données refusées", "Corrigez chaque champ que nomme errors."),
    "too-many-requests": _kind(
        429, "Trop de requêtes", "Attendez le nombre de secondes que donne Retry-After."
    ),
    "server-error": _kind(
        500, "Erreur du serveur", "Réessayez plus tard\u202f; donnez-nous requestId."
    ),
    "maintenance": _kind(503, "Maintenance", "Revenez après le délai que donne Retry-After."),
    "unavailable": _kind(
        503, "Service indisponible", "Revenez après le délai que donne Retry-After."
    ),
}
"""By code, in the order of statuses; the documentation shows them all."""

BY_STATUS = {
    400: "malformed-request",
    404: "not-found",
    405: "method-not-allowed",
    412: "precondition-failed",
    422: "invalid",
}
"""What an answer that was not made here is."""


class Problem(Exception):
    """A request that is refused; ``detail`` is a French sentence about this very request."""

    def __init__(
        self,
        code: str,
        detail: str,
        *,
        errors: Iterable[Mapping[str, str]] = (),
        headers: Mapping[str, str] | None = None,
        **members: str,
    ) -> None:
        """Remember what is answered; ``members`` are further members of the problem."""
        super().__init__(code, detail)
        self.code, self.detail = code, detail
        self.errors, self.headers, self.members = list(errors), dict(headers or {}), members

    @property
    def kind(self) -> Kind:
        """What the code stands for."""
        return KINDS[self.code]

    def data(self, *, instance: str, request_id: str) -> dict[str, Any]:
        """Return the members of the problem."""
        return {
            "type": f"{addresses.absolute(DOCUMENTATION)}#{self.code}",
            "title": self.kind.title,
            "status": self.kind.status,
            "detail": self.detail,
            "instance": instance,
            "code": self.code,
            "errors": self.errors,
            "requestId": request_id,
            **self.members,
        }


def error(pointer: str, code: str, detail: str) -> dict[str, str]:
    """Return one of ``errors[]``; ``pointer`` is a JSON pointer (RFC 6901) into the request."""
    return {"pointer": pointer, "code": code, "detail": detail}


def not_found() -> Problem:
    """Return what is said of what does not exist and of what is somebody else’s alike."""
    return Problem("not-found", "Il n’y a rien à cette adresse, ou rien qui soit à vous.")
