"""The project's own feed checker: written from the specifications, not from the code it judges.

`check` reads the XML alone; `check_objects` asks the servers for everything the feed names. Both
return problems and never raise on what they judge; a publishable feed has none, not even a warning.

Sources: RSS 2.0.11 (rssboard.org), Apple's guide to RSS for podcasts, PSP-1 (Podcast Standards
Project), the podcast namespace 1.0 (podcastindex.org) and the failures that hosts and apps report.
"""

from .document import check
from .objects import check_objects
from .problems import Problem

__all__ = ["Problem", "check", "check_objects"]
