"""Wiring. What an operator may set is declared through `environment`, with a sentence each."""

from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from hue.config import environment
from hue.config.database import APPLICATION, NAME, OWNER
from hue.lib import sealing, signing

BASE = Path(__file__).resolve().parents[2]


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


HUE_DATA = Path(
    environment.declare(
        "HUE_DATA", str(BASE / "var"), "Folder of files, keys and the trial database."
    )
).resolve()
PUBLIC_ROOT = HUE_DATA / "public"
MEDIA_ROOT = HUE_DATA / "media"
HUE_BIND = environment.declare(
    "HUE_BIND", "127.0.0.1:8000", "Where the one-box server listens, as host:port."
)
HUE_SITE = environment.declare(
    "HUE_SITE", f"http://{HUE_BIND}", "Address of the public site, without a slash at the end."
).rstrip("/")
HUE_HOSTS = environment.declare(
    "HUE_HOSTS", "127.0.0.1,localhost,[::1]", "Host names that the server answers to, with commas."
).split(",")
HUE_DEMONSTRATION = environment.switch(
    "HUE_DEMONSTRATION",
    False,
    "yes: demonstration sign-ins without a second factor; loopback only.",
)
HUE_DRILL = environment.declare(
    "HUE_DRILL",
    "",
    "A drill is played here: set by `hue drill`, in a place of its own that nothing leaves.",
)
DEBUG = environment.switch("HUE_DEBUG", False, "yes: error pages show code. Never for real data.")
HUE_NCHAN = environment.declare(
    "HUE_NCHAN",
    "",
    "Where `hue relay` tells nginx with nchan, such as http://127.0.0.1:8081/tell/.",
)
HUE_BACKUP_KEY = environment.declare(
    "HUE_BACKUP_KEY",
    "",
    "Passphrase that seals the keys in a backup; without it they lie open in the file.",
)
HUE_SERVERS = environment.number("HUE_SERVERS", 1, "Server processes on this machine.")
HUE_STREAMS_AN_ADDRESS = environment.number(
    "HUE_STREAMS_AN_ADDRESS",
    2000,
    "Live pages that may be open from one internet address, in each server process; a school or a "
    "mobile network is one address. The pages beyond it ask for news three times a minute instead.",
)

HUE_INBOX_AN_ADDRESS = environment.number(
    "HUE_INBOX_AN_ADDRESS",
    3000,
    "Activities a minute that each server process takes from one internet address, and from one "
    "server of the fediverse; who sends more is asked to go on in the next minute.",
)

if HUE_DEMONSTRATION and (public := set(HUE_HOSTS) - {"127.0.0.1", "localhost", "[::1]"}):
    raise ImproperlyConfigured(
        f"HUE_DEMONSTRATION is on under the public name {min(public)}: demonstration sign-ins work "
        "on this machine only. Set HUE_DEMONSTRATION=no."
    )

HUE_FETCH_PRIVATE = environment.switch(
    "HUE_FETCH_PRIVATE", False, "yes: may fetch from private addresses. For tests on loopback only."
)
if HUE_FETCH_PRIVATE and set(HUE_HOSTS) - {"127.0.0.1", "localhost", "[::1]"}:
    raise ImproperlyConfigured(
        "HUE_FETCH_PRIVATE is for tests: with it, whoever gives us an address could read what "
        "stands inside the force's network. Set HUE_FETCH_PRIVATE=no."
    )

SECRET_KEY = environment.declare(
    "HUE_SECRET_KEY", "", "Signs sessions; made in HUE_DATA/keys when not set."
) or environment.kept_secret(HUE_DATA / "keys" / "secret_key")
HUE_SEALING_KEY = environment.declare(
    "HUE_SEALING_KEY", "", "Seals secrets and personal data; made in HUE_DATA/keys when not set."
) or environment.kept_secret(HUE_DATA / "keys" / "sealing_key", sealing.new_key)
HUE_SIGNING_KEY = HUE_DATA / "keys" / "signing.pem"
environment.kept_secret(HUE_SIGNING_KEY, signing.new_private_key)

