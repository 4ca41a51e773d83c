"""A worker that stops in the middle: ``python -m tests.focus.package_worker WHERE MARKER``.

WHERE is «check» (it has taken the package and reads its pages) or «transaction» (some pages are
published, nothing is committed). It writes the file MARKER there, and waits to be killed.
"""

import sys
import time
from pathlib import Path

import django
from django.core.management import call_command


def main() -> None:
    """Work until killed."""
    django.setup()
    from django.dispatch import receiver
    from wagtail.signals import page_published

    from focus.package import page_checks, report

    where, marker = sys.argv[1], Path(sys.argv[2])
    seen: list[object] = []

    def stop_at_the_third(*args: object, **kwargs: object) -> None:
        seen.append(args)
        if len(seen) == 3:
            marker.touch()
            time.sleep(600)

    def check(*args: object) -> object:
        stop_at_the_third()
        return page_checks.check_page(*args)

    if where == "check":
        report.check_page = check
    else:
        receiver(page_published, weak=False)(stop_at_the_third)
    call_command("db_worker", queue_name="*", interval=0.05, startup_delay=False, verbosity=0)


if __name__ == "__main__":
    main()
