"""An Answer as Block Kit: native, within Slack's limits, nothing lost, and nothing of a document's alive."""

from __future__ import annotations

import json
import random
import re
from typing import Any

import pytest
from slack_fakes import refusal_of, texts_of

from rahdari.channels.markdown import one_line
from rahdari.channels.slack.blocks import ASK, DOWN, UP, SlackMessage, messages
from rahdari.channels.slack.escaping import escape, link, plain_text, unescape
from rahdari.channels.slack.limits import pieces, shortened, size
from rahdari.channels.sources import Whereabouts

URL = "https://example.org/dam?a=1&b=2"


def citation(number: int = 1, **changes: Any) -> dict[str, Any]:
    return {
        "id": number,
        "role": "evidence",
        "document": f"dam-{number}",
        "title": "The dam",
        "publisher": "The Post",
        "published": "2021-05-03",
        "quote": "The dam holds 12 km3.",
        "start": 0,
        "end": 21,
        **changes,
    }


def answer(**changes: Any) -> dict[str, Any]:
    return {
        "id": "a1",
        "status": "answered",
        "text": "It holds 12 km3.",
        "citations": [citation()],
        "facts": [],
        "suggestions": [],
        **changes,
    }


def blocks_of(form: dict[str, Any], **more: Any) -> list[dict[str, Any]]:
    (message,) = messages(form, **more)
    assert refusal_of({"text": message.text, "blocks": list(message.blocks)}) is None
    return list(message.blocks)


def shown(found: list[SlackMessage]) -> str:
    """All that a person can read, in one line, as Slack would show it."""
    texts = [unescape(text["text"]) for message in found for text in texts_of(list(message.blocks))]
    return " ".join(" ".join(texts).split())


def test_a_source_tells_its_place_and_who_else_has_the_same_text() -> None:
    names = ["Mirror", "Herald", "Gazette", "Echo", "Echo"]
    also = [{"document": n, "title": n, "publisher": n, "published": None, "source": None} for n in names]
    also[0] |= {"source": "https://mirror.example/dam"}
    found = Whereabouts(places={1: "page 3, table 2, row Havelian"})
    _, source, _ = blocks_of(answer(citations=[citation(also=also)]), found=found)
    heading, _, others = source["elements"]
    assert heading["text"] == "[1] The dam, The Post, 2021-05-03, page 3, table 2, row Havelian"
    assert others["text"] == "also in <https://mirror.example/dam|Mirror>, Herald, Gazette and 1 more"
    also[0] |= {"publisher": "*Mirror* <!here>"}  # then nothing of it is markup
    _, source, _ = blocks_of(answer(citations=[citation(also=also[:1])]), found=found)
    assert source["elements"][-1] == {
        "type": "plain_text",
        "text": "also in *Mirror* &lt;!here&gt;",
        "emoji": False,
    }


def test_the_answer_comes_first_then_its_sources_with_links_then_feedback() -> None:
    said, source, feedback = blocks_of(answer(), found=Whereabouts({"dam-1": URL}))
    assert said == {
        "type": "section",
        "text": {"type": "plain_text", "text": "It holds 12 km3. [1]", "emoji": False},
    }
    assert source["type"] == "context"
    heading, quote = source["elements"]
    assert heading["type"] == "mrkdwn"
    assert heading["verbatim"] is True
    assert heading["text"] == ("[1] <https://example.org/dam?a=1&amp;b=2|The dam>, The Post, 2021-05-03")
    assert (quote["type"], quote["text"]) == ("plain_text", "“The dam holds 12 km3.”")
    assert [(button["action_id"], button["value"]) for button in feedback["elements"]] == [(UP, "a1"), (DOWN, "a1")]


def test_what_is_not_known_of_a_source_is_left_out() -> None:
    bare = citation(title=None, publisher=None, published=None)
    source = blocks_of(answer(citations=[bare]))[1]
    assert [element["text"] for element in source["elements"]] == ["[1] dam-1", "“The dam holds 12 km3.”"]


