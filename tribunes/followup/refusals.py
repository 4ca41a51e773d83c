"""Why something that was declared is not written down."""


class DeclarationRefused(Exception):
    """What was declared cannot be kept.

    ``problems`` says why in French, by name of argument (``url``, ``version``…); the key
    ``record`` means that the tribune is unknown to this partner.
    """

    def __init__(self, **problems: str) -> None:
        """Remember why."""
        super().__init__(" ".join(problems.values()))
        self.problems = problems
