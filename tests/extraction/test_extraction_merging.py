"""One thing has one id over all documents; two things that share a word stay two."""

from __future__ import annotations

from itertools import permutations

from merging_whole import merge_entities

from rahdari.extraction import merge, named
from rahdari.extraction.entities import slug
from rahdari.records import Entity, EntityType, Extraction, Fact, Mention, Sentence


def document(name: str, *things: tuple[EntityType, tuple[str, ...]]) -> Extraction:
    """A document of one sentence that mentions each thing by its first name."""
    text = " ".join(aliases[0] for _, aliases in things)
    entities, mentions, facts = [], [], []
    for kind, aliases in things:
        entity = Entity(slug(aliases[0]), aliases[0], kind, aliases)
        start = text.index(aliases[0])
        entities.append(entity)
        mentions.append(Mention(name, 0, start, start + len(aliases[0]), aliases[0], kind, entity.id))
        facts.append(Fact(name, 0, aliases[0], "open", "it", subject_entity=entity.id))
    return Extraction((Sentence(name, 0, 0, len(text), text),), tuple(entities), tuple(mentions), tuple(facts))


def ids(*extractions: Extraction) -> list[list[str | None]]:
    """The ids that the mentions of each document come to have."""
    return [[mention.entity for mention in found.mentions] for found in merge_entities(extractions)]


def test_the_same_name_is_the_same_thing() -> None:
    assert ids(document("a", ("project", ("Halden Port",))), document("b", ("project", ("Halden Port",)))) == [
        ["halden-port"],
        ["halden-port"],
    ]


def test_an_acronym_is_what_another_document_says_it_stands_for() -> None:
    said = document("a", ("organisation", ("Lake Orsa Authority", "LORA")))
    used = document("b", ("organisation", ("LORA",)))
    assert ids(said, used) == ids(used, said)[::-1] == [["lake-orsa-authority"], ["lake-orsa-authority"]]


def test_an_acronym_is_the_one_name_that_has_its_initials() -> None:
    full, short = (
        document("a", ("programme", ("Northern Rivers Initiative",))),
        document("b", ("organisation", ("NRI",))),
    )
    assert ids(full, short) == [["northern-rivers-initiative"], ["northern-rivers-initiative"]]


def test_an_acronym_that_fits_two_names_is_neither() -> None:
    two = document("a", ("programme", ("Northern Rivers Initiative",)), ("organisation", ("National Roads Institute",)))
    assert ids(two, document("b", ("organisation", ("NRI",))))[1] == ["nri"]


def test_a_surname_that_two_documents_give_to_two_people_is_neither() -> None:
    one = document("a", ("person", ("Ilona Varga", "Varga")))
    other = document("b", ("person", ("Peter Varga", "Varga")))
    alone = document("c", ("person", ("Varga",)))
    assert ids(one, other, alone) == [["ilona-varga"], ["peter-varga"], ["varga"]]


def test_people_who_share_initials_stay_two() -> None:
    assert ids(document("a", ("person", ("Ilona Varga",))), document("b", ("person", ("Ines Vidal",)))) == [
        ["ilona-varga"],
        ["ines-vidal"],
    ]


def test_a_merged_thing_has_all_names_and_its_facts_follow_it() -> None:
    merged = merge_entities(
        [
            document("a", ("organisation", ("Lake Orsa Authority", "LORA"))),
            document("b", ("organisation", ("LORA", "the Lora"))),
        ]
    )
    for found in merged:
        assert [set(entity.aliases) for entity in found.entities] == [{"Lake Orsa Authority", "LORA", "the Lora"}]
        assert [fact.subject_entity for fact in found.facts] == ["lake-orsa-authority"]


def test_the_kind_of_a_merged_thing_is_the_one_that_most_mentions_give_it() -> None:
    merged = merge_entities(
        [document(name, (kind, ("Halden",))) for name, kind in (("a", "person"), ("b", "place"), ("c", "place"))]
    )
    assert {(entity.type, mention.type) for e in merged for entity in e.entities for mention in e.mentions} == {
        ("place", "place")
    }


def test_names_that_are_short_forms_of_each_other_are_one_thing() -> None:
    one = document("a", ("organisation", ("Orsa Board", "Orsa Council")))
    other = document("b", ("organisation", ("Orsa Council", "Orsa Board")))
    assert ids(one, other) == ids(other, one) == [["orsa-board"], ["orsa-board"]]


def test_the_order_in_which_things_are_given_does_not_matter() -> None:
    given = [
        *named("a", document("a", ("organisation", ("Lake Orsa Authority", "LORA")), ("person", ("Ilona Varga",)))),
        *named("b", document("b", ("organisation", ("LORA", "the Lora")), ("person", ("Varga",)))),
        *named("c", document("c", ("place", ("LORA",)), ("programme", ("Lake Orsa Rural Aid",)))),
    ]
    merged = merge(given)
    assert all(merge(order) == merged for order in permutations(given))