def test_the_nearest_thing_said_is_marked_as_such() -> None:
    form = answer(status="unknown", text="The documents do not say.", citations=[citation(role="nearest")])
    assert blocks_of(form)[1]["elements"][0]["text"].startswith("[1] the nearest they say: The dam")


def test_labels_tell_how_real_a_thing_is_and_who_says_so() -> None:
    fact = {"subject": "The dam", "predicate": "hold", "object": "12 km3", "modality": "planned"}
    fact |= {"speaker": "Ana *Ruiz*", "as_of": "2024-05"}
    label = blocks_of(answer(facts=[fact]))[1]
    assert label["elements"] == [
        {"type": "plain_text", "text": "planned, according to Ana *Ruiz*, as of 2024-05", "emoji": False}
    ]
    done = {**fact, "subject": "The road", "modality": "under_way", "speaker": None, "as_of": None}
    several = [block["elements"][0]["text"] for block in blocks_of(answer(facts=[fact, done]))[1:3]]
    assert several == ["planned, according to Ana *Ruiz*, as of 2024-05: The dam", "under way: The road"]
    plain = {**done, "modality": "stated"}
    assert len(blocks_of(answer(facts=[plain]))) == len(blocks_of(answer()))


def test_sides_that_differ_stand_side_by_side_and_what_is_against_none_is_listed_as_usual() -> None:
    cited = [
        citation(1, against=[2]),
        citation(2, against=[1, 3], publisher="The Herald", published="2020-01-01", quote="It holds 9 km3."),
        citation(3, against=[2], publisher="The Echo", published=None, quote="12 km3 are in it."),
        citation(4, quote="The road to it is closed."),
    ]
    blocks = blocks_of(answer(text="Of course. They differ.", citations=cited), found=Whereabouts({"dam-2": URL}))
    assert [field["text"] for field in blocks[1]["fields"]] == [
        "[1] The Post, 2021-05-03\n“The dam holds 12 km3.”\n[3] The Echo\n“12 km3 are in it.”",
        "[2] The Herald, 2020-01-01\n“It holds 9 km3.”",
    ]
    assert blocks[3]["elements"][0]["text"].startswith("[2] <https://example.org")
    assert "km3.”" not in json.dumps(blocks[2:], ensure_ascii=False)
    assert "“The road to it is closed.”" in json.dumps(blocks[5], ensure_ascii=False)


def test_documents_that_do_not_differ_do_not_stand_side_by_side() -> None:
    blocks = blocks_of(answer(text="The documents differ: so they say.", citations=[citation(1), citation(2)]))
    assert not [block for block in blocks if "fields" in block]


def test_five_suggestions_are_buttons_and_the_others_are_in_a_menu() -> None:
    asked = [f"What of item {number}?" for number in range(9)]
    buttons, menu, _ = blocks_of(answer(citations=[], suggestions=asked))[1:]
    assert [button["value"] for button in buttons["elements"]] == asked[:5]
    assert [button["text"]["text"] for button in buttons["elements"]] == asked[:5]
    assert all(button["action_id"].startswith(ASK) for button in buttons["elements"])
    assert [option["value"] for option in menu["elements"][0]["options"]] == asked[5:]


def test_a_suggestion_too_long_for_a_label_is_asked_and_shown_in_full() -> None:
    asked = ["Why is " + "the long and winding " * count + "road closed?" for count in (5, 1, 6, 3, 4, 2, 12)]
    found = messages(answer(citations=[], suggestions=asked))
    (message,) = found
    elements = [element for block in message.blocks if block["type"] == "actions" for element in block["elements"]]
    values = [element["value"] for element in elements if element["action_id"].startswith(ASK) and "value" in element]
    menu = [option["value"] for element in elements for option in element.get("options", ())]
    assert set(values + menu) == set(asked)
    assert menu == [asked[5]], "the last has 260 characters, more than a menu's value takes"
    for one in asked:
        assert one in shown(found)


