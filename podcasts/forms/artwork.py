"""Whether a picture may be the cover of a show or of an episode."""

from django.utils import timezone

from cms.models import Image
from podcasts import artwork


def artwork_problems(image: Image | None) -> list[str]:
    """Return, in French, what forbids a picture as a cover: Apple’s limits, then its rights."""
    if image is None:
        return []
    with image.open_file() as file:
        found = artwork.check(file)
    if problem := image.rights_problem(on=timezone.localdate()):
        found.append(f"{problem} Complétez la fiche de l’image.")
    return found
