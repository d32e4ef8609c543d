"""A passage as people read it: without the signs by which Markdown marks headings, weight, links, code and cells.

Only what is shown goes through here; a citation's `quote` stays what the document has. web/src/markdown.ts does the
same; tests/channels/markdown_cases.json holds both to it. The signs are those of CommonMark
(https://spec.commonmark.org/0.31.2/), and pipe tables and struck text as GitHub has them; read more narrowly, for a
document may be no Markdown: inside of a word `*` and `_` are themselves.
"""

from __future__ import annotations

import re

_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*$", re.MULTILINE)
_QUOTED = re.compile(r"^ {0,3}(?:>[ \t]?)+", re.MULTILINE)
_BULLET = re.compile(r"^([ \t]*)[*+][ \t]+(?=\S)", re.MULTILINE)
_RULE = re.compile(r"^[ \t]*(?:\|[ \t]*)?:?-{3,}:?[ \t]*(?:\|[ \t]*:?-{3,}:?[ \t]*)*\|?[ \t]*(?:\n|$)", re.MULTILINE)
_ROW = re.compile(r"^[ \t]*\|(.*)\|[ \t]*$", re.MULTILINE)
_CELLS = re.compile(r"[ \t]*(?<!\\)\|[ \t]*")
_LINK = re.compile(r"!?\[([^\[\]\n]*)\]\((?:<[^<>\n]*>|[^\s()<>]+)(?:[ \t]+\"[^\"\n]*\")?\)")
_ADDRESS = re.compile(r"<((?:https?://|mailto:)[^\s<>]+)>")
_CODE = re.compile(r"(`{1,3})(?!`)([^`\n]+)\1(?!`)")
_INSIDE = r"((?:[^\s*_~\\]|\\.)|(?:[^\s~\\]|\\.)(?:[^\n\\]|\\.|\n(?!\s*\n)){0,300}?[^\s~\\])"  # longer ones cost time
_WEIGHT = tuple(
    re.compile(rf"(^|[^\w\\{sign}]){re.escape(mark)}(?![\s{sign}]){_INSIDE}{re.escape(mark)}(?![\w{sign}])")
    for mark, sign in (("***", "*"), ("**", "*"), ("__", "_"), ("~~", "~"), ("*", "*"), ("_", "_"))
)
_LEFT_OVER = re.compile(r"(^|[\s(“\"])(?:\*{2,3}|__)(?=[^\s*_])|(?<=[^\s*_\\])(?:\*{2,3}|__)(?=$|[\s.,;:!?)”\"])")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!|<>~-])")
APART = " · "  # between two cells of a row


def readable(text: str) -> str:
    """A text of any length without Markdown's signs. Its lines stay, but for those that only rule a table."""
    text = _RULE.sub(lambda match: "" if "|" in match.group() else match.group(), text)
    text = _ROW.sub(lambda match: APART.join(cell for cell in _CELLS.split(match[1].strip()) if cell), text)
    for pattern, shown in ((_HEADING, r"\1"), (_QUOTED, ""), (_BULLET, r"\1- "), (_LINK, r"\1"), (_ADDRESS, r"\1")):
        text = pattern.sub(shown, text)
    text = _CODE.sub(lambda match: match[2].strip(), text)
    for pattern in _WEIGHT:
        text = pattern.sub(r"\1\2", text)
    text = _LEFT_OVER.sub(lambda match: match[1] or "", text)  # of weight that goes on beyond the passage
    return _ESCAPED.sub(r"\1", text)


def one_line(text: str) -> str:
    """A quote on one line, without Markdown's signs."""
    return " ".join(readable(text).split())
