"""A text file becomes a Document: its text verbatim, its front matter as what is known of it."""

import time
from pathlib import Path

import pytest

from rahdari.errors import UnknownFormat, UnreadableDocument
from rahdari.reading import read
from rahdari.records import Document


def written(folder: Path, content: str | bytes, name: str = "report.md") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_a_plain_text_is_kept_verbatim_and_nothing_is_guessed(tmp_path: Path) -> None:
    text = "  Two  spaces, Chinaand \u201cquotes\u201d\u2028 and a tab\t.\n\n\nEnd"
    document = read(written(tmp_path, text, "a.b.txt"))
    assert document.id == "a.b"
    assert document.text == text
    assert (document.title, document.publisher, document.published, document.source) == (None, None, None, None)


def test_what_no_reader_of_markdown_sees_is_none_of_its_text(tmp_path: Path) -> None:
    text = "It cost US\\$95 million. <!-- ask\nthe council --> It is open: 1\\. and \\* stay."
    assert read(written(tmp_path, text)).text == "It cost US$95 million. It is open: 1\\. and \\* stay."
    assert read(written(tmp_path, text, "report.txt")).text == text


def test_line_ends_are_made_alike_and_a_byte_order_mark_is_dropped(tmp_path: Path) -> None:
    assert read(written(tmp_path, b"\xef\xbb\xbfone\r\ntwo\rthree\n")).text == "one\ntwo\nthree\n"


def test_front_matter_tells_of_the_document_and_is_not_its_text(tmp_path: Path) -> None:
    head = '---\ntitle: "A: b"\npublisher: The  Press\npublished: 2018-10-15\nsource: https://a.example/b\n'
    head += "license: x\n---\n"
    document = read(written(tmp_path, head + "\nThe text.\n---\nmore\n"))
    assert document.text == "\nThe text.\n---\nmore\n"
    assert (document.title, document.publisher) == ("A: b", "The Press")
    assert (document.published, document.source) == ("2018-10-15", "https://a.example/b")


def test_front_matter_is_read_behind_a_byte_order_mark_and_with_windows_line_ends(tmp_path: Path) -> None:
    document = read(written(tmp_path, b"\xef\xbb\xbf---\r\ntitle: T\r\n---\r\ntext"))
    assert (document.title, document.text) == ("T", "text")


def test_a_title_that_looks_like_a_number_stays_a_text(tmp_path: Path) -> None:
    assert read(written(tmp_path, "---\ntitle: 1984\n---\ntext")).title == "1984"


@pytest.mark.parametrize("ending", [".markdown", ".MARKDOWN", ".text"])
def test_longer_endings_of_texts_are_read_alike(tmp_path: Path, ending: str) -> None:
    document = read(written(tmp_path, "---\ntitle: Ferry\n---\n# Route\n\nIt sails.", f"ferry{ending}"))
    assert (document.id, document.title, document.text) == ("ferry", "Ferry", "# Route\n\nIt sails.")


@pytest.mark.parametrize("nothing", ["", "~", "null", '""', "'  '"])
def test_an_empty_value_is_not_known(tmp_path: Path, nothing: str) -> None:
    document = read(written(tmp_path, f"---\ntitle: {nothing}\npublished: {nothing}\n---\ntext"))
    assert (document.title, document.published) == (None, None)


@pytest.mark.parametrize(
    "text",
    ["---\nprose between rules\n---\nmore", "---\nno end\n", "text\n---\ntitle: T\n---\n", "----\ntitle: T\n---\nx"],
)
def test_rules_around_prose_are_no_front_matter(tmp_path: Path, text: str) -> None:
    document = read(written(tmp_path, text))
    assert (document.text, document.title) == (text, None)


@pytest.mark.parametrize(
    ("written_as", "kept"),
    [("2018", "2018"), ("2018-10", "2018-10"), ("2018-10-15", "2018-10-15"), ("2018-10-15T08:30:00Z", "2018-10-15")],
)
def test_a_date_may_be_partial(tmp_path: Path, written_as: str, kept: str) -> None:
    assert read(written(tmp_path, f"---\npublished: {written_as}\n---\ntext")).published == kept


