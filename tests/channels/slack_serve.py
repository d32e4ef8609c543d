"""The server as `rahdari serve` makes it, with the Slack channel and an agent of a few words: `slack_serve.py PORT`."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path
from typing import Any

from rahdari import bootstrap
from rahdari.channels.replies import messages
from rahdari.nlu.surroundings import settings
from rahdari.records import Answer
from rahdari.serving.assembly import mend_rasa
from rahdari.store import GivenAnswer

mend_rasa()

from rahdari.serving.bot import Bot  # noqa: E402
from rahdari.serving.server import create_app, listen  # noqa: E402


class Agent:
    """`wait` takes longer than a delivery is held, `linger` a second; `raise` fails, `nothing` says nothing."""

    tracker_store = lock_store = model_name = None

    async def handle_message(self, message: Any) -> None:
        if "raise" in message.text:
            raise RuntimeError("as asked")
        if "nothing" in message.text:
            return
        await asyncio.sleep(2.3 if "wait" in message.text else 1 if "linger" in message.text else 0)
        answer = Answer("a1", "answered", f"heard: {message.text}", suggestions=("Who built it?",))
        bootstrap.given_answers(settings()).note(
            GivenAnswer("a1", message.text, message.text, "answered", answer.text, ())
        )
        for reply in messages(answer, message.sender_id):
            await message.output_channel.send_response(reply.pop("recipient_id"), reply)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        credentials = Path(folder) / "credentials.yml"
        credentials.write_text("rahdari.channels.slack.channel.SlackChannel:\n", encoding="utf-8")
        app = create_app(Bot(Agent()), credentials)  # type: ignore[arg-type]
    app.run(sock=listen("127.0.0.1", int(sys.argv[1])), workers=1, motd=False, access_log=False)
    print("stopped")
