"""What files say of themselves is taken as it stands; what is not of a field's form counts as not said."""

from __future__ import annotations

import re
import zipfile
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest
from docx.document import Document as WordDocument
from making import Pdf, archived, message, word

from rahdari.reading import html_files, pdf_files, read, read_all
from rahdari.reading.metadata import Metadata


def page(head: str, attributes: str = "") -> Metadata:
    text = f"<html {attributes}><head>{head}</head><body><p>The quay is open.</p></body></html>"
    return html_files.read(text.encode(), "page.html")[0]


def linked(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'


GAZETTE = ("publisher", "Gazette")
GRAPH = """{"@context": "https://schema.org", "@graph": [
    {"@type": "Article", "headline": "The &quot;new&quot; quay", "mainEntityOfPage": {"@id": "https://a.example/quay"},
     "author": [{"@id": "https://a.example/#/person/1"}, {"name": "Oda Rehn", "@id": "https://a.example/#/person/2"}],
     "publisher": {"@id": "https://a.example/#organization"}},
    {"@type": "WebSite", "publisher": {"@id": "https://a.example/#organization", "@type": "Organization",
     "name": "Port &amp; Sea Gazette"}},
    {"@type": "Person", "@id": "https://a.example/#/person/1", "name": "Ines Falk"}]}"""


@pytest.mark.parametrize(
    ("head", "field", "value"),
    [
        ("<title>The quay</title>", "title", "The quay"),
        ('<title>The quay</title><meta property="og:title" content="Quay">', "title", "Quay"),
        ('<meta name="DC.creator" content="Ines Falk">', "author", "Ines Falk"),
        (
            '<meta name="author" content="Ines Falk"><meta name="author" content="Oda Rehn">',
            "author",
            "Ines Falk, Oda Rehn",
        ),
        ('<meta property="article:author" content="https://example.org/falk">', "author", None),
        ('<meta property="article:published_time" content="2024-05-02T10:00:00Z">', "published", "2024-05-02"),
        ('<meta name="citation_publication_date" content="2024/05/02">', "published", "2024-05-02"),
        ('<meta name="date" content="last week">', "published", None),
        ('<meta property="og:locale" content="en_GB">', "language", "en"),
        ('<meta name="dc.language" content="the English one">', "language", None),
        ('<link rel="canonical" href="/quay">', "source", None),
        ('<meta property="og:url" content="https://example.org/quay">', "source", "https://example.org/quay"),
        (linked('{"@type": "NewsArticle", "publisher": {"name": "Gazette"}}'), "publisher", "Gazette"),
        (linked('{"@type": ["Report"], "author": "Oda Rehn"}'), "author", "Oda Rehn"),
        (
            linked('[{"@type": "Article", "mainEntityOfPage": {"@id": "https://a.example/"}}]'),
            "source",
            "https://a.example/",
        ),
        (linked('{"@type": "Organization", "name": "Gazette"}'), "title", None),
        (linked('{"@type": "Article", "headline": 7, "datePublished": {"x": 1}}'), "title", None),
        (linked("{no json"), "title", None),
        (linked(GRAPH), "publisher", "Port & Sea Gazette"),
        (linked(GRAPH), "author", "Ines Falk, Oda Rehn"),
        (linked(GRAPH), "title", 'The "new" quay'),
        (linked(GRAPH), "source", "https://a.example/quay"),
        (linked('{"@type": "Article", "publisher": "#o"}') + linked('{"@id": "#o", "name": "Gazette"}'), *GAZETTE),
        (
            linked('{"@type": "Article", "publisher": {"@id": "https://a.example/#o"}}')
            + '<meta property="og:site_name" content="Gazette">',
            *GAZETTE,
        ),
        ('<meta name="publisher" content="https://www.facebook.example/gazette">', "publisher", None),
        ("", "publisher", None),
        (
            linked('[{"@type": "WebPage", "name": "Quay | Port"}, {"@type": "Article", "headline": "Quay"}]'),
            "title",
            "Quay",
        ),
        (
            '<title>Quay opened - Gazette</title><meta property="og:site_name" content="Gazette">',
            "title",
            "Quay opened",
        ),
        ("<title>Quay opened - Gazette</title>", "title", "Quay opened - Gazette"),
        ('<title>Gazette</title><meta property="og:site_name" content="Gazette">', "title", "Gazette"),
        ('<meta name="date" content="Mon, 05 Feb 2024 08:00:00 GMT">', "published", "2024-02-05"),
        ('<meta name="date" content="February 5, 2024 at 8:00">', "published", "2024-02-05"),
        ('<meta name="date" content="5 Feb 2024">', "published", "2024-02-05"),
        ('<meta name="date" content="05/02/2024">', "published", None),
        ('<meta name="date" content="5 of 20 2024">', "published", None),
        ('</head><time itemprop="datePublished" datetime="2024-02-05T10:00">Monday</time>', "published", "2024-02-05"),
        ('<meta name="author" content="By Oda Rehn">', "author", "Oda Rehn"),
    ],
)
def test_a_page_says_of_itself(head: str, field: str, value: str | None) -> None:
    assert getattr(page(head), field) == value


def test_a_page_says_its_language() -> None:
    assert page("", 'lang="ur-PK"').language == "ur"


@pytest.mark.parametrize(
    ("info", "published"),
    [({"CreationDate": "D:20240502"}, "2024-05-02"), ({"CreationDate": "yesterday"}, None), ({}, None)],
)
def test_a_pdf_says_when_it_was_made(info: dict[str, str], published: str | None) -> None:
    data = Pdf(info).page().text(72, 700, "The quay is open.").made()
    assert pdf_files.read(data, "a.pdf")[0].published == published


@pytest.mark.parametrize(
    ("said", "known"),
    [
        ({}, (None, None, None)),
        ({"title": "Word Document", "author": "Oda Rehn"}, (None, "Oda Rehn", None)),
        ({"title": "The quay"}, ("The quay", None, None)),
        ({"created": datetime(2013, 12, 23, 8)}, (None, None, "2013-12-23")),
    ],
)
def test_what_the_template_of_a_word_file_says_is_not_said(
    tmp_path: Path, said: dict[str, object], known: tuple[str | None, ...]
) -> None:
    def fill(document: WordDocument) -> None:
        document.add_paragraph("The quay is open.")
        for name, value in said.items():
            setattr(document.core_properties, name, value)

    (tmp_path / "a.docx").write_bytes(word(fill))
    document = read(tmp_path / "a.docx")
    assert (document.title, document.author, document.published) == known


def test_a_word_file_without_properties_says_nothing_of_itself(tmp_path: Path) -> None:
    def fill(document: WordDocument) -> None:
        document.add_paragraph("The quay is open.")

    with zipfile.ZipFile(BytesIO(word(fill))) as archive:
        files = {name: archive.read(name) for name in archive.namelist() if name != "docProps/core.xml"}
    files["_rels/.rels"] = re.sub(rb'<Relationship [^>]*"docProps/core.xml"[^>]*/>', b"", files["_rels/.rels"])
    (tmp_path / "a.docx").write_bytes(archived(files))
    document = read(tmp_path / "a.docx")
    assert (document.title, document.author, document.published) == (None, None, None)


def test_headers_of_a_message_that_cannot_be_read_are_not_said(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(message("From: \nSubject: =?x?q?=FF?=\nDate: soon\n\nThe quay is open.\n"))
    document = read(tmp_path / "a.eml")
    assert (document.author, document.published, document.language) == (None, None, None)


def test_a_message_without_text_is_there_for_what_is_attached(tmp_path: Path) -> None:
    attached = (
        "From: a@b.example\nSubject: s\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n--x\n"
        "Content-Type: text/plain\n\n\n--x\nContent-Type: text/plain\n"
        'Content-Disposition: attachment; filename="quay.txt"\n\nThe quay is open.\n--x--\n'
    )
    (tmp_path / "full.eml").write_bytes(message(attached))
    (tmp_path / "none.eml").write_bytes(message("From: a@b.example\nSubject: s\n\n\n"))
    reading = read_all([tmp_path])
    assert [document.id for document in reading.documents] == ["quay"]
    assert [entry.reason for entry in reading.left_out] == ["none.eml has no text; fill it or remove it"]


@pytest.mark.parametrize("name", ["sub/x.txt", "../x.txt", "sub\\x.txt"])
def test_a_table_is_for_its_own_folder_only(tmp_path: Path, name: str) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "x.txt").write_text("x")
    (tmp_path / "sources.tsv").write_text(f"file\ttitle\n{name}\tX\n")
    reading = read_all([tmp_path])
    assert [document.title for document in reading.documents] == [None]
    (entry,) = reading.left_out
    assert f"line 2: {name!r} lies in another folder; a table is for the files of its own folder only" in entry.reason


def test_a_table_in_an_archive_tells_what_is_wrong_with_it(tmp_path: Path) -> None:
    files = {"in/sources.tsv": b"file\ttitle\na.txt\tA\ngone.txt\tB\n", "in/a.txt": b"a", "b\\c.txt": b"c"}
    (tmp_path / "files.zip").write_bytes(archived(files))
    reading = read_all([tmp_path])
    assert [(document.id, document.title) for document in reading.documents] == [("a", "A"), ("c", None)]
    (entry,) = reading.left_out
    assert entry.path == tmp_path / "files.zip/in/sources.tsv"
    assert "line 3: there is no file 'gone.txt' here" in entry.reason


@pytest.mark.parametrize(
    ("body", "published"),
    [
        ("<aside>{0}</aside>", None),
        ("{0}{1}", None),
        ("{0}{0}", "2024-02-05"),
        ("{1}<div itemscope itemtype='https://schema.org/Comment'>{0}</div>", "2023-01-09"),
        ("<div itemscope itemtype='https://schema.org/NewsArticle'>{0}</div>", "2024-02-05"),
    ],
)
def test_the_day_of_another_page_or_of_a_comment_is_not_a_page_s_own(body: str, published: str | None) -> None:
    days = [f'<time itemprop="datePublished" datetime="{day}">x</time>' for day in ("2024-02-05", "2023-01-09")]
    assert page(f"</head>{body.format(*days)}").published == published
