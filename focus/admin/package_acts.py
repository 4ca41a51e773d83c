"""What may be done to a package, as data: when, by whom, in which words."""

from collections.abc import Callable
from dataclasses import dataclass

from focus.models import FocusPage, Package
from focus.package import services

State = Package.State


@dataclass(frozen=True, kw_only=True)
class Act:
    """One thing to do: a button in the panel, then a screen that asks to confirm."""

    name: str
    label: str
    question: str
    done: str
    run: Callable[..., None]
    states: tuple[str, ...]
    needs_publish: bool = True
    """Whether it takes the right to publish the focus; otherwise the right to edit it."""
    planned: bool | None = None
    """Only when a publication is planned (True) or is not (False)."""
    serious: bool = False

    def suits(self, package: Package) -> bool:
        """Whether it makes sense now."""
        planned = package.go_live_at is not None
        return package.state in self.states and self.planned in (None, planned)

    def is_allowed(self, user: object, focus: FocusPage) -> bool:
        """Whether this user may do it."""
        rights = focus.permissions_for_user(user)
        return rights.can_publish() if self.needs_publish else rights.can_edit()


ACTS = (
    Act(
        name="soumettre",
        label="Soumettre à validation",
        question="Les pages du focus seront verrouillées jusqu’à la validation ou la réouverture.",
        done="Le focus est en validation ; ses pages sont verrouillées.",
        run=services.submit,
        states=(State.OPEN,),
        needs_publish=False,
    ),
    Act(
        name="valider",
        label="Valider",
        question="Les pages du site paraîtront exactement telles qu’elles sont maintenant ;"
        " les pages imprimées suivent leurs BAT.",
        done="Le focus est validé : il reste à le faire paraître.",
        run=services.approve,
        states=(State.REVIEW,),
    ),
    Act(
        name="paraitre",
        label="Faire paraître",
        question="Toutes les pages paraissent ensemble, ou aucune.",
        done="C’est noté. Suivez l’avancement ici.",
        run=services.schedule,
        states=(State.APPROVED,),
        planned=False,
    ),
    Act(
        name="decaler",
        label="Changer l’heure",
        question="Toutes les pages paraissent ensemble, ou aucune.",
        done="L’heure de parution est changée.",
        run=services.schedule,
        states=(State.APPROVED,),
        planned=True,
    ),
    Act(
        name="annuler",
        label="Annuler la parution",
        question="Le focus reste validé, mais ne paraîtra pas de lui-même.",
        done="La parution est annulée ; le focus reste validé.",
        run=services.cancel,
        states=(State.APPROVED,),
        planned=True,
    ),
    Act(
        name="rouvrir",
        label="Rouvrir",
        question="Les pages redeviennent modifiables ; il faudra les soumettre de nouveau.",
        done="Le focus est rouvert ; ses pages sont modifiables.",
        run=services.reopen,
        states=(State.REVIEW,),
        needs_publish=False,
    ),
    Act(
        name="devalider",
        label="Rouvrir",
        question="La validation est annulée et les pages redeviennent modifiables ; il faudra les"
        " soumettre et les valider de nouveau.",
        done="Le focus est rouvert ; ses pages sont modifiables.",
        run=services.reopen,
        states=(State.APPROVED,),
    ),
    Act(
        name="retirer",
        label="Retirer du site",
        question="Toutes les pages du focus quittent le site ensemble et redeviennent des"
        " brouillons. Les fichiers publiés suivent dans la minute.",
        done="Le focus n’est plus en ligne ; ses pages sont de nouveau des brouillons.",
        run=services.roll_back,
        states=(State.PUBLISHED,),
        serious=True,
    ),
)


def acts_for(user: object, package: Package) -> list[Act]:
    """Return what this user may do to a package now."""
    return [act for act in ACTS if act.suits(package) and act.is_allowed(user, package.focus)]
