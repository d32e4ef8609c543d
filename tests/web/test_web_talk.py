"""A conversation on the page, in a real browser: what is shown, kept, copied and rated, with a server and without."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from browsing import ask, faults, focused, said, start_over
from playwright.sync_api import Page, expect
from served import Served

COST = "How much will the Mwanjati Railway cost?"
TUNNEL = "Was the Quilcamayo tunnel dropped?"
LOAN = "Zambia Signs Loan for First Section of Mwanjati Railway"


def test_it_greets_with_what_the_store_holds_and_three_starters(chat: Page) -> None:
    greeting = chat.locator(".entry").first
    assert "6 documents" in greeting.inner_text()
    starters = greeting.locator(".chip")
    assert starters.count() == 3
    first = starters.first.inner_text()
    starters.first.click()
    chat.locator("rahdari-answer").wait_for()
    assert said(chat)[0] == first
    assert focused(chat) == "Your question"


def test_it_shows_that_it_is_looking_while_a_question_waits(chat: Page) -> None:
    held: list[Any] = []
    chat.route("**/message", lambda route: held.append(route))
    chat.get_by_label("Your question").fill(COST)
    chat.keyboard.press("Enter")
    chat.get_by_text("Looking it up").wait_for()
    assert said(chat) == [COST]
    chat.get_by_label("Your question").fill("another")
    held[0].continue_()
    chat.locator("rahdari-answer").wait_for()
    assert chat.get_by_text("Looking it up").count() == 0
    assert chat.get_by_label("Your question").input_value() == "another"


WAITS = "Asked as soon as the question before it has its answer"


def test_what_is_asked_while_a_question_waits_is_shown_kept_and_asked_after_it(chat: Page) -> None:
    held: list[Any] = []
    chat.route("**/message", lambda route: held.append(route) if len(held) < 1 else route.continue_())
    chat.get_by_label("Your question").fill(COST)
    chat.keyboard.press("Enter")
    chat.get_by_text("Looking it up").wait_for()
    for text in (TUNNEL, "who said that?"):
        chat.get_by_label("Your question").fill(text)
        chat.keyboard.press("Enter")
        expect(chat.get_by_label("Your question")).to_have_value("")
    assert said(chat) == [COST, TUNNEL, "who said that?"]
    expect(chat.get_by_text(WAITS)).to_have_count(2)
    assert faults(chat) == []
    starter = chat.locator(".chip").first
    starter.dblclick()
    assert said(chat)[3:] == [starter.inner_text()], "pressed twice it is asked once"
    held[0].continue_()
    chat.locator("rahdari-answer").nth(3).wait_for()
    assert said(chat)[0::2] == [COST, TUNNEL, "who said that?", starter.inner_text()]
    expect(chat.get_by_text(WAITS)).to_have_count(0)
    chat.reload()
    chat.locator("rahdari-answer").nth(3).wait_for()
    assert said(chat)[0::2] == [COST, TUNNEL, "who said that?", starter.inner_text()]


def test_what_is_asked_while_another_tab_waits_is_asked_after_it(chat: Page, visit: Any, server: Served) -> None:
    other = visit(server.address, beside=chat)
    other.locator(".chip").first.wait_for()
    held: list[Any] = []
    chat.route("**/message", lambda route: held.append(route) if len(held) < 1 else route.continue_())
    chat.get_by_label("Your question").fill(COST)
    chat.keyboard.press("Enter")
    other.get_by_text("Looking it up").wait_for()
    other.get_by_label("Your question").fill(TUNNEL)
    other.keyboard.press("Enter")
    assert said(other) == [COST, TUNNEL]
    expect(other.get_by_text(WAITS)).to_have_count(1)
    chat.wait_for_timeout(50)
    held[0].continue_()
    for page in (other, chat):
        page.locator("rahdari-answer").nth(1).wait_for()
        assert said(page)[0::2] == [COST, TUNNEL]


def test_what_waits_is_still_asked_where_the_question_before_it_is_refused(chat: Page) -> None:
    held: list[Any] = []
    chat.route("**/message", lambda route: held.append(route) if len(held) < 1 else route.continue_())
    chat.get_by_label("Your question").fill(COST)
    chat.keyboard.press("Enter")
    chat.get_by_label("Your question").fill(TUNNEL)
    chat.keyboard.press("Enter")
    expect(chat.get_by_text(WAITS)).to_have_count(1)
    held[0].fulfill(status=400, json={"error": "Write a shorter question."})
    chat.locator("rahdari-answer").wait_for()
    assert said(chat)[0] == TUNNEL
    assert chat.get_by_role("alert").filter(has_text="Write a shorter question.").is_visible()
    expect(chat.get_by_label("Your question")).to_have_value(COST)


def test_starting_over_forgets_what_waits(chat: Page) -> None:
    chat.route("**/message", lambda route: None)
    for text in (COST, TUNNEL):
        chat.get_by_label("Your question").fill(text)
        chat.keyboard.press("Enter")
    expect(chat.get_by_text(WAITS)).to_have_count(1)
    start_over(chat)
    assert said(chat) == []


def test_an_answer_has_numbered_sources_and_small_labels(chat: Page) -> None:
    ask(chat, TUNNEL)
    marks = chat.locator("rahdari-answer .mark").all_inner_texts()
    assert marks == [str(number) for number in range(1, len(marks) + 1)]
    assert chat.locator("button.source").count() == len(marks) > 1
    assert chat.locator(".sources > .whence").count() == 1
    labels = chat.locator(".label").all_inner_texts()
    assert "Cancelled" in labels
    assert any(label.startswith("According to ") for label in labels)


def test_sources_that_differ_stand_side_by_side_each_with_its_date(chat: Page) -> None:
    ask(chat, COST)
    assert chat.get_by_text("These sources differ").is_visible()
    first, second = (one.bounding_box() for one in chat.locator("button.source").all())
    assert first is not None
    assert second is not None
    assert first["y"] == second["y"]
    assert first["x"] + first["width"] <= second["x"]
    assert "19 August 2024" in chat.locator("button.source").first.inner_text()
    assert "6 March 2024" in chat.locator("button.source").last.inner_text()


def test_only_sources_that_differ_stand_side_by_side_and_the_others_are_listed_below(chat: Page) -> None:
    ask(chat, f"{TUNNEL} {COST}")
    sources = chat.locator("rahdari-answer .sources")
    assert "These sources differ" in sources.inner_text()
    sides = sources.locator(".sides > li").all()
    assert len(sides) == 2
    assert all("Mwanjati" in side.inner_text() or "Zambia" in side.inner_text() for side in sides)
    others = sources.locator("ol:not(.sides) button.source")
    assert sources.get_by_text("Other sources").is_visible()
    assert others.count() == chat.locator("rahdari-answer .mark").count() - 2 > 0
    first, second = (side.bounding_box() for side in sides)
    below = others.first.bounding_box()
    assert first is not None and second is not None and below is not None
    assert first["y"] == second["y"] < below["y"]


def test_sources_of_several_documents_that_do_not_differ_are_listed_as_usual(chat: Page) -> None:
    def agreeing(route: Any) -> None:
        body = route.fetch().json()
        for one in body["entries"][-1]["answer"]["citations"]:
            one["against"] = []
        route.fulfill(json=body)

    chat.route("**/message", agreeing)
    ask(chat, COST)
    assert chat.locator(".sides").count() == 0
    assert chat.get_by_text("These sources differ").count() == 0
    first, second = (one.bounding_box() for one in chat.locator("button.source").all())
    assert first is not None and second is not None
    assert first["y"] < second["y"]


CASES = json.loads((Path(__file__).parents[1] / "channels" / "markdown_cases.json").read_text(encoding="utf-8"))


def test_the_signs_of_markdown_are_read_and_not_shown(chat: Page) -> None:
    def written(route: Any) -> None:
        body = route.fetch().json()
        answer = body["entries"][-1]["answer"]
        cited = {**answer["citations"][0], "against": []}
        answer["citations"] = [{**cited, "id": number, "quote": text} for number, (text, _) in enumerate(CASES, 1)]
        body["entries"][-1]["links"] = {cited["document"]: "javascript:alert(1)"}
        route.fulfill(json=body)

    chat.route("**/message", written)
    ask(chat, COST)
    assert chat.locator("button.source .quote").all_text_contents() == [read for _, read in CASES]
    chat.context.grant_permissions(["clipboard-read", "clipboard-write"])
    chat.get_by_role("button", name="Copy answer and sources").click()
    chat.get_by_text("Copied", exact=True).wait_for()
    copied = chat.evaluate("navigator.clipboard.readText()").split("\n")[1:]
    assert [line.partition("“")[2].partition("” — ")[0] for line in copied] == [" ".join(r.split()) for _, r in CASES]
    assert "javascript:" not in "".join(copied)


def test_a_table_of_a_document_is_shown_as_one_with_the_passage_marked(chat: Page) -> None:
    ask(chat, "How long is the Mwanjati Railway?")
    chat.get_by_role("button", name="Source 2: Mwanjati Railway: Fact Sheet No. 3").click()
    viewer = chat.locator("rahdari-source")
    viewer.locator("mark").first.wait_for()
    table = viewer.get_by_role("table").first
    assert table.get_by_role("columnheader").all_inner_texts() == [
        "Section", "From – to", "Length", "Contractor", "State of work",
    ]  # fmt: skip
    marked = viewer.locator("mark").all_inner_texts()
    assert marked == [
        "1", "Kafumbwe – Mpulo", "168 km", "Baltrusch-Oyelaran Joint Venture", "Under construction since 12 June 2024",
    ]  # fmt: skip
    assert table.get_by_role("row").nth(2).inner_text().startswith("2\tMpulo – Chisanga\t144 km")
    assert not set("|*") & set(viewer.locator(".text").inner_text())
    expect(viewer.locator("mark").first).to_be_in_viewport()
    assert faults(chat) == []


def test_a_source_opens_the_document_at_the_marked_passage_beside_the_conversation(chat: Page) -> None:
    ask(chat, COST)
    chat.get_by_role("button", name=f"Source 2: {LOAN}").click()
    mark = chat.locator("rahdari-source mark")
    mark.wait_for()
    assert mark.inner_text().startswith("The whole line is estimated to cost $1.24 billion")
    expect(mark).to_be_in_viewport()
    viewer = chat.get_by_role("region", name=LOAN)
    assert "Copperline News Agency · 6 March 2024" in viewer.inner_text()
    assert "LUSAKA — Zambia on Monday signed" in viewer.inner_text()
    link = viewer.get_by_role("link", name="Open the original")
    assert link.get_attribute("href") == "https://copperline.example/news/2024/03/mwanjati-railway-loan"
    assert link.get_attribute("rel") == "noopener noreferrer"
    left, right = chat.locator(".talk").bounding_box(), viewer.bounding_box()
    assert left is not None
    assert right is not None
    assert left["x"] + left["width"] <= right["x"]
    assert chat.locator('button.source[aria-expanded="true"]').count() == 1
    chat.get_by_role("button", name="Close the source").click()
    assert viewer.count() == 0
    assert focused(chat) == f"Source 2: {LOAN}"


def test_the_rest_of_a_long_document_is_shown_in_pieces(chat: Page) -> None:
    text = "".join(f"Line {number} of the document.\n" for number in range(1000))
    start, end = text.index("Line 500"), text.index("Line 501")

    def document(route: Any) -> None:
        query = dict(re.findall(r"(\w+)=(\d+)", route.request.url))
        if "from" in query:
            first, last = int(query["from"]), min(int(query["to"]), len(text))
            body = {"start": first, "end": last, "text": text[first:last]}
        else:
            known = {"id": "x", "title": "Lines", "publisher": None, "published": None, "source": "javascript:alert(1)"}
            around = {"start": start - 1500, "end": end + 1500, "place": None, "length": len(text)}
            pieces = {
                "before": text[start - 1500 : start], "passage": text[start:end], "after": text[end : end + 1500]
            }  # fmt: skip
            body = {**known, **around, **pieces}
        route.fulfill(status=200, content_type="application/json", body=json.dumps(body))

    ask(chat, COST)
    chat.route("**/document/**", document)
    chat.locator("button.source").first.click()
    chat.locator("rahdari-source mark").wait_for()
    assert chat.get_by_role("link", name="Open the original").count() == 0
    for name in ("Show earlier text", "Show later text"):
        while chat.get_by_role("button", name=name).count():
            length = len(chat.locator(".text").inner_text())
            chat.get_by_role("button", name=name).click()
            expect(chat.locator(".text")).not_to_have_text(re.compile(f"^.{{0,{length}}}$", re.DOTALL))
    assert chat.locator(".text").text_content() == text
    assert focused(chat) == "Text of the document"


def test_a_source_tells_its_place_and_who_else_has_the_same_text(chat: Page) -> None:
    others = [("Mirror", "https://mirror.example/loan"), ("Herald", "javascript:alert(1)"), (None, None)]
    also = [
        {"document": "d", "title": "Loan", "publisher": name, "published": None, "source": url} for name, url in others
    ]

    def message(route: Any) -> None:
        body = route.fetch().json()
        cited = body["entries"][-1]["answer"]["citations"][0]
        same = {**also[2], "document": "loan-2", "title": cited["title"]}
        cited["also"] = [*also, same, {**same, "publisher": cited["publisher"], "document": "loan-3"}]
        route.fulfill(json=body)

    chat.route("**/message", message)
    ask(chat, COST)
    chat.locator("button.source").first.click()
    viewer = chat.locator("rahdari-source")
    viewer.locator("mark").wait_for()
    assert "Zambia Corridor Agency · 19 August 2024 · At a glance" in viewer.inner_text()
    assert "The same text also in Mirror, Herald, Loan, loan-2, loan-3" in viewer.inner_text()
    assert viewer.get_by_role("link", name="Mirror").get_attribute("href") == "https://mirror.example/loan"
    assert viewer.get_by_role("link", name="Herald").count() == 0


def test_suggestions_stay_and_can_be_pressed_later(chat: Page) -> None:
    ask(chat, COST)
    offered = chat.locator("rahdari-answer .chip").all_inner_texts()
    assert offered
    ask(chat, TUNNEL)
    first = chat.locator("rahdari-answer").first.locator(".chip")
    assert first.all_inner_texts() == offered
    first.last.click()
    chat.locator("rahdari-answer").nth(2).wait_for()
    assert said(chat)[4] == offered[-1]
    assert first.all_inner_texts() == offered


def test_an_answer_is_copied_with_its_sources(chat: Page) -> None:
    ask(chat, COST)
    chat.context.grant_permissions(["clipboard-read", "clipboard-write"])
    chat.get_by_role("button", name="Copy answer and sources").click()
    chat.get_by_text("Copied", exact=True).wait_for()
    lines = chat.evaluate("navigator.clipboard.readText()").split("\n")
    assert lines[0].startswith("The documents differ")
    assert lines[0].endswith("[1][2]")
    assert lines[2] == (
        "[2] “The whole line is estimated to cost $1.24 billion, Transport Minister Agness Phiri told reporters after "
        f"the ceremony.” — {LOAN}, Copperline News Agency, 6 March 2024, "
        "https://copperline.example/news/2024/03/mwanjati-railway-loan"
    )


def test_a_verdict_and_words_are_kept_and_still_shown_after_a_reload(chat: Page) -> None:
    ask(chat, COST)
    chat.get_by_role("button", name="Bad answer").click()
    chat.get_by_label("What was wrong with it?").fill("The first number is old")
    with chat.expect_request("**/feedback") as sent:
        chat.get_by_role("button", name="Send", exact=True).first.click()
    chat.get_by_text("Thank you, that is kept.").wait_for()
    assert sent.value.post_data_json["verdict"] == "down"
    assert sent.value.post_data_json["words"] == "The first number is old"
    chat.reload()
    bad = chat.get_by_role("button", name="Bad answer")
    bad.wait_for()
    assert bad.get_attribute("aria-pressed") == "true"
    assert chat.get_by_role("button", name="Good answer").get_attribute("aria-pressed") == "false"


def test_starting_over_forgets_here_and_on_the_server(chat: Page) -> None:
    ask(chat, COST)
    with chat.expect_response("**/restart"):
        start_over(chat)
    assert said(chat) == []
    assert chat.locator(".chip").count() == 3
    chat.reload()
    chat.locator(".chip").first.wait_for()
    assert said(chat) == []


def test_history_stays_over_a_reload_and_the_conversation_goes_on(chat: Page) -> None:
    ask(chat, COST)
    before = said(chat)
    chat.reload()
    chat.locator("rahdari-answer").wait_for()
    assert said(chat) == before
    ask(chat, "who said that?")
    assert "Fact Sheet No. 3" in said(chat)[-1]  # the conversation knows what "that" is


def test_a_reload_in_the_middle_of_a_turn_still_shows_the_answer(chat: Page) -> None:
    assert chat.evaluate("(text) => document.querySelector('rahdari-chat').ask(text)", COST)
    chat.reload()
    chat.locator("rahdari-answer").wait_for()
    assert said(chat)[0] == COST
    assert len(said(chat)) == 2


def test_visitors_do_not_see_each_other(chat: Page, visit: Any, server: Served) -> None:
    ask(chat, COST)
    other = visit(server.address)
    other.locator(".chip").first.wait_for()
    assert said(other) == []


def test_tabs_of_one_visitor_agree(chat: Page, visit: Any, server: Served) -> None:
    other = visit(server.address, beside=chat)
    other.locator(".chip").first.wait_for()
    ask(chat, COST)
    other.locator("rahdari-answer").wait_for()
    assert said(other) == said(chat)
    other.get_by_role("button", name="Good answer").click()
    expect(chat.get_by_role("button", name="Good answer")).to_have_attribute("aria-pressed", "true")
    ask(other, TUNNEL)
    chat.locator("rahdari-answer").nth(1).wait_for()
    assert said(other) == said(chat)
    start_over(chat)
    expect(other.locator("rahdari-answer")).to_have_count(0)
    assert said(other) == []


def test_a_tab_shows_what_another_has_just_asked(chat: Page, visit: Any, server: Served) -> None:
    other = visit(server.address, beside=chat)
    other.locator(".chip").first.wait_for()
    held: list[Any] = []
    chat.route("**/message", lambda route: held.append(route))
    chat.get_by_label("Your question").fill(COST)
    chat.keyboard.press("Enter")
    other.get_by_text("Looking it up").wait_for()
    assert said(other) == [COST]
    chat.wait_for_timeout(50)
    held[0].continue_()
    other.locator("rahdari-answer").wait_for()
    assert len(said(chat)) == 2


def test_offline_it_says_so_keeps_the_question_and_asks_it_when_back(chat: Page) -> None:
    chat.context.set_offline(True)
    chat.get_by_text("You are offline.").wait_for()
    chat.get_by_label("Your question").fill(COST)
    chat.keyboard.press("Enter")
    expect(chat.locator(".person")).to_have_count(1)
    assert chat.locator("rahdari-answer").count() == 0
    chat.context.set_offline(False)
    chat.locator("rahdari-answer").wait_for()
    assert said(chat)[0] == COST
    assert len(said(chat)) == 2
    expect(chat.get_by_text("You are offline.")).to_have_count(0)


def test_while_the_server_is_restarted_it_says_so_and_goes_on_by_itself_with_all_that_was_said(
    chat: Page, server: Served
) -> None:
    ask(chat, COST)
    server.stop()
    try:
        chat.get_by_label("Your question").fill("who said that?")
        chat.keyboard.press("Enter")
        chat.get_by_text("The bot cannot be reached just now.").wait_for()
        assert said(chat)[-1] == "who said that?"
    finally:
        server.start()
    chat.locator("rahdari-answer").nth(1).wait_for(timeout=20_000)
    assert "Fact Sheet No. 3" in said(chat)[-1]  # the conversation knows what "that" is
    expect(chat.get_by_text("The bot cannot be reached")).to_have_count(0)
    everything = said(chat)
    chat.reload()
    chat.locator("rahdari-answer").nth(1).wait_for()
    assert said(chat) == everything


def test_a_message_that_got_lost_on_its_way_back_is_not_answered_twice(chat: Page) -> None:
    lost: list[Any] = []

    def lose(route: Any) -> None:
        if lost:
            route.continue_()
            return
        lost.append(route.fetch())
        route.abort()

    chat.route("**/message", lose)
    ask(chat, COST)
    assert len(lost) == 1
    assert len(said(chat)) == 2
    chat.reload()
    chat.locator("rahdari-answer").wait_for()
    assert len(said(chat)) == 2


def test_what_is_refused_comes_back_to_where_it_was_typed(chat: Page) -> None:
    chat.route("**/message", lambda route: route.fulfill(status=400, json={"error": "Write a shorter question."}))
    chat.get_by_label("Your question").fill(COST)
    chat.keyboard.press("Enter")
    expect(chat.get_by_role("alert").filter(has_text="Write a shorter question.")).to_be_visible()
    expect(chat.get_by_label("Your question")).to_have_value(COST)
    assert said(chat) == []


def test_a_session_that_the_server_knows_no_more_is_replaced(chat: Page) -> None:
    ask(chat, COST)
    name = chat.evaluate("Object.keys(localStorage).find((name) => name.startsWith('rahdari-session'))")
    chat.evaluate("(name) => localStorage.setItem(name, 'forged.1.x')", name)
    ask(chat, TUNNEL)
    assert chat.evaluate("(name) => localStorage.getItem(name)", name) != "forged.1.x"
    chat.reload()
    chat.locator("rahdari-answer").wait_for()
    assert said(chat)[0] == TUNNEL


def test_without_storage_the_conversation_lives_as_long_as_the_page(visit: Any, server: Served) -> None:
    page = visit("about:blank")
    page.add_init_script(
        "for (const name of ['localStorage', 'sessionStorage']) "
        "Object.defineProperty(window, name, { get() { throw new DOMException('no', 'SecurityError'); } });"
    )
    page.goto(server.address)
    ask(page, COST)
    ask(page, TUNNEL)
    assert len(said(page)) == 4


@pytest.mark.parametrize("text", ["<img src=x onerror=alert(1)>", "${alert(1)}", "[x](javascript:alert(1))"])
def test_what_is_typed_is_shown_as_text(chat: Page, text: str) -> None:
    ask(chat, text)
    assert said(chat)[0] == text
    assert chat.locator(".person img, .person a").count() == 0


def test_marks_that_turn_the_text_round_are_seen_and_turn_nothing(chat: Page) -> None:
    def turned(route: Any) -> None:
        response = route.fetch()
        route.fulfill(
            response=response, body=response.text().replace("The documents differ", "The \u202edocuments differ")
        )

    chat.route("**/message", turned)
    ask(chat, COST)
    text = chat.locator("rahdari-answer").last.inner_text()
    assert "The \ufffddocuments differ" in text
    assert "\u202e" not in text


def test_a_figure_whose_unit_stands_in_a_table_s_header_is_labelled_at_its_row(chat: Page) -> None:
    def tabled(route: Any) -> None:
        response = route.fetch()
        body = response.json()
        answer = body["entries"][-1]["answer"]
        first = answer["citations"][0]
        quotes = ["| Velm ring | 1,315 | under construction |", "| Ulm bypass | 2,980 | planned |"]
        answer["citations"] = [{**first, "id": id, "quote": quote, "against": []} for id, quote in enumerate(quotes, 1)]
        known = {"predicate": "cost", "speaker": None, "as_of": None}
        answer["facts"] = [
            {**known, "subject": "Velm ring", "object": "US$1,315 million", "modality": "stated"},
            {**known, "subject": "Ulm bypass", "object": "US$2,980 million", "modality": "planned"},
        ]
        route.fulfill(response=response, json=body)

    chat.route("**/message", tabled)
    ask(chat, TUNNEL)
    assert chat.locator(".bubble > ul.labels").count() == 0
    assert [label.inner_text() for label in chat.locator("bdi.label").all()] == ["Planned"]