_host = HUE_DATA / "pg.host"
_embedded = {"NAME": NAME, "HOST": _host.read_text() if _host.exists() else str(HUE_DATA / "pg")}
_url = environment.declare(
    "DATABASE_URL", "", "The application's database; the embedded one when not set."
)
_owner_url = environment.declare(
    "DATABASE_OWNER_URL", "", "The same database as the role that owns the schema and migrates."
)
DATABASES = {
    "default": {
        **environment.database("DATABASE_URL", _url, {**_embedded, "USER": APPLICATION}),
        # Once given up, the next request tries at once; psycopg's pauses grow to minutes.
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 12, "timeout": 3, "reconnect_timeout": 4}},
        "CONN_HEALTH_CHECKS": True,  # after PostgreSQL came back no dead connection is handed out
    },
    "owner": environment.database("DATABASE_OWNER_URL", _owner_url, {**_embedded, "USER": OWNER}),
}
HUE_EMBEDDED_DATABASE = not _url

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "django.forms",
    "hue.people.apps.PeopleConfig",  # before allauth: its pages are ours
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "axes",
    "csp",
    "django_htmx",
    "procrastinate.contrib.django",
    "hue.jobs.apps.JobsConfig",
    "hue.audit",
    "hue.streams",
    "hue.pages",
    "hue.governance.apps.GovernanceConfig",
    "hue.media",
    "hue.incidents",
    "hue.events",
    "hue.fediverse",
    "hue.subscribers.apps.SubscribersConfig",
    "hue.channels.apps.ChannelsConfig",
    "hue.publishing.apps.PublishingConfig",
    "hue.training.apps.TrainingConfig",
    "hue.listening",
    "hue.drill",
    "hue.desk",
    "hue.demo",
    "hue.config.apps.WiringConfig",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "hue.people.middleware.AtTheDoor",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parent / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "hue.desk.frame.frame",
            ]
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
ROOT_URLCONF = "hue.config.urls"
ASGI_APPLICATION = "hue.config.asgi.application"
ALLOWED_HOSTS = HUE_HOSTS
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Officer"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/sign-in/login/"
LOGIN_REDIRECT_URL = "/desk/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_FORMS = {"login": "hue.people.forms.SignInForm"}
ACCOUNT_ADAPTER = "hue.people.signin.AccountAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
# Guessed passwords are counted by axes, in the database; this also counts guessed codes.
ACCOUNT_RATE_LIMITS = {"login_failed": "20/m/ip,10/300s/key"}
ALLAUTH_TRUSTED_PROXY_COUNT = environment.number(
    "HUE_PROXIES",
    0,
    "Web servers of ours in front of this one, each of which adds to X-Forwarded-For whom it "
    "serves; with a wrong number, wrong passwords from one address shut everybody out.",
)
MFA_ADAPTER = "hue.people.signin.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = HUE_SITE.startswith("http://")
SOCIALACCOUNT_ADAPTER = "hue.people.signin.DirectoryAdapter"
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_STORE_TOKENS = False
HUE_OIDC_SERVER = environment.declare(
    "HUE_OIDC_SERVER",
    "",
    "Address of the force's own directory (OpenID Connect); empty: nobody signs in through one.",
)
HUE_OIDC_NAME = environment.declare(
    "HUE_OIDC_NAME", "the force's directory", "What the button of the directory says."
)
HUE_OIDC_CLAIM = environment.declare(
    "HUE_OIDC_CLAIM",
    "preferred_username",
    "The claim of the directory that is somebody's sign-in name here.",
)
HUE_OIDC_SECOND_FACTOR = environment.switch(
    "HUE_OIDC_SECOND_FACTOR",
    False,
    "yes: the directory asks for a second factor itself, so the desk does not ask again.",
)
_oidc = {
    "provider_id": "directory",
    "name": HUE_OIDC_NAME,
    "client_id": environment.declare(
        "HUE_OIDC_CLIENT", "", "What the directory calls this desk (client id)."
    ),
    "secret": environment.declare(
        "HUE_OIDC_SECRET", "", "The secret the directory gave; better as HUE_OIDC_SECRET_FILE."
    ),
    "settings": {"server_url": HUE_OIDC_SERVER},
}
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [_oidc] if HUE_OIDC_SERVER else []}}
SOCIALACCOUNT_OPENID_CONNECT_URL_PREFIX = "oidc"

AXES_LOCKOUT_TEMPLATE = "account/locked_out.html"
AXES_FAILURE_LIMIT = 8
AXES_CLIENT_IP_CALLABLE = "hue.people.signin.address_of"
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HUE_SITE.startswith("https://")
SESSION_COOKIE_NAME = "hue_session"
CSRF_COOKIE_NAME = "hue_csrf"
CSRF_TRUSTED_ORIGINS = [HUE_SITE]
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:"],
        "style-src": ["'self'"],
        "script-src": ["'self'"],
        "connect-src": ["'self'"],
        "worker-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        # A directory's sign-in page is where the form of its button leads.
        "form-action": ["'self'", *([_origin(HUE_OIDC_SERVER)] if HUE_OIDC_SERVER else [])],
        "frame-ancestors": ["'none'"],
    }
}

LANGUAGE_CODE = "en-gb"
USE_TZ = True
TIME_ZONE = environment.declare("HUE_TIME_ZONE", "Europe/London", "Time zone of what people read.")
USE_I18N = True

STATIC_URL = "/assets/"
STATIC_ROOT = PUBLIC_ROOT / "assets"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "hue.config.assets.Assets"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 2**20

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
PROCRASTINATE_WORKER_DEFAULTS = {
    "update_heartbeat_interval": 1,
    "stalled_worker_timeout": 5,
    "concurrency": 4,
    "shutdown_graceful_timeout": 10,
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # They would write whole addresses, in which some networks want their key.
    "loggers": {name: {"level": "WARNING"} for name in ("httpx", "httpcore")},
}
