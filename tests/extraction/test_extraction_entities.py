"""Names over a document become entities: joined where a reader would join them, and not beyond."""

from __future__ import annotations

import pytest

from rahdari.extraction.entities import Registry, initials, key, slug
from rahdari.extraction.names import Name
from rahdari.records import EntityType


def registry(*names: tuple[str, EntityType], said: tuple[tuple[str, str], ...] = ()) -> Registry:
    built = Registry()
    for text, kind in names:
        built.add(Name(0, len(text), text, kind))
    for short, full in said:
        built.alias(short, full)
    built.resolve()
    return built


def entities(built: Registry) -> dict[str, set[str]]:
    return {entity.name: set(entity.aliases) for entity in built.entities()}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Rannküla", "RANNKULA"),
        ("The Blue Plan", "blue plan"),
        ("China–Laos Railway", "China-Laos Railway"),
        ("Aït Brahim", "Ait Brahim"),
        ("Norland’s", "Norland"),
        ("Fishers' Union", "Fishers’ Union"),
    ],
)
def test_spellings_of_one_name_have_one_key(one: str, other: str) -> None:
    assert key(one) == key(other)


def test_a_key_of_a_key_is_itself() -> None:
    for name in ("The Port of Rannküla", "AS Rannaküla Sadam", "ML-1", "O’Brien's"):
        assert key(key(name)) == key(name)


def test_a_slug_is_a_key_with_hyphens() -> None:
    assert slug("The Port of Rannküla") == "port-of-rannkula"


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Northern Rivers Initiative", "nri"),
        ("Forum for Trade and Transport", "ftt"),
        ("Lake-Sea Line", "lsl"),
        ("Bergen", ""),
    ],
)
def test_initials_leave_out_small_words(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_an_acronym_is_joined_to_the_name_with_its_initials() -> None:
    built = registry(("Northern Rivers Initiative", "programme"), ("NRI", "organisation"))
    assert entities(built) == {"Northern Rivers Initiative": {"Northern Rivers Initiative", "NRI"}}


def test_an_acronym_that_fits_two_names_is_joined_to_neither() -> None:
    built = registry(
        ("Northern Rivers Initiative", "programme"),
        ("National Roads Institute", "organisation"),
        ("NRI", "organisation"),
    )
    assert len(entities(built)) == 3


def test_an_alias_that_the_text_gives_holds() -> None:
    built = registry(
        ("Northern Rivers Initiative", "programme"),
        ("Blue Plan", "programme"),
        said=(("Blue Plan", "Northern Rivers Initiative"),),
    )
    assert entities(built) == {"Northern Rivers Initiative": {"Northern Rivers Initiative", "Blue Plan"}}


def test_a_surname_stands_for_the_one_person_who_has_it() -> None:
    built = registry(("Ilona Varga", "person"), ("Varga", "person"))
    assert entities(built) == {"Ilona Varga": {"Ilona Varga", "Varga"}}
    assert built.entity_id("Varga") == "ilona-varga"


def test_a_surname_of_two_people_stands_for_the_one_spoken_of_last() -> None:
    built = registry(("Ilona Varga", "person"), ("Peter Varga", "person"), ("Varga", "person"))
    assert {"Ilona Varga", "Peter Varga"} <= entities(built).keys()
    assert built.entity_id("Varga", ("ilona-varga", "peter-varga")) == "peter-varga"
    assert built.entity_id("Varga", ("peter-varga", "ilona-varga")) == "ilona-varga"


def test_two_people_of_one_surname_stay_two() -> None:
    assert len(registry(("Ilona Varga", "person"), ("Peter Varga", "person")).entities()) == 2


def test_a_name_in_another_order_is_the_same_thing() -> None:
    assert len(registry(("Port of Halden", "project"), ("Halden Port", "project")).entities()) == 1


def test_a_name_without_its_middle_is_the_same_thing() -> None:
    assert len(registry(("Tarnok Ridge Railway", "project"), ("Tarnok Railway", "project")).entities()) == 1


def test_things_of_one_kind_at_two_places_stay_two() -> None:
    assert len(registry(("Halden Port", "project"), ("Bergen Port", "project")).entities()) == 2


def test_a_name_with_a_lost_space_is_the_name_without_it() -> None:
    assert registry(("Icelandand", "place"), ("Iceland", "place")).entity_id("Icelandand") == "iceland"


def test_an_unknown_name_stands_for_nothing() -> None:
    assert registry(("Halden Port", "project")).entity_id("Bergen") is None


def test_the_kind_of_a_name_is_the_one_that_most_mentions_give_it() -> None:
    built = registry(("Halden", "place"), ("Halden", "person"), ("Halden", "place"))
    assert [entity.type for entity in built.entities()] == ["place"]


def test_names_are_compared_with_those_alone_that_share_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    """A long table has thousands of names: each compared with each would take minutes."""
    from rahdari.extraction import entities
    from rahdari.extraction.names import Name

    compared = []
    original = entities._is_short_form
    monkeypatch.setattr(entities, "_is_short_form", lambda *pair: compared.append(pair) or original(*pair))
    registry = entities.Registry()
    for number in range(2_000):
        for text in (f"Quay{number} Harbour Tunnel", f"Quay{number} Tunnel", f"Q{number}"):
            registry.add(Name(0, len(text), text, "project"))
    registry.resolve()
    assert registry.entity_id("Quay7 Tunnel") == "quay7-harbour-tunnel"
    assert len(compared) < 20_000
