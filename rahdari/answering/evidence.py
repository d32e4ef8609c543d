"""Candidates for an answer: sentences found by words, by meaning and by the entities they mention, with features."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from rahdari import knowledge
from rahdari.answering import periods, ranking, told_facts, values
from rahdari.answering.corpus import Corpus, Key
from rahdari.answering.periods import Period
from rahdari.answering.query import Query, Term, Wanted
from rahdari.answering.text import group_stems, stem, stems
from rahdari.records import Fact, Mention, Sentence

if TYPE_CHECKING:
    from rahdari.encoding import Encoder
    from rahdari.store import Nearness

_POOL = 40  # sentences that are looked at closely
_SPREAD = 1.2  # of scores, against which the margins of `close` are given
_REACH = 80  # sentences that each look-up may bring
_BESIDE_REACH = 3
_RARE = 12  # sentences that name a thing: with as few, each of them is looked at closely
_ABOUT = 12  # documents that are looked through for what is said in them without the name
_HERE, _SYNONYM = 1.0, told_facts.BY_SYNONYM  # how far a term is covered, by where it stands
_CONTEXT, _SUBJECT, _BESIDE, _PARAGRAPH, _TITLE, _DOCUMENT = 0.75, 0.75, 0.55, 0.45, 0.7, 0.25

# The types of mention that can be of a wanted type; a reason has none.
_HOLDERS: dict[Wanted, tuple[str, ...]] = {
    "amount": ("amount",),
    "percentage": ("quantity",),
    "duration": ("quantity", "date"),
    "length": ("quantity",),
    "capacity": ("quantity",),
    "count": ("quantity",),
    "date": ("date",),
    "place": ("place", "project"),
    "organisation": ("organisation", "place", "programme"),
    "person": ("person",),
}


@dataclass(frozen=True)
class Candidate:
    """A sentence with what speaks for it. Every feature lies in 0 to 1.

    Attributes:
        coverage: weighted share of the question's terms that it or its surroundings cover; `direct` in it alone;
            `content` in it alone, of those terms that name no entity.
        meaning: cosine of the encoder's vectors; `behind` how far it stays behind the store's nearest; `paragraph` and
            `paragraph_mean` the highest and the mean in its paragraph.
        words: BM25, relative to the best. length: of the sentence, logarithmic.
        names: weighted share of the question's names that it, its paragraph or its document's title or subject cover.
        entities: share of the named entities that it mentions; `near` also counts its document's subjects.
        typed: it holds a value of the type asked for. speaks: it reports the speaker asked for.
        missing: the terms that are covered nowhere near it; `unsaid` those, names of entities left out, that are not
            in it nor in the sentences beside it.
        before: it was cited in the turn before, or (half) stands beside what was; `thread`: its document was.
        clause: the best share of the question's terms that one fact in it covers.
        defines: it is where its document first names the thing asked about, or says what that is.
        recent: its document's place among the dated ones, the newest 1.
        lead: it opens its document.
        progress: it tells how far something is.
        in_time: it tells of the time asked about, or the question gives none.
        gives: the normalised value by which it differs from others that are cited beside it; None where none does.
    """

    sentence: Sentence
    mentions: tuple[Mention, ...]
    coverage: float = 0.0
    direct: float = 0.0
    content: float = 0.0
    meaning: float = 0.0
    paragraph: float = 0.0
    paragraph_mean: float = 0.0
    behind: float = 0.0
    length: float = 0.0
    words: float = 0.0
    names: float = 0.0
    entities: float = 0.0
    near: float = 0.0
    typed: float = 0.0
    speaks: float = 0.0
    missing: tuple[Term, ...] = ()
    unsaid: tuple[Term, ...] = ()
    before: float = 0.0
    thread: float = 0.0
    clause: float = 0.0
    defines: float = 0.0
    recent: float = 0.0
    lead: float = 0.0
    progress: float = 0.0
    in_time: bool = True
    score: float = 0.0
    values: tuple[Mention, ...] = field(default=())
    gives: str | None = None

    @property
    def key(self) -> Key:
        """The sentence's key in the store."""
        return self.sentence.document, self.sentence.index


