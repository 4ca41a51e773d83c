"""The project's own feed checker: written from the specifications, not from the code it judges.

`check` reads the XML alone and never raises, whatever the bytes; `check_objects` asks the servers
for everything that an accepted feed names. A publishable feed has no problem, not even a warning.

Sources: RSS 2.0.11 (rssboard.org), Apple's guide to RSS for podcasts, PSP-1 (Podcast Standards
Project), the podcast namespace 1.0 (podcastindex.org) and the failures that hosts and apps report.
"""

from .document import check
from .objects import check_objects
from .problems import Problem

__all__ = ["Problem", "check", "check_objects"]
