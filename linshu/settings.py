"""Settings of the portal. What differs between offices comes from the environment (linshu/environment.py)."""

import base64
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from celery.schedules import crontab
from csp.constants import NONE, SELF

from linshu import environment as env

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"
VAR_DIR.mkdir(exist_ok=True)

DEBUG = env.flag("DEBUG", default=False)
# The demo speaks plain HTTP on this machine, asks for no second factor and forces no change of the first password.
DEMO = env.flag("DEMO", default=DEBUG)
# Debug secrets are public by intention: a demo can be thrown away. Production refuses to start without its own.
SECRET_KEY = env.secret("SECRET_KEY", "demo-only-secret-key-that-protects-nothing-at-all", debug=DEBUG)
AUDIT_KEY = env.secret("AUDIT_KEY", "demo-only-audit-key-that-protects-nothing-at-all", debug=DEBUG).encode()
INDEX_KEY = env.secret("INDEX_KEY", "demo-only-index-key-that-protects-nothing-at-all", debug=DEBUG).encode()
FIELD_KEYS = env.key_ring(
    "FIELD_KEYS", "demo:" + base64.b64encode(b"demo-only-field-key-32-bytes-long").decode()[:43] + "=", debug=DEBUG
)
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", ["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS", [])

INSTALLED_APPS = [
    "linshu.web",
    "linshu.rest",
    "linshu.figures",
    "linshu.audit",
    "linshu.workdays",
    "linshu.parameters",
    "linshu.people",
    "linshu.files",
    "linshu.jobs",
    "organizations",
    "linshu.grants",
    "members",
    "linshu.home",
    "linshu.dashboard",
    "linshu.statistics",
    "linshu.demo",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "mptt",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_filters",
    "django_htmx",
    "csp",
    "axes",
    "django_otp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "linshu.web.middleware.CleanAddressMiddleware",
    "linshu.web.middleware.PrivateAnswerMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "linshu.people.middleware.IdleSessionMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "linshu.grants.middleware.ActorMiddleware",
    "linshu.web.middleware.BodySizeMiddleware",
    "linshu.grants.middleware.DutyMiddleware",
    "linshu.people.middleware.KeptFormMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "linshu.web.middleware.DomainErrorMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "linshu.urls"
WSGI_APPLICATION = "linshu.wsgi.application"
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
                "linshu.web.views.shell",
            ],
        },
    }
]

DATABASES = {"default": env.database("DATABASE_URL", "sqlite:///var/linshu.sqlite3", base_dir=BASE_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.words("REDIS_URL", [""])[0]
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": VAR_DIR / "cache"}
}

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True)  # before collectstatic there is nothing in it, and WhiteNoise warns of a missing one
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
MEDIA_ROOT = Path(env.words("MEDIA_ROOT", [str(VAR_DIR / "media")])[0])
MOST_UPLOAD_BYTES = 25 * 1024 * 1024  # of a whole form; deploy/nginx.conf says the same
MOST_DROPPED_BYTES = 10 * MOST_UPLOAD_BYTES
FILE_UPLOAD_TEMP_DIR = VAR_DIR / "uploads"  # larger files wait here while their form is looked at
FILE_UPLOAD_TEMP_DIR.mkdir(mode=0o700, exist_ok=True)

# Accounts
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "linshu.people.services.credentials.PasswordAndCode",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
LOGIN_URL = "/login/"
LOGIN_REDIRECT_URL = "/"
AUTH_PASSWORD_VALIDATORS = [{"NAME": "linshu.people.services.passwords.PasswordRule"}]
# Idleness ends a session long before (IdleSessionMiddleware). The cookie outlives a weekend, so that a form left open
# on Friday is still known to be its writer's on Monday; closing the browser ends it.
SESSION_COOKIE_AGE = 7 * 24 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"

# Lock-out: by account and address together, so that nobody can lock a colleague out from elsewhere. Guessing from many
# addresses is slowed down beside it (linshu.people.services.lockout).
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_CLIENT_IP_CALLABLE = "linshu.people.services.lockout.client_address"
AXES_FAILURE_LIMIT = "linshu.people.services.lockout.failure_limit"
AXES_COOLOFF_TIME = "linshu.people.services.lockout.cool_off"
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "linshu.people.views.log_in.locked"
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "otp_token", "csrfmiddlewaretoken"]
AXES_DISABLE_ACCESS_LOG = True  # our own audit says who logged in
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

