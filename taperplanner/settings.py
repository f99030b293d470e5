"""Settings, all from the environment; each variable stands in the README's table.

In production (PRODUCTION=true) nothing unsafe is defaulted: the process refuses to start and
names the variable to set.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import bootstrap
import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from taperplanner.accounts.sign_in_settings import *  # noqa: F403 - Django reads its settings here
from taperplanner.sealed import keys_in
from taperplanner.serving.log_settings import logging_of

BASE_DIR: Final = Path(__file__).resolve().parent.parent
env = environ.Env()

PRODUCTION = env.bool("PRODUCTION", default=False)
DEBUG = env.bool("DEBUG", default=False)
DEVELOPMENT_KEY: Final = "development-only-" + "0" * 50
SHORTEST_KEY: Final = 50
SECRET_KEY = env.str("SECRET_KEY", default=DEVELOPMENT_KEY)
# Earlier keys, newest first: what they signed or encrypted (second-factor secrets) stays readable.
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
# They seal the audit log, and encrypt backups and papers for down time. The first one does; the others, of before a
# change, only open.
SHORTEST_AUDIT_SECRET: Final = 32
_audit_keys = env.list("AUDIT_KEYS", default=[f"development:{DEVELOPMENT_KEY}"])
AUDIT_KEYS = dict(pair.partition(":")[::2] for pair in _audit_keys)
BACKUP_KEYS = keys_in(env.str("BACKUP_KEYS", default=""))
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[] if PRODUCTION else ["localhost", "127.0.0.1", "[::1]"])
# What the code on a paper leads to: a phone outside the clinic must be able to open it.
SITE_ADDRESS = env.str("SITE_ADDRESS", default="")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

if PRODUCTION:
    if DEBUG:
        raise ImproperlyConfigured("DEBUG is on. Unset DEBUG: in production it shows patient data in errors.")
    if SECRET_KEY == DEVELOPMENT_KEY or len(SECRET_KEY) < SHORTEST_KEY:
        raise ImproperlyConfigured(f"Set SECRET_KEY to a secret of {SHORTEST_KEY} characters or more.")
    if "development" in AUDIT_KEYS or min(map(len, AUDIT_KEYS.values()), default=0) < SHORTEST_AUDIT_SECRET:
        raise ImproperlyConfigured(f"Set AUDIT_KEYS to name:secret, {SHORTEST_AUDIT_SECRET} letters or more.")
    if not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS:
        raise ImproperlyConfigured("Set ALLOWED_HOSTS to the names that this site answers to, with commas.")
    if not SITE_ADDRESS.startswith("https://"):
        raise ImproperlyConfigured(
            "Set SITE_ADDRESS to the address that patients' phones open, for example https://clinic.example."
        )

INSTALLED_APPS = [
    "taperplanner.audit",
    "taperplanner.guidance",
    "taperplanner.accounts",
    "taperplanner.clock",
    "taperplanner.protocols",
    "taperplanner.patients",
    "taperplanner.flags",
    "taperplanner.tapers",
    "taperplanner.monitoring",
    "taperplanner.stays",
    "taperplanner.day_book",
    "taperplanner.worklist",
    "taperplanner.registry",
    "taperplanner.handouts",
    "taperplanner.recall",
    "taperplanner.serving",
    "taperplanner.demo",
    "taperplanner.backups",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "django_filters",
    "heroicons",
    "simple_history",
    "csp",
]

MIDDLEWARE = [
    "taperplanner.serving.request_line.RequestLineMiddleware",
    "taperplanner.headers.HeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",  # of static files too
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "taperplanner.serving.health.NobodyProbes",
    "taperplanner.accounts.cannot_save.CannotSaveMiddleware",
    "taperplanner.accounts.hashing.BusyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "taperplanner.unbroken.unbroken_amounts",  # inside the one that counts the bytes
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "taperplanner.accounts.middleware.ClinicMiddleware",
    "taperplanner.accounts.refusals.RefusalsMiddleware",
    "taperplanner.accounts.papers.PapersMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "taperplanner.accounts.notices.NoticeMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "taperplanner.accounts.methods.only_reads_and_posts",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "taperplanner.accounts.set_up_first.SecondFactorMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "taperplanner.serving.deadline.DeadlineMiddleware",
]

ROOT_URLCONF = "taperplanner.urls"
WSGI_APPLICATION = "taperplanner.wsgi.application"

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
                "taperplanner.accounts.context.permissions",
                "taperplanner.clock.context.clock",
                "taperplanner.monitoring.emergencies.raised.raised",
            ],
            # {% once %} stands beside {% csrf_token %}, which is built in too.
            "builtins": ["taperplanner.accounts.templatetags.once", "taperplanner.components"],
        },
    },
]

# --- The database -----------------------------------------------------------------------------

DATABASES: dict[str, dict[str, Any]] = {
    "default": env.db_url("DATABASE_URL", default=f"sqlite:///{BASE_DIR / 'taperplanner.sqlite3'}"),
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        # A write takes its lock when the transaction starts, so that two writers queue and none fails late.
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
        # EXTRA: what is acknowledged survives a power cut. With FULL the removal of the journal, which is what commits,
        # is not yet on the disk: the next start finds the journal there and takes the last commit back (tests/crash/).
        # recursive_triggers: INSERT OR REPLACE fires the triggers that refuse a DELETE. DELETE journal: SQLite before
        # 3.51.3 may corrupt a WAL.
        "init_command": "PRAGMA journal_mode=DELETE; PRAGMA synchronous=EXTRA; PRAGMA recursive_triggers=ON;",
    }
else:  # one that is away is known within five seconds, while connecting and of a connection that was dropped unsaid
    _given = DATABASES["default"].get("OPTIONS", {})
    DATABASES["default"]["OPTIONS"] = {"connect_timeout": 3, "tcp_user_timeout": 4_000, **_given}
# Through PgBouncer a connection is another's after each transaction: no cursor outlives one, and no session has settings.
DATABASE_POOLER = env.bool("DATABASE_POOLER", default=False)
DATABASES["default"]["DISABLE_SERVER_SIDE_CURSORS"] = DATABASE_POOLER
# Each request opens a connection and closes it (Django's CONN_MAX_AGE is 0): none is dead when it is needed, and
# none is held by an idle thread. A process works on no more requests at once than it may open connections.
CONNECTIONS_AT_ONCE = env.int("DATABASE_CONNECTIONS", default=20)
# Of requests, not of commands (serving/time_outs.py). The longest paper may take 120 seconds.
DATABASE_STATEMENT_SECONDS = env.int("DATABASE_STATEMENT_SECONDS", default=60)
DATABASE_LOCK_SECONDS = env.int("DATABASE_LOCK_SECONDS", default=30)
REQUEST_SECONDS = env.int("REQUEST_SECONDS", default=150)
PAPERS_AT_ONCE = env.int("PAPERS_AT_ONCE", default=2)  # how many each process sets; each takes a core
# What `check --deploy` says of an application that signs in as the owner of its tables, where that was decided.
SILENCED_SYSTEM_CHECKS = ["database_roles.W001"] if env.bool("DATABASE_ONE_ROLE", default=False) else []
POSTGRESQL_PROGRAMS = env.str("POSTGRESQL_PROGRAMS", default="")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    # Sign-in rate limits must be shared by every process, so they live in the database.
    "default": {
        "BACKEND": "taperplanner.accounts.limits.LimitsCache",
        "LOCATION": "cache",
        # Django keeps 300 and then throws out some, so that a flood of tries could wash a limit away.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
}

# --- Who asks ---------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["taperplanner.accounts.backends.WithClinic"]
PASSWORD_HASHERS = ["taperplanner.accounts.hashing.BoundedArgon2"]
# However soon it is known that an attempt to sign in failed, it is said only then.
FAILED_ATTEMPT_SECONDS = 0.5
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
     "OPTIONS": {"user_attributes": ("email", "name")}},
    {"NAME": "taperplanner.accounts.passwords.LengthValidator"},
    {"NAME": "taperplanner.accounts.passwords.BreachedValidator"},
    {"NAME": "taperplanner.accounts.passwords.RunValidator"},
    {"NAME": "taperplanner.accounts.passwords.ContextValidator"},
]  # fmt: skip
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
PASSWORD_RESET_TIMEOUT = 3 * 24 * 60 * 60

ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)

# --- Pages ------------------------------------------------------------------------------------

TIME_ZONE = "UTC"
DATE_FORMAT = "F j, Y"

STATIC_URL = "static/"
# Elsewhere static files are served from where they lie, and collectstatic is not needed.
STATIC_ROOT = BASE_DIR / "var" / "static" if PRODUCTION else None
STATICFILES_DIRS = [BASE_DIR / "static", ("bootstrap", Path(bootstrap.__path__[0]))]
WHITENOISE_USE_FINDERS = not PRODUCTION
WHITENOISE_AUTOREFRESH = DEBUG
STORAGES = {
    "staticfiles": {
        "BACKEND": (
            "taperplanner.static_files.NamedByContent"
            if PRODUCTION
            else "django.contrib.staticfiles.storage.StaticFilesStorage"
        ),
    },
}

CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

# --- What the browser may do ------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],  # Bootstrap draws its arrows, and allauth its QR code, as data:
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "report-uri": ["/csp-report"],
        "report-to": ["csp"],
    },
}
# A schedule of 400 steps and three products is a form of 6,800 fields.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_ENGINE = "taperplanner.accounts.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
# A cookie of messages would outlive the session, and a message may name what a patient takes.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "taperplanner.accounts.refusals.csrf_failure"
DEVICE_COOKIE_NAME = "device"
if PRODUCTION:
    # A browser takes a cookie of this name only over HTTPS, for this host alone and for all of it.
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_NAME = "__Host-csrf"
    DEVICE_COOKIE_NAME = "__Host-device"
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
    SECURE_REDIRECT_EXEMPT = [r"^healthz(/deep)?$"]  # asked from inside, where there is no certificate
    SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31_536_000)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    if env.bool("BEHIND_HTTPS_PROXY", default=False):
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

LOGGING = logging_of(
    level=env.str("LOG_LEVEL", default="WARNING"), is_json=env.str("LOG_FORMAT", default="text") == "json"
)
SLOW_REQUEST_MILLISECONDS = env.int("SLOW_REQUEST_MILLISECONDS", default=2000)
LEAST_FREE_MEGABYTES = env.int("LEAST_FREE_MEGABYTES", default=500)
NTP_SERVER = env.str("NTP_SERVER", default="")  # what the clock is compared with, beside the database