@pytest.mark.parametrize(
    "wrong", ["15 October 2018", "2018-13", "2018-02-30", "18-10-15", "2018/10/15", "0000", "2018-1"]
)
def test_a_date_that_is_not_iso_is_told_with_what_to_write(tmp_path: Path, wrong: str) -> None:
    with pytest.raises(UnreadableDocument, match=r"report\.md: published is .*write 2018-10-15"):
        read(written(tmp_path, f"---\npublished: {wrong}\n---\ntext"))


def test_front_matter_that_is_no_yaml_is_told_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(UnreadableDocument, match="line 3.*quotes"):
        read(written(tmp_path, "---\npublisher: P\ntitle: A: b\n---\ntext"))


def test_a_list_is_no_title(tmp_path: Path) -> None:
    with pytest.raises(UnreadableDocument, match="title"):
        read(written(tmp_path, "---\ntitle: [a, b]\n---\ntext"))


@pytest.mark.parametrize(
    ("lines", "known"),
    [
        ("date: 2018-10-15", {"published": "2018-10-15"}),
        ("date: 2018-10-15 08:30:00 +0500", {"published": "2018-10-15"}),
        ("date: last week", {}),
        ("date: 2018\npublished: 2019", {"published": "2019"}),
        ("date: 2018\npublished: true", {"published": "2018"}),
        ("published: False", {}),
        ("url: https://a.example/b", {"source": "https://a.example/b"}),
        ("url: /b/", {}),
        ("lang: en-GB", {"language": "en"}),
        ("lang: [en, ur]", {}),
        ("author: [Ines Falk, Oda Rehn]", {"author": "Ines Falk, Oda Rehn"}),
        ("authors:\n- Ines Falk\n- name: Oda Rehn\n  url: x", {"author": "Ines Falk, Oda Rehn"}),
        ("authors: Ines Falk", {"author": "Ines Falk"}),
        ("authors: {a: b}", {}),
        ("author: Oda Rehn\nauthors: [Ines Falk]", {"author": "Oda Rehn"}),
    ],
)
def test_front_matter_of_other_programs_tells_as_much(tmp_path: Path, lines: str, known: dict[str, str]) -> None:
    document = read(written(tmp_path, f"---\n{lines}\n---\ntext"))
    fields = ("author", "published", "language", "source")
    assert {name: value for name in fields if (value := getattr(document, name))} == known


def test_front_matter_runs_no_code(tmp_path: Path) -> None:
    with pytest.raises(UnreadableDocument, match="title in the front matter is not one value"):
        read(written(tmp_path, f"---\ntitle: !!python/object/apply:os.mkdir ['{tmp_path}/made']\n---\ntext"))
    assert not (tmp_path / "made").exists()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"fran\xe7ais", "not UTF-8: byte 4 is 0xe7"),
        (b"\xff\xfet\x00u", "not UTF-16-LE: byte 2 is 0x75"),
        (b"\xff\xfe\x00\x00\x00\x00\x11\x00", "not UTF-32-LE"),
        (b"\xef\xbb\xbfcaf\xe9", "not UTF-8: byte 3 is 0xe9"),
        ("The port.".encode("utf-16-le"), "zero byte"),
        ("پاکستان".encode("utf-16-le"), "not UTF-8"),
        (bytes(range(1, 256)), "not UTF-8"),
        (b"a\x00b", "zero byte"),
        (b"", "is empty"),
        (b" \n\t", "no text"),
        (b"---\ntitle: T\n---\n\n", "no text"),
    ],
)
def test_what_is_no_text_is_told(tmp_path: Path, content: bytes, reason: str) -> None:
    with pytest.raises(UnreadableDocument, match=f"report.md .*{reason}"):
        read(written(tmp_path, content))


