"""The sound and the pictures of a page.

They are those of the public bucket. Only a preview, which editors alone see, shows the private
originals, through addresses that are signed for an hour.
"""

from dataclasses import dataclass

from cms.media import PageMedia, originals
from cms.models import Image, Person
from cms.pictures import square
from cms.published import Picture, picture
from podcasts import roles
from podcasts.models import EpisodePage
from podcasts.pictures import WEB_WIDTHS
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


class Media(PageMedia):
    """Sounds and pictures of one page: published ones, or originals in a preview."""

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
            return originals(image, {width: square(width) for width in WEB_WIDTHS})
        return picture(self.objects, "artwork", image)

    def voice(self, person: Person, role: str) -> Voice:
        """Return somebody with the portrait that may be shown."""
        return Voice(person=person, role=role, portrait=self.portrait(person))
