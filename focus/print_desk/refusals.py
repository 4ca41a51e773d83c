"""What the print desk refuses to do."""


class DeskRefused(Exception):
    """Something may not be done; ``str()`` is the French sentence that says why and what to do."""
