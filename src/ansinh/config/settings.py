# SPDX-License-Identifier: MPL-2.0
"""Django settings. What an installation may change is in `environment.py`."""

from __future__ import annotations

import os
from pathlib import Path

from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

from ansinh.config import database, home, logs
from ansinh.config.environment import environment

ENVIRONMENT = environment()
PACKAGE = Path(__file__).resolve().parent.parent

MODE = ENVIRONMENT.mode
DEBUG = ENVIRONMENT.debug
FIELD_KEYS_FOLDER = home.keys_folder()
FILE_STORE_FOLDER = home.folder("files")
SECRET_KEY = home.secret("signing-key")
ALLOWED_HOSTS = [host.strip() for host in ENVIRONMENT.hosts.split(",") if host.strip()]
PROVINCE = ENVIRONMENT.province
METRICS_TOKEN = ENVIRONMENT.metrics_token
NOTICE_ADAPTER = ENVIRONMENT.notice_adapter
NOTICE_ADDRESS = ENVIRONMENT.notice_address
SMS_GATEWAY = ENVIRONMENT.sms_gateway
ZALO_GATEWAY = ENVIRONMENT.zalo_gateway
BANK_URL, BANK_KEY, BANK_WAIT_MS = ENVIRONMENT.bank_url, ENVIRONMENT.bank_key, ENVIRONMENT.bank_wait_ms

INSTALLED_APPS = [
    "procrastinate.contrib.django",
    "ansinh.ui",
    "ansinh.vault",
    "ansinh.background",
    "ansinh.places",
    "ansinh.staff",
    "ansinh.audit",
    "ansinh.approvals",
    "ansinh.providers",
    "ansinh.ledger",
    "ansinh.legislation",
    "ansinh.registry",
    "ansinh.population",
    "ansinh.payees",
    "ansinh.outreach",
    "ansinh.payroll",
    "ansinh.directives",
    "ansinh.disbursement",
    "ansinh.reconciliation",
    "ansinh.oversight",
    "ansinh.dashboards",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "axes",
    "csp",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_cotton.apps.SimpleAppConfig",
    "django_filters",
    "django_htmx",
]

MIDDLEWARE = [
    "ansinh.ui.request_log.RequestLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "ansinh.ui.language.VietnameseFirstMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "ansinh.staff.middleware.SessionLimitMiddleware",
    "ansinh.staff.middleware.PermissionMiddleware",
    "axes.middleware.AxesMiddleware",
    "ansinh.staff.middleware.ScopeMiddleware",
]

ROOT_URLCONF = "ansinh.config.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "ansinh.ui.context.shell",
            ],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": [
                "django_cotton.templatetags.cotton",
                "ansinh.ui.templatetags.formats",
                "ansinh.staff.templatetags.roles",
            ],
        },
    }
]
COTTON_DIR = "cotton"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

DATABASES = {
    "default": database.access(
        "owner" if os.environ.get("ANSINH_DATABASE_ROLE") == "owner" else "app"
    ).django()
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "staff.Officer"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
SESSION_COOKIE_AGE = ENVIRONMENT.session_hours * 3600
SESSION_IDLE_MINUTES = ENVIRONMENT.idle_minutes
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = ENVIRONMENT.behind_tls
CSRF_COOKIE_SECURE = ENVIRONMENT.behind_tls
SECURE_HSTS_SECONDS = 31_536_000 if ENVIRONMENT.behind_tls else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENVIRONMENT.behind_tls else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "ansinh.ui.views.refused_form"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Tiếng Việt")), ("en", _("Tiếng Anh"))]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
USE_I18N = True
FORMAT_MODULE_PATH = ["ansinh.ui.formats"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000

STATIC_URL = "/static/"
STATIC_ROOT = PACKAGE.parent.parent / ".venv" / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = False

# --- signing in: password, then TOTP or a passkey; nobody registers themself -----------------
ACCOUNT_ADAPTER = "ansinh.staff.sign_in.OfficerAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_SESSION_REMEMBER = False
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = False
MFA_TOTP_ISSUER = "An Sinh"
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = MODE != "production"
MFA_ADAPTER = "ansinh.staff.sign_in.OfficerMfaAdapter"
USERSESSIONS_TRACK_ACTIVITY = True
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_FORM_FIELD = "login"
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "staff/locked_out.html"
AXES_VERBOSE = False

LOGGING = logs.configuration(as_json=MODE == "production", with_words=DEBUG)
# Jobs: every installed stage's jobs.py declares its own (docs/reference/jobs.md).
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
SILENCED_SYSTEM_CHECKS: list[str] = []
