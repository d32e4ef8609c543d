"""The fixture files of tests/reading/documents, one phenomenon a file; `python -m tests.reading.golden` writes them."""

from __future__ import annotations

import base64
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from making import Pdf, archived, message, pdf, word

# of letters in Helvetica, in ems, where it is not 0.556 (Adobe's font metrics)
_WIDTHS = {
    "T": 0.611,
    "f": 0.278,
    "i": 0.222,
    "k": 0.5,
    "l": 0.222,
    "r": 0.333,
    "s": 0.5,
    "t": 0.278,
    "y": 0.5,
    ",": 0.278,
}
_WIDTHS |= {".": 0.278}

_NEWS_PAGE = """<!DOCTYPE html>
<html lang="en-GB"><head><meta charset="utf-8"><title>Halden tunnel opens | Orsa Gazette</title>
<meta property="og:title" content="Halden tunnel opens">
<meta property="og:site_name" content="Orsa Gazette">
<link rel="canonical" href="https://gazette.example/halden-tunnel">
<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [
  {"@type": "WebSite", "name": "not the article"},
  {"@type": "NewsArticle", "headline": "Halden tunnel opens to traffic",
   "datePublished": "2024-05-02T08:30:00+02:00", "dateModified": "2024-05-03",
   "author": [{"@type": "Person", "name": "Ines Falk"}, {"@type": "Person", "name": "Oda Rehn"}],
   "publisher": {"@type": "Organization", "name": "The Orsa Gazette"}}]}</script>
<style>p {color: red}</style></head>
<body><header><a href="/">Home</a> <a href="/news">News</a></header>
<nav><ul><li><a href="/a">Politics</a></li><li><a href="/b">Sport</a></li></ul></nav>
<article><h1>Halden tunnel opens to traffic</h1>
<p>The <b>Halden tunnel</b> was opened on Thursday after six years of work.
It is 8.4 kilometres long.</p>
<h2>What it cost</h2>
<p>Transport minister Agnes Holt said that the tunnel cost <a href="/x">312 million crowns</a>.</p>
<script>track("reader")</script>
<ul><li>A second tube is planned.</li><li>Tolls end in 2040.</li></ul></article>
<aside><h3>Most read</h3><ul><li><a href="/1">Ten quick dinners</a></li></ul></aside>
<footer>Copyright Orsa Gazette. <a href="/terms">Terms</a></footer></body></html>
"""

_PLAIN_PAGE = """<html><body>
<h1>Projects on the Orsa line</h1>
Loose text before the table,<br>on two lines.<br><br>A paragraph of its own.
<table><thead><tr><th rowspan="2">Project</th><th colspan="2">Works</th></tr>
<tr><th>Length</th><th>Cost</th></tr></thead>
<tr><td>Halden tunnel</td><td>8.4 km</td><td>312 million crowns</td></tr>
<tr><td rowspan="2">Orsa bridge</td><td>1.2 km</td><td>40 million crowns</td></tr>
<tr><td>0.3 km</td><td>9 | 11 million crowns</td></tr></table>
<ol><li>First phase<ul><li>survey</li><li>tender</li></ul></li><li>Second phase</li></ol>
<blockquote>We build it, said the minister.</blockquote>
<p hidden>Nobody sees this.</p><div style="x">In a box</div>
</body></html>
"""

_LAYOUT_PAGE = """<html><head><title>Minutes</title></head><body><table role="presentation"><tr><td>
<table><tr><td><h2>Decision</h2><p>The council approved the plan.</p></td><td><p>It starts in June.</p></td>
</tr></table>
</td></tr></table></body></html>
"""


def _two_columns() -> bytes:
    left = [
        "The Halden tunnel joins the two",
        "shores of the lake. It was built",
        "by the Orsa Water Author-",
        "ity in six years. Work went on",
    ]
    left += ["through the cold of that year,", "the winter and was long-term", "planned from the start."]
    right = ["The second tube has not been", "begun. Its cost is not known yet.", "A long-"]
    right += ["term loan is sought from the bank", "of the region. Talks with it are", "under way and end in autumn."]
    page = Pdf(
        {"Title": "Halden report", "Author": "Ines Falk", "CreationDate": "D:20240502083000+02'00'"}, "en-GB"
    ).page()
    page.text(72, 720, "Report on the Halden tunnel", 20)
    page.text(72, 690, "This line runs over the whole width of the page, above the two columns of the report itself.")
    page.lines(72, 660, left).lines(330, 660, right)
    page.text(72, 550, "Outlook", 14)
    page.text(72, 530, "And this one runs over the whole width of the page again, below the two columns of it.")
    return page.made()