def test_a_person_who_only_greets_is_not_asked_for_an_opinion() -> None:
    assert len(blocks_of(answer(status="smalltalk", text="Hello.", citations=[]))) == 1


def test_what_was_pressed_is_shown_for_nobody_could_read_it() -> None:
    assert blocks_of(answer(), asked="Who <signed> it?")[0]["elements"][0]["text"] == "Asked: Who &lt;signed&gt; it?"


def test_notifications_and_screen_readers_get_the_whole_in_words() -> None:
    (message,) = messages(answer(suggestions=["Who built it?"]), Whereabouts({"dam-1": URL}))
    assert message.text.splitlines() == [
        "It holds 12 km3. [1]",
        "[1] The dam, The Post, 2021-05-03: “The dam holds 12 km3.”",
        "You could ask:",
        "- Who built it?",
    ]


LIVE = (
    "<!channel> <!here|x> <@U123> <#C1|general> <https://evil.example|bank> <!subteam^S1> "
    "<!date^1^{date}^https://e.example|x> &lt;!channel&gt; *bold* _it_ ~no~ `code` ```x``` :tada: @here #general "
    "https://evil.example evil.example\n> quoted"
)


def test_nothing_that_a_document_says_is_alive_in_slack() -> None:
    form = answer(
        text=LIVE,
        citations=[citation(quote=LIVE, title=LIVE, publisher=LIVE, document=LIVE), citation(2, title="<!channel>")],
        facts=[{"subject": LIVE, "modality": "planned", "speaker": LIVE, "as_of": None}],
        suggestions=[LIVE, "<!channel>", *(f"{number} <@U1>" for number in range(6))],
    )
    form["citations"][0]["also"] = [{"document": LIVE, "title": LIVE, "publisher": LIVE, "source": URL}]
    found = messages(form, Whereabouts({LIVE: URL, "dam-2": URL}, {1: LIVE, 2: LIVE}))
    for message in found:
        assert refusal_of({"text": message.text, "blocks": list(message.blocks)}) is None
        assert not re.search(r"[<>]|&(?!(?:amp|lt|gt);)", message.text)
        for text in texts_of(list(message.blocks)):
            markup = re.findall(r"<[^>]*>", text["text"])
            if text["type"] == "plain_text":
                assert not markup
                assert text["emoji"] is False
            else:
                assert text["verbatim"] is True
                assert all(re.match(r"<https://example\.org/dam\?a=1&amp;b=2\|", one) for one in markup)
                assert not re.search(r"[*_~`\n]|:tada:", re.sub(r"<[^|]*\|", "", text["text"]))
    assert " ".join(LIVE.split()) in shown(found)


@pytest.mark.parametrize(
    "address",
    [None, "", "javascript:alert(1)", "ftp://example.org/x", "https://", "http://[", "https://e.org/" + "x" * 2000],
)
def test_an_address_that_nobody_could_follow_gets_no_link(address: str | None) -> None:
    assert link(address, "x") is None
    assert blocks_of(answer(), found=Whereabouts({"dam-1": address or ""}))[1]["elements"][0]["type"] == "plain_text"


def test_an_address_cannot_break_out_of_its_link() -> None:
    made = link("https://e.org/a|b>c<d", "one|two")
    assert made == "<https://e.org/a%7Cb%3Ec%3Cd|one¦two>"


