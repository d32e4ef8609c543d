"""An Answer as plain text: what it says, the sources it stands on, what to ask next.

Pure functions over an `Answer`, or over the JSON form of one that came through a channel.
No line is left blank: Rasa's own connectors cut a text at blank lines, and quote and answer would part.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from rahdari.channels.markdown import one_line
from rahdari.records import Answer

QUOTE_LIMIT = 400
NEAREST = "the nearest they say: "
OTHERS = 3  # addresses of the same text that are named
UNPRINTABLE = "\ufffd"

Places = Mapping[int, str]
"""Where passages stand in their documents, in short, by the ids of their citations."""

_WORD = re.compile(r"\w+")
_FORMULA = re.compile(r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|\t")
_ADDRESS = re.compile(r"(?:https?://|mailto:)[^\s\x00-\x1f\x7f]+", re.IGNORECASE)
_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def visible(text: str, keep: str = "") -> str:
    """A text that changes nothing on a terminal but its own place: each character that would becomes a visible mark.

    These are control characters, line breaks, orders to write from right to left, and halves of surrogate pairs,
    as the names of files that are not UTF-8 have them.

    Args:
        text: a name, a title, a quote: anything that was written elsewhere.
        keep: those of these characters that may stay.
    """
    return _UNSAFE.sub(lambda match: match.group() if match.group() in keep else UNPRINTABLE, text)


def followable(address: str | None) -> str | None:
    """An address that may be shown as one to follow: of the web or of mail; None for any other, such as `javascript:`.

    `safeLink` in web/src/text.ts does the same.
    """
    found = (address or "").strip()
    return found if _ADDRESS.fullmatch(found) else None


def json_text(value: Any, indent: int | None = None) -> str:
    """JSON, letters of all scripts as they are; what `visible` would replace is escaped, not lost.

    Args:
        indent: spaces a level; None for one line.
    """
    text = json.dumps(value, ensure_ascii=False, indent=indent)  # its own line breaks are none of the value's
    return _UNSAFE.sub(lambda match: match[0] if match[0] == "\n" else f"\\u{ord(match[0]):04x}", text)


def spreadsheet_cell(text: str) -> str:
    """A text for a cell of a CSV file: visible, and with an apostrophe before it where a spreadsheet would run it.

    A spreadsheet takes a text for a formula that begins with = + - @, their wide forms, or a tab before it, as
    https://owasp.org/www-community/attacks/CSV_Injection tells. `safe` in web/src/download.ts does the same.
    """
    text = visible(text.replace("\r\n", "\n"), keep="\n\t")
    return f"'{text}" if _FORMULA.match(text) else text


def render(answer: Answer | Mapping[str, Any], places: Places | None = None) -> str:
    """The whole reply for a terminal: marked text, numbered source lines, suggestions."""
    form = as_form(answer)
    return "\n".join([marked(form), *source_lines(form, places), *suggestion_lines(form)])


def marked(answer: Answer | Mapping[str, Any]) -> str:
    """The answer's text with the marks of its citations at the end: `20 were signed. [1]`."""
    form = as_form(answer)
    text = visible(re.sub(r"\n\s*\n", "\n", str(form["text"]).strip()), keep="\n\t")
    marks = "".join(f"[{citation['id']}]" for citation in form.get("citations") or ())
    return f"{text} {marks}" if marks else text


def source_lines(
    answer: Answer | Mapping[str, Any], places: Places | None = None, limit: int = QUOTE_LIMIT
) -> list[str]:
    """One line a citation: `  [1] "quote" — title, publisher, date, place`; what isn't known is left out."""
    form = as_form(answer)
    return [_source_line(each, str(form["text"]), places or {}, limit) for each in form.get("citations") or ()]


