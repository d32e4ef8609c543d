"""The flow from a question to an answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from rahdari import knowledge
from rahdari.answering import conversation, figures, forms, periods, premises, recall, social, superlatives
from rahdari.answering.answerability import Decision, decide
from rahdari.answering.conversation import Turn
from rahdari.answering.corpus import Corpus
from rahdari.answering.evidence import Candidate, Finder
from rahdari.answering.messages import several, sides, spelled_out
from rahdari.answering.phrasing import joined, listed, told, wording
from rahdari.answering.query import Query
from rahdari.answering.recall import Recall
from rahdari.answering.replies import Replies
from rahdari.answering.text import field_words
from rahdari.answering.understanding import QUOTED, understand
from rahdari.knowledge.normal import words
from rahdari.records import Answer, Link, Memory, Question, Ranked

if TYPE_CHECKING:
    from rahdari.encoding import Encoder
    from rahdari.linking import Linker
    from rahdari.store import Store

_SURE_OUTSIDE = 0.7
MOST_TOLD = 4  # sentences of an overview
_FIGURES = {"amount", "percentage", "duration", "length", "capacity", "count", "date", "age"}


class Answerer:
    """Answers questions out of a store. The same question, memory and store give the same answer, but for its id."""

    def __init__(self, store: Store, encoder: Encoder, linker: Linker) -> None:
        self._corpus = Corpus(store)
        self._linker = linker
        self._finder = Finder(self._corpus, encoder)
        self._replies = Replies(self._corpus)
        self._recall = Recall(self._corpus, self._finder, self._replies)

    @property
    def corpus(self) -> Corpus:
        """What it answers from."""
        return self._corpus

    def answer(self, question: Question) -> Answer:
        """One reply, always: what the documents don't say is an answer too."""
        self._corpus.renew()
        question = self._spelled_out(question)
        talk = social.small_talk(question)
        if talk is not None:
            return self._replies.plain(
                "smalltalk", wording(talk, documents=self._replies.documents()), question, self._replies.starters()
            )
        links = question.links if question.links is not None else self._linker.link(question.text)
        if social.foreign(question.text) or not links and self._strange(question.text):
            return self._replies.plain("unknown", wording("other_language"), question, self._replies.starters())
        if social.outside(question, links):
            return self._out_of_scope(question)
        parts = several(question.text)
        if len(parts) > 1:
            return self._one_by_one(parts, question)
        query = self._understood(replace(question, links=tuple(links)))
        namesakes = _namesakes(links)
        if len(namesakes) > 1 and all(term.link is not None for term in query.terms):  # "Roe?", and there are two
            return self._replies.clarify(namesakes, question)
        turn = conversation.before(question.memory.last_answer)
        chosen = conversation.chosen(question.text, turn)
        if chosen is not None:
            return self.answer(Question(chosen, memory=question.memory))
        pointed = conversation.with_item(question.text, turn.items)
        if pointed is not None:
            return self._looked_up(self._of_item(pointed, question), question)
        return self._recall.answer(query, question) or self._of_documents(query, question, turn)

    def _spelled_out(self, question: Question) -> Question:
        text = spelled_out(question.text, self._linker.vocabulary)
        if text == question.text:
            return question
        return replace(question, text=text, links=self._linker.link(text) if question.links is not None else None)

    def _one_by_one(self, parts: Sequence[str], question: Question) -> Answer:
        """Several questions of one message, each answered with the one before in mind, as one reply."""
        answers: list[Answer] = []
        memory = question.memory
        for part in parts:
            answers.append(self.answer(replace(question, text=part, links=None, memory=memory)))
            memory = answers[-1].memory
        return self._replies.together(answers)

    def _understood(self, question: Question) -> Query:
        links = self._linker.link(question.text) if question.links is None else question.links
        return understand(question, _unambiguous(links), self._corpus, self._linker.vocabulary)

    def explain(self, turns: Sequence[str]) -> tuple[Query, list[Candidate]]:
        """What the last of these turns is understood as, and what is found for it: for fitting, and to look inside."""
        memory = Memory()
        for turn in turns[:-1]:
            memory = self.answer(Question(turn, memory=memory)).memory
        question = self._spelled_out(Question(turns[-1], memory=memory))
        query = self._understood(question)
        before = conversation.before(memory.last_answer)
        if conversation.leans(query, before):
            query = conversation.completed(query, before)
        return query, self._finder.find(query)

    # What is looked up.

    def _of_documents(self, query: Query, question: Question, turn: Turn) -> Answer:
        others = conversation.other_people(query, turn)
        if others and self._corpus.store.has("person"):
            return self._everything(replace(query, listed="person", excluded=others), question)
        picked = conversation.ordinal(question.text)
        if picked is not None and -len(turn.items) <= picked < len(turn.items):
            query = self._about(turn.items[picked], question)
        elif conversation.leans(query, turn):
            query = conversation.completed(query, turn)
        if query.options and turn.empty:
            return self._replies.clarify(query.options, question)
        if (
            query.listed
            and not query.carried
            and self._corpus.store.has(query.listed)
            and not {link.entity for link in query.links} - query.excluded
            and all(_general(term.plain) for term in query.terms if term.link is None)
        ):
            return self._everything(query, question)
        if not query.terms and not query.links:
            whole = knowledge.pattern("cues", "of_whole").search(question.text)
            return self._of_whole(query, question) if whole else self._replies.clarify((), question)
        return self._looked_up(query, question)

    def _looked_up(self, query: Query, question: Question) -> Answer:
        query = self._timed(query, question)
        compared = self._compared(query, question)
        if compared is not None:
            return compared
        paired = self._side_by_side(query)
        decision = decide(query, paired or self._finder.find(query))
        if len(paired) > 1 and not decision.answered:
            decision = Decision(True, tuple(paired), decision.probability)
        if query.superlative and not (decision.answered and superlatives.says_so(query, decision.evidence[0])):
            ranked = self._ranked(query, question)
            if ranked is not None:
                return ranked
        readings = self._readings(query, question, decision) if decision.answered else {}
        if len(readings) > 1:
            return self._replies.clarify(tuple(readings), question, tuple(readings.values()))
        hedge = forms.missing_part(query, decision.evidence[0], decision.sure) if decision.answered else None
        if not decision.answered:
            decision, hedge = self._contrasted(query, decision)
        denied = premises.denied(query, decision.evidence[0], self._corpus) if decision.answered else None
        if denied is not None:
            return self._unknown(query, decision, question, denied)
        if not decision.answered:
            if self._elsewhere(query, question):
                return self._out_of_scope(question)
            return self._unknown(query, decision, question)
        form = forms.compose(query, decision.evidence, self._corpus, hedge)
        cited = form.cited[: forms.MOST_CITED]
        return self._replies.answered(query, form.text, cited, form.items)

    def _timed(self, query: Query, question: Question) -> Query:
        """ "Before the loan was signed": the question with the time that the documents give for that."""
        then = None if query.yes_no or query.period else periods.event(query.text)
        if then is None:
            return query
        of = " ".join(link.name for link in query.links if link.type != "sector" and link.name not in then.text)
        told_of = self._understood(replace(question, text=f"{then.text} {of}", links=None, memory=Memory()))
        decision = decide(told_of, self._finder.find(told_of))
        period = periods.beside(decision.evidence[0].mentions, then.before) if decision.answered else None
        if period is None:
            return query
        spoken_of = {term.stem for term in told_of.terms if term.link is None}
        return replace(query, period=period, terms=tuple(t for t in query.terms if t.stem not in spoken_of))

    def _readings(self, query: Query, question: Question, decision: Decision) -> dict[str, str]:
        """The things of which a question without a name may ask a figure, each with a question that is answered."""
        asked: dict[str, str] = {}
        for name in figures.things(query, decision.evidence, self._corpus):
            text = f"{name}: {query.text}"
            alone = self._understood(replace(question, text=text, links=None, memory=Memory()))
            if alone.links and decide(alone, self._finder.find(alone)).answered:
                asked[name] = text
        return asked

    def _side_by_side(self, query: Query) -> list[Candidate]:
        """For a comparison: the best on each thing named, each searched for by itself; empty for other questions."""
        if query.kind != "compare" or len(query.links) < 2:
            return []
        best: list[Candidate] = []
        speakers = [link for link in query.links if link.type == "person"]
        if len(speakers) == 1:  # "what do the governments say of it, and what does Roe?"
            spoken = self._finder.find(replace(query, kind="quote", speaker=speakers[0].entity))
            best.extend(replace(c, near=1.0) for c in [c for c in spoken if c.speaks][:2])
        for number, link in enumerate(query.links):
            terms = tuple(
                replace(t, link=0) if t.link == number else t for t in query.terms if t.link in (None, number)
            )
            speaker = link.entity if link.type == "person" else None
            kind = "how_much" if query.wanted else "describe"
            alone = replace(query, links=(link,), terms=terms, kind=kind, speaker=speaker)  # type: ignore[arg-type]
            found = [c for c in self._finder.find(alone) if forms.is_of(link, c, self._corpus)]
            if len(speakers) == 1 and link not in speakers:
                found = [c for c in found if c.sentence.speaker != speakers[0].name] or found
            typed = [c for c in found if c.typed] if query.wanted else []
            best.extend(replace(c, near=1.0) for c in (typed or found)[:2])
        return list({candidate.key: candidate for candidate in best}.values())

    def _compared(self, query: Query, question: Question) -> Answer | None:
        """A comparison of two things without names, each answered for itself; None where that is not what is asked."""
        named = sides(query.text) if query.kind == "compare" and len(query.links) < 2 else ()
        best: dict[str, Candidate] = {}
        for side in named:
            alone = self._understood(replace(question, text=side, links=None))
            part = self._understood(
                replace(question, text=" ".join([side, *(link.name for link in query.links)]), links=None)
            )
            decision = decide(part, self._finder.find(part))
            if alone.terms and decision.answered and decision.evidence[0] not in best.values():
                best[side] = decision.evidence[0]
        if len(best) < 2:
            return None
        form = forms.side_by_side({side: [candidate] for side, candidate in best.items()})
        return self._replies.answered(query, form.text, form.cited)

    def _ranked(self, query: Query, question: Question) -> Answer | None:
        """ "The longest tunnel": by what the documents give for each; None where it is to be looked up as it stands."""
        measured = superlatives.measured(query)
        found = self._finder.find(measured)
        form = superlatives.ranked(measured, found, self._corpus)
        if form is None:
            return None if query.links else self._unknown(measured, Decision(False, tuple(found), 0.0), question)
        return self._replies.answered(query, form.text, form.cited, form.items)

    def _contrasted(self, query: Query, decision: Decision) -> tuple[Decision, str | None]:
        """A yes-or-no question whose one odd name the evidence has another for is answered with that."""
        said = premises.contrast(query, decision.evidence[0]) if decision.evidence else None
        if said is None:
            return decision, None
        odd = {term.stem for term in decision.evidence[0].missing}
        kept = tuple(term for term in query.terms if term.stem not in odd)
        links = tuple(
            link for i, link in enumerate(query.links) if not any(t.link == i for t in query.terms if t.stem in odd)
        )
        renumbered = tuple(
            replace(
                term,
                link=links.index(query.links[term.link])
                if term.link is not None and query.links[term.link] in links
                else None,
            )
            for term in kept
        )
        without = replace(query, terms=renumbered, links=links)
        again = decide(without, self._finder.find(without))
        return (again, said) if again.answered and again.probability > 0.6 else (decision, None)

    def _of_whole(self, query: Query, question: Question) -> Answer:
        """ "What is all this about?": how the documents begin, the newest first; that says nothing of a year."""
        opening = recall.openings(self._corpus, MOST_TOLD)
        if query.wanted or not opening:
            return self._unknown(query, Decision(False, tuple(opening), 0.0), question)
        text = joined([told(candidate.sentence) for candidate in opening])
        return self._replies.answered(query, text, opening)

    def _everything(self, query: Query, question: Question) -> Answer:
        """All things of one type over the documents: "name all people mentioned", "which projects are there"."""
        quoted = query.listed == "person" and QUOTED.search(query.text.lower())
        found = {
            one.name: one
            for one in sorted(self._quoted() if quoted else self._corpus.most_mentioned(query.listed or ""))
            if one.mentioned and one.id not in query.excluded
        }
        if not found:
            return self._unknown(query, Decision(False, (), 0.0), question)
        names = sorted(found, key=lambda name: (-found[name].mentioned, name))[:20]
        firsts = [self._first(found[name].id, bool(quoted)) for name in names]
        cited = list({candidate.key: candidate for candidate in firsts}.values())[: forms.MOST_CITED]
        more = f" and {len(found) - len(names)} more" if len(found) > len(names) else ""
        lead = f"{listed(names)}{more}." if not more else f"{', '.join(names)}{more}."
        if query.kind == "count":
            lead = f"{len(found)} are named: {lead}"
        text = joined([lead[:1].upper() + lead[1:], *(told(candidate.sentence) for candidate in cited[:2])])
        return self._replies.answered(query, text, cited, names)

    def _quoted(self) -> list[Ranked]:
        """The people whose words the store has, with how many sentences are in their words."""
        store = self._corpus.store
        people = store.called(store.speakers(), "person")
        return [Ranked(one.id, one.name, len(store.keys_spoken(one))) for one in people]

    def _first(self, id: str, quoted: bool) -> Candidate:
        """The first sentence that mentions an entity, or has its words."""
        store = self._corpus.store
        entity = store.entity(id) if quoted else None
        [key] = store.keys_spoken(entity, 1) if entity else store.keys_mentioning(id, 1)
        return Candidate(self._corpus.sentences([key])[0], self._corpus.mentions([key])[key])

    def _of_item(self, text: str, question: Question) -> Query:
        """A question in which an item of the list before was filled in; "what else on it" asks what there is on it."""
        query = self._understood(replace(question, text=text, links=None))
        return replace(query, kind="describe") if query.kind in ("more", "source") else query

    def _about(self, item: str, question: Question) -> Query:
        return self._understood(Question(f"tell me about {item}", memory=question.memory))

    def _unknown(self, query: Query, decision: Decision, question: Question, lead: str | None = None) -> Answer:
        """One plain sentence, then the nearest that the documents do say: never a figure of the type asked for."""
        lead = lead or _not_said(query)
        things = any(link.type != "sector" for link in query.links)
        evidence = [c for c in decision.evidence if c.near > 0 or not things]
        named = [c for c in evidence if not any(term.name for term in c.missing)]
        named = [c for c in named if not query.carried or c.thread] or named
        near = [c for c in named or evidence if not c.typed or not _FIGURES & set(query.wanted)]
        near = [
            c for c in near if c.coverage >= 0.35 and c.sentence.kind in ("prose", "item") and not _valued(query, c)
        ][:1]
        parts = [lead]
        if near:
            parts.append(wording("nearest", quote=told(near[0].sentence)))
        memory = self._replies.memory(query, near, (), "unknown", tuple(c.key for c in near))
        return self._replies.citing(
            "unknown", joined(parts), near, memory, self._replies.suggestions(query, near), "nearest"
        )

    def _elsewhere(self, query: Query, question: Question) -> bool:
        """Whether an unanswered message is no question of this field: the classifier says so, or no word of it is."""
        if (
            query.links
            or query.carried
            or query.listed
            or knowledge.pattern("cues", "of_documents").search(question.text)
        ):
            return False
        if question.intent == "out_of_scope" and question.confidence >= _SURE_OUTSIDE:
            return True
        if question.memory.last_answer.get("question"):  # in a conversation a strange word may still be about it
            return False
        return not any(self._corpus.known(term.plain) or term.plain in field_words() for term in query.terms)

    def _strange(self, text: str) -> bool:
        """Whether a message has mostly words of neither English nor the store."""
        plain = [word.plain for word in words(text) if not word.plain.isdigit()]
        known = self._linker.vocabulary
        strange = [word for word in plain if len(word) > 1 and word not in known and known.correct(word) is None]
        return len(plain) >= 3 and len(strange) > 0.5 * len(plain)

    def _out_of_scope(self, question: Question) -> Answer:
        text = wording("out_of_scope", documents=self._replies.documents())
        return self._replies.plain("out_of_scope", text, question, self._replies.starters())


