"""Texts between people, documents and Slack's markup: nothing of theirs is live there, nothing of Slack's stays here.

Slack reads `<…>` as a mention, a link or an order such as `<!channel>`, in every text object; `&`, `<` and `>` that are
meant as themselves are sent as entities (https://docs.slack.dev/messaging/formatting-message-text). Emphasis, emoji
codes and bare addresses are read in `mrkdwn` only, and there is no way to escape them: what documents say goes
into `plain_text`, or into `mrkdwn` where `tame` finds nothing that would be read.
"""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from rahdari.channels.text import visible

URL_LIMIT = 2000
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))
_LIVE = re.compile(r"[*_~`\n]|:[\w+'-]+:")
_MARKUP = re.compile(r"<([^<>|]*)(?:\|([^<>]*))?>")


def escape(text: str) -> str:
    """A text for a text object of Slack's: control characters made visible, `&`, `<` and `>` as entities."""
    return visible(text, keep="\n").replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescape(text: str) -> str:
    """The text as it was; Slack sends texts and the values of buttons back with entities."""
    for entity, character in _ENTITIES:
        text = text.replace(entity, character)
    return text


def tame(text: str) -> bool:
    """Whether a text, once escaped, shows as itself in `mrkdwn` too: no emphasis, code, emoji or new line in it."""
    return not _LIVE.search(text)


def link(address: str | None, label: str) -> str | None:
    """A link in `mrkdwn`; None where the address is none that a person could follow.

    Args:
        address: where it leads: http or https, at most 2,000 characters.
        label: already escaped.
    """
    address = (address or "").strip()
    if any(ord(character) < 33 for character in address):
        return None
    try:
        parts = urlsplit(address)
        safe = quote(address, safe="%/:?#[]@!$&'()*+,;=-._~").replace("&", "&amp;")
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.netloc or len(safe) > URL_LIMIT:
        return None
    return f"<{safe}|{label.replace('|', '¦')}>"


def plain_text(markup: str, bot: str | None = None, addressed: bool = False) -> str:
    """What a person wrote, out of the text of a message event.

    Mentions of the bot and of people without a name go, links become their labels or addresses, entities characters.

    Args:
        markup: the event's `text`.
        bot: the bot's user id, where it is known.
        addressed: whether the first mention is the bot's, whatever its id.
    """
    if addressed and bot is None:
        markup = re.sub(r"<@[^<>]*>", " ", markup, count=1)
    return unescape(_MARKUP.sub(lambda match: _shown(match[1], match[2], bot), markup)).strip()


def mentioned(markup: str) -> set[str]:
    """The ids of the users that a message mentions."""
    return set(re.findall(r"<@([A-Z0-9]+)(?:\|[^<>]*)?>", markup))


def _shown(target: str, label: str | None, bot: str | None) -> str:
    if target.startswith("@"):
        return f"@{label}" if label and target[1:] != bot else " "
    if target.startswith("#"):
        return f"#{label}" if label else " "
    if target.startswith("!"):
        return label or " "
    return label or target.removeprefix("mailto:")
