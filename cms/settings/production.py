"""Production: everything comes from the environment, nothing is kept on the node's disk."""

from cms.settings.base import *  # noqa: F403
from cms.settings.base import BASE_DIR, LOGGING, STORAGES

DEBUG = False

# TLS ends at the proxy, which must set this header itself and never pass on a client's.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
TRUSTED_PROXIES = 1
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"

# Shared by every process; `manage.py createcachetable` makes the table at each deployment.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "django_cache",
    }
}

# Built at deployment by `manage.py collectstatic`
STATIC_ROOT = BASE_DIR / "var" / "static"
STORAGES["staticfiles"] = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}

LOGGING["formatters"] = {"default": {"()": "cms.settings.logs.JSONFormatter"}}
