"""What a forum puts into the public bucket: its invitation, its poster, its captions."""

from cms import pictures, transcripts
from cms.selectors import unrestricted
from focus import invitation
from focus.models import ForumPage
from publishing.artifacts import SHORT_CACHE, Artifact, Bytes, Desired, sha256_hex
from publishing.registry import PublicationType

FORUM_LABEL = "focus.forum"
INVITATION_ROLE = "invitation"


def publication_type() -> PublicationType:
    """Return how forums reach the bucket."""
    return PublicationType(
        label=FORUM_LABEL, model=ForumPage, build=build_forum, verbose_name="forum"
    )


def captions_role(number: int) -> str:
    """Return what the captions of a part are called; the first part is 1."""
    return f"captions-{number}"


def build_forum(pk: int) -> Desired:
    """Return the files of a forum; nothing unless anybody may see its page.

    The names of the files never change, wherever the page goes: calendars may come back.
    """
    pages = ForumPage.objects.filter(pk=pk, alias_of=None).select_related("poster")
    forum = unrestricted(pages.live()).prefetch_related("parts").first()
    if forum is None:
        hidden = pages.first()
        return Desired(title=hidden.title if hidden else "")
    folder = f"forums/{forum.translation_key}"
    return Desired(
        title=forum.title,
        artifacts=(
            *_invitation(forum, folder),
            *pictures.images([(forum.poster, pictures.WIDTHS)], folder),
            *_captions(forum, folder),
        ),
        valid_until=pictures.rights_end([pictures.usable(forum.poster)]),
    )


def _invitation(forum: ForumPage, folder: str) -> list[Artifact]:
    if forum.starts_at is None:
        return []
    address = forum.full_url or ""
    texts = (forum.chapo, forum.reminder, address)
    data = invitation.write(
        invitation.Invitation(
            uid=str(forum.translation_key),
            title=forum.title,
            starts_at=forum.starts_at,
            ends_at=forum.ends_at,
            published_at=forum.last_published_at or forum.starts_at,
            url=address,
            description="\n\n".join(text.strip() for text in texts if text.strip()),
            place=forum.place,
            reminder=forum.reminder.strip(),
        )
    )
    return [
        Artifact(
            role=INVITATION_ROLE,
            key=f"{folder}/forum.ics",
            content_type=invitation.CONTENT_TYPE,
            cache_control=SHORT_CACHE,
            filename="forum.ics",
            body=Bytes(data=data),
        )
    ]


def _captions(forum: ForumPage, folder: str) -> list[Artifact]:
    """Return one file for each part that has captions."""
    files = {
        number: transcripts.to_vtt(transcripts.parse(part.captions.encode())).encode()
        for number, part in enumerate(forum.parts.all(), 1)
        if part.captions
    }
    return [
        Artifact(
            role=captions_role(number),
            key=f"{folder}/partie-{number}-{sha256_hex(data)[:16]}.vtt",
            content_type="text/vtt; charset=utf-8",
            filename=f"partie-{number}.vtt",
            body=Bytes(data=data),
        )
        for number, data in files.items()
    ]