def _unambiguous(links: Sequence[Link]) -> tuple[Link, ...]:
    """One link a stretch: where several entities fit equally, the first (most often mentioned) stands."""
    seen: dict[tuple[int, int], Link] = {}
    for link in links:
        seen.setdefault((link.start, link.end), link)
    return tuple(seen.values())


def _namesakes(links: Sequence[Link]) -> tuple[str, ...]:
    """The people, two or more, that one stretch of a message fits equally."""
    people = [link for link in links if link.type == "person"]
    shared = [a for a in people if any(b.start == a.start and b.entity != a.entity for b in people)]
    return tuple(dict.fromkeys(link.name for link in shared))


def _general(word: str) -> bool:
    singular = word[:-1] if word.endswith("s") else word
    return (
        word in knowledge.lookup("heads")
        or singular in knowledge.lookup("heads")
        or any(p.search(word) for _, p in knowledge.patterns("items"))
    )


def _not_said(query: Query) -> str:
    """One plain sentence on what the documents don't say, by the type of value asked for."""
    topic = next((link.name for link in query.links if link.type != "sector"), "that")
    return wording(f"unknown_{query.wanted[0]}", topic=topic) if query.wanted else wording("unknown")


def _valued(query: Query, candidate: Candidate) -> bool:
    """A sentence with an amount beside a question for one would read as an answer."""
    types = {"amount": ("amount",), "date": ("date",)}.get(query.wanted[0] if query.wanted else "", ())
    return any(mention.type in types for mention in candidate.mentions)