@dataclass(frozen=True)
class _Signals:
    """What is the same for all candidates of a query.

    Attributes:
        near: the question's vector beside those of sentences.
        close, matches, best: what the look-ups gave: the nearest keys, BM25 and its highest.
        nearest: the highest cosine.
        cited: what the turn before cited, where the query leans on it. thread: the documents that it cited.
        total, names_total: weight of all terms, and of those that are names.
        plain, plain_total: the terms that name no entity, and their weight.
        verbs: stems of those terms and of what can stand for them.
        named: the entities in the question.
    """

    near: Nearness
    close: tuple[Key, ...]
    nearest: float
    matches: dict[Key, float]
    best: float
    cited: frozenset[Key]
    thread: frozenset[str]
    total: float
    plain: tuple[Term, ...]
    plain_total: float
    names_total: float
    verbs: frozenset[str]
    named: frozenset[str]


class Finder:
    """Finds and ranks candidates. The cost is that of the index look-ups, not of the store's size."""

    def __init__(self, corpus: Corpus, encoder: Encoder) -> None:
        self._corpus = corpus
        self._encoder = encoder

    def find(self, query: Query) -> list[Candidate]:
        """The candidates for a query, best first; ties go to the earlier document and sentence."""
        signals = self._signals(query)
        sentences = [s for s in self._corpus.sentences(self._pool(query, signals)) if s.kind != "other"]
        keys = [(sentence.document, sentence.index) for sentence in sentences]
        self._corpus.read_ahead({sentence.document for sentence in sentences}, signals.named)
        mentions, facts = self._corpus.mentions(keys), self._corpus.facts(keys)
        signals.near.cosines([near for sentence in sentences for near in self._paragraph(sentence)])  # read at once
        found = [
            self._candidate(query, sentence, mentions[key], facts[key], signals)
            for sentence, key in zip(sentences, keys, strict=True)
        ]
        return sorted(found, key=lambda candidate: (-candidate.score, candidate.key))

    def _signals(self, query: Query) -> _Signals:
        cited = frozenset((str(d), int(index)) for d, index in query.memory.last_answer.get("cited", []))
        thread = frozenset(document for document, _ in cited)
        matches = self._matches(query, thread)
        plain = tuple(term for term in query.terms if term.link is None)
        near = self._corpus.store.near(self._encoder.encode([query.text])[0])
        close = near.best(_REACH)
        return _Signals(
            near,
            close,
            nearest=max(near.cosines(close[:1]).values(), default=0.0),
            matches=matches,
            best=max(matches.values(), default=1.0) or 1.0,
            cited=cited if query.carried else frozenset(),
            thread=thread,
            total=sum(term.weight for term in query.terms) or 1.0,
            plain=plain,
            plain_total=sum(term.weight for term in plain),
            names_total=sum(term.weight for term in query.terms if term.name),
            verbs=frozenset(stem for term in plain for stem in (term.stem, *term.also)),
            named=frozenset(link.entity for link in query.links),
        )

    def _paragraph(self, sentence: Sentence) -> list[Key]:
        """The keys of the sentences of its paragraph."""
        bags = self._corpus.bags(sentence)
        return [(sentence.document, index) for index in range(bags.first, bags.last + 1)]

    def _matches(self, query: Query, thread: frozenset[str]) -> dict[Key, float]:
        words = [term.plain for term in query.terms]
        if not words:
            return {}
        search = self._corpus.store.search
        either = [*words, *(other for term in query.terms for other in sorted(term.also))]
        found = dict(search(words, _REACH))
        wider = search(either, _REACH) if len(either) > len(words) else []
        for key, score in [*wider, *(search(either, _REACH, sorted(thread)) if thread else [])]:
            found.setdefault(key, 0.6 * score)
        if self._corpus.store.is_large:  # where what is said of a thing without its name may not be among the first
            for key, score in search(words, _REACH, self._about(query)):
                found.setdefault(key, score)
        return found

    def _about(self, query: Query) -> list[str]:
        """The documents that name most often what a query names."""
        mentioning = (self._corpus.keys_mentioning(link.entity) or () for link in query.links)
        named = Counter(document for keys in mentioning for document, _ in keys)
        return sorted(named, key=lambda document: (-named[document], document))[:_ABOUT]

    def _pool(self, query: Query, signals: _Signals) -> list[Key]:
        """The keys worth a closer look: those that meaning, words and named entities together put first."""
        mentioning = {link.entity: self._corpus.keys_mentioning(link.entity) for link in query.links}
        linked = {key for keys in mentioning.values() for key in keys or ()}
        steps = range(-_BESIDE_REACH, _BESIDE_REACH + 1)
        beside = {(d, i + step) for d, i in signals.cited for step in steps if i + step >= 0}
        pool = {*signals.matches, *signals.close, *linked, *(key for key in beside if self._corpus.store.tells(key))}
        common = {entity for entity, keys in mentioning.items() if keys is None}  # of these only what is found anyway
        if common:
            found = self._corpus.mentions(list(pool))
            linked |= {key for key in pool if any(mention.entity in common for mention in found[key])}
        rare = {key for keys in mentioning.values() if keys and len(keys) <= _RARE for key in keys}
        weights, cosines = ranking.weights(), signals.near.cosines(pool)

        def likely(key: Key) -> float:
            return weights["meaning"] * cosines[key] + weights["words"] * signals.matches.get(key, 0.0) / signals.best

        def rank(key: Key) -> tuple[float, Key]:
            in_thread = weights["thread"] * float(key[0] in signals.thread)
            return -likely(key) - in_thread - float(key in linked) - 3.0 * float(key in beside or key in rare), key

        ranked = sorted(pool, key=rank)[: 3 * _POOL]
        if len(ranked) <= _POOL or not query.wanted:
            return ranked[:_POOL]
        types = {type for wanted in query.wanted for type in _HOLDERS.get(wanted, ())}
        mentions = self._corpus.mentions(ranked)
        holding = {key for key in ranked if any(mention.type in types for mention in mentions[key])}
        return sorted(ranked, key=lambda key: (rank(key)[0] - weights["typed"] * float(key in holding), key))[:_POOL]

    def _candidate(
        self, query: Query, sentence: Sentence, mentions: tuple[Mention, ...], facts: Sequence[Fact], signals: _Signals
    ) -> Candidate:
        key = (sentence.document, sentence.index)
        hits = told_facts.own(values.found(query.wanted, query, sentence, mentions), sentence, facts, signals.named)
        held = values.strength(query.wanted, query, sentence, mentions, hits)
        another = told_facts.heads_another(query, facts, self._corpus.bags(sentence).here)
        entity_ids = {mention.entity for mention in mentions} | self._speaking(query, sentence)
        here = self._corpus.bags(sentence).here
        entity_ids |= {link.entity for link in query.links if link.type == "sector" and stems(link.text) <= here}
        covered = self._covered(query, sentence, entity_ids, bool(query.wanted) and held > 0)
        subjects = {entity for entity in signals.named if self._corpus.about(entity, sentence.document)}
        around = list(signals.near.cosines(self._paragraph(sentence)).values())
        meaning = max(0.0, signals.near.cosines([key])[key])
        coverage = direct = content = names = 0.0
        for term, value in zip(query.terms, covered):
            part = term.weight * value
            names += term.weight if term.name and value >= _PARAGRAPH else 0.0
            coverage += part
            if value >= _CONTEXT:
                direct += part
                content += part if term.link is None else 0.0
        features = {
            "coverage": coverage / signals.total,
            "direct": direct / signals.total,
            "content": content / signals.plain_total if signals.plain_total else 1.0,
            "meaning": meaning,
            "paragraph": max(0.0, *around),
            "paragraph_mean": max(0.0, sum(around) / len(around)),
            "behind": max(0.0, signals.nearest - meaning),
            "length": min(1.0, math.log1p(self._corpus.bags(sentence).length) / 4),
            "words": signals.matches.get(key, 0.0) / signals.best,
            "names": names / signals.names_total if signals.names_total else 1.0,
            "entities": _share(signals.named, entity_ids),
            "near": _share(signals.named, entity_ids | subjects),
            "typed": 0.0 if another else max(held, told_facts.agent(query, facts, signals.verbs)),
            "speaks": self._speaks(query, sentence),
            "clause": told_facts.clause(facts, signals.plain, signals.plain_total),
            "defines": self._defines(query, sentence, mentions, facts),
            "before": _before(key, signals.cited),
            "thread": float(sentence.document in signals.thread),
            "recent": self._corpus.recency(sentence.document),
            "lead": 1.0 if sentence.index < 3 else 0.0,
            "progress": float(bool(knowledge.pattern("cues", "progress").search(sentence.text))),
        }
        missing = tuple(t for t, c in zip(query.terms, covered) if c < _DOCUMENT * _SYNONYM)
        unsaid = tuple(t for t, c in zip(query.terms, covered) if t.link is None and c < _BESIDE * _SYNONYM)
        score = ranking.score(ranking.features(features, sentence.kind, query))
        in_time = query.period is None or self._in_time(query.period, sentence, mentions)
        return Candidate(
            sentence,
            mentions,
            **features,
            missing=missing,
            unsaid=unsaid,
            in_time=in_time,
            score=score,
            values=hits,
            gives=None,
        )

    def _in_time(self, period: Period, sentence: Sentence, mentions: Sequence[Mention]) -> bool:
        bags = self._corpus.bags(sentence)
        if period.year in bags.here | bags.context | bags.beside | bags.paragraph:
            return True
        return periods.within(period, mentions, self._corpus.document(sentence.document).published)

    def _covered(self, query: Query, sentence: Sentence, mentioned: set[str | None], valued: bool) -> list[float]:
        """How far each term is covered, 0 to 1; `valued`: the sentence holds something of the type asked for."""
        title = self._corpus.title_stems(sentence.document)
        document = self._corpus.document_stems(sentence.document)
        bags = self._corpus.bags(sentence)
        steps = (
            (_HERE, bags.here), (_CONTEXT, bags.context), (_TITLE, title), (_BESIDE, bags.beside),
            (_PARAGRAPH, bags.paragraph), (_DOCUMENT, document),
        )  # fmt: skip
        result = []
        for term in query.terms:
            entity = query.links[term.link].entity if term.link is not None and term.link < len(query.links) else None
            value = next((level for level, bag in steps if term.stem in bag), 0.0)
            if term.also and value < _SYNONYM:
                value = max(value, next((level * _SYNONYM for level, bag in steps if term.also & bag), 0.0))
            if entity is not None:
                about = entity in mentioned or self._corpus.about(entity, sentence.document)
                value = max(value, _HERE if entity in mentioned else _SUBJECT if about else 0.0)
            if value < _SYNONYM and (valued and _asks_value(term) or sentence.modality in _modalities(term.stem)):
                value = _SYNONYM
            result.append(value)
        return result

    def _defines(self, query: Query, sentence: Sentence, mentions: Sequence[Mention], facts: Sequence[Fact]) -> float:
        for link in query.links:
            named = [m for m in mentions if m.entity == link.entity and m.text[0].isupper()]
            if not named:
                continue
            if any(fact.predicate == "be" and fact.subject_entity == link.entity for fact in facts):
                return 1.0
            if self._corpus.first_named(link.entity, sentence.document) == sentence.index:
                return 0.7
        return 0.0

    def _speaks(self, query: Query, sentence: Sentence) -> float:
        if query.voice:
            return self._voiced(query.voice, sentence)
        if query.speaker is None:
            return 1.0 if query.kind == "quote" and sentence.speaker else 0.0
        return float(self._is_speaker(query.speaker, sentence))

    def _voiced(self, voice: frozenset[str], sentence: Sentence) -> float:
        """How well a sentence gives the words of those described: a speaker of that role, or the groups themselves."""
        if sentence.speaker is not None:
            return float(bool(voice & stems(self._corpus.with_role(sentence.speaker))))
        here = self._corpus.bags(sentence).here
        if voice <= group_stems():
            return 1.0 if here & group_stems() else 0.5
        return 0.5 if (voice - group_stems()) & here else 0.0

    def _speaking(self, query: Query, sentence: Sentence) -> set[str | None]:
        """The people named in the question whose words a sentence reports: it is about them, too."""
        people = {link.entity for link in query.links if link.type == "person"} if sentence.speaker else set()
        return {entity for entity in people if self._is_speaker(entity, sentence)}

    def _is_speaker(self, entity_id: str, sentence: Sentence) -> bool:
        entity = self._corpus.store.entity(entity_id)
        return entity is not None and sentence.speaker in (entity.name, *entity.aliases)


