"""Names in a sentence: where they start and end, and what kind of thing they name.

spaCy's entity labels are rough, so its spans are joined with runs of capitalised words, and the kind is read from
the name's last noun, from titles before it, and only then from the label.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rahdari import knowledge
from rahdari.records import EntityType

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_JOINERS = {
    "of",
    "and",
    "for",
    "the",
    "on",
    "de",
    "del",
    "da",
    "do",
    "dos",
    "la",
    "le",
    "ul",
    "al",
    "el",
    "bin",
    "ibn",
    "van",
    "von",
    "der",
    "den",
    "e",
    "y",
    "&",
    "-",
    "–",
    "'s",
    "’s",
    "du",
    "des",
    "to",
    "in",
}
_WEAK_JOINERS = {"and", "to", "in", "on", "the", "for", "'s", "’s"}
_MOST_NOUNS = 3  # behind a name, that say what of that name is meant
_ANY = {"a", "an", "any", "another", "each", "every", "no", "one", "some"}
_WHERE = {"in", "at", "near", "via", "outside", "around", "through"}
_CODE = re.compile(r"^(?=.*\d)[A-Z][A-Z]*[-–]?\d+[A-Z]?$")
_LABELS: dict[str, EntityType] = {
    "PERSON": "person", "ORG": "organisation", "GPE": "place", "LOC": "place", "EVENT": "event", "LAW": "agreement",
    "FAC": "place", "PRODUCT": "project",
}  # fmt: skip
_MONTHS_DAYS = re.compile(
    r"^(?:january|february|march|april|may|june|july|august|september|october|november|december|"
    r"monday|tuesday|wednesday|thursday|friday|saturday|sunday|ramadan|christmas|easter)$", re.I
)  # fmt: skip
_NO_NAME = re.compile(
    r"(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?\s*\d+|(?:[A-Z]{3}|[A-Z])\s?[\d.,]+-?(?:\s?[mb]illion)?",
    re.I,
)  # "Feb. 3", "USD 9", "P6.2-billion"; codes such as P310 are read before
_COMPASS = re.compile(r"^(?:north|south|east|west|central|northern|southern|eastern|western) ")


@dataclass(frozen=True)
class Name:
    """A name in a sentence; `start` and `end` are characters of the sentence's text.

    Attributes:
        label: spaCy's label of the widest span inside it, or "".
        titled: a title stands before or in it (Prime Minister, Dr).
        dateline: it says where a report was written ("LUSAKA — ").
    """

    start: int
    end: int
    text: str
    type: EntityType
    label: str = ""
    titled: bool = False
    dateline: bool = False


def names(doc: Doc) -> list[Name]:
    """The names of one parsed sentence, in order, none inside another."""
    spans = _cut_overlaps([*_capitalised(doc), *_labelled(doc)])
    found = [name for start, end in spans for name in _names_in(doc, start, end)]
    return found


def _labelled(doc: Doc) -> list[tuple[int, int]]:
    spans = []
    for entity in doc.ents:
        if entity.label_ not in _LABELS:
            continue
        start, end = entity.start, entity.end
        opened = next((i for i in range(start, end) if doc[i].text == "(" and ")" not in doc[i:end].text), None)
        end = opened if opened is not None and opened > start else end
        while start < end and (doc[start].is_lower or not doc[start].text[0].isalnum()):
            start += 1
        while end > start and (not doc[end - 1].text[0].isalnum() or re.fullmatch(r"[\d,.]+", doc[end - 1].text)):
            end -= 1
        if end > start and any(token.text[0].isupper() for token in doc[start:end]):
            spans.append((start, end))
    return spans


def _capitalised(doc: Doc) -> list[tuple[int, int]]:
    """Runs of capitalised words, joined by small words between them."""
    spans = []
    position = 0
    while position < len(doc):
        if not _can_be_name(doc[position]):
            position += 1
            continue
        end = position + 1
        while end < len(doc):
            if _can_be_name(doc[end], inside=True):
                end += 1
            elif doc[end].text in _JOINERS and _joined(doc, position, end):
                end += 2 if doc[end + 1].text not in _JOINERS else 3
            else:
                break
        spans.append((position, min(end, len(doc))))
        position = end
    return spans


def _joined(doc: Doc, start: int, joiner: int) -> bool:
    """Whether the small word at `joiner` holds one name together rather than standing between two."""
    after = joiner + 1
    if (
        after < len(doc)
        and doc[after].text in {"the", "la", "de", "los"}
        and doc[joiner].text in {"of", "for", "de", "on"}
    ):
        after += 1
    if after >= len(doc) or not _can_be_name(doc[after], inside=True):
        return False
    text = doc[joiner].text
    if text in {"'s", "’s"}:
        return False
    if text in {"-", "–"}:
        return not doc[joiner].whitespace_ and not doc[joiner - 1].whitespace_
    if text in {"and", "&"}:
        return _held_by_and(doc, start, joiner, after)
    if text in {"in", "to", "on", "the", "for"}:
        kinds = ("event", "organisation", "programme", "agreement")
        same = doc[joiner - 1].ent_type_ == doc[after].ent_type_ != ""
        return text in {"on", "for"} and _head_type(doc[joiner - 1].text) in kinds and same
    if text == "of":
        return _head_type(doc[joiner - 1].text) is not None or doc[joiner].ent_type_ != ""
    return doc[joiner].ent_type_ != "" or text in {"ul", "al", "bin", "ibn", "el", "van", "von", "de", "da", "&"}


def _held_by_and(doc: Doc, start: int, joiner: int, after: int) -> bool:
    if doc[joiner].ent_type_ not in ("", "PERSON", "GPE") and doc[joiner].ent_iob_ == "I":
        return True
    head = joiner - 1
    tail = after
    while tail < len(doc) and _can_be_name(doc[tail], inside=True):
        tail += 1
    ends_in_head = _head_type(doc[tail - 1].text) in ("organisation", "programme", "event", "project")
    starts_in_head = head - start <= 4 and _head_type(doc[start].text) == "organisation"
    single = head == start and doc[head].ent_type_ not in ("GPE", "PERSON")
    return (starts_in_head and not ends_in_head) or (single and ends_in_head and tail - after >= 2)


def _can_be_name(token: Token, inside: bool = False) -> bool:
    text = token.text
    if _MONTHS_DAYS.match(text) or not text[0].isalnum():
        return False
    if _CODE.match(text) or (
        inside
        and (
            re.fullmatch(r"[IVX]+|\d{1,3}", text) and (token.i > 0 and token.nbor(-1).text[0].isupper()) and text != "I"
        )
    ):
        return bool(_CODE.match(text)) or not text.isdigit() or not _counts(token)
    if not text[0].isupper() or text == "I":
        return False
    if inside or token.i > 0 and not _opens(token):
        return token.pos_ not in ("PRON", "DET", "CCONJ", "SCONJ", "ADP", "AUX") or token.ent_type_ != ""
    return token.pos_ in ("PROPN", "INTJ") or token.ent_type_ in _LABELS or text.isupper() and len(text) > 1


def _counts(token: Token) -> bool:
    return token.i + 1 < len(token.doc) and token.nbor(1).text[0].islower()


def _opens(token: Token) -> bool:
    """Whether a word is capitalised only because a sentence or quotation opens with it."""
    return (
        token.i == 0
        or token.nbor(-1).text in {'"', "“", "‘", "(", ":", "[", "«", "|", "—", ";"}
        or not token.nbor(-1).text.strip()
    )


def _cut_overlaps(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    kept: list[tuple[int, int]] = []
    for start, end in sorted(set(spans), key=lambda span: (span[0] - span[1], span[0])):
        if not any(start < b and a < end for a, b in kept):
            kept.append((start, end))
    return sorted(kept)


def _names_in(doc: Doc, start: int, end: int) -> list[Name]:
    """One span -> names: titles taken off, a person split from the office before the name."""
    titles = knowledge.words("titles", "title")
    titled = False
    first = start
    last_title = max((i for i in range(start, end - 1) if doc[i].text.lower().rstrip(".") in titles), default=None)
    rest = [doc[i] for i in range(last_title + 1, end)] if last_title is not None else []
    if (
        last_title is not None
        and rest[0].text[0].isupper()
        and _head_type(rest[-1].text) is None
        and rest[-1].lower_ not in titles
    ):
        first, titled = last_title + 1, True
    if not titled and first > 0 and doc[first - 1].text.lower().rstrip(".") in titles:
        titled = True
    while first < end - 1 and doc[first].lower_ in ("the", "a", "an"):
        first += 1
    while (
        end - 1 > first and doc[end - 1].text in ("No", "Nos") and end < len(doc) and doc[end].text[0] in ".0123456789"
    ):
        end -= 1  # "Fact Sheet No. 3"
    span = doc[first:end]
    if not re.search(r"[^\W\d_]{2}|\d", span.text) or span.text.lower() in knowledge.words("say_nothing", "not_a_name"):
        return []
    if "$" in span.text or end < len(doc) and doc[end].text == "$":
        return []
    if span.text in knowledge.groups("countries"):
        return [Name(span.start_char, span.end_char, span.text, "place", _label(span), titled)]
    if _NO_NAME.fullmatch(span.text) and not _CODE.match(span.text) or _peoples(span.text):
        return []
    if len(span) == 1 and span.text.istitle() and _opens(span[0]) and (not _label(span) or _labels_a_value(span)):
        return []  # "Owner", "Loan": the first word of a fragment
    if (
        len(span) == 1
        and (span.text.istitle() or span.text.isupper())
        and (_head_type(span.text) or span.text.lower() in knowledge.lookup("sectors"))
    ):
        return []  # "the Lake", "Health": no names
    kind = _kind(span, titled)
    if all(token.lower_.rstrip(".") in titles for token in span):
        return []
    if kind != "person" and span[-1].lower_ in knowledge.words("titles", "office"):
        return []  # "Works Minister": an office, and nobody's name
    if kind is None:
        return []
    described = None if titled else _described(span, kind)
    if described is not None:
        return [Name(described.start_char, described.end_char, described.text, "project", _label(span))]
    return [Name(span.start_char, span.end_char, span.text, kind, _label(span), titled, _dateline(span))]


def _described(span: Span, kind: EntityType) -> Span | None:
    """A name with the lower-case nouns behind it, where they say what of that name is meant: "Tana road bridge"."""
    doc, end = span.doc, span.end
    while end < len(doc) and doc[end].is_lower and doc[end].pos_ in ("NOUN", "ADJ"):
        end += 1
    nouns = doc[span.end : end]
    if not 0 < len(nouns) <= _MOST_NOUNS or kind not in ("place", "organisation"):
        return None
    last = nouns[-1]
    if _head_type(last.text) != "project" or last.tag_ != "NN":
        return None
    if len(nouns) == 1 and last.lower_ in knowledge.words("say_nothing", "name_nothing_alone"):
        return None
    if kind == "organisation" and (span.text.isupper() or _head_type(span[-1].text)):
        return None  # whose it is, not what it is called: "the World Bank project"
    if span.start and doc[span.start - 1].lower_ in _ANY or _dateline(span):
        return None
    if not all(last in (token, *token.ancestors) for token in [*span, *nouns]):
        return None
    return doc[span.start : end]


def _peoples(text: str) -> bool:
    """Whether it says only of which countries something is: "South Korean", "Belgian-Singaporean"."""
    parts = [_COMPASS.sub("", part) for part in text.lower().split("-")]
    return (len(parts) > 1 or parts[0] != text.lower() or " " in text) and all(
        part in knowledge.lookup("countries") for part in parts
    )


def _label(span: Span) -> str:
    labels = [token.ent_type_ for token in span if token.ent_type_ in _LABELS]
    return max(labels, key=labels.count) if labels else ""


def _kind(span: Span, titled: bool) -> EntityType | None:
    label = _label(span)
    if len(span) == 1 and span.text.lower() in knowledge.lookup("countries"):
        return None if span.text.lower() not in ("uk", "us", "u.s.", "usa", "uae", "america") else "place"
    if span[-1].ent_type_ == "NORP" and len(span) == 1:
        return None
    if titled and (label in ("PERSON", "", "ORG", "GPE", "NORP") and _head_type(span[-1].text) in (None, "place")):
        return "person"
    first = next((i for i, token in enumerate(span) if token.text in ("of", "for")), None)
    head = _head_type(span[first - 1].text) if first else None
    surname = label == "PERSON" and span[-1].lower_ in knowledge.words("say_nothing", "also_surnames")
    head = head or (None if surname else _head_type(span[-1].text))
    if len(span) > 1 and span[0].lower_ in ("lake", "river", "mount", "cape", "gulf", "fort", "port") and not head:
        return "place" if span[0].lower_ != "port" else "project"
    if head:
        return head
    if all(_CODE.match(token.text) for token in span):
        return "project"
    if _dateline(span):
        return "place"
    if label == "PERSON" and len(span) == 1 and span.start > 0 and span.doc[span.start - 1].lower_ in _WHERE:
        return "place"
    if label == "PERSON" and span.start > 0 and span.doc[span.start - 1].lower_ == "the":
        return "place" if span.end < len(span.doc) and span.doc[span.end].is_lower else "organisation"
    if label:
        return _LABELS[label] if not (label == "PERSON" and span.text.isupper()) else "organisation"
    plain_word = len(span) == 1 and span.text.istitle()
    return "place" if plain_word else "organisation"


def _labels_a_value(span: Span) -> bool:
    """ "Contractor: …", "Length | 12 km": a word that says what the rest of its line gives."""
    return span.end < len(span.doc) and span.doc[span.end].text in {":", "|"}


def _dateline(span: Span) -> bool:
    """ "LUSAKA — ", "KINGSTON, Jamaica (AP) - ": where a report was written."""
    following = span.doc[span.end].text if span.end < len(span.doc) else ""
    return span.start == 0 and span.text.isupper() and len(span.text) > 3 and following in {"—", "–", "-", ",", "("}


def _head_type(word: str) -> EntityType | None:
    table = knowledge.lookup("heads")
    lowered = word.lower()
    kind = table.get(lowered) or (table.get(lowered[:-1]) if lowered.endswith("s") else None)
    return kind  # type: ignore[return-value]
