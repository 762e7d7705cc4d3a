"""Strict reading of the process environment: a typo or an empty secret stops the start, it never becomes a default."""

import base64
import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE, FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off"}

# The register lies in memory and most of it in indexes: a page costs the same wherever it is, and no statement runs
# long enough to repay its compilation.
PLANNER = "-c random_page_cost=1.1 -c jit=off"


def flag(name: str, default: bool) -> bool:
    """True or false; any other word is refused."""
    raw = os.environ.get(name, "").strip().lower()
    if not raw:
        return default
    if raw in TRUE | FALSE:
        return raw in TRUE
    raise ImproperlyConfigured(f"{name}={raw!r} 不是开关值，请填 1 或 0。")


def words(name: str, default: list[str]) -> list[str]:
    """Comma-separated words, blanks dropped."""
    raw = os.environ.get(name, "")
    return [word.strip() for word in raw.split(",") if word.strip()] or default


def secret(name: str, debug_value: str, *, debug: bool) -> str:
    """A secret of at least 32 characters; outside DEBUG there is no default."""
    value = os.environ.get(name, "")
    if not value and debug:
        return debug_value
    if len(value) < 32:
        raise ImproperlyConfigured(f"生产环境必须设置 {name}，且不少于 32 个字符。")
    return value


def key_ring(name: str, debug_value: str, *, debug: bool) -> dict[str, bytes]:
    """``id:base64,id:base64`` with the key in use first; each key has 32 bytes."""
    raw = os.environ.get(name, "") or (debug_value if debug else "")
    ring: dict[str, bytes] = {}
    for part in filter(None, (piece.strip() for piece in raw.split(","))):
        key_id, separator, encoded = part.partition(":")
        try:
            key = base64.b64decode(encoded, validate=True)
        except ValueError as error:
            raise ImproperlyConfigured(f"{name} 中密钥 {key_id} 不是 base64。") from error
        if not separator or not key_id or len(key) != 32 or key_id in ring:
            raise ImproperlyConfigured(f"{name} 的写法是 编号:base64，编号不重复，密钥 32 字节。")
        ring[key_id] = key
    if not ring:
        raise ImproperlyConfigured(f"生产环境必须设置 {name}。")
    return ring


def database(name: str, default: str, *, base_dir: Path) -> dict[str, object]:
    """Django's DATABASES entry from ``sqlite:///path`` or ``postgres://user:password@host:port/name``."""
    url = urlsplit(os.environ.get(name, "") or default)
    if url.scheme == "sqlite":
        path = Path(unquote(url.path[1:]))
        return sqlite(path if path.is_absolute() else base_dir / path)
    if url.scheme in {"postgres", "postgresql"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(url.path.lstrip("/")),
            "USER": unquote(url.username or ""),
            "PASSWORD": unquote(url.password or ""),
            "HOST": parse_qs(url.query).get("host", [url.hostname or ""])[0],
            "PORT": url.port or "",
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": {"options": PLANNER},
        }
    raise ImproperlyConfigured(f"{name} 只支持 sqlite:///… 和 postgres://…，现为 {url.scheme!r}。")


def sqlite(path: Path) -> dict[str, object]:
    """WAL, and IMMEDIATE so that a writer waits at BEGIN instead of failing half-way."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
        # A file also in tests: threads that share one in-memory database fail where two writers of a file wait.
        "TEST": {"NAME": path.with_name("test.sqlite3")},
    }


def audit_head(entry: dict[str, object], *, var_dir: Path) -> Path:
    """File of the audit chain's head, one a database: beside an SQLite file, under ``var/`` for a server's."""
    if str(entry["ENGINE"]).endswith("sqlite3"):
        return Path(str(entry["NAME"])).with_suffix(".audit-head.log")
    place = "-".join(str(entry[part]) for part in ("NAME", "HOST", "PORT") if entry[part])
    return var_dir / f"{place.replace('/', '_')}.audit-head.log"


@dataclass(frozen=True)
class Mail:
    """Outgoing mail server from ``EMAIL_URL`` (smtp://, smtps:// or console://)."""

    backend: str
    host: str = ""
    port: int = 25
    user: str = ""
    password: str = ""
    tls: bool = False


def mail(name: str) -> Mail:
    """Mail goes to the console unless a server is named."""
    url = urlsplit(os.environ.get(name, "") or "console://")
    if url.scheme == "console":
        return Mail("django.core.mail.backends.console.EmailBackend")
    if url.scheme in {"smtp", "smtps"}:
        return Mail(
            "django.core.mail.backends.smtp.EmailBackend",
            url.hostname or "",
            url.port or (465 if url.scheme == "smtps" else 25),
            unquote(url.username or ""),
            unquote(url.password or ""),
            url.scheme == "smtps",
        )
    raise ImproperlyConfigured(f"{name} 只支持 smtp://、smtps:// 和 console://，现为 {url.scheme!r}。")
