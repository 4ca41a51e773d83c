"""Why a package does not go on."""

from cms.models.gate import NotPublishable


class PackageRefused(Exception):
    """A rule or the content forbids it; the message is a French sentence for the editor."""


class LeaseLost(Exception):
    """Another worker or an editor took the package over: this one stops."""


class PackageHeld(NotPublishable):
    """A page stays where it is, as it is: its package is being approved, or waits for its hour.

    The site says it to the editor whichever screen asked, see ``cms.middleware``.
    """
