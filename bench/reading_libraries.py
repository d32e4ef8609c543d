"""What libraries give of the same files, beside this project's readers: docs/decisions/reading-libraries.md.

    python -m bench.reading_libraries                           the fixtures of tests/reading
    python -m bench.reading_libraries /usr/share/doc/x/y.pdf    and the times for these files

A library that is not installed is told, and left out. All of them come into a folder beside the project's environment,
where PYTHONPATH finds them, with

    pip install --require-hashes --no-deps --target FOLDER -r bench/requirements-reading.txt

Of each kind of file:

- pieces: of what the golden files of tests/reading hold, paragraphs of PDF and else lines, how many stand in the text
  in one piece; blanks, hyphens, bars and marks of headings and items do not count
- in order: those of the pages with two columns stand there all, and in their order; one such page is drawn row by row
- around: of nine words of the menus, scripts and footers around an article, how many are in its text
- time: processor time for the given files with that ending, without any for the fixtures, the least of three
- words: of the pages of PDFs, drawn at 300 dots an inch, how many are read off the pictures, by the text that they have

The fixtures were made for this project's readers, so these are right in all of them.
"""

from __future__ import annotations

import argparse
import logging
import re
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from importlib.util import find_spec
from io import BytesIO
from itertools import zip_longest
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
FIXTURES = ROOT / "tests" / "reading" / "documents"
AROUND = ("Home", "News", "Politics", "Sport", "Most read", "Ten quick dinners", "Copyright", "Terms", "track(")
_COLUMNS = ("two_columns.pdf", "justified_columns_of_unlike_length.pdf", "row by row")

Read = Callable[[bytes], str]


