"""Small files of each format, made byte for byte alike each time: a PDF writer, Word files, messages, archives."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping, Sequence
from io import BytesIO

from docx.document import Document as WordDocument

A_DAY = (2024, 5, 2, 0, 0, 0)


class Pdf:
    """Pages of text in Helvetica, with lines; coordinates in points from the lower left corner, 612 by 792."""

    def __init__(self, info: Mapping[str, str] | None = None, language: str | None = None) -> None:
        self._pages: list[list[str]] = []
        self._info = dict(info or {})
        self._language = language
        self.trailer = ""  # more entries of it

    def page(self) -> Pdf:
        self._pages.append([])
        return self

    def text(self, x: float, y: float, text: str, size: float = 11) -> Pdf:
        shown = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        self._pages[-1].append(f"BT /F1 {size} Tf {x} {y} Td ({shown}) Tj ET")
        return self

    def lines(self, x: float, y: float, lines: Sequence[str], size: float = 11) -> Pdf:
        for number, line in enumerate(lines):
            self.text(x, y - number * size * 1.2, line, size)
        return self

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> Pdf:
        self._pages[-1].append(f"{x0} {y0} m {x1} {y1} l S")
        return self

    def table(self, x: float, y: float, widths: Sequence[float], rows: Sequence[Sequence[str]]) -> Pdf:
        """Rows 20 high with rules around each cell, downwards from y."""
        edges = [x + sum(widths[:number]) for number in range(len(widths) + 1)]
        for number in range(len(rows) + 1):
            self.rule(edges[0], y - 20 * number, edges[-1], y - 20 * number)
        for edge in edges:
            self.rule(edge, y, edge, y - 20 * len(rows))
        for number, row in enumerate(rows):
            for edge, cell in zip(edges, row):
                self.text(edge + 4, y - 20 * number - 14, cell, 10)
        return self

    def raw(self, operators: str) -> Pdf:
        self._pages[-1].append(operators)
        return self

    def made(self) -> bytes:
        kids = " ".join(f"{5 + 2 * number} 0 R" for number in range(len(self._pages)))
        info = " ".join(f"/{key} ({value})" for key, value in self._info.items())
        language = f" /Lang ({self._language})" if self._language else ""
        objects = [
            f"<< /Type /Catalog /Pages 2 0 R{language} >>",
            f"<< /Type /Pages /Kids [{kids}] /Count {len(self._pages)} >>",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
            f"<< {info} >>",
        ]
        for number, operators in enumerate(self._pages):
            stream = "\n".join(operators)
            objects += [
                f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {6 + 2 * number} 0 R "
                "/Resources << /Font << /F1 3 0 R >> >> >>",
                f"<< /Length {len(stream.encode('cp1252'))} >>\nstream\n{stream}\nendstream",
            ]
        return pdf(objects, f"/Root 1 0 R /Info 4 0 R {self.trailer}")


def pdf(objects: Sequence[str | bytes], trailer: str) -> bytes:
    """A PDF file of these objects, numbered from 1."""
    written = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(written))
        content = body if isinstance(body, bytes) else body.encode("cp1252")
        written += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    count = len(objects) + 1
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"trailer\n<< /Size {count} {trailer} >>\nstartxref\n{len(written)}\n%%EOF\n"
    return written + f"xref\n0 {count}\n0000000000 65535 f \n{table}{end}".encode()


def word(fill: Callable[[WordDocument], None]) -> bytes:
    """A Word file, its parts dated alike."""
    import docx

    document = docx.Document()
    fill(document)
    written = BytesIO()
    document.save(written)
    with zipfile.ZipFile(written) as archive:
        return archived({name: archive.read(name) for name in archive.namelist()})


def archived(files: Mapping[str, bytes]) -> bytes:
    """A zip archive, its members dated alike."""
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, A_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return written.getvalue()


def message(text: str) -> bytes:
    """A mail message as it is stored: lines with \\r\\n."""
    return text.lstrip("\n").replace("\n", "\r\n").encode()
