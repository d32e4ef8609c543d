"""A bot that says what a test wants, a Telegram that is played, and a channel between them."""

from __future__ import annotations

import asyncio
import uuid
from typing import Any

from fake_telegram import TOKEN, FakeTelegram

HOOK = "https://bot.example.org"


def citation(number: int = 1, **more: Any) -> dict[str, Any]:
    """A citation in its JSON form."""
    known = {"id": number, "role": "evidence", "document": f"report-{number}", "title": None, "publisher": None}
    return {**known, "published": None, "quote": f"Quote {number}.", "start": 0, "end": 8, **more}


def form(text: str = "20 were signed.", **more: Any) -> dict[str, Any]:
    """An Answer in its JSON form."""
    known = {"id": uuid.uuid4().hex, "status": "answered", "text": text, "citations": [], "facts": []}
    return {**known, "suggestions": [], **more}


class ScriptedBot:
    """What Rasa's server calls its agent: answers each text with what `says` holds for it, else with an echo."""

    def __init__(self) -> None:
        self.says: dict[str, Any] = {}
        self.heard: list[tuple[str, str]] = []
        self.forgotten: list[str] = []
        self.gate: asyncio.Event | None = None

    async def handle_message(self, message: Any) -> None:
        self.heard.append((message.text, message.sender_id))
        said = self.says.get(message.text, form(f"heard: {message.text}"))
        if self.gate is not None:
            await self.gate.wait()
        if isinstance(said, Exception):
            raise said
        if isinstance(said, float):
            await asyncio.sleep(said)
            return
        if isinstance(said, str):
            await message.output_channel.send_text_message(message.sender_id, said)
            return
        from rahdari.channels.text import marked

        await message.output_channel.send_text_message(message.sender_id, marked(said))
        await message.output_channel.send_custom_json(message.sender_id, {"answer": said})

    async def forget(self, sender: str) -> None:
        self.forgotten.append(sender)


class Stage:
    """One running server with the channel, and Telegram."""

    def __init__(self, fake: FakeTelegram, bot: ScriptedBot, app: Any, address: str) -> None:
        self.fake, self.bot, self.app, self.address = fake, bot, app, address

    async def hear(self, kind: str, content: dict[str, Any]) -> dict[str, Any]:
        """Let Telegram deliver something by the way that is in use; gives the update."""
        update = self.fake.update(kind, content)
        if self.fake.webhook:
            assert await self.fake.deliver(update, self.address) == [200]
        else:
            await self.fake.queue(update)
        return update


def channel_to(fake: FakeTelegram, seconds: float = 0.3, **more: Any) -> Any:
    from rahdari.channels.telegram.channel import TelegramChannel
    from rahdari.channels.telegram.client import Client

    client = Client(TOKEN, fake.address, seconds=seconds, pause=0.01)
    return TelegramChannel(client, 4242, **{"poll_seconds": 1, "pause": 0.02, **more})
