"""What a cahier may be: pure rules and the formats that printers offer."""

from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True, kw_only=True)
class Preset:
    """A common tabloid: trim size and bleed in millimetres."""

    name: str
    width: float
    height: float
    bleed: float = 5.0


PRESETS = (
    Preset(name="Tabloïd 289 × 370", width=289, height=370),
    Preset(name="Berlinois 315 × 470", width=315, height=470),
    Preset(name="Demi-berlinois 235 × 315", width=235, height=315),
    Preset(name="Grand tabloïd 290 × 410", width=290, height=410),
)


def page_count_problem(count: int) -> str:
    """Return why a section cannot have this number of pages, or ""."""
    multiple = settings.INSERT_PAGE_MULTIPLE
    if count % multiple == 0 and count > 0:
        return ""
    return f"Un cahier se plie : choisissez un multiple de {multiple} pages."
