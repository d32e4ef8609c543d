"""Front matter: `key: value` lines in YAML between two `---` lines at the top of a text."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from rahdari.errors import UnreadableDocument
from rahdari.reading.metadata import FIELDS, Metadata, iso_date, known, language_code

_LONGEST = 20_000  # characters; a longer one is no front matter, and YAML is slow to read
_BLOCK = re.compile(r"---[ \t]*\n(.*?\n)?---[ \t]*(?:\n|\Z)", re.DOTALL)


def split(text: str, name: str) -> tuple[Metadata, str]:
    """The front matter of a text, and the text behind its closing line, verbatim.

    Two rules around prose are no front matter: the block must be a YAML mapping. Keys that are not known are ignored.

    Raises:
        UnreadableDocument: the block is not YAML, or a value is not as documented. `name` is the file's.
    """
    match = _BLOCK.match(text, 0, _LONGEST)
    if match is None:
        return Metadata(), text
    values = _load(match.group(1) or "", name)
    if values is None:
        return Metadata(), text
    given = {field: values[field] for field in FIELDS if field in values}
    if isinstance(given.get("author"), list):
        given["author"] = _names(given["author"])
    published = given.get("published")
    if isinstance(published, str) and published.lower() in ("true", "false"):
        del given["published"]  # Jekyll's, which says whether a page is shown
    for field, value in given.items():
        if not isinstance(value, str):
            raise UnreadableDocument(f"{name}: {field} in the front matter is not one value; write `{field}: ...`")
    fields = {field: known(value) for field, value in given.items()}
    fields["published"] = iso_date(given.get("published"), name)
    fields["language"] = language_code(given.get("language"), name)
    return _others(values).overridden_by(Metadata(**fields)), text[match.end() :]


def _others(values: dict[str, Any]) -> Metadata:
    """What the keys that other programs write say: `authors`, `date`, `lang`, `url`. A value that is not of its
    field's form counts as not given: those programs have uses of their own for them."""
    texts = {key: value for key, value in values.items() if isinstance(value, str)}
    address = known(texts.get("url")) or ""
    authors = values.get("authors")
    return Metadata(
        author=known(_names(authors) if isinstance(authors, list) else texts.get("authors")),
        published=_or_none(iso_date, texts.get("date")),
        language=_or_none(language_code, texts.get("lang")),
        source=address if address.startswith(("http://", "https://")) else None,
    )


def _names(entries: list[Any]) -> str:
    """Those of a list, or of the mappings in it, as one text."""
    names = [entry.get("name") if isinstance(entry, dict) else entry for entry in entries]
    return ", ".join(text for name in names if isinstance(name, str) and (text := known(name)))


def _or_none(form: Callable[[str | None, str], str | None], value: str | None) -> str | None:
    try:
        return form(value, "")
    except UnreadableDocument:
        return None


def _load(block: str, name: str) -> dict[str, Any] | None:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    try:
        # "base" makes every value a string: a date stays as written, a title "1984" is no number
        try:
            values = YAML(typ="base").load(block)  # by libyaml, which is quick
        except YAMLError:
            values = YAML(typ="base", pure=True).load(block)  # and takes what libyaml is too strict for
    except RecursionError as error:
        raise UnreadableDocument(f"{name}: the front matter is nested too deeply; write `key: value` lines") from error
    except (YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        line = f" in line {mark.line + 2}" if mark is not None else ""
        raise UnreadableDocument(
            f"{name}: the front matter is not YAML{line}; put values with a colon or a quotation mark in quotes"
        ) from error
    return values if isinstance(values, dict) else None
