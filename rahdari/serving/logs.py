"""What the process logs: plain lines, to a file in RAHDARI_HOME and warnings to the terminal too. No one's messages.

Workarounds: Rasa logs through structlog as well, which its command line sets up; used as a library it prints every
debug record, with people's messages in them, to the standard output. And it copies conversations deeply for debug
records that nobody sees, a twentieth of a turn.
"""

from __future__ import annotations

import importlib
import logging
import os
import warnings
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any

FILE_BYTES = 2_000_000
FILES = 3
logger = logging.getLogger(__name__)

_COPY_FOR_LOGS = ("rasa.core.processor", "rasa.core.policies.memoization", "rasa.core.policies.rule_policy")
_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


def quiet_rasa() -> None:
    """Let Rasa's structlog records below a warning fall away unformatted; the rest go the way of all logging.

    What Rasa and its dependencies warn of when they are imported (an old pkg_resources, SQLAlchemy 2.0 to come) is
    nothing that who runs the bot could change: it is left out.
    """
    os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
    import sanic.app  # noqa: F401  sets a filter of its own, which has to come first
    import structlog

    warnings.filterwarnings("ignore", category=DeprecationWarning, module="(?!rahdari|actions)")
    for module in _COPY_FOR_LOGS:
        importlib.import_module(module).copy = _Uncopied  # type: ignore[attr-defined]
    structlog.configure(
        processors=[structlog.processors.format_exc_info, structlog.processors.KeyValueRenderer(key_order=["event"])],
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )


def to_file(folder: Path, terminal: int = logging.WARNING, name: str = "serve.log") -> None:
    """Log to a file in `folder`, two old ones kept; from level `terminal` on, without tracebacks, to stderr too.

    Where the file cannot be written, that is said on stderr, and there is no other log.
    """
    screen = logging.StreamHandler()
    screen.setLevel(terminal)
    root = logging.getLogger()
    screen.setFormatter(_OneLine(_FORMAT))
    root.addHandler(screen)
    root.setLevel(logging.WARNING)
    logging.getLogger("rahdari").setLevel(logging.INFO)
    path = folder / name
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = RotatingFileHandler(path, maxBytes=FILE_BYTES, backupCount=FILES - 1, encoding="utf-8")
    except OSError as error:
        logger.warning("there is no log file: %s cannot be written (%s)", path, error.strerror)
        return
    file.setFormatter(logging.Formatter(_FORMAT))
    root.addHandler(file)


class _Uncopied:
    """Stands for the module `copy` where Rasa uses it for records below a warning only."""

    @staticmethod
    def deepcopy(value: Any) -> Any:
        return value


class _OneLine(logging.Formatter):
    def formatException(self, exc_info: Any) -> str:
        return ""

    def format(self, record: logging.LogRecord) -> str:
        error = record.exc_info[1] if record.exc_info else None
        kept, record.exc_text = record.exc_text, None
        line = super().format(record).splitlines()[0]
        record.exc_text = kept
        return line if error is None else f"{line} ({type(error).__name__}: {error})"
