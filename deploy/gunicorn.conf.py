# ruff: noqa: N999  gunicorn's own name for this file
"""Web processes of a server: ``gunicorn --config deploy/gunicorn.conf.py cms.wsgi``.

The number of processes is WEB_CONCURRENCY, which gunicorn reads itself; two a core unless set.
"""

import gc
import multiprocessing
import os

from gunicorn.workers.base import Worker

bind = "127.0.0.1:8000"
workers = int(os.environ.get("WEB_CONCURRENCY") or 2 * multiprocessing.cpu_count())
threads = 4
# Longer than the slowest honest request: an upload of 300 MB goes on to the object storage.
timeout = 120
# A slow leak never fills a server; the jitter keeps workers from restarting together.
max_requests = 2000
max_requests_jitter = 500
# Heartbeats are files: in memory they never wait for a busy disk.
worker_tmp_dir = "/dev/shm"  # noqa: S108  a place for a nameless file
control_socket_disable = True
errorlog = "-"


def post_worker_init(worker: Worker) -> None:
    """Keep secrets of addresses out of the error log, and old objects from being collected.

    A full round over what lives for ever costs a request 0.2 s.
    """
    from cms.settings.logs import WithoutSecrets  # found once the application is

    for handler in worker.log.error_log.handlers:
        handler.addFilter(WithoutSecrets())
    gc.collect()
    gc.freeze()
