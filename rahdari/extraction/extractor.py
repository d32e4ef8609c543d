"""One document -> its extraction. The only place that puts the steps in order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from rahdari import knowledge
from rahdari.extraction import attribution, sectors, tables
from rahdari.extraction.blocks import Block, blocks
from rahdari.extraction.dates import resolve
from rahdari.extraction.entities import Registry, initials, key
from rahdari.extraction.facts import Clause, clauses
from rahdari.extraction.modality import sentence_modality
from rahdari.extraction.names import Name, names
from rahdari.extraction.parsing import Parser, language
from rahdari.extraction.references import Deeds, Resolver, Topics
from rahdari.extraction.roles import people, roles
from rahdari.extraction.sentences import split
from rahdari.extraction.values import values
from rahdari.records import Document, Entity, Extraction, Fact, Mention, Modality, Sentence

if TYPE_CHECKING:
    from spacy.tokens import Doc

EXTRACTOR_VERSION = "8"
_MARKUP = re.compile(r"\[\d{1,3}\]|(?<!\w)\*+|\*+(?!\w)|\n")  # read as blanks of the same length; not "2*660"
_TABLE = re.compile(r"\S {2,}\S|\|")
_BRACKETED = re.compile(r"^\s*\(\s*(?:the\s+|or\s+)?[\"“]?([A-Z][\w&-]*[A-Z0-9][\w&-]*)[\"”]?\s*[),;]")
_ALSO = re.compile(
    r"^\s*\(?,?\s*(?:also|formerly|better|commonly) (?:known|called|referred to) as (?:the )?[\"“]?", re.I
)


@dataclass(frozen=True)
class _Parsed:
    """A sentence with its parse and its named mentions' raw material; `row` and `header` where it is of a table.

    `text` is that of `doc`, which spaCy puts together anew whenever it is asked for it.
    """

    block: Block
    start: int
    end: int
    text: str
    doc: Doc
    names: list[Name]
    row: tables.Told | None = None
    header: bool = False


class Extractor:
    """Finds sentences, mentions, entities and facts. Knows no document: what it knows stands in `knowledge`."""

    def __init__(self, parser: Parser) -> None:
        self._parser = parser

    @classmethod
    def load(cls) -> Extractor:
        """Loads spaCy's model. Raises: ModelError where it is not installed, or damaged."""
        return cls(Parser(language()))

    def look_ahead(self, documents: Sequence[Document]) -> None:
        """Parses several short documents together, which takes a quarter less time than one by one; then extract each.

        Of more sentences than are remembered the first are parsed twice.
        """
        self._parser.parse([text for document in documents for text in _readable(document.text, _spans(document.text))])

    def extract(self, document: Document) -> Extraction:
        """Everything that is found in one document; the same for the same text, always."""
        parsed = self._parse(document.text)
        registry = _registry(parsed)
        entities = {entity.id: entity for entity in registry.entities()}
        mentions = _mentions(document, parsed, registry, entities)
        found_sectors = sectors.entities(mentions)
        sentences = _sentences(document, parsed, mentions, {**entities, **found_sectors})
        facts = _facts(document, parsed, sentences, mentions, entities)
        used = {mention.entity for mention in mentions}
        kept = tuple(entity for entity in [*entities.values(), *found_sectors.values()] if entity.id in used)
        return Extraction(sentences, kept, tuple(mentions), facts)

    def _parse(self, text: str) -> list[_Parsed]:
        spans = _spans(text)
        readable = _readable(text, spans)
        rows = {row.start: row for row in tables.told(text)}
        headers = {start for start, _ in tables.headers(text)}
        return [
            _parsed(block, start, end, words, doc, rows.get(block.start), block.start in headers)
            for (block, start, end), words, doc in zip(spans, readable, self._parser.parse(readable))
        ]


def _spans(text: str) -> list[tuple[Block, int, int]]:
    """Each sentence's block, start and end."""
    return [(block, start, end) for block in blocks(text) for start, end in split(text, block.start, block.end)]


def _readable(text: str, spans: Sequence[tuple[Block, int, int]]) -> list[str]:
    """What is parsed of each sentence."""
    return [_MARKUP.sub(lambda mark: " " * len(mark.group()), text[start:end]) for _, start, end in spans]


