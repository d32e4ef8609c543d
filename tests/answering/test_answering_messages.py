"""What a message asks, before it is understood: chat spellings, misspelt small words."""

from __future__ import annotations

import pytest

from rahdari.answering.messages import spelled_out


class _Words:
    """A vocabulary: the words of a store and of English, and what misspellings of them are near to."""

    def __init__(self, stored: tuple[str, ...] = ()) -> None:
        self._stored = stored

    def __contains__(self, word: str) -> bool:
        return word in (*self._stored, "port", "finished")

    def count(self, word: str) -> int:
        return int(word in self._stored)

    def correct(self, word: str) -> str | None:
        return {"waht": "what", "abotu": "about", "thar": "that", "prot": "port"}.get(word)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("hw mny deals", "how many deals"),
        ("Whn was teh port finished", "when was the port finished"),
        ("waht abotu the port", "what about the port"),
        ("wich ppl, acc to the ex director", "which people, according to the former director"),
        ("is the port finished", "is the port finished"),
    ],
)
def test_chat_spellings_and_misspelt_small_words_are_put_right(typed: str, meant: str) -> None:
    assert spelled_out(typed, _Words()) == meant  # type: ignore[arg-type]


@pytest.mark.parametrize("typed", ["the Thar line", "is the DIFF paid", "mail n@example.org", "the prot", "re-opened"])
def test_names_capitals_addresses_and_words_that_are_no_small_words_stay(typed: str) -> None:
    assert spelled_out(typed, _Words()) == typed  # type: ignore[arg-type]


def test_a_word_of_the_store_stays_as_it_is() -> None:
    assert spelled_out("who pays the proj", _Words(("proj",))) == "who pays the proj"  # type: ignore[arg-type]
