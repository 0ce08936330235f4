"""All settings, from the environment. Production is the default and the strict one.

CLINICLEADER_MODE=demo allows plain HTTP on this machine, the demo personas on the sign-in page and the mail
viewer; =test is for the test suite.
"""

from __future__ import annotations

import shlex
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

MODE = env.str("CLINICLEADER_MODE", default="production")
if MODE not in {"production", "demo", "test"}:
    raise ImproperlyConfigured(f"CLINICLEADER_MODE is {MODE!r}; it must be production, demo or test.")
PRODUCTION = MODE == "production"
DEMO = MODE == "demo"
DEBUG = False

SECRET_KEY = (
    env.str("SECRET_KEY") if PRODUCTION else env.str("SECRET_KEY", default="only-for-demo-and-tests-" * 3)
)
if PRODUCTION and len(SECRET_KEY) < 50:
    raise ImproperlyConfigured("SECRET_KEY must be at least 50 random characters long.")
# Earlier keys, newest first: what they signed and encrypted stays readable while they are listed here.
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
BASE_URL = env.str("BASE_URL", default="http://localhost:8000")
ALLOWED_HOSTS = env.list(
    "ALLOWED_HOSTS", default=[] if PRODUCTION else ["localhost", "127.0.0.1", "[::1]", "testserver"]
)
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))

INSTALLED_APPS = [
    "clinicleader",
    "insights",
    "succession",
    "readiness",
    "sponsors",
    "partnerships",
    "passport",
    "mentoring",
    "surveys",
    "people",
    "web",
    "tenancy",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_htmx",
    # The simple configurations leave the template loaders alone; they are written out below.
    "django_cotton.apps.SimpleAppConfig",
    "template_partials.apps.SimpleAppConfig",
    "django.forms",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "web.bodies.BodyLimitMiddleware",  # before the CSRF check, which reads the body
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "people.middleware.InvalidFormMiddleware",
    "tenancy.middleware.TenantMiddleware",
]

ROOT_URLCONF = "clinicleader.urls"
WSGI_APPLICATION = "clinicleader.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            # Partials outermost, for they look into loaded templates; then the cache; then cotton.
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            [
                                "django_cotton.cotton_loader.Loader",
                                "django.template.loaders.filesystem.Loader",
                                "django.template.loaders.app_directories.Loader",
                            ],
                        )
                    ],
                )
            ],
            "builtins": [
                "django_cotton.templatetags.cotton",
                "web.templatetags.leaves",
                "web.templatetags.quick",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "web.theme.appearance",
                "clinicleader.shell.shell",
            ],
        },
    }
]
COTTON_ISOLATE_BY_DEFAULT = True  # a component sees its attributes, not the page's variables
FORM_RENDERER = "web.renderer.ComponentRenderer"
CSRF_FAILURE_VIEW = "web.views.csrf_failure"

# The application's role owns nothing and bypasses nothing; `manage.py migrate` runs with the owner's URL.
DATABASES = {
    "default": env.db_url("DATABASE_URL", default="postgres://clinicleader_app@localhost/clinicleader")
}
DATABASES["default"] |= {
    "ENGINE": "tenancy.backend",
    "ATOMIC_REQUESTS": True,
    "CONN_MAX_AGE": 600,
    "CONN_HEALTH_CHECKS": True,
    "DISABLE_SERVER_SIDE_CURSORS": True,
}
# The matcher's own login: it reads the frozen profiles of a run and nothing else (docs/privacy.md).
DATABASES["matcher"] = env.db_url(
    "MATCHER_DATABASE_URL", default="postgres://clinicleader_matcher@localhost/clinicleader"
) | {"ENGINE": "tenancy.backend", "DISABLE_SERVER_SIDE_CURSORS": True}
if MODE == "test":
    for database in DATABASES.values():
        database["TEST"] = {"NAME": database["NAME"]}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL", default="redis://localhost:6379/0")
# Sign-in must work while Valkey is down, so what protects it (rate limits) is counted in the database.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        # Django's 300 would throw counters away while they count, at every shift change.
        "OPTIONS": {"MAX_ENTRIES": 1_000_000},
    },
    "fast": {
        "BACKEND": "web.cache.ForgivingCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "clinicleader",
        "OPTIONS": {"socket_timeout": 1, "socket_connect_timeout": 1},
    },
}
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 60 * 60 * 12
# Wards share computers: closing the browser signs out.
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"