def suggestion_lines(answer: Answer | Mapping[str, Any], numbered: bool = False) -> list[str]:
    """What to ask next, one line each; under a heading unless the text itself asks which is meant."""
    form = as_form(answer)
    suggestions = [visible(str(suggestion)) for suggestion in form.get("suggestions") or ()]
    if not suggestions:
        return []
    heading = [] if form.get("status") == "clarify" else ["You could ask:"]
    bullets = [f"{number}." if numbered else "-" for number in range(1, len(suggestions) + 1)]
    return heading + [f"  {bullet} {suggestion}" for bullet, suggestion in zip(bullets, suggestions)]


def whence(citation: Mapping[str, Any], places: Places | None = None) -> str:
    """Where a quote is from: title, publisher and date as far as they are known, else the document's id; its place.

    Other documents with the same text follow.
    """
    known = [str(citation[name]) for name in ("title", "publisher", "published") if citation.get(name)]
    place = (places or {}).get(int(citation["id"]))
    also = also_in(citation)
    parts = [*(known or [str(citation["document"])]), *([place] if place else [])]
    return visible(", ".join(parts) + (f"; {also}" if also else ""))


def others(citation: Mapping[str, Any]) -> tuple[dict[str, str | None], int]:
    """Other documents with the same text: the address of each by its publisher, else its title; each name once.

    What the cited document has as well tells none apart from it: then it is the id. `nameOf` in web/src/text.ts does
    the same.

    Returns: three of them, and how many more there are.
    """
    found: dict[str, str | None] = {}
    for other in citation.get("also") or ():
        telling = (other.get(one) for one in ("publisher", "title") if other.get(one) != citation.get(one))
        name = str(next(filter(None, telling), other["document"]))
        found[name] = found.get(name) or other.get("source")
    return dict(list(found.items())[:OTHERS]), max(0, len(found) - OTHERS)


def also_in(citation: Mapping[str, Any]) -> str:
    """`also in Mirror, Gazette`; nothing where no other document has the same text."""
    named, more = others(citation)
    return f"also in {', '.join(named)}{f' and {more} more' if more else ''}" if named else ""


def as_form(answer: Answer | Mapping[str, Any]) -> Mapping[str, Any]:
    """The JSON form of an Answer, whichever way it came."""
    return answer.as_dict() if isinstance(answer, Answer) else answer


def shorten(quote: str, answer_text: str, limit: int = QUOTE_LIMIT) -> str:
    """A quote on one line, without Markdown's signs; a long one is cut to the stretch that shares most with the answer.

    Args:
        quote: a citation's quote, of any length.
        answer_text: what the quote carries; its words tell which part of the quote matters.
        limit: the longest result in characters, the marks of omission not counted; it is cut at words.
    """
    line = one_line(quote)
    if len(line) <= limit:
        return line
    words = [(match.start(), match.end(), match.group().casefold()) for match in _WORD.finditer(line)]
    wanted = {word.casefold() for word in _WORD.findall(answer_text)}
    hits = [match for match in words if match[2] in wanted]
    start = _best_start(hits or words[:1], limit)
    start = max(0, min(start, len(line) - limit))
    if start and not line[start - 1].isspace():
        start = line.find(" ", start) + 1 or start
    end = len(line) if len(line) - start <= limit else line.rfind(" ", start, start + limit)
    if end <= start:
        end = start + limit
    return ("… " if start else "") + line[start:end].strip() + (" …" if end < len(line) else "")


def _best_start(hits: list[tuple[int, int, str]], limit: int) -> int:
    """Where a window of `limit` characters starts that holds the most different hits, centred on them."""
    best, best_score, best_end = 0, 0.0, 0
    for first, (start, _, _) in enumerate(hits):
        inside = [hit for hit in hits[first:] if hit[1] <= start + limit]
        score = sum(len(word) for word in {hit[2] for hit in inside})
        if score > best_score:
            best, best_score, best_end = start, score, inside[-1][1]
    return best - (limit - (best_end - best)) // 2


def _source_line(citation: Mapping[str, Any], answer_text: str, places: Places, limit: int) -> str:
    quote = shorten(str(citation["quote"]), answer_text, limit)
    role = NEAREST if citation.get("role") == "nearest" else ""
    return visible(f'  [{citation["id"]}] {role}"{quote}" — {whence(citation, places)}')
