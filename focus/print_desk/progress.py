"""How far the examination of an upload is, written down now and then."""

import time
from collections.abc import Callable

from django.utils import timezone

from focus.models import InsertUpload

_PAUSE = 0.5  # seconds between two writes


class Progress:
    """Writes how far one upload is; each write is a sign of life of its worker."""

    def __init__(self, pk: int) -> None:
        self._uploads = InsertUpload.objects.filter(pk=pk, state=InsertUpload.State.PENDING)
        self._written = 0.0

    def part(self, start: float, end: float) -> Callable[[float, str], None]:
        """Return what hears of one part of the work: a fraction from 0 to 1 and a French label."""

        def heard(fraction: float, label: str) -> None:
            if time.monotonic() - self._written < _PAUSE:
                return
            self._written = time.monotonic()
            self._uploads.update(
                progress=start + (end - start) * min(max(fraction, 0), 1),
                progress_label=label[:120],
                taken_at=timezone.now(),
            )

        return heard
