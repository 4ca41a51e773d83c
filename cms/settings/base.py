"""Settings common to every place where the site runs; what differs comes from the environment."""

from pathlib import Path

from cms.settings.addresses import database, mail
from cms.settings.env import read

env = read()

BASE_DIR = Path(__file__).resolve().parents[2]
DEBUG = env.DEBUG
SECRET_KEY = env.SECRET_KEY
SECRET_KEY_FALLBACKS = env.SECRET_KEY_FALLBACKS
ALLOWED_HOSTS = env.ALLOWED_HOSTS
ROOT_URLCONF = "cms.urls"
WSGI_APPLICATION = "cms.wsgi.application"

INSTALLED_APPS = [
    "cms",
    "publishing",
    "podcasts",
    "tribunes",
    "focus",
    "django_tasks",
    "django_tasks_db",
    "wagtail.contrib.redirects",
    "wagtail.contrib.sitemaps",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "cms.middleware.GoneMiddleware",
    "cms.middleware.NotPublishableMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# Data
DATABASES = {"default": database(env.DATABASE_URL)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 50_000  # 4,000 signatories of a tribune, nine fields each

# Object storage: originals and documents are private, read through signed addresses
OBJECT_STORAGE = {
    "ENDPOINT_URL": env.S3_ENDPOINT_URL,
    "REGION": env.S3_REGION,
    "ACCESS_KEY_ID": env.S3_ACCESS_KEY_ID,
    "SECRET_ACCESS_KEY": env.S3_SECRET_ACCESS_KEY,
    "PRIVATE_BUCKET": env.S3_PRIVATE_BUCKET,
    "PUBLIC_BUCKET": env.S3_PUBLIC_BUCKET,
    "PUBLIC_URL": env.S3_PUBLIC_URL,
}
WEBSUB_HUB_URL = env.WEBSUB_HUB_URL or ""
STORAGES = {
    "default": {"BACKEND": "cms.storage.PrivateStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

# Static files
STATIC_URL = "/static/"

# People
AUTH_USER_MODEL = "cms.User"
LOGIN_URL = "wagtailadmin_login"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# Language and time
LANGUAGE_CODE = "fr"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = WAGTAILADMIN_PERMITTED_LANGUAGES = [("fr", "Français")]
TIME_ZONE = "Europe/Paris"
USE_I18N = True
USE_TZ = True

# Mail
globals().update(mail(env.EMAIL_URL))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.DEFAULT_FROM_EMAIL
CONTACT_EMAIL = env.CONTACT_EMAIL

# Servers of other people (webhooks, declared pages): never this machine, nor its neighbours
OUTSIDE_MAY_BE_LOCAL = False

# The API of partners
API_REQUESTS_PER_MINUTE = 120  # of one token
API_MAINTENANCE = False  # answers 503 and Retry-After
TRUSTED_PROXIES = 0  # how many add the address that they saw to X-Forwarded-For

# Print
INSERT_PAGE_COUNT = 8  # pages of a cahier, unless its own page says otherwise
INSERT_PAGE_MULTIPLE = 4  # a folded sheet has four pages

# Wagtail
SITE_URL = WAGTAILADMIN_BASE_URL = env.SITE_URL
WAGTAIL_SITE_NAME = "Solutions solidaires"
WAGTAIL_I18N_ENABLED = False
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
WAGTAIL_FINISH_WORKFLOW_ACTION = "cms.workflows.finish"
WAGTAIL_DATE_FORMAT = "%d/%m/%Y"
WAGTAIL_DATETIME_FORMAT = "%d/%m/%Y %H:%M"
WAGTAIL_TIME_FORMAT = "%H:%M"
WAGTAILIMAGES_IMAGE_MODEL = "cms.Image"
WAGTAILIMAGES_IMAGE_FORM_BASE = "cms.forms.images.ImageForm"
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 20 * 1024 * 1024  # bytes
# No request to a third party, from the server or from the editor's browser
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"default": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "filters": {"secrets": {"()": "cms.settings.logs.WithoutSecrets"}},
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "default",
            "filters": ["secrets"],
        }
    },
    "root": {"handlers": ["stderr"], "level": "INFO"},
    # Django's own handlers write to the console under DEBUG only, and mail to nobody.
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "pikepdf": {"level": "WARNING"},  # it says hello when it is imported
    },
}