def _justified() -> bytes:
    """Words wide apart, as print sets them in narrow columns; the right column begins higher, the left ends lower."""
    page = Pdf().page().text(72, 740, "Corridor report", 18).text(72, 715, "The first chapter", 13)
    left = """The works on the line went well this
year, but the bridge over the river was
late. It opens in spring, when the roads
to it are done. The toll is decided by
the council of the two towns, which has
put it off twice already. Nobody knows
what the reasons were for such a delay.""".split("\n")
    right = """Tests of the new signals begin in the
summer, once all trains are there. They
come by ship to the harbour of Orsa and
are put together in the old workshops.
A second order of trains is considered.""".split("\n")
    for start, top, lines in ((72, 680, left), (318, 693.2, right)):
        for number, line in enumerate(lines):
            parts = line.split()
            blank = (215 - 5.2 * len("".join(parts))) / (len(parts) - 1)
            x: float = start
            for part in parts:
                page.text(x, top - 13.2 * number, part, 10)
                x += 5.2 * len(part) + blank
    return (
        page.text(72, 560, "The second chapter", 13)
        .text(72, 540, "It has one line only, and that is a long one over the page.")
        .made()
    )


def _running_headers() -> bytes:
    made = Pdf()
    texts = [
        ["The plan was adopted in March. It names three harbours and the roads", "to them, and the council infor-"],
        ["med all parties. Work on the first harbour began in April and goes on", "to the end of the year."],
        ["In 2025 the second harbour follows. The third harbour is not decided", "yet, and its cost is unknown."],
    ]
    for number, lines in enumerate(texts, start=1):
        made.page().text(72, 760, "Orsa Council - Harbour plan 2024", 9).lines(72, 690, lines)
        if number == 1:
            made.text(72, 725, "Orsa Council - Harbour plan 2024", 18)
        made.text(290, 30, f"Page {number} of 3", 9)
    return made.made()


def _ruled_table() -> bytes:
    rows = [("Project", "Length", "Cost", "Status"), ("Halden tunnel", "8.4 km", "$312 million", "completed")]
    rows += [("Orsa bridge", "1.2 km", "$40 million", "under way"), ("Second tube", "8.4 km", "", "planned")]
    page = (
        Pdf().page().text(72, 740, "Projects in hand", 16).text(72, 715, "The table lists all projects of the council.")
    )
    page.table(72, 690, (110, 80, 100, 90), rows)
    return page.text(72, 580, "Costs are those of the contract, and not of the works as built.").made()


def _chinese() -> bytes:
    """Its font names a character map that readers of PDF are to have."""
    stream = b"BT /F1 12 Tf 72 700 Td <4E2D5DF47ECF6D4E8D705ECA> Tj ET"
    font = "<< /Type /Font /Subtype /Type0 /BaseFont /SimSun /Encoding /UniGB-UCS2-H /DescendantFonts [6 0 R] >>"
    ordering = "<< /Registry (Adobe) /Ordering (GB1) /Supplement 2 >>"
    return pdf(
        [
            "<< /Type /Catalog /Pages 2 0 R /Lang (zh-CN) >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
            "/Resources << /Font << /F1 5 0 R >> >> >>",
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
            font,
            f"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /SimSun /CIDSystemInfo {ordering} >>",
        ],
        "/Root 1 0 R",
    )


def _narrow() -> bytes:
    """No blanks in the file, and little white between the words, as some programs set type."""
    page = Pdf().page()
    for number, line in enumerate(("The quay is open, and so", "is the old road to it.")):
        x = 72.0
        for part in line.split():
            page.text(x, 700 - 13.2 * number, part)
            x += sum(_WIDTHS.get(letter, 0.556) for letter in part) * 11 + 2.2
    return page.made()


def _lists() -> bytes:
    page = (
        Pdf()
        .page()
        .text(72, 740, "Agenda", 16)
        .text(72, 715, "The meeting of the council has these points on its agenda:")
    )
    page.lines(
        72,
        690,
        [
            "• the harbour plan and all its parts, which the council adopts",
            "• the tunnel",
            "1. report of the treasurer",
        ],
    )
    return page.made()


def _report(document: WordDocument) -> None:
    properties = document.core_properties
    properties.title, properties.author, properties.language = "Harbour report", "Oda Rehn", "en-US"
    properties.created = datetime(2024, 5, 2, 8, 30)
    document.add_heading("Harbour report", 0)
    document.add_paragraph("The harbour was leased for 40\u00a0years.")
    document.add_heading("Projects", 1)
    document.add_paragraph("quays", style="List Bullet")
    document.add_paragraph("north quay", style="List Bullet 2")
    document.add_paragraph("roads", style="List Bullet")
    document.add_paragraph("survey", style="List Number")
    document.add_paragraph("tender", style="List Number")
    table = document.add_table(4, 3)
    cells = [
        ("Project", "Length", "Status"),
        ("North quay", "300 m", "under way"),
        ("", "80 m", "planned"),
        ("Road", "", ""),
    ]
    for row, texts in zip(table.rows, cells):
        for cell, text in zip(row.cells, texts):
            cell.text = text
    table.cell(1, 0).merge(table.cell(2, 0))
    table.cell(3, 1).merge(table.cell(3, 2)).text = "not decided"
    changed = document.add_paragraph("The lease ends in ")
    for xml in (
        '<w:del {} w:id="1" w:author="x"><w:r><w:delText>2050</w:delText></w:r></w:del>',
        '<w:ins {} w:id="2" w:author="x"><w:r><w:t>2064</w:t></w:r></w:ins>',
    ):
        changed._p.append(parse_xml(xml.format(nsdecls("w"))))
    document.add_heading("Outlook", 2)
    document.add_paragraph("First line\nsecond line")
    document.sections[0].header.paragraphs[0].text = "Confidential"


