"""all-MiniLM-L6-v2 on onnxruntime: mean over the tokens, then length 1, as sentence-transformers does it."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from rahdari.encoding.model import prepared, vocabulary
from rahdari.errors import ModelError

if TYPE_CHECKING:
    from numpy.typing import NDArray

DIMENSION = 384
MAX_TOKENS = 256
REMEMBERED = 2048


class Encoder:
    """Texts to vectors. Load it once and share it: it may be used from several threads.

    The same text gives the same vector whatever else is encoded with it: texts go through the model one at
    a time, without padding. The latest texts are remembered.
    """

    def __init__(self, session: Any, tokenizer: Any, remembered: int = REMEMBERED) -> None:
        self._session = session
        self._tokenizer = tokenizer
        self._remembered = remembered
        self._vectors: OrderedDict[str, NDArray[np.float32]] = OrderedDict()
        self._lock = threading.Lock()

    @classmethod
    def load(cls) -> Encoder:
        """Open the quantised model, making it first when it is missing. Raises ModelError."""
        import onnxruntime
        from tokenizers import BertWordPieceTokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        path = prepared()
        try:
            session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        except Exception as error:  # onnxruntime's own exceptions share no base class
            raise ModelError(f"{path} cannot be opened ({error}); delete it and try again") from error
        words = vocabulary().read_text(encoding="utf-8").split("\n")
        tokenizer = BertWordPieceTokenizer({word: number for number, word in enumerate(words) if word}, lowercase=True)
        tokenizer.enable_truncation(MAX_TOKENS)
        return cls(session, tokenizer)

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row a text: float32, shape (len(texts), 384), each of length 1.

        What comes after the first 256 tokens of a text is not looked at.
        """
        vectors = np.empty((len(texts), DIMENSION), dtype=np.float32)
        for row, text in enumerate(texts):
            vectors[row] = self._vector(text)
        return vectors

    def _vector(self, text: str) -> NDArray[np.float32]:
        with self._lock:
            known = self._vectors.get(text)
            if known is not None:
                self._vectors.move_to_end(text)
                return known
        vector = self._run(text)
        with self._lock:
            self._vectors[text] = vector
            while len(self._vectors) > self._remembered:
                self._vectors.popitem(last=False)
        return vector

    def _run(self, text: str) -> NDArray[np.float32]:
        valid = text.encode("utf-8", "replace").decode("utf-8")  # half a surrogate pair can come in by JSON
        ids = np.array([self._tokenizer.encode(valid).ids], dtype=np.int64)
        feeds = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        tokens = self._session.run(None, feeds)[0][0]
        vector = tokens.mean(axis=0)
        normalised: NDArray[np.float32] = (vector / np.linalg.norm(vector)).astype(np.float32)
        return normalised
