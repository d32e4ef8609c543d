"""A server of its own process for the tests: python serve_tests.py MODEL FOLDER PORT."""

from __future__ import annotations

import sys
from pathlib import Path

if __name__ == "__main__":
    from rahdari.serving import logs
    from rahdari.serving.assembly import load_agent, mend_rasa

    mend_rasa()
    import failing_actions
    from rasa_sdk.executor import ActionExecutor

    from rahdari.serving.bot import Bot
    from rahdari.serving.conversations import Conversations
    from rahdari.serving.server import create_app, listen

    model, folder, port = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    logs.to_file(folder / "logs")
    executor = ActionExecutor()
    for action in failing_actions.ALL:
        executor.register_action(action)
    conversations = Conversations(path=folder / "c.sqlite")
    bot = Bot(load_agent(model, conversations, executor), conversations=conversations)
    app = create_app(bot)
    app.run(sock=listen("127.0.0.1", port), motd=False, access_log=False)
    print("stopped", flush=True)
