"""Sentences and values -> the bot's words: attributed, trimmed, never longer than a reply may be."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rahdari import knowledge
from rahdari.records import Document, Sentence

LONGEST = 1200
_LEADING = re.compile(
    r"^(?:However|Furthermore|Moreover|Additionally|Meanwhile|Therefore|Thus|Nevertheless|Nonetheless|Indeed|"
    r"In addition|On the contrary|In fact|For example|For instance|Also|Besides),\s+(?=\w)"
)
_DATELINE = re.compile(r"^[A-Z][A-Z]+(?:[ -][A-Z]+)*(?:,\s[A-Z][\w. ]+)?\s*(?:\([A-Z][\w ]*\)\s*)?[—–-]\s+(?=[A-Z])")
_FOOTNOTE = re.compile(r"\[\d{1,3}\]")
_MARKUP = re.compile(r"(?<![\w*])\*{1,2}(?=\S)|(?<=\S)\*{1,2}(?![\w*])|_{2}|(?<!\w)_(?=\w)|(?<=\w)_(?!\w)")


def readable(text: str) -> str:
    """A source sentence on one line, without footnote marks and link words that lead back to what is not shown."""
    bare = _DATELINE.sub("", _MARKUP.sub("", _FOOTNOTE.sub("", text)))
    cells = re.sub(r"[^\S\n]*\|[^\S\n]*|(?<=\S)[^\S\n]{3,}(?=\S)", " · ", bare).strip(" ·")
    line = re.sub(r"\s+", " ", cells).strip()
    trimmed = _LEADING.sub("", line)
    return trimmed[:1].upper() + trimmed[1:] if trimmed != line else line


def told(sentence: Sentence) -> str:
    """A sentence as evidence: who says it comes first, where it is somebody's word and does not name them."""
    text = readable(sentence.text)
    if sentence.kind == "item" and text[-1:].isalnum() | text.endswith(")"):
        text += "."  # a row of a list, which ends without one
    if sentence.speaker is None or _names(sentence.speaker, text):
        return _closed(text)
    return f"{_capital(sentence.speaker)}: {spoken(text)}"


def joined(parts: Sequence[str], longest: int = LONGEST) -> str:
    """Parts one after the other, as many as fit; the last one is cut at a word where even it does not."""
    text = ""
    for part in parts:
        if not part or part in text:
            continue
        if text and len(text) + 1 + len(part) > longest:
            continue
        text = f"{text} {part}".strip()
    return shortened(text, longest)


def shortened(text: str, longest: int) -> str:
    """A text cut at a word, with an ellipsis, where it is longer than it may be."""
    if len(text) <= longest:
        return text
    return text[: longest - 2].rsplit(" ", 1)[0].rstrip(",;: ") + " …"


def listed(items: Sequence[str]) -> str:
    """ "a, b and c"."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}" if items else ""


def source_of(document: Document, in_brackets: bool = False) -> str:
    """How a document is called when a text names it: title, publisher, date, as far as they are known.

    Args:
        in_brackets: it stands in brackets itself, and so has commas.
    """
    if document.title is None:  # a file's name is no title
        name = f"the document by {document.publisher}" if document.publisher else f"the document {document.id}"
        known = [document.published]
    else:
        name, known = f"“{document.title}”", [document.publisher, document.published]
    more = ", ".join(part for part in known if part)
    return name if not more else f"{name}, {more}" if in_brackets else f"{name} ({more})"


def wording(name: str, **filled: str) -> str:
    """A fixed wording of knowledge/wording.txt, filled in."""
    return knowledge.texts("wording")[name].format(**filled)


def _names(speaker: str, text: str) -> bool:
    words = re.findall(r"\w+", speaker)
    return bool(words) and re.search(rf"\b{re.escape(words[-1])}\b", text, re.IGNORECASE) is not None


def spoken(text: str) -> str:
    """Somebody's words in quotation marks; a sentence with marks inside, which says itself what is quoted, as it is."""
    bare = text.strip('"“”« »')
    return _closed(text) if re.search(r'["“”«»]', bare) else f"“{bare}”"


def _closed(text: str) -> str:
    """A quotation of which only one mark stands in this sentence gets the other one, at the sentence's edge."""
    if text.count('"') % 2:
        first_closes = not text.startswith('"') and re.search(r'\w[.,!?]?"', text) is not None
        return f'"{text}' if first_closes else text.strip('"') if text.startswith('"') else f'{text}"'
    if text.count("“") > text.count("”"):
        return text.lstrip("“") if text.startswith("“") else f"{text}”"
    return f"“{text}" if text.count("”") > text.count("“") else text


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
