"""People asked for by their office, in the ways that people name offices."""

from __future__ import annotations

from dataclasses import replace

import pytest
from answering_fakes import ROLES, FakeCorpus
from talking import Talk

from rahdari.answering.persons import holders, office


@pytest.mark.parametrize(
    ("text", "noun", "qualifiers"),
    [
        ("Who is the transport minister?", "minister", ("transport",)),
        ("what did the minister of finance say", "minister", ("finance",)),
        ("what did the prime minister say", "prime minister", ()),
        ("the Malaysian prime minister", "prime minister", ("malaysian",)),
        ("the agency's spokesman", "spokesman", ("agency",)),
        ("who heads the port authority", "head", ("port", "authority")),
        ("who is in charge of the agency", "head", ("agency",)),
        ("who chairs the board of irrigators", "chair", ("board", "irrigators")),
    ],
)
def test_an_office_is_seen_with_what_says_which_one(text: str, noun: str, qualifiers: tuple[str, ...]) -> None:
    found = office(text)
    assert found is not None
    assert found.noun == noun
    assert set(qualifiers) <= set(found.qualifiers)


@pytest.mark.parametrize("text", ["How long is the line?", "Halden Port", "", "the administration of justice"])
def test_a_text_without_an_office_names_none(text: str) -> None:
    assert office(text) is None


def test_the_holder_of_an_office_is_the_person_to_whom_the_documents_give_it() -> None:
    asked = office("Who is the transport minister?")
    assert asked is not None
    assert [link.entity for link in holders(asked, "", FakeCorpus())] == ["ilona-varga"]  # type: ignore[arg-type]


def test_an_office_of_another_field_has_no_holder() -> None:
    asked = office("Who is the finance minister?")
    assert asked is not None
    assert holders(asked, "", FakeCorpus()) == []  # type: ignore[arg-type]


def test_a_former_holder_is_meant_only_where_the_question_says_former() -> None:
    now, then = office("Who is the head of the agency?"), office("Who is the former head of the agency?")
    assert now is not None and then is not None
    assert holders(now, "", FakeCorpus()) == []  # type: ignore[arg-type]
    assert [link.entity for link in holders(then, "", FakeCorpus())] == ["peter-novak"]  # type: ignore[arg-type]


def test_a_deputy_is_meant_only_where_the_question_says_deputy(monkeypatch: pytest.MonkeyPatch) -> None:
    deputies = [replace(ROLES[0], object="deputy transport minister")]
    monkeypatch.setattr(FakeCorpus, "roles", lambda *_: deputies)
    chief, deputy = office("Who is the transport minister?"), office("Who is the deputy transport minister?")
    assert chief is not None and deputy is not None
    assert holders(chief, "", FakeCorpus()) == []  # type: ignore[arg-type]
    assert [link.entity for link in holders(deputy, "", FakeCorpus())] == ["ilona-varga"]  # type: ignore[arg-type]


def test_an_office_whose_own_name_says_vice_has_its_holder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FakeCorpus, "roles", lambda *_: [replace(ROLES[0], object="vice chancellor of the university")])
    asked = office("Who is the vice chancellor?")
    assert asked is not None
    assert [link.entity for link in holders(asked, "", FakeCorpus())] == ["ilona-varga"]  # type: ignore[arg-type]


def test_an_office_is_written_with_a_hyphen_or_without(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FakeCorpus, "roles", lambda *_: [replace(ROLES[0], object="director-general of railways")])
    asked = office("who is the director general")
    assert asked is not None
    assert [link.entity for link in holders(asked, "", FakeCorpus())] == ["ilona-varga"]  # type: ignore[arg-type]


def test_a_head_of_something_is_not_the_director_general(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FakeCorpus, "roles", lambda *_: [replace(ROLES[0], object="head of construction")])
    chief, head = office("who is the director general"), office("who is the head of construction")
    assert chief is not None and head is not None
    assert holders(chief, "", FakeCorpus()) == []  # type: ignore[arg-type]
    assert [link.entity for link in holders(head, "", FakeCorpus())] == ["ilona-varga"]  # type: ignore[arg-type]


def test_an_office_that_several_hold_asks_which_is_meant(talk: Talk) -> None:
    answer = talk("What did the chairman say?")[-1]
    assert answer.status == "clarify" and len(answer.suggestions) >= 2


def test_who_goes_to_a_country_is_not_its_minister(talk_seed: Talk) -> None:
    answer = talk_seed("Kakar is the prime minister of China, correct?")[-1]
    assert not answer.text.startswith("Yes")
    assert "Prime Minister" in answer.text