def _parsed(block: Block, start: int, end: int, text: str, doc: Doc, row: tables.Told | None, header: bool) -> _Parsed:
    found = people(doc, names(doc)) if block.kind != "other" and not header else []
    for cell, kind in [*row.named, *([(row.label, None)] if row.label else [])] if row is not None else ():
        if start <= cell.start and cell.end <= end:
            found = [name for name in found if name.end <= cell.start - start or name.start >= cell.end - start]
            found += [Name(cell.start - start, cell.end - start, cell.text, kind)] if kind else []
    found.sort(key=lambda name: name.start)
    return _Parsed(block, start, end, text, doc, found, row, header)


def _registry(parsed: Sequence[_Parsed]) -> Registry:
    registry = Registry()
    lower = {token.text for sentence in parsed for token in sentence.doc if token.is_lower}
    for headings in (False, True):
        for sentence in parsed:
            if (sentence.block.kind == "heading") is headings:
                for name in sentence.names:
                    common = (
                        " " not in name.text
                        and (name.label not in ("GPE", "PERSON") or name.start == 0 and name.text.lower() in lower)
                        and name.text.lower() in lower | _ordinary()
                    )
                    if not common and (not headings or registry.knows(name)):
                        registry.add(name)
    for sentence in parsed:
        for short, full in _said_aliases(sentence):
            registry.alias(short, full)
    registry.resolve()
    return registry


@lru_cache(maxsize=1)
def _ordinary() -> frozenset[str]:
    """Words of the field that are no names when they stand alone, however they are written."""
    return (
        frozenset(knowledge.lookup("synonyms"))
        | frozenset(knowledge.lookup("titles"))
        | frozenset(knowledge.lookup("units"))
    )


def _may_shorten(short: str, name: Name) -> bool:
    """Whether a bracketed acronym can be a name's: "(AP)" after a place is the agency, "(UAE)" its own."""
    if name.type == "person":
        return False
    return name.type != "place" or short.lower() == initials(name.text)


def _said_aliases(sentence: _Parsed) -> Iterator[tuple[str, str]]:
    """Aliases that the text itself gives: "the Full Name (FN)", "X, also known as Y"."""
    text = sentence.text
    for position, name in enumerate(sentence.names):
        bracketed = _BRACKETED.match(text[name.end :])
        if bracketed and _may_shorten(bracketed.group(1), name):
            yield bracketed.group(1), name.text
        following = sentence.names[position + 1] if position + 1 < len(sentence.names) else None
        if following and _ALSO.fullmatch(text[name.end : following.start]):
            yield following.text, name.text


def _mentions(
    document: Document, parsed: Sequence[_Parsed], registry: Registry, entities: dict[str, Entity]
) -> list[Mention]:
    resolver, topics = Resolver(), Topics()
    found: list[Mention] = []
    for index, sentence in enumerate(parsed):
        if sentence.block.kind == "other":
            continue
        named = list(_named(document, index, sentence, registry, entities, resolver.people))
        topics.remember(sentence.text, sentence.block.kind, sentence.header, named)
        named += topics.meant(document.id, index, sentence.row) if sentence.row is not None else []
        resolver.roles.extend(_held(sentence, registry, resolver.people))
        taken = [(mention.start, mention.end) for mention in named]
        valued = [mention for mention in _valued(document, index, sentence) if _free(mention, taken)]
        sectored = [
            mention
            for mention in sectors.mentions(sentence.text, sentence.start, document.id, index)
            if _free(mention, taken)
        ]
        anaphoric = resolver.references(sentence.doc, sentence.start, document.id, index, named)
        found.extend(sorted([*named, *valued, *sectored, *anaphoric], key=lambda mention: (mention.start, mention.end)))
    return found


def _named(
    document: Document,
    index: int,
    sentence: _Parsed,
    registry: Registry,
    entities: dict[str, Entity],
    near: Sequence[str],
) -> Iterator[Mention]:
    met = list(near)
    for name in sentence.names:
        entity = registry.entity_id(name.text, met)
        if entity in entities:
            met.append(entity)
            start, end = sentence.start + name.start, sentence.start + name.end
            yield Mention(document.id, index, start, end, document.text[start:end], entities[entity].type, entity)


