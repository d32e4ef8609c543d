"""All that a message says in its text is read, once, and what is attached is not its text."""

from __future__ import annotations

import pytest
from making import message

from rahdari.reading import eml_files

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