_PLAIN_MAIL = message("""
From: =?utf-8?q?Agnes_H=C3=B6lt?= <holt@ministry.example>
To: press@example.org
Subject: =?utf-8?q?Lease_of_the_harbour_=E2=80=93_signed?=
Date: Thu, 02 May 2024 23:30:00 -0500
Organization: Ministry of Transport
Content-Language: en
Archived-At: <https://lists.example/2024/05/17>
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8; format=flowed
Content-Transfer-Encoding: quoted-printable

The harbour was leased for 40 years, and the=20
lease begins in June.

It cost 12 million crowns=2E
""")

_HTML_MAIL = message("""
From: holt@ministry.example
Subject: Tunnel
Date: Fri, 03 May 2024 10:00:00 +0000
MIME-Version: 1.0
Content-Type: text/html; charset=utf-8

<html><body><div>The tunnel is open.<br>It is 8.4 km long.</div><div><br></div><div>Yours, A. H.</div></body></html>
""")

_ATTACHED = message(f"""
From: holt@ministry.example
Subject: Two files
Date: Fri, 03 May 2024 10:00:00 +0000
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=x

--x
Content-Type: text/plain

Both are attached.
--x
Content-Type: text/markdown; name="minutes.md"
Content-Disposition: attachment; filename="minutes.md"
Content-Transfer-Encoding: base64

{base64.b64encode(b"# Minutes" + bytes((10, 10)) + b"The plan was adopted.").decode()}
--x
Content-Type: image/png; name="logo.png"
Content-Disposition: inline; filename="logo.png"

logo
--x--
""")


def _archive() -> bytes:
    inner = archived({"quay.txt": b"The quay is 300 metres long."})
    table = "file\ttitle\tauthor\tlanguage\nlease.txt\tThe lease\tOda Rehn\ten\n"
    return archived(
        {
            "papers/lease.txt": b"---\ntitle: Not this\npublisher: Orsa Council\n---\nThe harbour was leased.",
            "papers/sources.tsv": table.encode(),
            "papers/page.html": _NEWS_PAGE.encode(),
            "papers/README.md": b"about the archive",
            "__MACOSX/._lease.txt": b"\0\0",
            "more/inner.zip": inner,
        }
    )


_XML_PAGE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">
<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="fi" lang="fi"><head><title>Saimaan lautta</title>
<meta name="author" content="Liikennevirasto"/><script type="text/javascript" src="lautta.js"/><style/></head>
<body><h1><a id="alku"/>Saimaan lautta</h1><p>Lautta maksoi 12 miljoonaa euroa.<br/>Se aloitti 3.5.2021.</p>
<table><tr><th>Reitti</th><th>Pituus</th></tr><tr><td>Puumala</td><td>1,2 km</td></tr></table></body></html>
"""

FIXTURES: dict[str, Callable[[], bytes]] = {
    "content_among_navigation.html": lambda: _NEWS_PAGE.encode(),
    "plain_page_with_spanning_cells.html": lambda: _PLAIN_PAGE.encode(),
    "tables_for_layout.htm": lambda: _LAYOUT_PAGE.encode(),
    "elements_that_close_themselves.xhtml": lambda: _XML_PAGE.encode(),
    "latin_1.html": lambda: (
        '<html><head><meta charset="iso-8859-1"></head><body><p>Caf\xe9 Orsa opened.</p></body></html>'.encode(
            "latin-1"
        )
    ),
    "two_columns.pdf": _two_columns,
    "justified_columns_of_unlike_length.pdf": _justified,
    "running_headers_and_a_word_over_pages.pdf": _running_headers,
    "ruled_table.pdf": _ruled_table,
    "list_marks.pdf": _lists,
    "narrow_blanks.pdf": _narrow,
    "chinese_by_a_character_map.pdf": _chinese,
    "headings_lists_tables_and_changes.docx": lambda: word(_report),
    "encoded_headers_flowed_text.eml": lambda: _PLAIN_MAIL,
    "html_only.eml": lambda: _HTML_MAIL,
    "attachments.eml": lambda: _ATTACHED,
    "archive_with_table_and_archive.zip": _archive,
}
