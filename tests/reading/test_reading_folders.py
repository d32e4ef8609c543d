"""Folders, the table beside documents, and how what is bad is left out without stopping the rest."""

import os
from pathlib import Path
from zipfile import ZipFile

import pytest
from making import archived

from rahdari.reading import Reading, read, read_all
from rahdari.reading.formats import READERS, UNPACKERS

HEADER = "file\ttitle\tpublisher\tpublished\taddress\n"


def fill(folder: Path, **files: str) -> Path:
    for name, content in files.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return folder


def ids(reading: Reading) -> list[str]:
    return [document.id for document in reading.documents]


def reasons(reading: Reading) -> str:
    return "\n".join(f"{entry.path.name}: {entry.reason}" for entry in reading.left_out)


def test_folders_are_read_with_their_subfolders_in_the_order_of_ids(tmp_path: Path) -> None:
    fill(tmp_path, b_txt="b", sub__a_md="a", sub__deeper__c_txt="c")
    assert ids(read_all([tmp_path])) == ["a", "b", "c"]


def test_files_about_a_folder_are_no_documents(tmp_path: Path) -> None:
    fill(tmp_path, a_txt="a", README_md="r", LICENSE="l", licence_TXT="l", sources_tsv=HEADER)
    fill(tmp_path, **{".hidden_txt".replace("_", ".", 1): "h"})
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "x.txt").write_text("x")
    reading = read_all([tmp_path])
    assert (ids(reading), reading.left_out) == (["a"], ())


def test_a_licence_in_another_format_is_a_document(tmp_path: Path) -> None:
    fill(tmp_path, license_html="<p>The mine has a licence.</p>")
    (tmp_path / "files.zip").write_bytes(archived({"in/README.htm": b"<p>Read it.</p>", "LICENSE": b"l"}))
    assert ids(read_all([tmp_path])) == ["README", "license"]


def test_one_bad_file_does_not_stop_the_others(tmp_path: Path) -> None:
    fill(tmp_path, a_txt="a", b_txt="", c_odt="c", d_md="---\npublished: soon\n---\nd")
    reading = read_all([tmp_path, tmp_path / "gone.txt"])
    assert ids(reading) == ["a"]
    assert len(reading.left_out) == 4
    for part in ("b.txt is empty", "c.odt has the ending", "d.md: published is 'soon'", "there is no"):
        assert part in reasons(reading)


def test_files_of_an_unknown_kind_are_told_together_for_each_folder_and_ending(tmp_path: Path) -> None:
    fill(tmp_path, a_txt="a", b_jpg="x", c_JPG="x", d_png="x", sub__e_jpg="x", sub__f_jpg="x", Makefile="x", g="x")
    (tmp_path / "h.zip").write_bytes(archived({"in/i.jpg": b"x", "in/j.jpg": b"x", "in/k.txt": b"k", "l.jpg": b"x"}))
    reading = read_all([tmp_path])
    known = "; the known ones are .docx, .eml, .htm, .html, .markdown, .md, .pdf, .text, .txt, .xhtml, .zip"
    assert ids(reading) == ["a", "k"]
    assert {str(entry.path.relative_to(tmp_path)): entry.reason for entry in reading.left_out if entry.path.suffix} == {
        "d.png": f"d.png has the ending .png{known}",
        "h.zip/l.jpg": f"l.jpg has the ending .jpg{known}",
    }
    assert sorted((entry.path, entry.reason) for entry in reading.left_out if not entry.path.suffix) == [
        (tmp_path, f"2 files in it have no ending{known}"),
        (tmp_path, f"2 files in it have the ending .jpg{known}"),
        (tmp_path / "h.zip" / "in", f"2 files in it have the ending .jpg{known}"),
        (tmp_path / "sub", f"2 files in it have the ending .jpg{known}"),
    ]


def test_a_file_of_no_bytes_is_empty_whatever_its_ending(tmp_path: Path) -> None:
    names = [f"a{ending}" for ending in sorted({*READERS, *UNPACKERS})]
    for name in names:
        (tmp_path / name).touch()
    (tmp_path / "files.zip").write_bytes(archived({"in.pdf": b""}))
    told = {entry.path.name: entry.reason for entry in read_all([tmp_path]).left_out}
    assert told == {name: f"{name} is empty; fill it or remove it" for name in [*names, "in.pdf"]}


