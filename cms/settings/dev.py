"""One machine, nothing to configure: SQLite and the local object storage, all in one directory."""

import os
from pathlib import Path

from cms.settings.env import complete, local

VAR_DIR = Path(os.environ.get("VAR_DIR") or Path(__file__).resolve().parents[2] / "var")
complete(local(VAR_DIR, 8000))

from cms.settings.base import *  # noqa: E402, F403

EXAMPLE_SITE = True  # allows `manage.py example`, whose passwords are public
WHITENOISE_USE_FINDERS = True