# Celery is a doorbell: short time-outs, no publishing retries, quick redelivery after a killed worker.
CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://")
CELERY_WORKER_HIJACK_ROOT_LOGGER = False  # workers log as LOGGING says
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_PUBLISH_RETRY = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 300,
    "unacked_restore_interval": 10,
    "unacked_restore_throttle": 1,
    "socket_timeout": 1,
    "socket_connect_timeout": 1,
}
CELERY_BEAT_SCHEDULE = {"tick": {"task": "tenancy.tasks.tick", "schedule": 60.0}}
CELERY_TIMEZONE = "UTC"

AUTH_USER_MODEL = "tenancy.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = (
    ["django.contrib.auth.hashers.MD5PasswordHasher"]
    if MODE == "test"
    else [
        "django.contrib.auth.hashers.Argon2PasswordHasher",
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    ]
)
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
PASSWORD_RESET_TIMEOUT = 60 * 60 * 2
ACCOUNT_ADAPTER = "people.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]  # sign-up is closed; invitations open accounts
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # nobody can make us write to strangers
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_MAX_EMAIL_ADDRESSES = 5
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if PRODUCTION else "http"
# How many proxies of ours add to X-Forwarded-For: sign-in limits count by the address before them.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", default=1 if PRODUCTION else 0)
MFA_ADAPTER = "people.adapters.MfaAdapter"
MFA_FORMS = {
    "login_webauthn": "people.forms.passkeys.LoginForm",
    "authenticate_webauthn": "people.forms.passkeys.AuthenticateForm",
    "reauthenticate_webauthn": "people.forms.passkeys.ReauthenticateForm",
    "add_webauthn": "people.forms.passkeys.AddForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "ClinicLeader"
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # sign-in takes verified addresses only; a new one may stand beside it
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION  # http://localhost

# How dates are written. Until somebody has chosen, the browser's language decides.
LANGUAGES = [
    ("en-gb", "English (United Kingdom), day before month"),
    ("en-us", "English (United States), month before day"),
]
LANGUAGE_CODE = "en-gb"
FORMAT_MODULE_PATH = ["web.formats"]
# Organisations have their own; tests live where no midnight comes before they end (launch/testing.py).
TIME_ZONE = env.str("TEST_TIME_ZONE", default="UTC") if MODE == "test" else "UTC"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(VAR_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if MODE == "test"
        else "web.static_addresses.SettledStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = MODE == "test"
WHITENOISE_AUTOREFRESH = MODE == "test"  # a file is read when it is asked for, not all of them by each client
MEDIA_ROOT = VAR_DIR / "files"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_500  # a survey file may have 400 columns, and five things are said of each
UPLOAD_MAX_BYTES = env.int("UPLOAD_MAX_BYTES", default=100 * 1024 * 1024)  # 73,000 people take 10 MB
# A program that reads a file from its input and says by its exit code what it found (docs/operations.md).
EVIDENCE_SCANNER = shlex.split(env.str("EVIDENCE_SCANNER", default=""))
EVIDENCE_SCANNER_SECONDS = env.int("EVIDENCE_SCANNER_SECONDS", default=60)

EMAIL_CONFIG = env.email_url("EMAIL_URL", default="filemail://" if not PRODUCTION else "smtp://localhost:25")
vars().update(EMAIL_CONFIG)
EMAIL_FILE_PATH = VAR_DIR / "mail"
EMAIL_TIMEOUT = 5
MAIL_IN_BACKGROUND = MODE != "test"
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="ClinicLeader <noreply@localhost>")

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if PRODUCTION:
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$"]  # asked from inside, over plain HTTP
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    # With this prefix browsers take them from this very host alone, not from a neighbour in the domain.
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"

# Webhooks: whose certificates are good; empty for those that the system trusts.
WEBHOOK_CA_FILE = env.str("WEBHOOK_CA_FILE", default="")
WEBHOOK_LOOPBACK = False  # tests alone turn it on: their receivers are on loopback

REST_FRAMEWORK = {
    # Closed unless an endpoint says otherwise.
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "people.rest.authentication.BearerAuthentication",
        "people.rest.authentication.BrowserAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["people.rest.permissions.MayEnter"],
    "DEFAULT_THROTTLE_RATES": {"member": "600/min"},
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["people.rest.parsing.BodyParser"],
    "EXCEPTION_HANDLER": "people.rest.problems.problem_details",
    "URL_FORMAT_OVERRIDE": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "ClinicLeader",
    "DESCRIPTION": "People, surveys, mentoring, Leadership Passports and Readiness Scores of one "
    "organisation, for programs, by the rules of the pages. Errors are problem details (RFC 9457): 400 for "
    "what does not fit the description, 422 for values that a rule refuses, 409 for what does not fit how "
    "things are now. Lists are paged by cursor.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "SCHEMA_PATH_PREFIX": r"/api/v1/o/\{slug\}",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_AUTHENTICATION": [],
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_NAME_OVERRIDES": {
        "ActionKindEnum": "sponsors.enums.ActionKind",
        "ActionStateEnum": "sponsors.enums.ActionState",
        "ArtefactKindEnum": "partnerships.enums.ArtefactKind",
        "AuditPointEnum": "partnerships.enums.AuditPoint",
        "ChangeCauseEnum": "partnerships.enums.ChangeCause",
        "CheckStateEnum": "partnerships.enums.CheckState",
        "CoderPartEnum": "partnerships.enums.CoderPart",
        "CompetencyGroupEnum": "sponsors.enums.CompetencyGroup",
        "ContactReadersEnum": "sponsors.enums.ContactReaders",
        "DecisionEnum": "sponsors.enums.Decision",
        "DeliverableStateEnum": "mentoring.enums.DeliverableState",
        "DiagnosisKindEnum": "sponsors.enums.DiagnosisKind",
        "DimensionEnum": "surveys.enums.Dimension",
        "EvidenceKindEnum": "sponsors.enums.EvidenceKind",
        "EvidenceSourceEnum": "insights.enums.EvidenceSource",
        "ExceptionStateEnum": "succession.enums.ExceptionState",
        "ExposureKindEnum": "mentoring.enums.ExposureKind",
        "GateDecisionEnum": "sponsors.enums.GateDecision",
        "GoalStateEnum": "partnerships.enums.GoalState",
        "IntakeRequestStateEnum": "sponsors.enums.RequestState",
        "MeetingFormatEnum": "mentoring.enums.MeetingFormat",
        "MentorshipStateEnum": "mentoring.enums.MentorshipState",
        "NoteReadersEnum": "mentoring.enums.NoteFor",
        "ObstacleKindEnum": "sponsors.enums.ObstacleKind",
        "ObstacleStateEnum": "sponsors.enums.ObstacleState",
        "PairRuleKindEnum": "mentoring.enums.PairRuleKind",
        "PartEnum": "partnerships.enums.Part",
        "ParticipantKindEnum": "partnerships.enums.ParticipantKind",
        "PhaseKindEnum": "partnerships.enums.PhaseKind",
        "PhaseStateEnum": "partnerships.enums.PhaseState",
        "PilotStateEnum": "insights.pilot_enums.PilotState",
        "ProposalStateEnum": "mentoring.enums.ProposalState",
        "ReadinessBandEnum": "succession.enums.Band",
        "ReviewCauseEnum": "sponsors.enums.ReviewCause",
        "RunStateEnum": "mentoring.enums.RunState",
        "ScoreStateEnum": "readiness.enums.ScoreState",
        "SelectionCauseEnum": "succession.enums.SelectionCause",
        "SelectionStateEnum": "succession.enums.SelectionState",
        "SponsorshipStateEnum": "sponsors.enums.SponsorshipState",
        "StampStateEnum": "passport.enums.StampState",
        "TagKindEnum": "mentoring.enums.TagKind",
        "TalentReviewStateEnum": "succession.enums.ReviewState",
        "TeamDomainEnum": "sponsors.enums.Domain",
        "TierEnum": "mentoring.enums.Tier",
        "UnitKindEnum": "people.enums.UnitKind",
    },
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SWAGGER_UI_SETTINGS": {"deepLinking": False, "validatorUrl": None, "defaultModelsExpandDepth": -1},
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "people.rest.schema.add_problems",
    ],
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "discreet": {
            "()": "web.discretion.DiscreetFormatter",
            "format": "[%(asctime)s] [%(process)d] [%(levelname)s] %(name)s: %(message)s",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "discreet"}},
    "root": {
        "handlers": ["console"],
        "level": env.str("LOG_LEVEL", default="WARNING" if MODE == "test" else "INFO"),
    },
}
