"""The real bot, loaded once, on all channels: served over HTTP at PORT, and in the terminal's JSON on stdin and stdout.

`parity_serve.py PORT CREDENTIALS`. Its log, with the status of each turn, goes to `logs` in RAHDARI_HOME.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from pathlib import Path

from rahdari.serving import logs
from rahdari.serving.assembly import load_bot
from rahdari.serving.chat import talk
from rahdari.serving.server import create_app, listen
from rahdari.settings import Settings

if __name__ == "__main__":
    settings = Settings.from_environment()
    logs.to_file(settings.home / "logs", name="parity.log")
    bot = load_bot(settings, keep=False)

    def terminal() -> None:
        try:
            talk(bot, sys.stdin, sys.stdout, as_json=True)
        finally:
            os.kill(os.getpid(), signal.SIGTERM)

    app = create_app(bot, Path(sys.argv[2]))
    threading.Thread(target=terminal).start()
    app.run(sock=listen("127.0.0.1", int(sys.argv[1])), workers=1, motd=False, access_log=False)
