"""What a message asks: its kind, the type of value it wants, what it is about and what it takes for granted."""

from __future__ import annotations

import pytest
from answering_fakes import plain_terms, query

from rahdari.answering.messages import asked_part, sides


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("What is Halden Port?", "describe"),
        ("tell me about the tarnok railway", "describe"),
        ("Halden Port", "describe"),
        ("Which sectors are covered?", "list"),
        ("list all projects", "list"),
        ("How many agreements were signed?", "count"),
        ("how many mous", "count"),
        ("Who opened the railway?", "who"),
        ("which company built it", "who"),
        ("When was Halden Port opened?", "when"),
        ("in which year did it open", "when"),
        ("Where is Halden Port?", "where"),
        ("in what city was the forum held", "where"),
        ("How much did Halden Port cost?", "how_much"),
        ("what is the length of the line", "how_much"),
        ("how long is the tunnel", "how_much"),
        ("What is the status of the Tarnok Railway?", "status"),
        ("how far along is halden port", "status"),
        ("What did Ilona Varga say about the railway?", "quote"),
        ("varga's view on the port", "quote"),
        ("Is Halden Port finished?", "verify"),
        ("The railway was opened, right?", "verify"),
        ("Compare Halden Port and the Tarnok Railway", "compare"),
        ("halden port vs tarnok railway", "compare"),
        ("Why was the railway closed?", "why"),
        ("Give me a timeline of the railway", "timeline"),
        ("more please", "more"),
        ("tell me more", "more"),
        ("source?", "source"),
        ("Where did you get that from?", "source"),
    ],
)
def test_a_message_has_the_kind_that_a_reader_would_give_it(text: str, kind: str) -> None:
    assert query(text).kind == kind


def test_a_sure_hint_decides_only_where_the_wording_leaves_the_kind_open() -> None:
    assert query("the railway's present condition", intent="status", confidence=0.9).kind == "status"
    assert query("the railway's present condition", intent="status", confidence=0.3).kind == "describe"
    assert query("How many agreements?", intent="where", confidence=0.99).kind == "count"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("How much did the port cost?", "amount"),
        ("What was the budget of the railway?", "amount"),
        ("How long is the Tarnok Railway?", "length"),
        ("how many km is the line", "length"),
        ("What share of the population has water?", "percentage"),
        ("What is the interest rate of the loan?", "percentage"),
        ("How many households must move?", "count"),
        ("When was it opened?", "date"),
        ("Where was the treaty signed?", "place"),
        ("Who said so at the forum?", "person"),
        ("Which company built the port?", "organisation"),
        ("Why did the bank leave?", "reason"),
        ("What is the capacity of the plant?", "capacity"),
        ("How many years does the lease run?", "duration"),
    ],
)
def test_the_type_of_value_that_would_answer_is_seen(text: str, wanted: str) -> None:
    assert wanted in query(text).wanted


@pytest.mark.parametrize("text", ["What is Halden Port?", "Which sectors are covered?", "more", "Is it finished?"])
def test_where_no_value_is_asked_for_none_is_wanted(text: str) -> None:
    assert query(text).wanted == ()


def test_a_number_with_its_noun_is_taken_for_granted() -> None:
    assert query("Were the 25 agreements signed in Bergen?").numbers == (("25", "agreements"),)
    assert query("Why did 2,740 households move?").numbers == (("2740", "households"),)


@pytest.mark.parametrize("text", ["What happened in 2019?", "Is it $25 million?", "How many agreements?"])
def test_a_year_or_an_amount_is_no_number_taken_for_granted(text: str) -> None:
    assert query(text).numbers == ()


@pytest.mark.parametrize(
    "text", ["Is the port done?", "ok so did they sign it", "has it opened", "The port is done, isn't it?", "true?"]
)
def test_a_question_for_yes_or_no_is_seen(text: str) -> None:
    assert query(text).yes_no


@pytest.mark.parametrize("text", ["When was it done?", "Halden Port", "Which ports are done?"])
def test_a_question_for_something_else_is_none_for_yes_or_no(text: str) -> None:
    assert not query(text).yes_no


@pytest.mark.parametrize("words", ["apart from", "besides", "other than", "except", "not counting the"])
def test_what_a_question_excludes_is_excluded(words: str) -> None:
    found = query(f"Which projects are there {words} Halden Port?")
    assert found.excluded == {"halden-port"}
    assert query("Which projects are there in Halden Port?").excluded == frozenset()


def test_the_words_of_a_question_that_tell_become_its_terms() -> None:
    assert plain_terms(query("How much did the bank lend for the tunnel?")) >= {"bank", "lend", "tunnel"}
    assert not plain_terms(query("Tell me about it pls")) & {"tell", "me", "about", "it", "pls"}


