"""All settings, from the environment. Every variable read here is explained in .env.example.

A needed value that is missing stops the start: a portal that half works is worse than one that does not.
"""

from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import environ
from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from config.tiles import origin_of

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

# --- The process -----------------------------------------------------------------------------------------------------

SECRET_KEY = env("SECRET_KEY")
DEBUG = env.bool("DEBUG", default=False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
# Behind TLS in production; plain http only for the one-command run on one's own machine.
HTTPS = env.bool("HTTPS", default=True)
# Says on every page that the schools, audits and people shown are made up.
SAMPLE_DATA = env.bool("SAMPLE_DATA", default=False)

INSTALLED_APPS = [
    "accounts",
    "bulk",
    "schools",
    "cameras",
    "audits",
    "funding",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "csp",
    "django_filters",
    "django_vite",
    "drf_spectacular",
    "knox",
    "rest_framework",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.UserLanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.context_processors.appearance",
                "config.context_processors.navigation",
            ],
            "libraries": {"nazar": "core.templatetags.nazar"},
        },
    },
]

# --- PostgreSQL, Redis, Celery ---------------------------------------------------------------------------------------

DATABASES = {"default": env.db("DATABASE_URL")}
DATABASES["default"] |= {
    "CONN_MAX_AGE": 60,
    "CONN_HEALTH_CHECKS": True,
    # Cyrillic must fold and sort the same in a test database, whatever the template of the server says.
    "TEST": {"CHARSET": "UTF8", "TEMPLATE": "template0"},
}
_options = DATABASES["default"].setdefault("OPTIONS", {})
_options["connect_timeout"] = 5
# Compiling a query of figures takes twenty times as long as running it. Options of DATABASE_URL come after, and win.
_options["options"] = f"-c jit=off {_options.get('options', '')}".strip()

REDIS_URL = env("REDIS_URL")
# A Unix socket is written redis+socket://… for Celery and unix://… for the cache.
_redis_is_socket = urlsplit(REDIS_URL).scheme == "unix"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}

CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://", 1) if _redis_is_socket else REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TIMEZONE = "Asia/Almaty"
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # a worker waits for its broker as long as it takes
CELERY_BROKER_TRANSPORT_OPTIONS = {
    # After it the message of a worker that died is handed out again. Imports alone may take longer: a message that
    # comes twice finds the import in other hands, and ends.
    "visibility_timeout": 600,
    # A broker that is away must not hold up the approval that was just committed: one try, at most two seconds.
    # Kombu's own default is to try again for six. Workers have their own patience and are not touched by this.
    "max_retries": 0,
    "socket_connect_timeout": 1,
    "socket_timeout": 2,
}
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BEAT_SCHEDULE = {
    # Expires, so that the sweeps of a night without workers do not queue up.
    "sweep-stale-areas": {"task": "audits.tasks.sweep_stale_areas", "schedule": 60.0, "options": {"expires": 60}},
    "recompute-all-areas": {"task": "audits.tasks.recompute_all_areas", "schedule": crontab(hour=0, minute=10)},
    "sweep-imports": {"task": "bulk.tasks.sweep_imports", "schedule": 60.0, "options": {"expires": 60}},
    "sweep-exports": {"task": "bulk.tasks.sweep_exports", "schedule": 60.0, "options": {"expires": 60}},
    "delete-expired-exports": {
        "task": "bulk.tasks.delete_expired_exports",
        "schedule": crontab(hour=3, minute=10),
    },
}

# --- People ----------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
# Failed sign-ins are counted by address, and the one of the TLS proxy would be everybody's.
ALLAUTH_TRUSTED_PROXY_COUNT = int(HTTPS)
# People are made by the department, and e-mail is not set up everywhere: nothing here sends mail.
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"

# --- Language and time -----------------------------------------------------------------------------------------------

LANGUAGE_CODE = "kk"
LANGUAGES = [("kk", "Қазақша"), ("ru", "Русский"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = "config.formats"
USE_THOUSAND_SEPARATOR = True
TIME_ZONE = "Asia/Almaty"
USE_TZ = True

# --- Static files ----------------------------------------------------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
# Files that people send in and that are made for them. No address leads there: views hand them out to whom they may.
MEDIA_ROOT = Path(env("MEDIA_ROOT", default=str(BASE_DIR / "var/media")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # Vite has hashed its files already; hashing them again breaks the addresses they use among themselves.
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
DJANGO_VITE = {"default": {"static_url_prefix": "dist", "manifest_path": BASE_DIR / "static/dist/manifest.json"}}
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/dist/assets/.+[-.][A-Za-z0-9_-]{8,}\."

# --- Map -------------------------------------------------------------------------------------------------------------

# Where map tiles come from: https://tiles.example.kz/{z}/{x}/{y}.png. Blank: the map has no ground, and asks nobody.
MAP_TILES_URL = env("MAP_TILES_URL", default="")
# Whom the map must name beside them.
MAP_TILES_ATTRIBUTION = env("MAP_TILES_ATTRIBUTION", default="")

# --- Security --------------------------------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", *origin_of(MAP_TILES_URL)],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SECURE_SSL_REDIRECT = HTTPS
# The container's health check speaks plain http to localhost.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "DENY"

# --- API -------------------------------------------------------------------------------------------------------------

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "accounts.authentication.ApiTokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_PAGINATION_CLASS": "core.paging.Pages",
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["core.parsing.Json"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "config.api.problem_response",
    "DEFAULT_THROTTLE_RATES": {"token": "10/min"},
    # As many proxies as say truly from which address a request comes; more would be the client's own invention.
    "NUM_PROXIES": int(HTTPS),
}
REST_KNOX = {"TOKEN_TTL": timedelta(days=180), "AUTO_REFRESH": False}
SPECTACULAR_SETTINGS = {
    "TITLE": "Nazar",
    "DESCRIPTION": _("Compliance of school video surveillance in Kazakhstan"),
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "POSTPROCESSING_HOOKS": ["drf_spectacular.hooks.postprocess_schema_enums", "config.api.with_problems"],
    # Names of choices that more than one field, or fields of different names, use.
    "ENUM_NAME_OVERRIDES": {
        "AreaKindEnum": ["country", "region", "district"],
        "SchoolKindEnum": "schools.models.School.Kind",
        "SystemKindEnum": "cameras.models.CameraSystem.Kind",
        "AuditKindEnum": "audits.models.Audit.Kind",
        "RequirementKindEnum": "audits.models.Requirement.Kind",
        "SeverityEnum": "audits.models.Requirement.Severity",
        "StatusEnum": "audits.models.Status",
        "VerdictEnum": "audits.models.Verdict",
        "OutcomeEnum": "audits.models.Expectation.Outcome",
        "ViolationStateEnum": "audits.models.Violation.State",
        "ConditionStateEnum": "cameras.models.Condition.State",
        "ExportStateEnum": "bulk.models.Export.State",
        "ImportStateEnum": "bulk.models.Import.State",
    },
}

# --- Log -------------------------------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env("LOG_LEVEL", default="INFO")},
}