def _before(key: Key, cited: frozenset[Key]) -> float:
    if key in cited:
        return 1.0
    return 0.5 if any(document == key[0] and abs(index - key[1]) <= _BESIDE_REACH for document, index in cited) else 0.0


@cache
def _value_words() -> frozenset[str]:
    return frozenset(stem(word) for word in knowledge.words("attributes", "value"))


def _asks_value(term: Term) -> bool:
    return term.stem in _value_words()


@cache
def _modalities(asked: str) -> frozenset[str]:
    """How real a sentence may tell a thing to be where the question has this stem: "what is planned for the port?"."""
    modal = {stem(word) for word in knowledge.words("attributes", "planned")}
    return frozenset({"planned", "proposed", "agreed"}) if asked in modal else frozenset()


def _share(wanted: frozenset[str], present: set[str | None]) -> float:
    return len(wanted & present) / len(wanted) if wanted else 1.0


def close(evidence: Sequence[Candidate], most: int, margin: float) -> list[Candidate]:
    """The best candidates whose rank comes near the first's, and that cover nearly as much of the question."""
    best = evidence[0]
    return [
        candidate
        for candidate in evidence[:most]
        if candidate is best
        or candidate.score >= best.score - _SPREAD * margin
        and candidate.coverage >= 0.7 * best.coverage
    ]
