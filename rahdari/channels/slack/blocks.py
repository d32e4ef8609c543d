"""An Answer as Slack messages: the answer, labels, sources as context, suggestions, feedback.

Pure. What does not fit one message goes into the next: nothing is left out. What was written elsewhere stands in
`plain_text`, where Slack reads no markup.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from rahdari.channels.feedback import rateable
from rahdari.channels.labels import labels
from rahdari.channels.markdown import one_line
from rahdari.channels.slack import limits
from rahdari.channels.slack.escaping import escape, link, tame
from rahdari.channels.sources import Whereabouts
from rahdari.channels.text import NEAREST, also_in, marked, others, visible

Block = dict[str, Any]
T = TypeVar("T")

ASK = "rahdari_ask"
UP, DOWN = "rahdari_up", "rahdari_down"
BUTTONS = 5
_PUNCTUATION = 2  # JSON between two things


@dataclass(frozen=True)
class SlackMessage:
    """One message for Slack.

    Attributes:
        blocks: Block Kit, within Slack's limits.
        said: the same in words, not escaped, of any length.
    """

    blocks: tuple[Block, ...]
    said: str

    @property
    def text(self) -> str:
        """What notifications and screen readers get: at most 4,000 characters, escaped."""
        first, *more = self.texts or [""]
        return f"{limits.pieces(first, limits.FALLBACK - 2)[0]} …" if more else first

    @property
    def texts(self) -> list[str]:
        """The whole message in words, in texts of at most 4,000 characters, escaped: for where blocks are refused."""
        return [escape(piece) for piece in limits.pieces(self.said, limits.FALLBACK)]


@dataclass(frozen=True)
class _Part:
    block: Block
    said: str = ""


def messages(form: Mapping[str, Any], found: Whereabouts | None = None, asked: str | None = None) -> list[SlackMessage]:
    """An Answer as one message, or as several where Slack's limits ask for it.

    Args:
        form: the Answer in its JSON form, as docs/answers.md has it.
        found: where its passages are; a citation's own `source` comes first.
        asked: what was asked, where nobody can see it: a suggestion that was pressed.
    """
    citations = [_found(citation, found or Whereabouts()) for citation in form.get("citations") or ()]
    differing, beside = _side_by_side(citations)
    parts = [
        *(_small([_plain(piece)], piece) for piece in limits.pieces(f"Asked: {asked}" if asked else "", limits.TEXT)),
        *(_section(piece) for piece in limits.pieces(marked(form), limits.TEXT)),
        *(_small([_plain(label)], label) for label in _fitted(labels(form))),
        *beside,
        *(part for citation in citations for part in _source(citation, quoted=citation["id"] not in differing)),
        *_suggestions([str(one) for one in form.get("suggestions") or ()], clarify=form.get("status") == "clarify"),
        *(_feedback(str(form["id"])) if form.get("id") and rateable(form) else ()),
    ]
    return _packed(parts)


def _packed(parts: Iterable[_Part]) -> list[SlackMessage]:
    return [
        SlackMessage(tuple(part.block for part in group), "\n".join(part.said for part in group if part.said))
        for group in _grouped(list(parts), limits.BLOCKS, lambda part: _cost(part.block))
    ]


def _grouped(things: Sequence[T], most: int, cost: Callable[[T], int]) -> list[list[T]]:
    """Things in order, in groups of at most so many and of no more JSON than a message takes."""
    groups: list[list[T]] = []
    taken = 0
    for thing in things:
        if not groups or len(groups[-1]) == most or taken + cost(thing) > limits.JSON:
            groups.append([])
            taken = 0
        groups[-1].append(thing)
        taken += cost(thing)
    return groups


def _cost(block: Block) -> int:
    return len(json.dumps(block, ensure_ascii=False)) + _PUNCTUATION


def _plain(text: str) -> Block:
    return {"type": "plain_text", "text": escape(text), "emoji": False}


def _markup(text: str) -> Block:
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def _section(text: str) -> _Part:
    return _Part({"type": "section", "text": _plain(text)}, text)


def _small(elements: Sequence[Block], said: str) -> _Part:
    return _Part({"type": "context", "elements": list(elements)}, said)


def _actions(elements: Sequence[Block]) -> _Part:
    return _Part({"type": "actions", "elements": list(elements)})


def _fitted(texts: Iterable[str]) -> list[str]:
    return [piece for text in texts for piece in limits.pieces(text, limits.TEXT)]


def _found(citation: Mapping[str, Any], found: Whereabouts) -> dict[str, Any]:
    source = citation.get("source") or found.addresses.get(str(citation.get("document")))
    return {**citation, "source": source, "place": found.places.get(int(citation["id"]))}


def _source(citation: Mapping[str, Any], quoted: bool) -> list[_Part]:
    """A citation as context: number, title with its link, publisher, date, place, the whole quote, who else has it."""
    mark = f"[{citation['id']}] " + (NEAREST if citation.get("role") == "nearest" else "")
    title = str(citation.get("title") or citation["document"])
    rest = "".join(f", {citation[name]}" for name in ("publisher", "published", "place") if citation.get(name))
    also = also_in(citation)
    quote = f"“{_one_line(citation)}”" if quoted else ""
    texts = [_plain(piece) for piece in limits.pieces(quote, limits.TEXT)]
    elements = _heading(mark, title, rest, citation["source"]) + texts + _others(citation, also)
    said = f"{mark}{title}{rest}" + (f": {quote}" if quote else "") + (f" ({also})" if also else "")
    groups = _grouped(elements, limits.CONTEXT, _cost)
    return [_small(group, "" if number else said) for number, group in enumerate(groups)]


def _heading(mark: str, title: str, rest: str, address: str | None) -> list[Block]:
    linked = link(address, escape(title))
    whole = f"{escape(mark)}{linked}{escape(rest)}"
    if linked and tame(title + rest) and len(whole) <= limits.TEXT:
        return [_markup(whole)]
    opening = link(address, "open the source")
    heading = [_plain(piece) for piece in limits.pieces(f"{mark}{title}{rest}", limits.TEXT)]
    return [*heading, _markup(opening)] if opening else heading


def _others(citation: Mapping[str, Any], also: str) -> list[Block]:
    """`also in Mirror`, each name with its link where all of them can be shown so."""
    if not also:
        return []
    named, more = others(citation)
    linked = [link(address, escape(name)) or escape(name) for name, address in named.items()]
    whole = f"also in {', '.join(linked)}{f' and {more} more' if more else ''}"
    if any(named.values()) and tame("".join(named)) and len(whole) <= limits.TEXT:
        return [_markup(whole)]
    return [_plain(piece) for piece in limits.pieces(also, limits.TEXT)]


def _side_by_side(citations: Sequence[Mapping[str, Any]]) -> tuple[set[int], list[_Part]]:
    """What passages say that are against each other, each side in a column, and their ids.

    Nothing where none are, or where a side is too long for its column.
    """
    sides: dict[tuple[int, ...], list[Mapping[str, Any]]] = {}
    for citation in citations:
        if citation.get("against"):
            sides.setdefault(tuple(citation["against"]), []).append(citation)
    texts = ["\n".join(f"{_whence(one)}\n“{_one_line(one)}”" for one in side) for side in sides.values()]
    if not 1 < len(texts) <= limits.FIELDS or any(limits.size(text) > limits.FIELD for text in texts):
        return set(), []
    differing = [citation for side in sides.values() for citation in side]
    said = "\n".join(f"“{_one_line(citation)}” [{citation['id']}]" for citation in differing)
    part = _Part({"type": "section", "fields": [_plain(text) for text in texts]}, said)
    return {int(citation["id"]) for citation in differing}, [part]


def _whence(citation: Mapping[str, Any]) -> str:
    named = citation.get("publisher") or citation.get("title") or citation["document"]
    known = "".join(f", {citation[name]}" for name in ("published", "place") if citation.get(name))
    return f"[{citation['id']}] {named}{known}"


def _one_line(citation: Mapping[str, Any]) -> str:
    return one_line(str(citation["quote"]))


def _suggestions(suggestions: Sequence[str], clarify: bool) -> list[_Part]:
    """Up to five buttons, the others in a menu. A suggestion too long for a menu's value is a button beyond the five.

    Where a label had to be shortened, the suggestions stand above in full.
    """
    asked = list(dict.fromkeys(suggestion for one in suggestions if (suggestion := visible(" ".join(one.split())))))
    later = [one for one in asked[BUTTONS:] if limits.size(one) <= limits.OPTION_VALUE]
    pressed = [one for one in asked if one not in later and limits.size(one) <= limits.VALUE]
    found = []
    if any(limits.size(one) > limits.LABEL for one in asked):
        listed = "\n".join(f"{number}. {one}" for number, one in enumerate(asked, 1))
        found = [_small([_plain(piece)], "") for piece in limits.pieces(listed, limits.TEXT)]
    buttons = [_button(one, number) for number, one in enumerate(pressed)]
    options = [_option(one) for one in later]
    found += [_actions(row) for row in _grouped(buttons, BUTTONS, _cost)]
    found += [_actions([_menu(group)]) for group in _grouped(options, limits.OPTIONS, _cost)]
    if found:
        said = "\n".join(([] if clarify else ["You could ask:"]) + [f"- {one}" for one in asked])
        found[0] = _Part(found[0].block, said)
    return found


def _button(suggestion: str, number: int) -> Block:
    label = _plain(limits.shortened(suggestion, limits.LABEL))
    return {"type": "button", "action_id": f"{ASK}_{number}", "text": label, "value": suggestion}


def _option(suggestion: str) -> Block:
    return {"text": _plain(limits.shortened(suggestion, limits.LABEL)), "value": suggestion}


def _menu(options: Sequence[Block]) -> Block:
    placeholder = _plain("More questions")
    return {"type": "static_select", "action_id": ASK, "placeholder": placeholder, "options": list(options)}


def _feedback(answer: str) -> list[_Part]:
    buttons = [
        {"type": "button", "action_id": action, "text": _plain(label), "value": answer[: limits.VALUE]}
        for action, label in ((UP, "Helpful"), (DOWN, "Not helpful"))
    ]
    return [_actions(buttons)]
