"""A person on each channel: says something as people do there, and tells what reached them of the reply."""

from __future__ import annotations

import html
import itertools
import json
import re
import uuid
from dataclasses import dataclass
from typing import Any

import fake_telegram
import slack_fakes
from browsing import ask
from parity_stage import SECONDS, Running

from rahdari.channels.replies import answer_of

_PEOPLE = itertools.count(7001)


@dataclass(frozen=True)
class Heard:
    """What reached a person of one reply. `sources` are (document, start, end), in the order shown."""

    status: str
    sources: tuple[tuple[str, int, int], ...]


def of_answer(answer: dict[str, Any]) -> Heard:
    """What an Answer in its JSON form tells."""
    sources = tuple((each["document"], each["start"], each["end"]) for each in answer["citations"])
    return Heard(answer["status"], sources)


def of_messages(replies: list[dict[str, Any]]) -> Heard:
    """What stands in Rasa's message format."""
    answer = answer_of(replies)
    assert answer is not None
    return of_answer(answer)


class Adapter:
    """A person on one channel.

    `begin` starts a conversation with somebody new, `ask` sends a text and waits for the reply, `end` leaves. Where
    the channel takes opinions, `rateable` tells whether it asks for one on the last reply, and `rate` gives one, that
    of somebody else too where others see the reply, and tells the id of the answer it was given on.
    """

    def __init__(self, running: Running) -> None:
        self.running = running

    def begin(self, person: str) -> None:
        pass

    def ask(self, text: str) -> Heard:
        raise NotImplementedError

    def rateable(self) -> bool:
        raise NotImplementedError

    def rate(self, verdict: str, other: str | None = None) -> str:
        raise NotImplementedError

    def end(self) -> None:
        pass


class Rest(Adapter):
    def begin(self, person: str) -> None:
        self._person = person

    def ask(self, text: str) -> Heard:
        message = {"sender": self._person, "message": text}
        return of_messages(self.running.http.post("/webhooks/rest/webhook", json=message).json())


class TerminalJson(Adapter):
    def begin(self, person: str) -> None:
        self._write("/new")

    def ask(self, text: str) -> Heard:
        self._write(text)
        return of_messages(json.loads(self.running.stdout.readline()))

    def _write(self, line: str) -> None:
        self.running.stdin.write(line + "\n")
        self.running.stdin.flush()


class WebApi(Adapter):
    """What the page and the widget send, without either."""

    def begin(self, person: str) -> None:
        self._headers: dict[str, str] = {}
        self._headers = {"Authorization": f"Bearer {self._post('session', {})['token']}"}

    def ask(self, text: str) -> Heard:
        nonce = uuid.uuid4().hex
        asked, self._reply = self._post("message", {"message": text, "nonce": nonce})["entries"]
        assert (asked["text"], self._reply["to"]) == (text, nonce)
        return of_answer(self._reply["answer"])

    def rateable(self) -> bool:
        rated = self._send("feedback", {"answer": self._reply["id"], "verdict": "up", "words": None})
        assert rated.is_success == self._reply["rateable"]
        return bool(self._reply["rateable"])

    def rate(self, verdict: str, other: str | None = None) -> str:
        kept = self._post("feedback", {"answer": self._reply["id"], "verdict": verdict, "words": None})
        assert kept == {"answer": self._reply["id"], "verdict": verdict}
        return str(kept["answer"])

    def _post(self, path: str, body: dict[str, Any]) -> Any:
        return self._send(path, body).raise_for_status().json()

    def _send(self, path: str, body: dict[str, Any]) -> Any:
        return self.running.http.post(f"/webhooks/web/{path}", json=body, headers=self._headers)


class ForPeople(Adapter):
    """On a channel that shows neither a status in one word nor offsets: the log tells the one, quotes the other."""

    channel: str

    def ask(self, text: str) -> Heard:
        before = len(self.running.statuses(self.channel))
        quotes = self.say(text)
        (status,) = self.running.statuses(self.channel)[before:]
        return Heard(status, tuple(self.running.source_of(quote) for quote in quotes))

    def say(self, text: str) -> list[str]:
        """Send a text; the quotes that the reply shows."""
        raise NotImplementedError


