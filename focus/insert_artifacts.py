"""What a cahier puts into the public bucket: a light PDF and its pages as pictures.

The originals for print stay in the private bucket. See ``focus.insert_standing`` for which version
of a page comes out, and when.
"""

import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from django.db.models import Prefetch
from django.utils import timezone
from PIL import Image

from cms.selectors import unrestricted
from focus.insert_standing import Candidate, standing
from focus.models import Insert, InsertPage, PageVersion
from focus.moments import day_and_hour
from focus.pdf.web import web_version
from publishing.artifacts import Artifact, Desired, PrivateObject, Produced, sha256_hex
from publishing.registry import PublicationType
from publishing.storage import get_store

INSERT_LABEL = "focus.insert"
PDF_ROLE = "pdf"
WIDTH = 1600
"""Pixels: the width of ``PageVersion.image``."""
NARROW = 800
"""Pixels: a page on a phone, or beside another one."""
PPI = 150
"""Pictures of the PDF for the web, in pixels per inch."""

_RECIPE = "2"
"""To be changed whenever the same pages should come out otherwise."""
_QUALITY = 80


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A printed page, and the version that readers may see; None while it must wait."""

    page: InsertPage
    version: PageVersion | None


def publication_type() -> PublicationType:
    """Return how cahiers reach the bucket."""
    return PublicationType(
        label=INSERT_LABEL, model=Insert, build=build_insert, verbose_name="cahier"
    )


def page_role(number: int, width: int) -> str:
    """Return what the picture of a page is called."""
    return f"page-{number}-{width}"


def build_insert(pk: int) -> Desired:
    """Return the PDF and the pictures of a cahier; nothing before its hour, nor unsigned.

    Without an hour it never comes out: ``absence`` says why a cahier is not there.
    """
    pages = Insert.objects.filter(pk=pk, alias_of=None)
    insert = unrestricted(pages.live()).first()
    if insert is None:
        hidden = pages.first()
        return Desired(title=hidden.title if hidden else "")
    hour = insert.focus.paper_at
    if hour is None or hour > timezone.now():
        return Desired(title=insert.title, valid_until=hour)
    shown = sheets(insert, hour)
    if len(shown) < insert.page_count or any(sheet.version is None for sheet in shown):
        return Desired(title=insert.title)
    folder = f"cahiers/{insert.translation_key}"
    return Desired(
        title=insert.title,
        artifacts=(
            _pdf(insert, shown, folder),
            *(picture for sheet in shown for picture in _pictures(insert, sheet, folder)),
        ),
    )


def sheets(insert: Insert, hour: datetime) -> list[Sheet]:
    """Return the printed pages of a cahier, with what readers may see of each."""
    versions = PageVersion.objects.select_related("approval").defer("findings")
    pages = insert.pages.filter(number__lte=insert.page_count).order_by("number")
    return [
        Sheet(page=page, version=_standing(page, hour))
        for page in pages.prefetch_related(Prefetch("versions", versions.order_by("-number")))
    ]


def absence(insert: Insert) -> str:
    """Return why a live cahier is not online, in French, or ""; for its editors."""
    hour = insert.focus.paper_at
    if hour is None:
        return "Le cahier ne paraît pas en ligne : le focus n’a pas de date de sortie du journal."
    if hour > timezone.now():
        return f"Le cahier paraît en ligne le {day_and_hour(hour)}."
    waiting = [str(s.page.number) for s in sheets(insert, hour) if s.version is None]
    if not waiting:
        return ""
    names = f"la page {waiting[0]}" if len(waiting) == 1 else f"les pages {', '.join(waiting)}"
    return f"Le cahier attend le BAT pour {names}."


def _standing(page: InsertPage, hour: datetime) -> PageVersion | None:
    versions = list(page.versions.all())
    candidates = [Candidate(version.created_at, _is_signed(version)) for version in versions]
    index = standing(candidates, hour)
    return None if index is None else versions[index]


def _is_signed(version: PageVersion) -> bool:
    """Tell whether somebody answers for exactly these bytes."""
    approval = getattr(version, "approval", None)
    if approval is None or approval.taken_back_at:
        return False
    return approval.sha256 == version.sha256


def _pdf(insert: Insert, shown: Iterable[Sheet], folder: str) -> Artifact:
    versions = [sheet.version for sheet in shown]
    identity = sha256_hex(_RECIPE, str(PPI), insert.title, *(v.sha256 for v in versions))

    def write(path: Path) -> None:
        with tempfile.TemporaryDirectory(prefix="cahier-") as scratch:
            originals = [Path(scratch) / f"{number}.pdf" for number in range(1, len(versions) + 1)]
            for version, original in zip(versions, originals, strict=True):
                get_store().download_private(version.pdf.name, original)
            web_version(originals, path, ppi=PPI, title=insert.title)

    return Artifact(
        role=PDF_ROLE,
        key=f"{folder}/cahier-{identity[:16]}.pdf",
        content_type="application/pdf",
        filename=f"cahier-{insert.slug}.pdf",
        body=Produced(fingerprint=identity, write=write),
    )


def _pictures(insert: Insert, sheet: Sheet, folder: str) -> list[Artifact]:
    """Return a page in two widths; its words come as facts of the larger one."""
    version, stem = sheet.version, f"{folder}/page-{sheet.page.number}"
    ratio = insert.height / insert.width
    identity = sha256_hex(_RECIPE, version.sha256)
    return [
        Artifact(
            role=page_role(sheet.page.number, WIDTH),
            key=f"{stem}-{WIDTH}-{identity[:16]}.webp",
            content_type="image/webp",
            body=PrivateObject(fingerprint=identity, locate=lambda: version.image.name),
            facts={"height": round(WIDTH * ratio), "text": version.text},
        ),
        Artifact(
            role=page_role(sheet.page.number, NARROW),
            key=f"{stem}-{NARROW}-{identity[:16]}.webp",
            content_type="image/webp",
            body=Produced(fingerprint=identity, write=partial(_write_narrow, version)),
        ),
    ]


def _write_narrow(version: PageVersion, path: Path) -> None:
    """Write the narrow picture of a page, made from the large one."""
    with tempfile.TemporaryDirectory(prefix="cahier-") as scratch:
        large = Path(scratch) / "page.webp"
        get_store().download_private(version.image.name, large)
        with Image.open(large) as picture:
            height = round(picture.height * NARROW / picture.width)
            resized = picture.convert("RGB").resize((NARROW, height), Image.Resampling.LANCZOS)
            resized.save(path, "WEBP", quality=_QUALITY)
