"""Shows, episodes and their sound: ``from podcasts.models import EpisodePage``."""

from podcasts.models.audio import Audio
from podcasts.models.episode import EpisodePage
from podcasts.models.episode_parts import EpisodeChapter, EpisodeLink, EpisodeParticipant
from podcasts.models.show import ShowPage
from podcasts.models.show_parts import ShowDirectory, ShowHost, ShowSeason, ShowVerification

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
