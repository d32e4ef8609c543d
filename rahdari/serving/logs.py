"""What the process logs: plain lines, to a file in RAHDARI_HOME and warnings to the terminal too. No one's messages.

Workaround: Rasa logs through structlog as well, which its command line sets up; used as a library it prints every
debug record, with people's messages in them, to the standard output.
"""

from __future__ import annotations

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

FILE_BYTES = 2_000_000
FILES = 3
_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


def quiet_rasa() -> None:
    """Let Rasa's structlog records below a warning fall away unformatted; the rest go the way of all logging."""
    import structlog

    structlog.configure(
        processors=[structlog.processors.format_exc_info, structlog.processors.KeyValueRenderer(key_order=["event"])],
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )


def to_file(folder: Path, terminal: int = logging.WARNING) -> None:
    """Log to `folder`/serve.log, two old files kept; from level `terminal` on to the standard error too."""
    folder.mkdir(parents=True, exist_ok=True)
    file = RotatingFileHandler(folder / "serve.log", maxBytes=FILE_BYTES, backupCount=FILES - 1, encoding="utf-8")
    screen = logging.StreamHandler()
    screen.setLevel(terminal)
    root = logging.getLogger()
    for handler in (file, screen):
        handler.setFormatter(logging.Formatter(_FORMAT))
        root.addHandler(handler)
    root.setLevel(logging.WARNING)
    logging.getLogger("rahdari").setLevel(logging.INFO)
