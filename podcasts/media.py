"""The sound and the pictures of a page.

They are those of the public bucket. Only a preview, which editors alone see, shows the private
originals, through addresses that are signed for an hour.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest

from cms.models import Image, Person
from cms.published import Objects, Picture, picture
from podcasts import roles
from podcasts.models import EpisodePage
from podcasts.pictures import PORTRAIT_PIXELS, WEB_WIDTHS, usable
from podcasts.structured_data import Contributor, Sound
from publishing.conf import public_url


@dataclass(frozen=True, kw_only=True)
class Voice:
    """Somebody heard in an episode."""

    person: Person
    role: str
    portrait: Picture | None

    @property
    def label(self) -> str:
        """The role in French."""
        return roles.LABELS[self.role]

    @property
    def contributor(self) -> Contributor:
        """The same, for search engines."""
        organisation = self.person.organisation
        return Contributor(
            name=self.person.full_name,
            part=self.label,
            function=self.person.role,
            organisation=organisation.name if organisation else "",
            website=self.person.website,
            portrait=self.portrait.src if self.portrait else "",
        )


class Media:
    """Sounds and pictures of one page: published ones, or originals in a preview."""

    def __init__(self, objects: Objects, request: HttpRequest) -> None:
        self.objects = objects
        self.preview = bool(getattr(request, "is_preview", False))

    def sound(self, episode: EpisodePage) -> Sound | None:
        """Return the sound of an episode, or None as long as nobody can hear it."""
        if self.preview and episode.audio and episode.audio.is_ready:
            audio = episode.audio
            return Sound(
                url=audio.file.url,
                content_type="audio/mpeg" if audio.container == "mp3" else "audio/mp4",
                size=audio.size,
                seconds=audio.duration,
            )
        if self.preview or "audio" not in self.objects:
            return None
        row = self.objects["audio"]
        return Sound(
            url=public_url(row.key),
            content_type=row.content_type,
            size=row.size,
            seconds=row.facts["duration"],
        )

    def artwork(self, image: Image | None) -> Picture | None:
        """Return a cover in the sizes of pages, unless it may not be shown."""
        if self.preview:
            return _originals(image, WEB_WIDTHS)
        return picture(self.objects, "artwork", image)

    def voice(self, person: Person, role: str) -> Voice:
        """Return somebody with the portrait that may be shown."""
        return Voice(person=person, role=role, portrait=self._portrait(person))

    def _portrait(self, person: Person) -> Picture | None:
        if self.preview:
            return _originals(person.portrait, [PORTRAIT_PIXELS])
        row = self.objects.get(f"portrait-{person.uuid}")
        if row is None or not usable(person.portrait):
            return None
        return Picture(
            sources={PORTRAIT_PIXELS: public_url(row.key)}, alt=person.portrait.default_alt_text
        )


def _originals(image: Image | None, widths: Iterable[int]) -> Picture | None:
    if not usable(image):
        return None
    filters = {width: f"fill-{width}x{width}|format-jpeg|jpegquality-82" for width in widths}
    made = image.get_renditions(*filters.values())
    return Picture(
        sources={width: made[spec].url for width, spec in filters.items()},
        alt=image.default_alt_text,
    )
