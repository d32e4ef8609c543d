"""Question -> Answer: plain Python, knows nothing of Rasa or of any channel.

text            stems, stop words, synonyms
corpus          the store as answering looks at it
query           what a message asks, as a record
messages        a message -> the question in it
voices          whose words a question asks for
understanding   message -> query
conversation    query + the turn before -> completed query
values          which stretches are of the type asked for
evidence        query -> candidates with features, ranked
told_facts      what the facts of a sentence tell of what is asked
superlatives    "the longest": by the figures given for each
answerability   candidates -> answered or unknown
forms           evidence -> text, one form a kind
replies         text and what it cites -> the record of a reply
recall          what asks of the reply before alone: its source, its speaker, whether it is certain, more of it
answerer        the flow, and what is no question of this field
"""

from rahdari.answering.answerer import Answerer

__all__ = ["Answerer"]
