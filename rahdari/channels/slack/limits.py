"""Slack's limits, and texts cut to them without losing a word.

Numbers are those of https://docs.slack.dev/reference/block-kit and https://docs.slack.dev/reference/methods/chat.postMessage.
Slack does not say what it counts; here texts are counted as they are sent, escaped, in UTF-16 units, which is never
less than characters.
"""

from __future__ import annotations

from rahdari.channels.slack.escaping import escape

BLOCKS = 50  # a message
TEXT = 3000  # a text object
FIELD = 2000  # a text in a section's `fields`
FIELDS = 10
CONTEXT = 10  # elements of a context block
LABEL = 75  # text of a button or an option
VALUE = 2000  # of a button
OPTION_VALUE = 150
OPTIONS = 100  # of a menu
PLACEHOLDER = 150
FALLBACK = 4000  # a message's `text`, as Slack advises
# Not documented: Slack refuses the blocks of a message from some 13,200 characters of JSON on (`msg_blocks_too_long`,
# https://github.com/slackapi/bolt-js/issues/2509).
JSON = 12000


def size(text: str) -> int:
    """How much of a limit a text takes up once it is escaped."""
    return len(escape(text).encode("utf-16-le", "surrogatepass")) // 2


def pieces(text: str, limit: int) -> list[str]:
    """A text in pieces that each fit the limit when escaped; cut at white space where there is any.

    Joined by one blank the pieces of a text on one line are that text, unless a word alone is over the limit.
    """
    found = []
    rest = text.strip()
    while size(rest) > limit:
        cut = _fitting(rest, limit)
        space = max(rest.rfind(" ", 0, cut + 1), rest.rfind("\n", 0, cut + 1))
        cut = space if space > 0 else cut
        found.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return [*found, rest] if rest else found


def shortened(text: str, limit: int) -> str:
    """The text on one line, its end left out and marked where it does not fit the limit."""
    line = " ".join(text.split())
    return line if size(line) <= limit else pieces(line, limit - 2)[0] + " …"


def _fitting(text: str, limit: int) -> int:
    """How many characters from the start fit the limit; at least one."""
    low, high = 1, min(len(text), limit)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if size(text[:middle]) <= limit else (low, middle - 1)
    return low