@pytest.mark.parametrize(
    ("front_matter", "reason"),
    [
        ('title: "a \\ud800 b"', "b.md: title has half a surrogate pair"),
        (f"title: {'[' * 3_000}", "b.md: the front matter is"),
        (f"title: {'[' * 3_000}{']' * 3_000}", "b.md: the front matter is nested too deeply"),
    ],
)
def test_front_matter_that_would_break_the_reader_or_the_store_is_left_out(
    tmp_path: Path, front_matter: str, reason: str
) -> None:
    fill(tmp_path, a_txt="a", b_md=f"---\n{front_matter}\n---\ntext")
    reading = read_all([tmp_path])
    assert ids(reading) == ["a"]
    assert reason in reasons(reading)


def test_a_page_that_names_itself_with_half_a_character_is_left_out(tmp_path: Path) -> None:
    told = '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "a \\ud800 b"}</script>'
    fill(tmp_path, a_txt="a", b_html=f"<html><head>{told}</head><body><p>The quay is open.</p></body></html>")
    reading = read_all([tmp_path])
    assert ids(reading) == ["a"]
    assert "b.html: title has half a surrogate pair" in reasons(reading)


def test_a_file_whose_name_is_not_utf8_is_left_out(tmp_path: Path) -> None:
    fill(tmp_path, a_txt="a")
    try:
        with open(os.fsencode(tmp_path) + b"/caf\xe9.txt", "w") as file:
            file.write("text")
    except OSError:
        pytest.skip("this file system has UTF-8 names only")
    reading = read_all([tmp_path])
    assert ids(reading) == ["a"]
    assert "is not UTF-8; rename the file" in reasons(reading)


def test_only_regular_files_are_opened(tmp_path: Path) -> None:
    fill(tmp_path, a_txt="a")
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "loop.txt").symlink_to("loop.txt")
    (tmp_path / "nowhere.txt").symlink_to("gone.txt")
    reading = read_all([tmp_path, tmp_path / f"{'x' * 300}.txt", "a\0b.txt"])
    assert ids(reading) == ["a"]
    assert len(reading.left_out) == 5
    for part in ("pipe.txt is no regular file", "loop.txt cannot be opened: Too many", "there is no", "too long"):
        assert part in reasons(reading)


def test_a_row_with_a_name_that_no_file_can_have_is_told_with_its_line(tmp_path: Path) -> None:
    fill(tmp_path, a_txt="a", sources_tsv=f"{HEADER}{'x' * 300}\tX\na.txt\tA\n")
    reading = read_all([tmp_path])
    assert [document.title for document in reading.documents] == ["A"]
    assert "sources.tsv line 2: there is no file 'xxx" in reasons(reading)


def test_two_files_of_one_name_beside_each_other_are_told_apart_by_their_endings(tmp_path: Path) -> None:
    fill(tmp_path, a_md="one", a_txt="two")
    assert {document.id: document.text for document in read_all([tmp_path]).documents} == {"a": "one", "a-txt": "two"}


def test_files_of_one_name_are_told_apart_by_more_of_their_path(tmp_path: Path) -> None:
    fill(tmp_path, report_txt="a", **{"2022__report_txt": "b", "2023__report_txt": "c", "2023__q1__report_txt": "d"})
    fill(tmp_path, report_md="e")
    for name in ("one", "two"):
        with ZipFile(tmp_path / f"{name}.zip", "w") as archive:
            archive.writestr("report.txt", name)
    reading = read_all([tmp_path])
    assert {document.text: document.id for document in reading.documents} == {
        "one": "report", "e": f"{tmp_path.name}-report", "a": f"{tmp_path.name}-report-txt", "two": "two-report",
        "b": "2022-report", "c": "2023-report", "d": "q1-report",
    }  # fmt: skip
    assert reading.left_out == ()


def test_a_file_named_twice_is_one_document(tmp_path: Path) -> None:
    fill(tmp_path, a_txt="a")
    reading = read_all([tmp_path, tmp_path / "a.txt", tmp_path / "." / "a.txt"])
    assert (ids(reading), reading.left_out) == (["a"], ())


