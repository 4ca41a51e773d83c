"""Shows, episodes and their sound: ``from podcasts.models import EpisodePage``."""

from podcasts.models.audio import Audio
from podcasts.models.episode import EpisodeChapter, EpisodeLink, EpisodePage, EpisodeParticipant
from podcasts.models.show import ShowDirectory, ShowHost, ShowPage, ShowSeason, ShowVerification

__all__ = [
    "Audio",
    "EpisodeChapter",
    "EpisodeLink",
    "EpisodePage",
    "EpisodeParticipant",
    "ShowDirectory",
    "ShowHost",
    "ShowPage",
    "ShowSeason",
    "ShowVerification",
]
