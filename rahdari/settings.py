"""Where things are and how to serve them: read from the environment once, then passed on. Imports nothing heavy."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from rahdari.errors import SettingsError

DEFAULT_HOST = "127.0.0.1"
DEFAULT_PORT = 5005
EXTRACTION_SECONDS = 60
KEEP_DAYS = 90
MESSAGES_A_MINUTE = 30_000
CONVERSATIONS_AN_HOUR = 50_000
TELEGRAM_API = "https://api.telegram.org"
VARIABLES = (
    "RAHDARI_HOME",
    "RAHDARI_DATABASE_URL",
    "RAHDARI_DOCUMENTS",
    "RAHDARI_HOST",
    "RAHDARI_PORT",
    "RAHDARI_MODEL",
    "RAHDARI_EXTRACTION_SECONDS",
    "RAHDARI_KEEP_UNANSWERED",
    "RAHDARI_SLACK_BOT_TOKEN",
    "RAHDARI_SLACK_SIGNING_SECRET",
    "RAHDARI_SLACK_APP_TOKEN",
    "RAHDARI_SLACK_API",
    "RAHDARI_TELEGRAM_TOKEN",
    "RAHDARI_TELEGRAM_WEBHOOK",
    "RAHDARI_TELEGRAM_SECRET",
    "RAHDARI_TELEGRAM_API",
    "RAHDARI_ORIGINS",
    "RAHDARI_OPERATOR_TOKEN",
    "RAHDARI_PUBLIC_NAMES",
    "RAHDARI_PROXIES",
    "RAHDARI_KEEP_DAYS",
    "RAHDARI_REST_MESSAGES",
    "RAHDARI_REST_CONVERSATIONS",
)
DEFAULT_SLACK_API = "https://slack.com/api/"
_NAME = re.compile(r"[a-z0-9_]([a-z0-9_.\-]*[a-z0-9_])?|\[[0-9a-f:.]+\]")
_ORIGIN = re.compile(r"https?://[a-z0-9.\-\[\]:]+")
_NO = {"0", "no", "off", "false"}
_YES = {"1", "yes", "on", "true"}
_HTTP, _HTTPS = r"https?://[^\s/?#]+[^\s?#]*", r"https://[^\s/?#]+[^\s#]*"


@dataclass(frozen=True)
class Settings:
    """All that can be set from outside. Hashable, so that what is made from it can be cached.

    Attributes:
        home: folder for the store, conversations, caches and logs (RAHDARI_HOME).
        database_url: SQLAlchemy address of the fact store (RAHDARI_DATABASE_URL).
        documents: file or folder that is ingested when no other is named (RAHDARI_DOCUMENTS).
        host, port: what the server listens on (RAHDARI_HOST, RAHDARI_PORT).
        model: trained Rasa model (RAHDARI_MODEL), else the last row of models/versions.tsv; None where there is none.
        extraction_seconds: processor time that a document may take in an ingest (RAHDARI_EXTRACTION_SECONDS).
        keep_unanswered: whether questions without an answer are counted (RAHDARI_KEEP_UNANSWERED).
        slack_bot_token, slack_signing_secret, slack_app_token: secrets that Slack gave for its channel, left out when
            settings are printed (RAHDARI_SLACK_BOT_TOKEN, RAHDARI_SLACK_SIGNING_SECRET, RAHDARI_SLACK_APP_TOKEN).
        slack_api: address of Slack's Web API (RAHDARI_SLACK_API).
        telegram_token: of the Telegram bot (RAHDARI_TELEGRAM_TOKEN); None leaves the channel off.
        telegram_webhook: public address that Telegram posts to (RAHDARI_TELEGRAM_WEBHOOK); None asks it instead.
        telegram_secret: what Telegram proves itself with there (RAHDARI_TELEGRAM_SECRET); None takes one of its own.
        telegram_api: where the Bot API is (RAHDARI_TELEGRAM_API).
        origins: sites whose pages may show the widget (RAHDARI_ORIGINS), such as `https://example.org`; `*` for all.
        operator_token: opens the operator's page (RAHDARI_OPERATOR_TOKEN); without it, only this machine does.
        public_names: names that this server is asked under, besides those of this machine (RAHDARI_PUBLIC_NAMES).
        proxies: how many servers of one's own stand before this one (RAHDARI_PROXIES), each adding to X-Forwarded-For.
        keep_days: days after which a conversation that nobody went on with is removed (RAHDARI_KEEP_DAYS).
        rest_messages: messages a minute over REST from one address (RAHDARI_REST_MESSAGES); 0 for no bound.
        rest_conversations: conversations an hour that one address may begin so (RAHDARI_REST_CONVERSATIONS); 0 too.
    """

    home: Path
    database_url: str
    documents: Path
    host: str = DEFAULT_HOST
    port: int = DEFAULT_PORT
    model: Path | None = None
    extraction_seconds: int = EXTRACTION_SECONDS
    keep_unanswered: bool = True
    slack_bot_token: str | None = field(default=None, repr=False)
    slack_signing_secret: str | None = field(default=None, repr=False)
    slack_app_token: str | None = field(default=None, repr=False)
    slack_api: str = DEFAULT_SLACK_API
    telegram_token: str | None = field(default=None, repr=False)
    telegram_webhook: str | None = None
    telegram_secret: str | None = field(default=None, repr=False)
    telegram_api: str = TELEGRAM_API
    origins: tuple[str, ...] = ()
    operator_token: str | None = field(default=None, repr=False)
    public_names: tuple[str, ...] = ()
    proxies: int = 0
    keep_days: int = KEEP_DAYS
    rest_messages: int = MESSAGES_A_MINUTE
    rest_conversations: int = CONVERSATIONS_AN_HOUR

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Settings from environment variables; an empty one counts as not set.

        Relative paths count from the working directory; defaults lie in the clone, where there is one.

        Raises:
            SettingsError: a variable has no usable value.
        """
        values = {key: value for key, value in (os.environ if environment is None else environment).items() if value}
        home = _path(values.get("RAHDARI_HOME")) or _working_folder() / "var"
        model = _path(values.get("RAHDARI_MODEL"))
        return cls(
            home=home,
            database_url=values.get("RAHDARI_DATABASE_URL") or own_store(home),
            documents=_path(values.get("RAHDARI_DOCUMENTS")) or project_root() / "data" / "documents",
            host=values.get("RAHDARI_HOST", DEFAULT_HOST),
            port=_number(values, "RAHDARI_PORT", DEFAULT_PORT, 1, 65535),
            model=model or latest_model(project_root() / "models"),
            extraction_seconds=_number(values, "RAHDARI_EXTRACTION_SECONDS", EXTRACTION_SECONDS, 1, 86_400),
            keep_unanswered=_switch("RAHDARI_KEEP_UNANSWERED", values.get("RAHDARI_KEEP_UNANSWERED", "yes")),
            slack_bot_token=values.get("RAHDARI_SLACK_BOT_TOKEN"),
            slack_signing_secret=values.get("RAHDARI_SLACK_SIGNING_SECRET"),
            slack_app_token=values.get("RAHDARI_SLACK_APP_TOKEN"),
            slack_api=values.get("RAHDARI_SLACK_API", DEFAULT_SLACK_API),
            telegram_token=_like(values, "RAHDARI_TELEGRAM_TOKEN", r"\d+:[\w-]+", "the token that BotFather gave"),
            telegram_webhook=_like(values, "RAHDARI_TELEGRAM_WEBHOOK", _HTTPS, "an address that begins with https://"),
            telegram_secret=_like(
                values, "RAHDARI_TELEGRAM_SECRET", r"[A-Za-z0-9_-]{1,256}", "1 to 256 of the characters A-Z a-z 0-9 _ -"
            ),
            telegram_api=_like(values, "RAHDARI_TELEGRAM_API", _HTTP, "an address that begins with http")
            or TELEGRAM_API,
            origins=_origins(values.get("RAHDARI_ORIGINS", "")),
            operator_token=_like(
                values, "RAHDARI_OPERATOR_TOKEN", r"[!-~]{16,}", "at least 16 letters, digits and signs"
            ),
            public_names=_names(values.get("RAHDARI_PUBLIC_NAMES", "")),
            proxies=_number(values, "RAHDARI_PROXIES", 0, 0, 20),
            keep_days=_number(values, "RAHDARI_KEEP_DAYS", KEEP_DAYS, 1, 36500),
            rest_messages=_number(values, "RAHDARI_REST_MESSAGES", MESSAGES_A_MINUTE, 0, 10**9),
            rest_conversations=_number(values, "RAHDARI_REST_CONVERSATIONS", CONVERSATIONS_AN_HOUR, 0, 10**9),
        )


