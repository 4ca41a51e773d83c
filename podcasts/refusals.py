"""What an editor is told about a sound that cannot be published."""


class AudioRefused(Exception):
    """The file will not do; ``str()`` of it is a French sentence: what is wrong, how to mend it."""


def incomplete(heard: float, announced: float) -> AudioRefused:
    """Say that a file holds fewer seconds of sound than it announces."""
    return AudioRefused(
        f"Le fichier est incomplet : {heard:.0f} s de son sur les {announced:.0f} s annoncées. "
        "L’envoi ou l’export s’est sans doute interrompu ; exportez-le et envoyez-le de nouveau."
    )
