"""What an editor is told about a file that cannot be published."""


class Refused(Exception):
    """A file will not do; ``str()`` of it is a French sentence: what is wrong, how to mend it."""


class AudioRefused(Refused):
    """The file is not the sound it should be."""


class TranscriptRefused(Refused):
    """The transcript cannot be read; ``line`` is the line to look at (1 is the first)."""

    def __init__(self, message: str, line: int) -> None:
        """Put the line number in front of the message."""
        super().__init__(f"Ligne {line} : {message}")
        self.line = line


def incomplete(heard: float, announced: float) -> AudioRefused:
    """Say that a file holds fewer seconds of sound than it announces."""
    return AudioRefused(
        f"Le fichier est incomplet : {heard:.0f} s de son sur les {announced:.0f} s annoncées. "
        "L’envoi ou l’export s’est sans doute interrompu ; exportez-le et envoyez-le de nouveau."
    )
