"""What must hold before, and while, the product runs on one machine."""

import fcntl
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from deploy import ports, seaweedfs

FREE_BYTES_TO_START = 500 * 1024**2
FREE_BYTES_TO_GO_ON = 50 * 1024**2


class Problem(Exception):
    """Why the product cannot run: a message in French and the exit code."""

    def __init__(self, message: str, code: int) -> None:
        super().__init__(message)
        self.code = code


def chosen_port(text: str) -> int:
    """Return the port of the site; those of the storage follow from it.

    Raises Problem when it is not a port, or when one of those needed is taken.
    """
    highest = 65_535 - max(seaweedfs.ports(333))
    if not text.isdecimal() or not 1024 <= int(text) <= highest:
        raise Problem(f"PORT={text} : choisissez un nombre entre 1024 et {highest}.", 2)
    site = int(text)
    taken = ports.taken([site, *seaweedfs.ports(site + 333)])
    if taken:
        part = "au site" if taken[0] == site else "au stockage"
        raise Problem(
            f"Le port {taken[0]}, nécessaire {part}, est déjà pris. Arrêtez le programme"
            " qui l’occupe, ou choisissez un autre port pour le site, par exemple :\n"
            f"    make run PORT={site + 1000 if site + 1000 <= highest else 8000}",
            2,
        )
    return site


def room_on_disk(var: Path, wanted: int) -> None:
    """Raise Problem when less than ``wanted`` bytes are free where everything is kept."""
    free = shutil.disk_usage(var).free
    if free < wanted:
        raise Problem(
            f"Le disque est plein : il reste {free // 1024**2} Mo pour {var}, il en faut"
            f" {wanted // 1024**2}. Libérez de la place, puis relancez make run.",
            3,
        )


@contextmanager
def alone_in(var: Path) -> Iterator[None]:
    """Hold the directory, so that two copies of the product never share one database.

    Raises Problem when another copy holds it.
    """
    with (var / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Problem(f"Le produit tourne déjà dans {var} : arrêtez-le d’abord.", 2) from None
        yield
