"""What tribunes put into the public bucket."""

from cms.models import Image, Licence, Organisation, Person
from cms.text_artifacts import build_text
from publishing import registry
from publishing.artifacts import Desired
from tribunes.models import TribunePage

TRIBUNE_LABEL = "tribunes.tribune"


def register_publications() -> None:
    """Tell the pipeline of tribunes."""
    registry.register(
        registry.PublicationType(
            label=TRIBUNE_LABEL, model=TribunePage, build=build_tribune, verbose_name="tribune"
        )
    )
    registry.watch(Image, Licence, Organisation, Person)


def build_tribune(pk: int) -> Desired:
    """Return the pictures of a tribune; none unless anybody may read it."""
    return build_text(TribunePage.objects.filter(pk=pk))
