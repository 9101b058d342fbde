"""Settings: read from the environment, the same for everybody; `./traff doctor` tells what is wrong with them.

TRAFF_DATA   the one folder of state          DATABASE_URL  one's own PostgreSQL
PORT, HOST   where to listen (8000, loopback) TRAFF_HOSTS   names this site answers to, comma separated
TRAFF_MAIL   smtp://user:password@host:port, smtps:// or smtp+tls://; without it mail becomes files in TRAFF_DATA/mail
TRAFF_OPENINGS=off   takes openings away, with all that is saved and asked about them
"""

import os
import sys
from datetime import timedelta
from pathlib import Path
from urllib.parse import unquote, urlsplit

import dj_database_url
from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

from traff.config.apps import APPS
from traff.config.secrets import secret_key
from traff.config.state import state_folder

BASE = Path(__file__).resolve().parents[1]
TESTING = "pytest" in sys.modules
STATE = state_folder()
SECRET_KEY = secret_key(STATE)
DEBUG = False
HOST, PORT = os.environ.get("HOST", "127.0.0.1"), int(os.environ.get("PORT", "8000"))
ON_LOOPBACK = HOST in {"127.0.0.1", "localhost", "::1"}
ALLOWED_HOSTS = os.environ.get("TRAFF_HOSTS", "localhost,127.0.0.1,[::1],testserver").split(",")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if "." in host and host != "127.0.0.1"]
SITE_URL = os.environ.get("TRAFF_URL", f"http://localhost:{PORT}")

INSTALLED_APPS = [
    *APPS,
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
    "django_htmx",
    "lucide",
    "django_prose_editor",
    "procrastinate.contrib.django",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "traff.ground.core.refusing.NoNulMiddleware",
    "traff.ground.accounts.middleware.OwnLanguageMiddleware",
    "traff.ground.core.refusing.NotAPageMiddleware",
    "traff.ground.accounts.middleware.ImpersonationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "traff.ground.accounts.middleware.SignInFirstMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "traff.ground.access.reading.ReadingMiddleware",
    "axes.middleware.AxesMiddleware",
    "traff.ground.accounts.pace.PaceMiddleware",
]
ROOT_URLCONF = "traff.config.urls"
ASGI_APPLICATION = "traff.config.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "traff.ground.core.pages.Pages",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "traff.ground.accounts.demo.context",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "traff.ground.core.templatetags.parts",
                "traff.ground.core.templatetags.slots",
                "traff.ground.accounts.templatetags.writer",
            ],
        },
    }
]
DATABASES = {"default": dj_database_url.config(default="postgres:///traff", conn_max_age=600, conn_health_checks=True)}
DATABASES["default"].setdefault("OPTIONS", {})
DATABASES["default"]["OPTIONS"] |= {"server_side_binding": True, "prepare_threshold": 3}  # plans are kept: docs/decisions/004
if TESTING and os.environ.get("TRAFF_TEST_DB"):
    DATABASES["default"]["TEST"] = {"NAME": f"test_{os.environ['TRAFF_TEST_DB']}"}
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"

AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher", "django.contrib.auth.hashers.PBKDF2PasswordHasher"]
if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL, LOGIN_REDIRECT_URL, LOGOUT_REDIRECT_URL = "account_login", "home", "account_login"
ACCOUNT_ADAPTER = "traff.ground.accounts.adapter.RegisteredPeopleOnly"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # addresses come from the organisation's register, not from the person
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_SESSION_REMEMBER = True
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_FORM_FIELD = "login"
AXES_LOCKOUT_TEMPLATE = "429.html"
AXES_ENABLED = not TESTING
AXES_DISABLE_ACCESS_LOG = True  # failures are counted; who came in when, from where, is nobody's list
AXES_VERBOSE = False

# Times a minute and person (before sign-in: and address), by the name of the address. Nobody at work meets these; robots do.
UNANSWERED_AFTER = timedelta(hours=24)  # then a question is shown quietly to three colleagues who know about it

PACE = {
    "search_complete": 600, "write_people": 600, "write_topics": 600, "write_unread": 600, "panel": 240, "search": 240,
    "knowers": 240, "people": 240, "topics": 240, "group_members": 240, "write": 60, "post_replies": 60, "upload": 120,
    "conversation": 60, "conversation_new": 60, "conversation_people": 600, "meeting_new": 30,
    "group_invite": 30, "group_new": 20, "signin_link": 30, "listening": 30, "asked_pass": 30, "topic_propose": 20,
    "own_data": 3,
}  # fmt: skip
PACE_WHEN_SENT = {
    "write", "post_replies", "group_new", "conversation", "conversation_new", "meeting_new", "listening", "asked_pass",
    "topic_propose",
}  # fmt: skip

PREPARED_IS_CHECKED = TESTING  # every query put together once is also put together anew, and compared

# Of the places for strangers' posts: so many show the plain newest, to compare with; so many try what would not have been shown.
TRAFF_HOLDOUT = 0.0 if TESTING else float(os.environ.get("TRAFF_HOLDOUT", "0.05"))
TRAFF_EXPLORATION = 0.0 if TESTING else float(os.environ.get("TRAFF_EXPLORATION", "0.07"))
TRAFF_EXPOSURES_KEPT = int(os.environ.get("TRAFF_EXPOSURES_KEPT", "365"))  # days for which what was shown to whom is kept

CSRF_FAILURE_VIEW = "traff.ground.accounts.views.csrf_failure"  # nothing that was written is lost

SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
OVER_TLS = urlsplit(SITE_URL).scheme == "https"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = OVER_TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if OVER_TLS else None
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_ENGINE = "traff.ground.accounts.sessions"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:", "blob:"],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

OPENINGS = os.environ.get("TRAFF_OPENINGS", "on").strip().lower() not in {"off", "0", "no", "false"}

LANGUAGE_CODE = "en"
LANGUAGES = [("sv", _("Swedish")), ("en", _("English"))]
USE_I18N = USE_TZ = True
TIME_ZONE = os.environ.get("TRAFF_TIMEZONE", "Europe/Stockholm")

STATIC_URL = "static/"
STATIC_ROOT = STATE / "static"
MEDIA_ROOT = STATE / "files"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage" if TESTING else "traff.config.static_files.StaticFiles"
    },
}
WHITENOISE_USE_FINDERS = TESTING
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 2**20
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 2**20
FILE_UPLOAD_HANDLERS = [
    "traff.ground.files.limits.Limited",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

MAIL = urlsplit(os.environ.get("TRAFF_MAIL", ""))
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if MAIL.hostname else 'filebased'}.EmailBackend"
EMAIL_FILE_PATH = STATE / "mail"
EMAIL_HOST, EMAIL_PORT = MAIL.hostname or "localhost", MAIL.port or {"smtps": 465, "smtp+tls": 587}.get(MAIL.scheme, 25)
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(MAIL.username or ""), unquote(MAIL.password or "")
EMAIL_USE_SSL, EMAIL_USE_TLS = MAIL.scheme == "smtps", MAIL.scheme == "smtp+tls"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("TRAFF_MAIL_FROM", "Träff <traff@localhost>")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"without_address": {"()": "traff.config.logs.WithoutAddress"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["without_address"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"django.request": {"level": "ERROR", "filters": ["without_address"]}, "django.security": {"level": "ERROR"}},
}
SILENCED_SYSTEM_CHECKS: list[str] = []
