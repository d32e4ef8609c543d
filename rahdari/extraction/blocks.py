"""Text -> blocks: paragraphs, headings, list items, bylines, and what is not prose at all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rahdari import knowledge
from rahdari.records import SentenceKind

_PARAGRAPH = re.compile(r"[^\n](?:.*\S)?(?:\n(?!\s*\n).*\S)*")
_LIST_MARK = re.compile(r"^\s*(?:[-*•–]|\(?\d{1,2}[.)]|\(?[a-z][.)])\s+")
_HASHES = re.compile(r"^#{1,6}\s*|\s*#+\s*$")
_CREDIT = r"(?:Photo(?:graph)?|Image|Picture|Credit|Foto)s?(?: credit| courtesy| by)?"
_NOT_PROSE = re.compile(
    rf"^(?:!\[|[*_(]*{_CREDIT}\s*[:/©]|[*_][^*_]*\b{_CREDIT}\s*:[^*_]*[*_]$"
    r"|\[\d+\]|(?:File|Image|Category):|https?://\S+$|\W*$|-{3,}|[|+=:\- ]+$)"
)
_BYLINE = re.compile(
    r"^(?:By|Reported by|Written by|Story by)\s+[A-Z][\w.'’-]+(?:\s+[A-Z][\w.'’-]+){0,4}(?:\s*[|,–—-].*)?$"
)
_CAPITALS = re.compile(r"[A-Z0-9][A-Z0-9'’&/,. -]{1,90}(?=\n)")
_COLUMNS = re.compile(r"\S {2,}\S|\t")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Block:
    """A stretch of a document that no sentence crosses; offsets in the document's text."""

    start: int
    end: int
    kind: SentenceKind
    paragraph: int
    heading: str | None


def blocks(text: str) -> list[Block]:
    """Splits a document's text. Every character that is not white space or a list mark is in a block."""
    found: list[Block] = []
    heading: str | None = None
    aside = False
    for number, (start, end) in enumerate(_paragraphs(text)):
        piece = text[start:end]
        if _is_heading(piece, text[end:].lstrip()):
            heading = _HASHES.sub("", piece).strip()
            aside = heading.lower().strip(" :*_") in knowledge.words("say_nothing", "junk")
            mark = len(piece) - len(re.sub(r"^#{1,6}\s*", "", piece))
            found.append(Block(start + mark, start + mark + len(heading), "heading", number, None))
            continue
        opening = _CAPITALS.match(piece)
        if opening and len(opening.group().split()) <= 10:
            heading = opening.group().strip()
            aside = False
            found.append(Block(start, start + opening.end(), "heading", number, None))
            start += opening.end() + 1
        for line_start, line_end, item in _lines(text, start, end):
            kind: SentenceKind = "item" if item else "prose"
            line = text[line_start:line_end]
            if aside or _NOT_PROSE.match(line):
                kind = "other"
            elif _BYLINE.match(line):
                kind = "byline"
            found.append(Block(line_start, line_end, kind, number, heading))
    return found


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    for match in _PARAGRAPH.finditer(text):
        piece = match.group()
        lead = len(piece) - len(piece.lstrip())
        if piece.strip():
            yield match.start() + lead, match.start() + len(piece.rstrip())


def _stacked(lines: list[str]) -> bool:
    """Short lines one under the other that are no wrapped sentence: a list of people, an agenda, an address."""
    short = all(line and len(line) <= 110 and (line[0].isupper() or line[0].isdigit()) for line in lines)
    return len(lines) >= 3 and short and sum(line[-1] not in ".!?,;:" for line in lines) >= 0.7 * len(lines)


def _is_heading(piece: str, rest: str) -> bool:
    piece = re.sub(r"(?:\[\d+\])+$", "", piece).rstrip() or piece
    if "\n" in piece:
        return False
    if piece.startswith("#"):
        return True
    if not rest or len(_WORD.findall(piece)) > 10 or _LIST_MARK.match(piece) or _NOT_PROSE.match(piece):
        return False
    return piece[-1] not in ".!?,;:\"”’'…" and (piece[0].isupper() or piece[0] in "‘“\"'") and not _BYLINE.match(piece)


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """Start, end and whether it is a list item, for each stretch of a paragraph that stands by itself."""
    lines = []
    position = start
    for line in text[start:end].split("\n"):
        lines.append((position, position + len(line)))
        position += len(line) + 1
    columns = sum(bool(_COLUMNS.search(text[a:b])) for a, b in lines) >= 2
    listed = columns or any(_LIST_MARK.match(text[a:b]) or text[a:b].lstrip().startswith("|") for a, b in lines)
    fields = len(lines) > 1 and all(re.match(r"^\**[A-Z][\w /&()-]{1,40}\**:\**\s+\S", text[a:b]) for a, b in lines)
    fields = fields or _stacked([text[a:b].strip() for a, b in lines])
    if not (listed or fields):
        yield start, end, False
        return
    opened: tuple[int, int, bool] | None = None
    for a, b in lines:
        mark = _LIST_MARK.match(text[a:b])
        own = columns or fields or text[a:b].lstrip().startswith("|")
        if mark or own or opened is None:
            if opened:
                yield opened
            opened = (a + (mark.end() if mark else len(text[a:b]) - len(text[a:b].lstrip())), b, bool(mark) or own)
        else:
            opened = (opened[0], b, opened[2])
    if opened:
        yield opened