def own_store(home: Path) -> str:
    """The address of the store where no other is set."""
    return f"sqlite:///{home / 'store.sqlite'}"


def project_root() -> Path:
    """The folder with data/, actions/, models/, domain.yml and config.yml.

    The clone when run from one, else the copy inside the installed package.
    """
    clone = _clone()
    return clone if clone is not None else Path(__file__).resolve().parent / "_project"


def latest_model(folder: Path) -> Path | None:
    """The model that the last row of `folder`/versions.tsv names; None where there is no table.

    The newest file would be a guess: after a clone all times are alike.

    Raises:
        SettingsError: the table is there, but its last row names no version.
    """
    table = folder / "versions.tsv"
    if not table.is_file():
        return None
    lines = [line.split("\t") for line in table.read_text(encoding="utf-8").splitlines() if line.strip()]
    if len(lines) < 2:
        return None
    row = dict(zip(lines[0], lines[-1]))
    name = row.get("file") or (f"rahdari-{row['version']}.tar.gz" if row.get("version") else None)
    if name is None:
        raise SettingsError(f"{table} has no column `version` or `file` in its last row; run `rahdari train`")
    return folder / name


def _clone() -> Path | None:
    root = Path(__file__).resolve().parents[1]
    return root if (root / "pyproject.toml").is_file() or (root / "data" / "documents").is_dir() else None


