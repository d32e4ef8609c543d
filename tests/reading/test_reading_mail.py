"""All that a message says in its text is read, once, and what is attached is not its text."""

from __future__ import annotations

import time

import pytest
from lxml.html import fromstring
from making import message

from rahdari.reading import eml_files, mail_quotes

HEAD = "From: a@b.example\nSubject: s\nMIME-Version: 1.0\n"
ONE, TWO, EMPTY = ("text/plain", "One."), ("text/plain", "Two."), ("text/plain", " ")
PICTURE = ('image/png; name="logo.png"\nContent-Disposition: inline; filename="logo.png"', "logo")
PAGE, LATER, VOID = ("text/html", "<p>A page.</p>"), ("text/html", "<p>Later.</p>"), ("text/html", " ")
FILE = ('text/plain\nContent-Disposition: attachment; filename="a.txt"', "A file.")
NAMELESS = ("text/plain\nContent-Disposition: attachment", "No name.")
PASSED_ON = ("message/rfc822", f"{HEAD}\nAnother message.")

Part = tuple[str, str]


def holding(kind: str, *parts: Part) -> Part:
    edge = f"{kind}{len(str(parts))}"
    inner = "".join(f"--{edge}\nContent-Type: {head}\n\n{body}\n" for head, body in parts)
    return f"multipart/{kind}; boundary={edge}", f"{inner}--{edge}--\n"


@pytest.mark.parametrize(
    ("part", "text"),
    [
        (holding("mixed", ONE, PICTURE, TWO), "One.\n\nTwo."),
        (holding("mixed", PAGE, PICTURE, LATER, VOID), "A page.\n\nLater."),
        (holding("mixed", ONE, PICTURE, PAGE), "One.\n\nA page."),
        (holding("mixed", holding("alternative", ONE, PAGE), TWO), "One.\n\nTwo."),
        (holding("mixed", ONE, PASSED_ON, TWO), "One.\n\nTwo."),
        (holding("mixed", FILE, ONE, NAMELESS), "One.\n\nNo name."),
        (holding("alternative", EMPTY, PAGE), "A page."),
        (holding("alternative", PAGE, ONE), "One."),
        (holding("alternative", EMPTY, holding("related", PAGE, PICTURE)), "A page."),
        (holding("alternative", ONE, holding("mixed", PAGE, PICTURE, LATER)), "One."),
        (holding("related", holding("alternative", EMPTY, PAGE), PICTURE), "A page."),
        (holding("mixed", FILE), ""),
    ],
)
def test_the_text_of_a_message_is_all_that_it_shows(part: Part, text: str) -> None:
    head, body = part
    assert eml_files.read(message(f"{HEAD}Content-Type: {head}\n\n{body}"), "mail.eml")[1] == text


def test_short_pieces_with_links_in_a_message_are_kept_and_its_buttons_are_not() -> None:
    pieces = "".join(
        f"<td><h2>{name}</h2><p>The {name} <a href=x>grant</a> is $5 million.</p><a href=x>Read more</a></td>"
        for name in ("quay", "wall")
    )
    html = f"<p>Two grants were approved.</p><table><tr>{pieces}</table>"
    found = eml_files.read(message(f"{HEAD}Content-Type: text/html\n\n{html}"), "mail.eml")[1]
    said = [f"## {name}\n\nThe {name} grant is $5 million." for name in ("quay", "wall")]
    assert found == "\n\n".join(["Two grants were approved.", *said])


def test_the_sign_over_a_signature_stays_a_line_where_lines_flow() -> None:
    flowed = "Content-Type: text/plain; format=flowed\n\nThe quay \nis open.\n\n-- \nOda Rehn\n"
    assert eml_files.read(message(HEAD + flowed), "mail.eml")[1] == "The quay is open.\n\n-- \nOda Rehn\n"


def said(text: str, kind: str = "plain") -> str:
    return eml_files.read(message(f"{HEAD}Content-Type: text/{kind}\n\n{text}"), "mail.eml")[1]


def test_quoted_lines_are_told_under_who_wrote_them() -> None:
    inner = "> On Monday\n> Ines Falk <falk@a.example> wrote:\n> > Is it\n> > open?\n"
    found = said(f"It is.\n\nOn Friday Oda Rehn wrote:\n> It is\n> not.\n>\n{inner}")
    blocks = [" ".join(block.split()) for block in found.split("\n\n") if block.strip()]
    heads = "# On Friday Oda Rehn wrote:", "## On Monday Ines Falk <falk@a.example> wrote:"
    assert blocks == ["It is.", heads[0], "It is not.", heads[1], "Is it open?"]


def test_an_answer_between_quoted_lines_is_not_told_as_theirs() -> None:
    found = said("On Friday Oda Rehn wrote:\n> Is it open?\nIt is.\n> And the wall?\nNot yet.\n")
    blocks = [block for block in found.split("\n\n") if block.strip()]
    assert [block.strip() for block in blocks] == [
        *("On Friday Oda Rehn wrote:", "Is it open?", "It is.", "And the wall?", "Not yet."),
    ]


def test_a_line_that_only_opens_as_quoted_ones_do_stays() -> None:
    assert said("It is open.\n>From Monday on it is shut.") == "It is open.\n>From Monday on it is shut."


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("It is.\n\nFrom: Oda Rehn\nSent: Friday 10:00\nTo: A\nSubject: s\n\nIs it open?", "plain"),
        (
            "<p>It is.</p><div><p><b>From:</b> Oda Rehn<br><b>Sent:</b> Friday 10:00<br><b>To:</b> A</p><p>Is it open?",
            "html",
        ),
    ],
)
def test_the_headers_of_a_message_that_is_answered_are_a_heading(text: str, kind: str) -> None:
    assert "\n\n# From: Oda Rehn, Sent: Friday 10:00\n\n" in said(text, kind)


@pytest.mark.parametrize("opening", ["<p>{}</p>", '<div class="gmail_attr">{}<br></div>'])
def test_what_a_page_in_a_message_quotes_stands_under_who_wrote_it(opening: str) -> None:
    quoted = f"{opening.format('On Friday Oda Rehn wrote:')}<blockquote><p>Is it open?</p></blockquote>"
    assert said(f"<p>It is.</p><div>{quoted}</div>", "html") == "It is.\n\n# On Friday Oda Rehn wrote:\n\nIs it open?"
    assert "#" not in said(f"{quoted}<p>It is.</p>", "html")


def test_what_a_message_says_before_a_link_stays() -> None:
    page = "<p>The quay is open to all ships.</p><p>See <a href=x>the minutes of Monday, all 12 pages of them</a></p>"
    assert said(page, "html").endswith("See the minutes of Monday, all 12 pages of them")


@pytest.mark.parametrize(
    "text",
    [f"From:{' ' * 90_000}\nSent", ">\n\n" * 60_000],
    ids=["blanks", "depths"],
)
def test_what_a_message_quotes_takes_no_longer_than_reading_it(text: str) -> None:
    began = time.process_time()
    said(text)
    assert time.process_time() - began < 3


def test_many_quotations_in_a_page_take_no_longer_than_few() -> None:
    body = fromstring(f"<body>{'<p>She wrote:</p><blockquote>It is.</blockquote>' * 10_000}</body>")
    began = time.process_time()
    mail_quotes.mark(body)
    assert time.process_time() - began < 1
    assert [len(body.findall(tag)) for tag in ("h1", "p")] == [1, 9_999]
