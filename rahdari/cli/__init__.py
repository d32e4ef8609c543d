"""The door: `rahdari` and its commands. A command imports what it needs when it runs, so that --help is quick."""

from __future__ import annotations

import errno
import os
from typing import Any

import click

from rahdari import __version__
from rahdari.channels.text import visible
from rahdari.cli.asking import ask
from rahdari.cli.documents import documents
from rahdari.cli.evaluating import evaluate
from rahdari.cli.exporting import export
from rahdari.cli.fitting import fit
from rahdari.cli.helping import work
from rahdari.cli.ingesting import ingest
from rahdari.cli.keeping import backup, migrate, restore
from rahdari.cli.listing import facts, feedback, unanswered
from rahdari.cli.running import chat, serve, train
from rahdari.errors import RahdariError

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_INTERRUPTED = 130  # what shells give for a process that SIGINT ended: 128 + 2


class _Group(click.Group):
    """Shows an error that Rahdari raised on purpose, or a full disk, as one line, with exit status 1.

    Ctrl-C ends a command quietly.
    """

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except RahdariError as error:
            raise click.ClickException(visible(" ".join(str(error).split()))) from error
        except OSError as error:
            if error.errno not in _NO_ROOM:
                raise
            place = error.filename or "what this command says"
            reason = f"{place} cannot be written: {error.strerror}; make room, and run it again"
            raise click.ClickException(visible(reason)) from error
        except KeyboardInterrupt:
            raise click.exceptions.Exit(_INTERRUPTED) from None


@click.group(
    cls=_Group,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="""\b
Examples:
  rahdari ingest
  rahdari ask "How many agreements were signed?"
  rahdari serve --port 5006

Folders and addresses are set by RAHDARI_HOME, RAHDARI_DATABASE_URL, RAHDARI_DOCUMENTS, RAHDARI_MODEL,
RAHDARI_HOST and RAHDARI_PORT.""",
)
@click.version_option(__version__, message="rahdari %(version)s")
def main() -> None:
    """Answers questions out of documents, with the sentence each answer stands on."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # for a message the second core would only wait in a loop


_COMMANDS = (
    *(ingest, documents, facts, ask, serve, chat, train, fit),
    *(evaluate, unanswered, feedback, export, backup, restore, migrate, work),
)
for _command in _COMMANDS:
    main.add_command(_command)
