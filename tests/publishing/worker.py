"""A worker of the queue in a process of its own: ``python -m tests.publishing.worker SECONDS``.

SECONDS is how long its leases last, so that a test need not wait for twenty of them.
"""

import sys
from datetime import timedelta

import django
from django.core.management import call_command


def main() -> None:
    """Work until killed."""
    django.setup()
    from publishing import leases

    leases.LEASE = timedelta(seconds=float(sys.argv[1]))
    call_command("db_worker", queue_name="*", interval=0.05, startup_delay=False, verbosity=0)


if __name__ == "__main__":
    main()
