"""One machine, nothing to configure: SQLite and the local object storage, all in one directory."""

import os
from pathlib import Path

from cms.settings.env import complete, local

VAR_DIR = Path(os.environ.get("VAR_DIR") or Path(__file__).resolve().parents[2] / "var")
# The same PORT as `PORT=… make run`: `PORT=9000 manage.py publish --all` asks that product.
complete(local(VAR_DIR, int(os.environ.get("PORT") or 8000)))

from cms.settings.base import *  # noqa: E402, F403

OUTSIDE_MAY_BE_LOCAL = True  # a partner’s server to try webhooks with may run here
EXAMPLE_SITE = True  # allows `manage.py example`, whose passwords are public
WHITENOISE_USE_FINDERS = True