def test_a_misspelt_word_is_put_right() -> None:
    found = query("when was the raliway opened")
    assert "railway" in plain_terms(found) and "raliway" not in plain_terms(found)


def test_a_capitalised_word_that_is_linked_to_nothing_is_a_name_that_must_be_met() -> None:
    found = query("What did the bank say about Zorblax?")
    assert [term.name for term in found.terms if term.plain == "zorblax"] == [True]
    assert not any(term.name for term in query("what did the bank say about rails").terms)


def test_the_person_before_a_reporting_verb_is_whose_words_are_asked_for() -> None:
    assert query("What did Ilona Varga say about Halden Port?").speaker == "ilona-varga"
    assert query("What was said about Halden Port?").speaker is None


def test_an_office_is_linked_to_the_person_who_holds_it() -> None:
    found = query("What did the transport minister say?")
    assert "ilona-varga" in {link.entity for link in found.links}
    assert found.by_office == {"ilona-varga"}


def test_an_office_that_nobody_holds_is_a_name_that_must_be_met() -> None:
    found = query("Who is the finance minister?")
    assert not found.by_office
    assert any(term.name and term.plain in ("finance", "minister") for term in found.terms)


def test_a_description_is_linked_to_the_one_thing_that_it_fits() -> None:
    assert "halden-port" in {link.entity for link in query("When was the port opened?").links}
    assert "lake-treaty" in {link.entity for link in query("Who signed the treaty?").links}


def test_a_bare_description_that_fits_two_things_leaves_it_open_which() -> None:
    assert set(query("Is the project done?").options) == {"Halden Port", "Tarnok Railway"}
    assert query("Is Halden Port done?").options == ()


def test_a_long_message_is_asked_by_its_question() -> None:
    text = (
        "I have been reading a lot about harbours lately. " * 5
        + "How much did the Tarnok Railway cost in the end, do you know?"
    )
    assert asked_part(text) == "How much did the Tarnok Railway cost in the end, do you know?"
    assert asked_part("Short. How much?") == "Short. How much?"


@pytest.mark.parametrize("text", [" ", "?", "🎉", "a" * 4000, "[(*+?^$|\\", "راہداری کیا ہے؟", "\n\t", "the the the"])
def test_no_message_is_too_odd_to_be_understood(text: str) -> None:
    found = query(text)
    assert found.message == text
    assert all(0 <= term.weight <= 1 for term in found.terms)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "What's the difference between the hopes for rail and what was signed?",
            ("the hopes for rail", "what was signed"),
        ),
        ("grain exports vs fish exports", ("grain exports", "fish exports")),
        ("Compare the first offer with the second one.", ("the first offer", "the second one")),
        ("Is it longer than that?", ()),
    ],
)
def test_a_comparison_has_two_sides_without_names(text: str, found: tuple[str, ...]) -> None:
    assert sides(text) == found


@pytest.mark.parametrize("text", ["how deep is the harbour", "How high is the pass?", "how wide is it"])
def test_a_dimension_is_a_length(text: str) -> None:
    assert query(text).wanted[0] == "length"


@pytest.mark.parametrize(("text", "careful"), [("Who paid for it?", True), ("who paid", False), ("Who paid", False)])
def test_a_question_written_as_a_sentence_is_a_careful_one(text: str, careful: bool) -> None:
    assert query(text).careful is careful


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        (
            "In preparation for a hearing I should be grateful to learn which firm built the railway near the lake.",
            "which firm built the railway near the lake.",
        ),
        (
            "We cycle there in the spring, so please sum up whatever you have on the mountain railway.",
            "sum up whatever you have on the mountain railway.",
        ),
        ("I say the pass shuts in winter. My friend says no. Who of us is right?", None),
        ("Regarding Halden Port, I would like to know who owns it", None),
    ],
)
def test_the_question_behind_a_courtesy_is_what_is_asked(text: str, asked: str | None) -> None:
    assert asked_part(text) == (asked or text)


@pytest.mark.parametrize(
    ("text", "voice"),
    [
        ("What did the villagers say about the railway?", {"villag"}),
        ("What was the reaction of opposition parties to the railway?", {"opposit", "parti"}),
        ("What did Ilona Varga say about the railway?", set()),
    ],
)
def test_people_whose_words_are_asked_for_may_be_described(text: str, voice: set[str]) -> None:
    assert query(text).voice == voice


def test_a_name_of_several_words_that_stands_nowhere_must_be_met_as_a_whole() -> None:
    found = query("What did the Zembla Bank say about the railway?")
    assert any(term.name and term.stem == "zembla bank" for term in found.terms)


def test_both_countries_are_two() -> None:
    assert query("how many countries opened the railway?").counted == "countries"
