"""What an episode needs before it is published. A draft may lack all of it."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol

from cms.timecodes import format_timecode
from podcasts import chapters as chapter_rules
from podcasts import roles

_NUMBERED = re.compile(r"\s*(?:épisode|episode|ép\.?|ep\.?|n°|#)\s*\d+", re.IGNORECASE)


class Sound(Protocol):
    """What is asked of the sound."""

    state: str
    problem: str
    duration: float | None


class Episode(Protocol):
    """What is asked of an episode."""

    title: str
    audio: Sound | None
    episode_type: str
    incomplete_reason: str
    publication_date: datetime | None
    soundbite_start: float | None
    soundbite_duration: float | None


def problems(
    episode: Episode,
    *,
    cast: Iterable[str],
    chapters: Sequence[chapter_rules.Chapter],
    artwork: Iterable[str],
    namesake: str,
    moment: datetime,
) -> dict[str, list[str]]:
    """Return what forbids publishing, in French sentences, by name of field or of inline panel.

    ``cast`` are the roles of the participants, ``artwork`` what is wrong with the cover,
    ``namesake`` the title of another episode with the same season and number, ``moment`` when
    the episode would go live. A trailer or a bonus needs a host only.
    """
    found: dict[str, list[str]] = defaultdict(list)
    if _NUMBERED.match(episode.title):
        found["title"].append("Retirez le numéro : le champ « Numéro » suffit aux applications.")
    if message := _sound(episode.audio):
        found["audio"].append(message)
    elif beyond := chapter_rules.problems(chapters, episode.audio.duration):
        found["chapters"] += beyond
    if message := _cast(episode, cast):
        found["participants"].append(message)
    if namesake:
        found["number"].append(f"Ce numéro est déjà celui de «\u202f{namesake}\u202f».")
    if artwork := list(artwork):
        found["artwork"] += artwork
    if episode.publication_date and episode.publication_date > moment:
        found["publication_date"].append(
            "Cette date est à venir : les applications n’afficheraient pas l’épisode. Pour publier"
            " plus tard, programmez la publication dans le panneau latéral « Statut »."
        )
    if message := _soundbite(episode):
        found["soundbite_duration"].append(message)
    return dict(found)


def _sound(audio: Sound | None) -> str:
    if audio is None:
        return "Choisissez le son de l’épisode."
    if audio.state == "refused":
        return f"Ce son a été refusé. {audio.problem}"
    if audio.state == "pending":
        return (
            "L’analyse du son n’est pas terminée. Enregistrez le brouillon, puis publiez dans"
            " quelques instants : rien n’est perdu."
        )
    return ""


def _cast(episode: Episode, cast: Iterable[str]) -> str:
    required = roles.REQUIRED if episode.episode_type == "full" else (roles.HOST,)
    missing = roles.missing(cast, required)
    if not missing or episode.incomplete_reason.strip():
        return ""
    return (
        f"Il manque : {', '.join(missing)}. Ajoutez ces voix, ou dites pourquoi"
        " l’épisode paraît sans elles dans « Publier malgré des voix manquantes »."
    )


def _soundbite(episode: Episode) -> str:
    start, length = episode.soundbite_start, episode.soundbite_duration
    if start is None and length is None:
        return ""
    if start is None or length is None:
        return "Donnez le début et la durée de l’extrait, ou ni l’un ni l’autre."
    if length <= 0:
        return "La durée de l’extrait doit être positive."
    end = episode.audio.duration if episode.audio else None
    if end and start + length > end:
        return f"L’extrait dépasse la fin du son, à {format_timecode(int(end))}."
    return ""