# Transport and headers. TLS ends at nginx (deploy/), which says so in X-Forwarded-Proto.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not DEMO
SECURE_REDIRECT_EXEMPT = [r"^healthz/$", r"^readyz/$"]  # asked on the machine itself, behind TLS
SECURE_HSTS_SECONDS = 0 if DEMO else 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not DEMO
SECURE_REFERRER_POLICY = "same-origin"
CSRF_FAILURE_VIEW = "linshu.web.views.csrf_failure"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# Work in the background. Without Redis the broker is a folder: nothing else to install in an office.
CELERY_TASK_DEFAULT_QUEUE = "linshu"
CELERY_TASK_ROUTES = {"linshu.jobs.tasks.run": {"queue": "jobs"}}
CELERY_TASK_IGNORE_RESULT = True
CELERY_TIMEZONE = TIME_ZONE
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
if REDIS_URL:
    if urlsplit(REDIS_URL).scheme not in {"redis", "rediss", "unix"}:
        raise ValueError(f"REDIS_URL 只支持 redis://、rediss:// 和 unix://，现为 {REDIS_URL!r}。")
    CELERY_BROKER_URL = REDIS_URL
else:
    CELERY_BROKER_URL = "filesystem://"
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": VAR_DIR / "broker" / "queue",
        "data_folder_out": VAR_DIR / "broker" / "queue",
        "control_folder": VAR_DIR / "broker" / "control",
        "polling_interval": 0.2,
    }
    for _folder in ("queue", "control"):
        (VAR_DIR / "broker" / _folder).mkdir(parents=True, exist_ok=True)

CELERY_BEAT_SCHEDULE = {
    "heartbeat": {"task": "linshu.home.tasks.heartbeat", "schedule": 60, "options": {"expires": 60}},
    "seal-audit": {"task": "linshu.audit.tasks.seal", "schedule": timedelta(minutes=1)},
    "verify-audit": {"task": "linshu.audit.tasks.verify", "schedule": crontab(hour="3", minute="10")},
    "sweep-jobs": {"task": "linshu.jobs.tasks.sweep", "schedule": 60, "options": {"expires": 60}},
    "remove-left-overs": {"task": "linshu.files.tasks.remove_left_overs", "schedule": crontab(hour="4", minute="10")},
    "forget-imports": {"task": "members.tasks.forget_old_imports", "schedule": crontab(hour="4", minute="5")},
    "release-imports": {"task": "members.tasks.release_stuck_imports", "schedule": 300, "options": {"expires": 300}},
    "remove-exports": {"task": "members.tasks.remove_expired_exports", "schedule": crontab(hour="4", minute="0")},
    "forget-keys": {"task": "linshu.rest.tasks.forget_expired_keys", "schedule": crontab(hour="3", minute="40")},
}

# Audit: the head of the chain is kept outside the database; an event not sealed in time is reported.
AUDIT_HEAD_LOG = env.audit_head(DATABASES["default"], var_dir=VAR_DIR)
AUDIT_SEAL_WITHIN = timedelta(minutes=10)

# Errors go to the server's own output with their trace. It shows code, never local variables: they hold personal data.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"output": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {
        "django.request": {"handlers": ["output"], "level": "ERROR"},
        "linshu": {"handlers": ["output"], "level": "WARNING"},
    },
}

MAIL = env.mail("EMAIL_URL")
EMAIL_BACKEND, EMAIL_HOST, EMAIL_PORT = MAIL.backend, MAIL.host, MAIL.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD, EMAIL_USE_SSL = MAIL.user, MAIL.password, MAIL.tls

# API
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "linshu.grants.api.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_PAGINATION_CLASS": "linshu.rest.pagination.Pages",
    "DEFAULT_FILTER_BACKENDS": ["linshu.rest.filters.StrictFilterBackend"],
    "DEFAULT_THROTTLE_CLASSES": [
        "rest_framework.throttling.AnonRateThrottle",
        "rest_framework.throttling.UserRateThrottle",
    ],
    "DEFAULT_THROTTLE_RATES": {"anon": "60/min", "user": "600/min"},
    "NUM_PROXIES": 1,  # nginx: the last address of X-Forwarded-For is the caller's, the others he may invent
    "EXCEPTION_HANDLER": "linshu.rest.exceptions.handler",
    "DEFAULT_SCHEMA_CLASS": "linshu.rest.schema.Schema",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "临沭社区党建门户接口",
    "DESCRIPTION": "读写与页面同一套服务、同一套权限：令牌能看到的，正是其账号在页面上能看到的。用法见 docs/api.md。",
    "VERSION": "1",
    "SCHEMA_PATH_PREFIX": "/api/v1/",
    "COMPONENT_SPLIT_REQUEST": True,
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.IsAuthenticated"],
    # Choices stay where they are used: named components would collide (there are several "kind").
    "POSTPROCESSING_HOOKS": ["linshu.rest.schema.tell_errors"],
}