def test_the_table_tells_what_a_file_cannot_and_wins_over_front_matter(tmp_path: Path) -> None:
    table = HEADER + 'a.txt\tThe "A"\tPress\t2018-10\thttps://a.example/\nb.md\t\tOther\t\t\n'
    fill(tmp_path, a_txt="a", b_md="---\ntitle: B\npublisher: Own\n---\nb", sources_tsv=table)
    a, b = read_all([tmp_path]).documents
    assert (a.title, a.publisher, a.published, a.source) == ('The "A"', "Press", "2018-10", "https://a.example/")
    assert (b.title, b.publisher, b.published, b.source) == ("B", "Other", None, None)
    assert read(tmp_path / "b.md") == b


def test_a_table_speaks_for_its_own_folder_only(tmp_path: Path) -> None:
    fill(
        tmp_path,
        a_txt="a",
        sub__b_txt="b",
        sources_tsv=HEADER + "a.txt\tA\t\t\t\n",
        sub__sources_tsv=HEADER + "b.txt\tB\n",
    )
    assert [document.title for document in read_all([tmp_path]).documents] == ["A", "B"]


def test_a_table_may_be_short_in_another_order_and_have_windows_line_ends(tmp_path: Path) -> None:
    fill(tmp_path, a_txt="a", sources_tsv="\ufeffpublisher\tfile\r\nPress\ta.txt\r\n")
    assert read_all([tmp_path]).documents[0].publisher == "Press"


@pytest.mark.parametrize(
    ("cell", "title"),
    [
        ('"The ""new"" clinic, Suva"', 'The "new" clinic, Suva'), ('"Clinic, Suva"', "Clinic, Suva"),
        ('"A"', '"A"'), ('"A", "B"', '"A", "B"'), ('"', '"'), ('""', '""'),
    ],
)  # fmt: skip
def test_quotes_that_a_spreadsheet_set_around_a_cell_are_no_part_of_it(tmp_path: Path, cell: str, title: str) -> None:
    fill(tmp_path, a_txt="a", sources_tsv=f"file\ttitle\na.txt\t{cell}\n")
    assert read_all([tmp_path]).documents[0].title == title


def test_a_table_may_be_in_utf_16_as_spreadsheets_write_it(tmp_path: Path) -> None:
    fill(tmp_path, a_txt="a")
    (tmp_path / "sources.tsv").write_bytes("\ufefffile\tpublisher\r\na.txt\tگوادر\r\n".encode("utf-16-le"))
    assert read_all([tmp_path]).documents[0].publisher == "گوادر"


@pytest.mark.parametrize("header", ["file\tcolour\n", "title\n", "", "file\tfile\n"])
def test_a_table_with_wrong_columns_is_told_and_the_documents_stay(tmp_path: Path, header: str) -> None:
    fill(tmp_path, a_txt="a", sources_tsv=header + "a.txt\tx\n" if header else "")
    reading = read_all([tmp_path])
    assert ids(reading) == ["a"]
    assert reading.documents[0].title is None
    assert "sources.tsv has the columns" in reasons(reading)


@pytest.mark.parametrize("name", ["gone.txt", "", "b.txt"])
def test_a_row_for_no_file_of_the_folder_is_told_with_its_line(tmp_path: Path, name: str) -> None:
    fill(tmp_path, a_txt="a", sub__b_txt="b", sources_tsv=f"{HEADER}a.txt\tA\n{name}\tX\n")
    reading = read_all([tmp_path])
    assert [document.title for document in reading.documents] == ["A", None]
    assert f"sources.tsv line 3: there is no file {name!r} here" in reasons(reading)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("a.txt\tA\t\tsoon\t\n", "sources.tsv line 2: published is 'soon'"),
        ("a.txt\tA\t\t\t\tmore\n", "sources.tsv line 2 has 6 cells"),
        ("a.txt\tA\na.txt\tB\n", "sources.tsv line 3: a second row for a.txt"),
    ],
)
def test_a_file_whose_row_is_wrong_is_left_out(tmp_path: Path, row: str, reason: str) -> None:
    fill(tmp_path, a_txt="a", b_txt="b", sources_tsv=HEADER + row)
    reading = read_all([tmp_path])
    assert ids(reading) == ["b"]
    assert f"a.txt: {reason}" in reasons(reading)