def main() -> None:
    """Reads, and prints a table for each kind."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.reading_libraries",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("files", type=Path, nargs="*", help="files to take the time of")
    given = parser.parse_args()
    logging.disable(logging.CRITICAL)
    for kind, readers in READERS.items():
        print("\n".join(table(kind, readers, [path for path in given.files if path.suffix in _ENDINGS[kind]])), "\n")
    print("\n".join(pictures([path for path in given.files if path.suffix == ".pdf"])))


def table(kind: str, readers: Mapping[str, tuple[str, Read]], files: Sequence[Path]) -> list[str]:
    """Lines of Markdown: a row for each reader of a kind of file, and what is left out."""
    fixtures = {path.name: path.read_bytes() for path in sorted(FIXTURES.iterdir()) if path.suffix in _ENDINGS[kind]}
    golden = {name: _pieces(kind, name) for name in fixtures}
    timed = [path.read_bytes() for path in files] or list(fixtures.values())
    if kind == "pdf":
        fixtures["row by row"], golden["row by row"] = _row_by_row(), golden["two_columns.pdf"]
    last = {"pdf": "in order", "html": "around"}.get(kind)
    lines = [
        f"| {kind} | pieces | {f'{last} | ' if last else ''}ms |",
        f"| --- | ---: | {'---: | ' if last else ''}---: |",
    ]
    left_out = []
    for name, (module, read) in readers.items():
        if find_spec(module) is None:
            left_out.append(f"Left out: {name} (not installed: see bench/requirements-reading.txt).")
            continue
        texts = {fixture: read(data) for fixture, data in fixtures.items()}
        places = {one: [_bare(text).find(piece) for piece in golden[one]] for one, text in texts.items()}
        found = sum(place >= 0 for some in places.values() for place in some)
        cells = [name, f"{found} of {sum(map(len, golden.values()))}"]
        if kind == "pdf":
            whole = [min(places[one]) >= 0 and places[one] == sorted(places[one]) for one in _COLUMNS]
            cells.append(f"{sum(whole)} of {len(whole)}")
        if kind == "html":
            cells.append(f"{sum(word in texts['content_among_navigation.html'] for word in AROUND)} of {len(AROUND)}")
        least = min(_took(lambda read=read: [read(data) for data in timed]) for _ in range(3))
        lines.append(f"| {' | '.join(cells)} | {1000 * least:.1f} |")
    return [*lines, *left_out]


def pictures(files: Sequence[Path]) -> list[str]:
    """Lines of Markdown: what is read off pictures of pages."""
    import pypdfium2

    pages = []
    for path in [FIXTURES / "two_columns.pdf", *files]:
        for page in list(pypdfium2.PdfDocument(path))[2:5] if path in files else pypdfium2.PdfDocument(path):
            text = page.get_textpage().get_text_range().replace("\ufffe", "-")
            pages.append((page.render(scale=300 / 72).to_pil().convert("RGB"), Counter(_words(text))))
    lines = ["| pictures | words | s a page |", "| --- | ---: | ---: |"]
    left_out = []
    for name, (module, made) in {"tesseract": ("subprocess", _tesseract), "rapidocr": (_RAPID, _rapidocr)}.items():
        if find_spec(module) is None:
            left_out.append(f"Left out: {name} (not installed: see bench/requirements-reading.txt).")
            continue
        read, found = made(), 0

        def all_pages(read: Callable[[Any], str] = read) -> int:
            return sum(sum((words & Counter(_words(read(picture)))).values()) for picture, words in pages)

        before = _processor()
        found = all_pages()
        took = _processor() - before
        total = sum(sum(words.values()) for _, words in pages)
        lines.append(f"| {name} | {found:,} of {total:,} | {took / len(pages):.1f} |")
    return [*lines, *left_out]


def _pieces(kind: str, name: str) -> list[str]:
    text = (FIXTURES / f"{name}.expected.txt").read_text(encoding="utf-8").split("-----\n", 1)[1]
    parts = re.split(r"\n\s*\n|\f", text) if kind == "pdf" else text.split("\n")
    return [piece for piece in map(_bare, parts) if piece]


def _bare(text: str) -> str:
    return re.sub(r"[\s#|\-\\_*\ufffe\xad\x02]+", "", text)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _processor() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def _took(what: Callable[[], object]) -> float:
    before = _processor()
    what()
    return _processor() - before


def _row_by_row() -> bytes:
    """The page of two_columns.pdf, drawn across both columns."""
    sys.path.insert(0, str(ROOT / "tests" / "reading"))
    from making import Pdf

    left = (
        "The Halden tunnel joins the two|shores of the lake. It was built|by the Orsa Water Author-|ity in six years. "
    )
    left += "Work went on|through the cold of that year,|the winter and was long-term|planned from the start."
    right = "The second tube has not been|begun. Its cost is not known yet.|A long-|term loan is sought from the bank|"
    right += "of the region. Talks with it are|under way and end in autumn."
    page = Pdf().page().text(72, 720, "Report on the Halden tunnel", 20)
    page.text(72, 690, "This line runs over the whole width of the page, above the two columns of the report itself.")
    for number, lines in enumerate(zip_longest(left.split("|"), right.split("|"), fillvalue="")):
        for x, line in zip((72, 330), lines):
            page.text(x, 660 - 14 * number, line)
    page.text(72, 550, "Outlook", 14)
    page.text(72, 530, "And this one runs over the whole width of the page again, below the two columns of it.")
    return page.made()


def _own(module: str, name: str) -> Read:
    def read(data: bytes) -> str:
        from importlib import import_module

        return import_module(f"rahdari.reading.{module}").read(data, name)[1]

    return read


def _pdfplumber(data: bytes) -> str:
    import pdfplumber

    with pdfplumber.open(BytesIO(data)) as file:
        return "\f".join(page.extract_text() or "" for page in file.pages)


def _pdfminer(data: bytes) -> str:
    from pdfminer.high_level import extract_text

    return extract_text(BytesIO(data))


def _pypdf(data: bytes) -> str:
    import pypdf

    return "\f".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(data)).pages)


def _pypdfium2(data: bytes) -> str:
    import pypdfium2

    return "\f".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data))


def _pymupdf(data: bytes) -> str:
    import pymupdf

    pymupdf.TOOLS.mupdf_display_errors(False)
    return "\f".join(page.get_text() for page in pymupdf.open(stream=data))


def _trafilatura(data: bytes) -> str:
    import trafilatura

    return trafilatura.extract(data, include_tables=True) or ""


def _lxml(data: bytes) -> str:
    from lxml import html

    return html.fromstring(data).text_content()


def _readability(data: bytes) -> str:
    import readability
    from lxml import html

    return html.fromstring(readability.Document(data).summary()).text_content()


def _justext(data: bytes) -> str:
    import justext

    return "\n".join(
        one.text for one in justext.justext(data, justext.get_stoplist("English")) if not one.is_boilerplate
    )


def _docx(data: bytes) -> str:
    import docx

    return "\n".join(paragraph.text for paragraph in docx.Document(BytesIO(data)).paragraphs)


def _mammoth(data: bytes) -> str:
    import mammoth

    return mammoth.convert_to_markdown(BytesIO(data)).value


def _docx2txt(data: bytes) -> str:
    import docx2txt

    return docx2txt.process(BytesIO(data))


def _tesseract() -> Callable[[Any], str]:
    def read(picture: Any) -> str:
        file = BytesIO()
        picture.save(file, "PPM")
        command = ["tesseract", "-", "-", "-l", "eng"]
        done = subprocess.run(command, input=file.getvalue(), capture_output=True, env={"OMP_THREAD_LIMIT": "1"})
        return done.stdout.decode()

    return read


_RAPID = "rapidocr_onnxruntime"


def _rapidocr() -> Callable[[Any], str]:
    import numpy as np
    from rapidocr_onnxruntime import RapidOCR

    reader = RapidOCR(intra_op_num_threads=1, inter_op_num_threads=1)
    return lambda picture: "\n".join(line[1] for line in reader(np.array(picture)[:, :, ::-1])[0] or [])


_ENDINGS = {"pdf": (".pdf",), "html": (".html", ".htm"), "docx": (".docx",)}
READERS: dict[str, dict[str, tuple[str, Read]]] = {
    "pdf": {
        "this project": ("rahdari", _own("pdf_files", "x.pdf")),
        "pdfplumber": ("pdfplumber", _pdfplumber),
        "pdfminer.six": ("pdfminer", _pdfminer),
        "pypdf": ("pypdf", _pypdf),
        "pypdfium2": ("pypdfium2", _pypdfium2),
        "pymupdf": ("pymupdf", _pymupdf),
    },
    "html": {
        "this project": ("rahdari", _own("html_files", "x.html")),
        "trafilatura": ("trafilatura", _trafilatura),
        "lxml, all text": ("lxml", _lxml),
        "readability-lxml": ("readability", _readability),
        "jusText": ("justext", _justext),
    },
    "docx": {
        "this project": ("rahdari", _own("docx_files", "x.docx")),
        "python-docx, paragraphs": ("docx", _docx),
        "mammoth": ("mammoth", _mammoth),
        "docx2txt": ("docx2txt", _docx2txt),
    },
}


if __name__ == "__main__":
    main()
