"""Tests: real parts, cheap passwords. ``tests/services.py`` sets the environment beforehand."""

from cms.settings.dev import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

WHITENOISE_AUTOREFRESH = True  # look a file up when it is asked for, not all of them at each start