@pytest.mark.parametrize(("title", "charset"), [("Café “Sol”", "cp1252"), ("Café", "utf-8")])
def test_a_table_is_read_in_the_charsets_that_a_text_is_read_in(tmp_path: Path, title: str, charset: str) -> None:
    fill(tmp_path, a_txt="a")
    (tmp_path / "sources.tsv").write_bytes(f"file\ttitle\na.txt\t{title}\n".encode(charset))
    assert read_all([tmp_path]).documents[0].title == title


def test_a_table_whose_charset_is_in_doubt_is_told(tmp_path: Path) -> None:
    fill(tmp_path, a_txt="a")
    (tmp_path / "sources.tsv").write_bytes("file\ttitle\na.txt\tДорога\n".encode("cp1251"))
    reading = read_all([tmp_path])
    assert ids(reading) == ["a"]
    assert reading.documents[0].title is None
    assert "sources.tsv is not UTF-8" in reasons(reading)


def test_a_link_that_leads_out_of_the_folder_is_left_out_with_its_reason(tmp_path: Path) -> None:
    fill(tmp_path, docs__a_txt="a", elsewhere__secret_txt="s", elsewhere__deep__b_txt="b")
    docs = tmp_path / "docs"
    (docs / "secret.txt").symlink_to("../elsewhere/secret.txt")
    (docs / "deep").symlink_to(tmp_path / "elsewhere" / "deep")
    (docs / "chained.txt").symlink_to("secret.txt")
    reading = read_all([docs])
    assert ids(reading) == ["a"]
    assert sorted(entry.path.name for entry in reading.left_out) == ["chained.txt", "deep", "secret.txt"]
    assert all("is a link that leads out of" in entry.reason for entry in reading.left_out)


def test_a_link_inside_the_folder_is_followed_once(tmp_path: Path) -> None:
    fill(tmp_path, sub__z_txt="z")
    (tmp_path / "a.txt").symlink_to("sub/z.txt")
    (tmp_path / "round").symlink_to(tmp_path)
    hidden = tmp_path / ".store" / "kept.txt"
    hidden.parent.mkdir(exist_ok=True)
    hidden.write_text("k")
    (tmp_path / "shown.txt").symlink_to(hidden)
    reading = read_all([tmp_path])
    assert (ids(reading), reading.left_out) == (["shown", "z"], ())


def test_a_folder_that_is_named_may_be_a_link_itself(tmp_path: Path) -> None:
    fill(tmp_path, docs__a_txt="a")
    (tmp_path / "named").symlink_to("docs")
    assert ids(read_all([tmp_path / "named"])) == ["a"]


def test_author_and_language_come_from_front_matter_and_the_table(tmp_path: Path) -> None:
    table = "file\tauthor\tlanguage\nb.md\tOda Rehn\ten-GB\nc.md\t\tEnglish\n"
    fill(tmp_path, a_md="---\nauthor: Ines Falk\nlanguage: ur\n---\na", b_md="---\nauthor: X\n---\nb", c_md="c")
    fill(tmp_path, d_md="---\nlanguage: the English one\n---\nd", sources_tsv=table)
    reading = read_all([tmp_path])
    assert [(d.author, d.language) for d in reading.documents] == [("Ines Falk", "ur"), ("Oda Rehn", "en")]
    for part in ("c.md: sources.tsv line 3: language is 'English'", "d.md: d.md: language is 'the English one'"):
        assert part in reasons(reading)


def test_the_table_wins_over_what_a_page_says_of_itself(tmp_path: Path) -> None:
    head = '<title>Own</title><meta name="author" content="A. Own">'
    page = f'<html lang="en"><head>{head}</head><body><p>x</p></body></html>'
    fill(tmp_path, a_html=page, sources_tsv="file\ttitle\tlanguage\na.html\tGiven\tur\n")
    (document,) = read_all([tmp_path]).documents
    assert (document.title, document.author, document.language) == ("Given", "A. Own", "ur")


def test_a_document_says_what_made_its_text(tmp_path: Path) -> None:
    fill(tmp_path, a_txt="a", b_html="<p>b</p>")
    a, b = read_all([tmp_path]).documents
    assert a.reader == "text 2"
    assert b.reader.startswith("html 4, trafilatura ")