class SlackDirect(ForPeople):
    channel = "slack"

    def begin(self, person: str) -> None:
        self._person = "U" + "".join(filter(str.isalnum, person)).upper()

    def say(self, text: str) -> list[str]:
        slack = self.running.slack
        slack.messages.clear()
        where = {"user": self._person, "channel": f"D{self._person}", "channel_type": "im"}
        assert slack_fakes.deliver(self._url, slack_fakes.event("message", text, **where)) == 1
        (self._message,) = slack.wait_for(slack.messages)
        small = [block for block in self._message["blocks"] if block["type"] == "context"]
        texts = [html.unescape(each["text"]) for each in slack_fakes.texts_of(small)]
        return [text[1:-1] for text in texts if re.fullmatch("“.*”", text)]

    def rateable(self) -> bool:
        return bool(self._buttons("up"))

    def _buttons(self, verdict: str) -> list[dict[str, Any]]:
        rows = [block["elements"] for block in self._message["blocks"] if block["type"] == "actions"]
        return [each for row in rows for each in row if each["action_id"] == f"rahdari_{verdict}"]

    def rate(self, verdict: str, other: str | None = None) -> str:
        slack = self.running.slack
        slack.responses.clear()
        (button,) = self._buttons(verdict)
        payload = slack_fakes.press(button, slack.respond_url(), user={"id": other or self._person})
        payload["trigger_id"] = uuid.uuid4().hex
        assert slack_fakes.post_form(self._url, "actions", {"payload": json.dumps(payload)}).status_code == 200
        slack.wait_for(slack.responses)
        return str(button["value"])

    @property
    def _url(self) -> str:
        return f"{self.running.address}/webhooks/slack"


class TelegramPrivate(ForPeople):
    """In a private chat, by long polling."""

    channel = "telegram"

    def begin(self, person: str) -> None:
        self._who = {"id": next(_PEOPLE), "is_bot": False, "first_name": person}
        self._chat = {"id": self._who["id"], "type": "private", "first_name": person}

    def say(self, text: str) -> list[str]:
        fake = self.running.telegram.fake
        before = len(fake.messages)
        self._happens("message", fake_telegram.message(text, chat=self._chat, **{"from": self._who}))
        self.running.telegram.do(fake.said(before + 1, SECONDS))
        self._message = fake.messages[-1]["call"]
        assert self._message["chat_id"] == self._chat["id"]
        quotes = re.findall("<blockquote[^>]*>(.*?)</blockquote>", self._message["text"], re.DOTALL)
        return [html.unescape(quote) for quote in quotes]

    def rateable(self) -> bool:
        return bool(self._buttons("up"))

    def _buttons(self, verdict: str) -> list[str]:
        buttons = [each for row in self._message["reply_markup"]["inline_keyboard"] for each in row]
        return [each["callback_data"] for each in buttons if each["callback_data"].startswith(f"f:{verdict}:")]

    def rate(self, verdict: str, other: str | None = None) -> str:
        fake, query = self.running.telegram.fake, uuid.uuid4().hex
        (data,) = self._buttons(verdict)
        fake.queries.add(query)
        who = {**self._who, "id": next(_PEOPLE), "first_name": other} if other else self._who
        self._happens("callback_query", fake_telegram.press(data, query, chat=self._chat) | {"from": who})
        self.running.telegram.do(fake.until(lambda fake: query in fake.confirmed, SECONDS))
        return str(data.split(":")[2])

    def _happens(self, kind: str, content: dict[str, Any]) -> None:
        telegram = self.running.telegram
        telegram.do(telegram.fake.queue(telegram.fake.update(kind, content)))


class Widget(ForPeople):
    """In Chromium, on another site's page."""

    channel = "web"

    def begin(self, person: str) -> None:
        context = self.running.browser.new_context(viewport={"width": 1280, "height": 800})
        context.set_default_timeout(1000 * SECONDS)
        self._complaints: list[str] = []
        context.on("weberror", lambda error: self._complaints.append(str(error.error)))
        context.on("console", lambda said: said.type == "error" and self._complaints.append(said.text))
        self._page = context.new_page()
        self._page.goto(self.running.site.address)
        self._page.get_by_role("button", name="Ask the documents").click()
        self._page.locator(".chip").first.wait_for()

    def say(self, text: str) -> list[str]:
        ask(self._page, text)
        return self._page.locator("rahdari-answer").last.locator(".quote").all_inner_texts()

    def rateable(self) -> bool:
        return self._page.locator("rahdari-answer").last.get_by_role("button", name="Good answer").count() == 1

    def rate(self, verdict: str, other: str | None = None) -> str:
        name = {"up": "Good answer", "down": "Bad answer"}[verdict]
        with self._page.expect_response("**/feedback") as response:
            self._page.get_by_role("button", name=name).last.click()
        assert response.value.ok
        return str(self._page.locator(".entry.bot[data-id]").last.get_attribute("data-id"))

    def end(self) -> None:
        self._page.context.close()
        assert self._complaints == []
