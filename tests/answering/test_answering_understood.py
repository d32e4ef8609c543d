"""What an answer says it was asked, for whoever reads later what people thought of it."""

from __future__ import annotations

from talking import Talk

RAILWAY = "How much will the Mwanjati Railway cost?"


def test_a_question_that_says_all_is_understood_as_it_stands(talk: Talk) -> None:
    assert talk(RAILWAY)[-1].understood == RAILWAY


def test_a_follow_up_is_understood_with_what_it_leans_on(talk: Talk) -> None:
    assert talk(RAILWAY, "and who pays for it?")[-1].understood == f"and who pays for it? ({RAILWAY})"


def test_a_question_about_the_answer_before_is_understood_as_that_ones(talk: Talk) -> None:
    assert talk(RAILWAY, "who said that?")[-1].understood == RAILWAY


def test_what_has_nothing_to_do_with_it_is_understood_alone(talk: Talk) -> None:
    for text in ("what's the weather like in Rome", "hello"):
        assert talk(RAILWAY, text)[-1].understood == text


def test_each_of_several_questions_is_told(talk: Talk) -> None:
    both = talk("How long is the Mwanjati Railway? Who signed the loan?")[-1]
    assert "How long is the Mwanjati Railway?" in both.understood
    assert "Who signed the loan?" in both.understood


def test_it_is_no_part_of_what_programs_get(talk: Talk) -> None:
    assert "understood" not in talk(RAILWAY)[-1].as_dict()
