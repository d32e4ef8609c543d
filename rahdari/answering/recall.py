"""What leans on the turn before alone: where it is from, who said it, if it is certain, what it names, more of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rahdari import knowledge
from rahdari.answering import conversation, reality
from rahdari.answering.conversation import Turn
from rahdari.answering.corpus import Corpus
from rahdari.answering.evidence import Candidate, Finder
from rahdari.answering.phrasing import joined, listed, readable, source_of, told, wording
from rahdari.answering.query import Query, Term
from rahdari.answering.replies import Replies
from rahdari.answering.text import stems
from rahdari.records import Answer, Document, Mention, Question

_READ_ON = 12  # sentences


class Recall:
    """Answers messages that ask of the reply before, from the sentences that it cited."""

    def __init__(self, corpus: Corpus, finder: Finder, replies: Replies) -> None:
        self._corpus = corpus
        self._finder = finder
        self._replies = replies

    def answer(self, query: Query, question: Question) -> Answer | None:
        """The reply, or None where the message asks for something that has to be looked up."""
        turn = conversation.before(question.memory.last_answer)
        if conversation.asks_who_said(question.text) and turn.cited:
            return self._who_said(turn, question)
        if query.kind == "source" and not query.links:
            return self._source(turn, question)
        whole = knowledge.pattern("cues", "of_whole").search(question.text)
        if turn.empty and not (query.links or query.listed or whole) and conversation.points_back(query):
            return self._replies.clarify(query.options, question)
        if query.kind == "more" and not query.links:
            return self._more(turn, question)
        if turn.status == "answered" and turn.cited and conversation.asks_if_certain(query):
            return self._certain(turn, question)
        if turn.cited and knowledge.pattern("cues", "shorter").match(question.text):
            return self._again(self._most_on_it(turn), question)
        if turn.cited and knowledge.pattern("cues", "in_context").match(question.text):
            around = {(s.document, s.index) for s in self._corpus.store.neighbours(turn.cited[0], 1, 1)}
            return self._again(tuple(sorted({*around, turn.cited[0]})), question)
        if turn.status == "answered" and conversation.asks_if_among(query, turn):
            return self._among(turn, query, question)
        return None

    def _source(self, turn: Turn, question: Question) -> Answer:
        if not turn.cited and self._corpus.store.document_count == 1:  # asked of the one document itself
            turn = replace(turn, cited=(self._names_publisher(self._corpus.store.newest(1)[0]),))
        if not turn.cited:
            return self._replies.plain("clarify", wording("no_previous"), question, self._replies.starters())
        sentences = self._corpus.sentences(turn.cited)
        if not sentences:  # the document was taken out of the store since
            return self._replies.plain("unknown", wording("unknown"), question, self._replies.starters())
        cited = [self._corpus.document(id) for id in dict.fromkeys(sentence.document for sentence in sentences)]
        named = listed([source_of(document) for document in cited])
        quotes = [f"“{readable(sentence.text).strip(chr(34) + '“”')}”" for sentence in sentences]
        undated = "" if all(document.published for document in cited) else "It gives no date of publication."
        text = joined([f"From {named}:", *quotes, undated])
        return self._replies.citing(
            "answered", text, [Candidate(s, ()) for s in sentences], question.memory, (), "evidence"
        )

    def _names_publisher(self, document: Document) -> tuple[str, int]:
        """The first sentence that names a document's publisher, else its first."""
        sentences = self._corpus.store.sentences(document.id)
        named = (s.index for s in sentences if document.publisher and document.publisher in s.text)
        return document.id, next(named, 0)

    def _who_said(self, turn: Turn, question: Question) -> Answer:
        sentences = self._corpus.sentences(turn.cited)
        if not sentences:
            return self._replies.plain("unknown", wording("unknown"), question, self._replies.starters())
        sentence = sentences[0]
        if sentence.speaker:
            name = self._corpus.with_role(sentence.speaker)
            text = joined([f"{name[:1].upper()}{name[1:]}.", told(sentence)])
        else:
            document = self._corpus.document(sentence.document)
            text = joined([f"No person is quoted for it: {source_of(document)} itself says so.", told(sentence)])
        return self._replies.citing("answered", text, [Candidate(sentence, ())], question.memory, (), "evidence")

    def _certain(self, turn: Turn, question: Question) -> Answer | None:
        """ "Is that confirmed?": whose word it is, or how real the document says it is."""
        sentences = self._corpus.sentences(turn.cited)
        if not sentences:
            return None
        cited = Candidate(sentences[0], ())
        if sentences[0].speaker:
            text = f"It is what {self._corpus.with_role(sentences[0].speaker)} says; the documents don't confirm it."
        else:
            source = source_of(self._corpus.document(sentences[0].document))
            told_as = {fact.modality for fact in self._corpus.facts([cited.key])[cited.key]}
            unreal = next((state for state in reality.STATES if state in told_as), "")
            text = reality.STATES.get(unreal) or f"{source[:1].upper()}{source[1:]} reports it."
        return self._replies.citing(
            "answered", joined([text, told(sentences[0])]), [cited], question.memory, (), "evidence"
        )

    def _among(self, turn: Turn, query: Query, question: Question) -> Answer | None:
        """ "And health?", "is tourism among them?": whether what was just listed names it too."""
        cited = self._corpus.sentences(turn.cited)
        item = " ".join(term.plain for term in query.terms)
        for sentence in cited:
            key = sentence.document, sentence.index
            mentions = self._corpus.mentions([key])[key]
            named = stems(f"{sentence.text} {sentence.context}")
            if all(_is_named(term, query, mentions, named) for term in query.terms):
                found = Candidate(sentence, mentions)
                text = joined([f"Yes: {item} is among them.", told(sentence)])
                memory = self._replies.memory(query, [found], turn.items, "answered", turn.shown)
                return self._replies.citing("answered", text, [found], memory, (), "evidence")
        listing = cited and sum(m.type == "sector" for m in self._corpus.mentions(turn.cited[:1])[turn.cited[0]]) >= 3
        if not (turn.items and cited or listing) or not query.yes_no:
            return None
        text = joined([f"The documents don't name {item} among them.", wording("nearest", quote=told(cited[0]))])
        return self._replies.citing("unknown", text, [Candidate(cited[0], ())], question.memory, (), "nearest")

    def _most_on_it(self, turn: Turn) -> tuple[tuple[str, int], ...]:
        """The one of the cited sentences that has most of the words asked about."""
        asked = {term.stem for term in turn.terms if term.link is None}
        best = max(self._corpus.sentences(turn.cited), key=lambda s: len(asked & self._corpus.bags(s).here))
        return ((best.document, best.index),)

    def _again(self, keys: Sequence[tuple[str, int]], question: Question) -> Answer:
        """Sentences that were shown, fewer of them, or with what stands around them."""
        sentences = self._corpus.sentences(keys)
        if not sentences:  # the document was taken out of the store since
            return self._replies.plain("unknown", wording("unknown"), question, self._replies.starters())
        shown = [Candidate(sentence, ()) for sentence in sentences]
        text = joined([told(sentence) for sentence in sentences])
        return self._replies.citing("answered", text, shown, question.memory, (), "evidence")

    def _more(self, turn: Turn, question: Question) -> Answer:
        if turn.empty:
            return self._replies.plain("clarify", wording("no_previous"), question, self._replies.starters())
        query = Query(turn.question, question.text, "describe", (), turn.terms, turn.links, memory=question.memory)
        shown = set(turn.shown)
        candidates = [c for c in self._finder.find(query) if c.direct >= 0.55 and self._on_topic(c, turn)]
        candidates.sort(key=lambda c: c.entities == 0)
        fresh = [c for c in candidates if c.key not in shown][:3] or self._reading_on(turn, shown)
        if not fresh:
            topic = next((link.name for link in turn.links if link.type != "sector"), "that")
            nothing = wording("nothing_more", topic=topic)
            cited = self._corpus.sentences(turn.cited)
            if not cited:
                return self._replies.plain("unknown", nothing, question, ())
            shown_before = [Candidate(sentence, ()) for sentence in cited]
            return self._replies.citing("answered", nothing, shown_before, question.memory, (), "evidence")
        memory = self._replies.memory(
            replace(query, text=turn.question), fresh, turn.items, "answered", (*turn.shown, *(c.key for c in fresh))
        )
        text = joined([told(candidate.sentence) for candidate in fresh])
        return self._replies.citing(
            "answered", text, fresh, memory, self._replies.suggestions(query, fresh), "evidence"
        )

    def _reading_on(self, turn: Turn, shown: set[tuple[str, int]]) -> list[Candidate]:
        """What the document says next on the topic, where the document is about it."""
        about = {link.entity for link in turn.links if link.type != "sector"}
        if not turn.cited or not any(self._corpus.about(entity, turn.cited[0][0]) for entity in about):
            return []
        after = self._corpus.store.neighbours(turn.cited[0], 0, _READ_ON)
        keys = [(s.document, s.index) for s in after if s.kind in ("prose", "item")]
        mentions = self._corpus.mentions(keys)
        return [Candidate(s, mentions[k]) for s, k in zip(self._corpus.sentences(keys), keys) if k not in shown][:2]

    def _on_topic(self, candidate: Candidate, turn: Turn) -> bool:
        """Whether a sentence is on what the turn before was about: it names it, or stands in a document cited then."""
        if any(link.type != "sector" for link in turn.links):
            return candidate.entities > 0
        return candidate.sentence.document == next((document for document, _ in turn.cited), None)


def _is_named(term: Term, query: Query, mentions: Sequence[Mention], named: frozenset[str]) -> bool:
    """Whether a sentence with these mentions and stems has the thing that a term is part of, or the word itself."""
    if term.link is None:
        return term.stem in named or bool(term.also & named)
    link = query.links[term.link]
    return any(mention.entity == link.entity for mention in mentions) or stems(link.text) <= named


def openings(corpus: Corpus, most: int) -> list[Candidate]:
    """How the documents begin: of one its first sentences, of several the first of each, the newest first."""
    documents = corpus.store.newest(most)
    each = most if len(documents) == 1 else 1
    chosen = [s for d in documents for s in [s for s in corpus.store.sentences(d.id) if s.kind == "prose"][:each]]
    mentions = corpus.mentions([(s.document, s.index) for s in chosen])
    return [Candidate(sentence, mentions[sentence.document, sentence.index]) for sentence in chosen]
