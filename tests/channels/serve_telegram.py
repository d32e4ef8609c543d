"""A server of its own process for the tests, with Rasa's channels from credentials.yml and a scripted bot: PORT."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    from telegram_stage import ScriptedBot

    from rahdari.serving import logs
    from rahdari.serving.assembly import mend_rasa

    mend_rasa()
    from rahdari.serving.server import create_app, listen

    class Bot(ScriptedBot):
        """With what the server asks a bot for."""

        model = "none"

        def store(self) -> dict[str, Any]:
            return {}

        async def handle_message(self, message: Any) -> None:
            await asyncio.sleep(0.5 if message.text == "linger" else 0)
            await super().handle_message(message)

        async def close(self) -> None:
            pass

    port, folder = int(sys.argv[1]), Path(sys.argv[2])
    logs.to_file(folder)
    app = create_app(Bot(), Path(__file__).resolve().parents[2] / "credentials.yml")
    app.run(sock=listen("127.0.0.1", port), motd=False, access_log=False)
    print("stopped", flush=True)