def _held(sentence: _Parsed, registry: Registry, near: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The people of a sentence with the roles that it gives them."""
    for held in roles(sentence.doc, sentence.names):
        person = registry.entity_id(held.name.text, near)
        if person:
            yield person, held.role


def _valued(document: Document, index: int, sentence: _Parsed) -> Iterator[Mention]:
    for value in values(sentence.text):
        normal = resolve(value.value, document.published) if value.type == "date" else value.value
        start, end = sentence.start + value.start, sentence.start + value.end
        yield Mention(document.id, index, start, end, document.text[start:end], value.type, None, normal)
    for cell, value_of in ((said.cell, said.value) for said in _said(sentence)):
        if value_of is not None:
            yield Mention(document.id, index, cell.start, cell.end, cell.text, value_of[0], None, value_of[1])


def _said(sentence: _Parsed) -> list[tables.Said]:
    """What the cells of a table's row say that stand in this sentence: nearly always all of them."""
    said = sentence.row.said if sentence.row is not None else ()
    return [one for one in said if sentence.start <= one.cell.start and one.cell.end <= sentence.end]


def _free(mention: Mention, taken: Sequence[tuple[int, int]]) -> bool:
    return not any(mention.start < end and start < mention.end for start, end in taken)


def _sentences(
    document: Document, parsed: Sequence[_Parsed], mentions: Sequence[Mention], entities: dict[str, Entity]
) -> tuple[Sentence, ...]:
    by_sentence: dict[int, list[Mention]] = {}
    for mention in mentions:
        by_sentence.setdefault(mention.sentence, []).append(mention)
    speakers = _speakers(parsed, by_sentence, entities)
    built = []
    lead_in = ""
    deeds = Deeds()
    for index, sentence in enumerate(parsed):
        text = document.text[sentence.start : sentence.end]
        spoken_of = [
            entities[mention.entity].name
            for mention in by_sentence.get(index, ())
            if mention.entity and mention.type != "sector"
        ]
        whose = deeds.referred_to(sentence.doc) if sentence.block.kind == "prose" else []
        present = key(text) if spoken_of or whose else ""
        meant = dict.fromkeys(name for name in [*spoken_of, *whose] if key(name) not in present)
        deeds.remember(sentence.doc, spoken_of)
        built.append(
            Sentence(
                document.id, index, sentence.start, sentence.end, text, sentence.block.paragraph,
                sentence.block.kind, sentence.block.heading, speakers[index], _modality(sentence),
                "; ".join([*meant, *([lead_in] if sentence.block.kind == "item" and lead_in else [])]),
            )
        )  # fmt: skip
        if sentence.block.kind != "item":
            lead_in = text if text.rstrip().endswith(":") or sentence.block.kind == "heading" else ""
        elif sentence.header or sentence.row is None and _TABLE.search(text) and not re.search(r"\d", text):
            lead_in = text  # a table's header row
    return tuple(built)


def _modality(sentence: _Parsed) -> Modality:
    """That of a row is its status's: the bars between its cells are no grammar."""
    if sentence.row is not None or sentence.header:
        return sentence.row.modality or "stated" if sentence.row is not None else "stated"
    return sentence_modality(sentence.doc)


def _speakers(
    parsed: Sequence[_Parsed], mentions: dict[int, list[Mention]], entities: dict[str, Entity]
) -> list[str | None]:
    """Whose words each sentence reports: its own reporting verb, else the quotation's in the paragraph or before."""
    ranges = attribution.quotations([item.text for item in parsed], [item.block.paragraph for item in parsed])
    quoted = [attribution.is_speech(item.text, spans) for item, spans in zip(parsed, ranges)]
    own: list[str | None] = []
    for index, sentence in enumerate(parsed):
        speech = attribution.speech(sentence.doc, ranges[index])
        own.append(_speaker_name(speech, sentence.start, mentions.get(index, ()), entities) if speech.speaker else None)
    resolved: list[str | None] = []
    last: str | None = None
    for index in range(len(parsed)):
        speaker = own[index]
        if speaker is None and quoted[index]:
            speaker = _paragraph_speaker(parsed, own, quoted, index) or last
        resolved.append(speaker)
        last = speaker or (last if quoted[index] else own[index]) or last
    return resolved


def _paragraph_speaker(parsed: Sequence[_Parsed], own: list[str | None], quoted: list[bool], index: int) -> str | None:
    paragraph = parsed[index].block.paragraph
    after = [own[i] for i in range(index + 1, len(parsed)) if parsed[i].block.paragraph == paragraph and quoted[i]]
    before = [own[i] for i in range(index) if parsed[i].block.paragraph == paragraph]
    return next((name for name in [*reversed(before), *after] if name), None)


def _speaker_name(
    speech: attribution.Speech, offset: int, mentions: Sequence[Mention], entities: dict[str, Entity]
) -> str | None:
    start, end = offset + speech.start, offset + speech.end
    inside = [mention for mention in mentions if mention.entity and start <= mention.start < end]
    people = [mention for mention in inside if mention.type == "person"] or [
        mention for mention in inside if mention.end == end
    ]
    if people and people[-1].entity:
        return entities[people[-1].entity].name if people[-1].entity in entities else people[-1].text
    wording = speech.speaker or ""
    return None if wording.lower() in ("he", "she", "they", "who", "it", "") else wording


def _facts(
    document: Document, parsed: Sequence[_Parsed], sentences: Sequence[Sentence], mentions: Sequence[Mention],
    entities: dict[str, Entity],
) -> tuple[Fact, ...]:  # fmt: skip
    by_sentence: dict[int, list[Mention]] = {}
    for mention in mentions:
        by_sentence.setdefault(mention.sentence, []).append(mention)
    found: list[Fact] = []
    header: list[Mention] = []
    for index, sentence in enumerate(parsed):
        if sentence.block.kind in ("other", "heading", "byline"):
            continue
        here = by_sentence.get(index, [])
        if sentence.header:
            header = here
            continue
        if sentence.row is not None:
            found.extend(_row_facts(document, index, sentence, sentence.row, [*header, *here], entities))
            continue
        dates = [m for m in here if m.type == "date" and m.value and re.match(r"\d{4}", m.value)]
        for held in roles(sentence.doc, sentence.names):
            person = next((m.entity for m in here if m.start == sentence.start + held.name.start), None)
            found.append(
                Fact(document.id, index, held.name.text, "be", held.role, "stated", None, document.published, person)
            )
        for clause in clauses(sentence.doc):
            found.append(
                Fact(
                    document.id, index, clause.subject, clause.predicate, clause.object, clause.modality,
                    sentences[index].speaker, _as_of(dates, clause, sentence.start) if dates else document.published,
                    _entity_in(here, sentence.start, clause.subject_span),
                    _entity_in(here, sentence.start, clause.object_span),
                )
            )  # fmt: skip
    return tuple(found)


def _as_of(dates: Sequence[Mention], clause: Clause, start: int) -> str | None:
    """The date of a clause: its sentence's only one, of several the only one inside it; else it is not told."""
    spans = (clause.subject_span, clause.object_span)
    inside = [m for m in dates if any(first <= m.start - start < last for first, last in spans)]
    chosen = dates if len(dates) == 1 else inside
    return chosen[0].value if len(chosen) == 1 else None


def _row_facts(
    document: Document, index: int, sentence: _Parsed, row: tables.Told, here: Sequence[Mention],
    entities: dict[str, Entity],
) -> Iterator[Fact]:  # fmt: skip
    """What each cell says of its thing; all of it is as unreal as the thing is. A sum of nothing known says nothing."""
    for said in _said(sentence):
        subject = _entity_in(here, 0, (said.subject.start, said.subject.end))
        if said.subject is row.label and subject is None:
            continue
        called = entities[subject].name if said.subject is row.label and subject else said.subject.text
        unreal = said.modality if said.modality in ("proposed", "planned", "agreed", "cancelled") else None
        predicate = said.predicate
        modality: Modality = unreal or "stated"
        if said.predicate == tables.STATUS:
            span = sentence.doc.char_span(
                said.cell.start - sentence.start, said.cell.end - sentence.start, alignment_mode="expand"
            )
            verb = next((token.lemma_.lower() for token in span or () if token.tag_ in ("VBN", "VBD")), "")
            predicate, modality = f"be {verb}".strip(), said.modality or "stated"
        yield Fact(
            document.id, index, called, predicate, said.object, modality, None, document.published,
            subject, _entity_in(here, 0, (said.cell.start, said.cell.end)),
        )  # fmt: skip


def _entity_in(mentions: Sequence[Mention], offset: int, span: tuple[int, int]) -> str | None:
    inside = [m for m in mentions if m.entity and m.start - offset < span[1] and span[0] < m.end - offset]
    named = [m for m in inside if m.type != "sector"] or inside
    return named[0].entity if named else None