def test_an_answer_of_any_size_fits_and_loses_nothing() -> None:
    dice = random.Random(7)
    alphabet = ["a", "b", "é", "𝔘", "راہ", "&", "<", ">", " ", " ", "word", "\n", "[1]", "*", "😀"]

    def noise(most: int) -> str:
        return "x" + "".join(dice.choice(alphabet) for _ in range(dice.randrange(most)))

    for _ in range(60):
        form = answer(
            text=noise(dice.choice([50, 2000, 9000])),
            citations=[
                citation(number, quote=noise(dice.choice([200, 12_000])), title=noise(90))
                for number in range(1, dice.randrange(2, 7))
            ],
            suggestions=[noise(dice.choice([20, 120, 900])) for _ in range(dice.randrange(30))],
            facts=[
                {"subject": noise(40), "modality": "planned", "speaker": noise(30), "as_of": None}
                for _ in range(dice.randrange(4))
            ],
        )
        found = messages(form, Whereabouts({"dam-1": URL}))
        for message in found:
            assert refusal_of({"text": message.text, "blocks": list(message.blocks)}) is None
            assert all(size(unescape(text)) <= 4000 for text in message.texts)
        everything = shown(found).replace(" ", "")
        quotes = [one_line(one["quote"]) for one in form["citations"]]  # without the signs of Markdown
        for wanted in (form["text"], *quotes, *form["suggestions"]):
            assert "".join(wanted.split()) in everything


@pytest.mark.parametrize(
    "form",
    [
        answer(citations=[citation(number, title=None, publisher=None, quote="q") for number in range(1, 70)]),
        answer(suggestions=[f"{number}?" for number in range(250)]),
        answer(suggestions=["a?", "b?", "c?", "d?", "e?", "f" * 160, "g" * 76, "h" * 150, "i" * 151]),
        answer(suggestions=["x" * 2000, "y" * 2001, "&" * 1000]),
        answer(citations=[citation(1, quote="q" * 2500, against=[2]), citation(2, against=[1])]),
        answer(citations=[citation(number, against=[number % 11 + 1]) for number in range(1, 12)]),
        answer(text="x" * 3000),
        answer(text="&" * 3000),
        answer(citations=[citation(title="t" * 4000, publisher="p" * 4000)]),
        answer(citations=[citation(title="t" * 2900)]),
    ],
)
def test_no_limit_is_passed_by_one_and_nothing_is_lost(form: dict[str, Any]) -> None:
    found = messages(form, Whereabouts({"dam-1": URL}))
    for message in found:
        assert refusal_of({"text": message.text, "blocks": list(message.blocks)}) is None
    everything = shown(found).replace(" ", "")
    wanted = [
        form["text"],
        *form["suggestions"],
        *(one[name] or "" for one in form["citations"] for name in one if name in ("quote", "title")),
    ]
    assert all("".join(one.split()) in everything for one in wanted)


def test_a_text_is_cut_at_white_space_and_counted_as_it_is_sent() -> None:
    assert pieces("one two three", 7) == ["one two", "three"]
    assert pieces("&&& &&", 15) == ["&&&", "&&"]
    assert pieces("abcdefgh", 3) == ["abc", "def", "gh"]
    assert pieces("😀😀😀", 4) == ["😀😀", "😀"]
    assert pieces("  ", 5) == []
    assert shortened("one two three", 9) == "one two …"
    assert shortened("one\n two", 9) == "one two"


@pytest.mark.parametrize(
    ("markup", "plain"),
    [
        ("<@UBOT> how many?", "how many?"),
        ("<@UBOT|rahdari> how &lt;many&gt; &amp; why?", "how <many> & why?"),
        ("what did <@U2|ana> say in <#C2|general>?", "what did @ana say in #general?"),
        ("see <https://e.org/a?b=1&amp;c=2|the page> or <https://e.org>", "see the page or https://e.org"),
        ("<mailto:a@e.org|a@e.org> <!here> <!date^1^{date}|1970>", "a@e.org   1970"),
        ("a < b", "a < b"),
    ],
)
def test_a_persons_message_is_read_as_plain_text(markup: str, plain: str) -> None:
    assert plain_text(markup, "UBOT") == plain


@pytest.mark.parametrize("text", ["", "a & b < c > d", "&amp; &lt;", "<!channel>"])
def test_a_text_comes_back_from_slack_as_it_was(text: str) -> None:
    assert unescape(escape(text)) == text
