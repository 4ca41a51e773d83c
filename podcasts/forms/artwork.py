"""Whether a picture may be the cover of a show or of an episode."""

import logging
import tempfile
from datetime import date
from pathlib import Path, PurePath

from django.utils import timezone

from cms.models import Image
from podcasts import artwork
from publishing.exceptions import ObjectMissing, PublishingError
from publishing.storage import get_store

logger = logging.getLogger(__name__)


def artwork_problems(image: Image | None, on: date | None = None) -> list[str]:
    """Return, in French, what forbids a picture as a cover: Apple’s limits, then its rights.

    ``on`` is the day on which it would be published, today by default.
    """
    if image is None:
        return []
    found = _file_problems(image)
    if problem := image.rights_problem(on=on or timezone.localdate()):
        found.append(f"{problem} Complétez la fiche de l’image.")
    return found


def _file_problems(image: Image) -> list[str]:
    with tempfile.TemporaryDirectory(prefix="artwork-") as folder:
        path = Path(folder) / PurePath(image.file.name).name
        try:
            get_store().download_private(image.file.name, path)
        except ObjectMissing:
            return ["Le fichier de cette image a disparu : choisissez-en une autre."]
        except PublishingError as error:
            logger.warning("cover not checked", extra={"image": image.pk, "cause": error.detail})
            return [
                "Le stockage ne répond pas, la pochette n’a pas pu être vérifiée. Enregistrez le"
                " brouillon, puis publiez dans quelques minutes : rien n’est perdu."
            ]
        with path.open("rb") as file:
            return artwork.check(file)