def _working_folder() -> Path:
    return _clone() or Path.cwd()


def _path(value: str | None) -> Path | None:
    return Path(value).expanduser().absolute() if value else None


def _number(values: Mapping[str, str], name: str, default: int, least: int, most: int) -> int:
    value = values.get(name, str(default))
    if not value.isascii() or not value.isdigit() or len(value) > 12 or not least <= int(value) <= most:
        raise SettingsError(f"{name} is {value!r}; give a number from {least} to {most}")
    return int(value)


def _switch(name: str, value: str) -> bool:
    if value.lower() in _YES | _NO:
        return value.lower() in _YES
    raise SettingsError(f"{name} is {value!r}; give yes or no")


def _like(values: Mapping[str, str], name: str, pattern: str, wanted: str) -> str | None:
    """A variable's value where it has this form. The error does not show it: it may be a secret."""
    value = values.get(name)
    if value is not None and not re.fullmatch(pattern, value, re.ASCII):
        raise SettingsError(f"{name} has an unusable value; give {wanted}")
    return value


def _origins(value: str) -> tuple[str, ...]:
    origins = tuple(part.strip().rstrip("/").lower() for part in value.split(",") if part.strip())
    for origin in origins:
        if origin != "*" and not _ORIGIN.fullmatch(origin):
            raise SettingsError(
                f"RAHDARI_ORIGINS names {origin!r}; give addresses such as https://example.org without a path, "
                "with commas between them, or * for any site"
            )
    return origins


def _names(value: str) -> tuple[str, ...]:
    names = tuple(part.strip().lower() for part in value.split(",") if part.strip())
    for name in names:
        if not _NAME.fullmatch(name):
            raise SettingsError(
                f"RAHDARI_PUBLIC_NAMES names {name!r}; give names such as bot.example.org, without https:// and "
                "without a port, with commas between them"
            )
    return tuple(name.strip("[]") for name in names)