@pytest.mark.parametrize("charset", ["utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_a_text_is_read_as_its_byte_order_mark_says(tmp_path: Path, charset: str) -> None:
    text = "---\r\ntitle: گوادر\r\n---\r\nThe port – گوادر – cost €40 million."
    document = read(written(tmp_path, f"\ufeff{text}".encode(charset)))
    assert (document.title, document.text) == ("گوادر", "The port – گوادر – cost €40 million.")


SAYINGS = (  # each in all charsets that have its letters
    "The minister said: “The port’s quay is open – at last.” It cost $40 million.",
    "The port cost £40 million, the loan was €30 million.",
    "‘’90s’ prices… rose by 5 %: O’Brien’s café, l’accord, the China–Pakistan corridor—which is long.",
    "• It is 40°C.\n• © 2020 The Port™",
    "Der Hafen wurde über die Jahre größer. Die Straße führt zum Kai.",
    "It cost 30 € in all.",
    "L’accord a été signé à Genève. Où est-il ? Ça va.",
    "The composer Dvořák and Lech Wałęsa met President Erdoğan, Erdős and René in León, España, at São Paulo.",
    "A naïve señor from España said ‘olé’, voilà; Peña did, García too, Søren and Zoë met Noël.",
    "Umowa została podpisana w Łodzi przez ministra.",
    "Türkiye ile imzalanan anlaşma yeni limanı kapsıyor.",
    "Соглашение о порте подписано в мае.",
    "The word да means yes, и is and.",
    "и",
    "Το λιμάνι άνοιξε; the α value.",
    "הנמל נפתח",
    "وقع البلدان اتفاقا بشأن الميناء الجديد",
    "پاکستان اور چين نے گوادر کي بندرگاہ پر معاہدے پر دستخط کيے",
    "The port is called ميناء in Arabic.",
    "港は開かれた。",
    "港口已经开放",
    "항구가 열렸다",
    "ท่าเรือ",
)
CHARSETS = """cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 cp437 cp737 cp775 cp850 cp852 cp855 cp857
    cp860 cp861 cp862 cp863 cp864 cp865 cp866 cp869 cp874 iso8859_1 iso8859_2 iso8859_3 iso8859_4 iso8859_5 iso8859_6
    iso8859_7 iso8859_8 iso8859_9 iso8859_10 iso8859_13 iso8859_14 iso8859_15 iso8859_16 koi8_r koi8_u mac_roman
    mac_latin2 mac_cyrillic mac_greek mac_turkish mac_iceland shift_jis gb18030 big5 euc_jp euc_kr utf_16_le utf_16_be
    utf_32_le"""


def test_a_text_whose_charset_nothing_names_is_read_right_or_not_at_all(tmp_path: Path) -> None:
    right = set()
    for saying in SAYINGS:
        for charset in CHARSETS.split():
            try:
                data = saying.encode(charset)
            except UnicodeEncodeError:
                continue
            if data.isascii():
                continue
            try:
                text = read(written(tmp_path, data)).text
            except UnreadableDocument:
                continue
            assert text == saying, charset
            right.add((saying, charset))
    assert {saying for saying, charset in right if charset == "cp1252"} == set(SAYINGS[:6])
    assert {saying for saying, charset in right if charset == "cp1251"} == {SAYINGS[0], *SAYINGS[3:6:2]}


def test_an_unknown_ending_is_told_with_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(UnknownFormat, match=r"report\.odt has the ending \.odt; the known ones are .*\.md.*\.txt"):
        read(written(tmp_path, "text", "report.odt"))
    with pytest.raises(UnknownFormat, match="no ending"):
        read(written(tmp_path, "text", "report"))


def test_an_ending_in_capitals_is_known(tmp_path: Path) -> None:
    assert read(written(tmp_path, "text", "REPORT.TXT")) == Document(
        "REPORT", "text", sha256=read(tmp_path / "REPORT.TXT").sha256, reader="text 2"
    )


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnreadableDocument, match="there is no .*gone.txt"):
        read(tmp_path / "gone.txt")


def test_the_hash_changes_with_text_and_with_metadata(tmp_path: Path) -> None:
    hashes = {
        read(written(tmp_path, content)).sha256
        for content in ("text", "text ", "---\ntitle: T\n---\ntext", "---\npublisher: T\n---\ntext")
    }
    assert len(hashes) == 4
    assert read(written(tmp_path, "text\r\n")).sha256 == read(written(tmp_path, "text\n")).sha256


def test_comments_that_nobody_closed_stay_and_take_no_time(tmp_path: Path) -> None:
    content = "A <!-- one --> B\n" + "<!-- two\n" * 50_000
    began = time.process_time()
    assert read(written(tmp_path, content, "a.md")).text == content.replace(" <!-- one -->", "")
    assert time.process_time() - began < 3
