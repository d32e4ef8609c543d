"""What a person sees: answers, sources, notes; wrapped and coloured only where somebody looks at it.

No text that was written elsewhere reaches the terminal without `visible`. Colours are the terminal's own sixteen, so
that they fit its background.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext
from typing import IO, TYPE_CHECKING, Any

from rahdari.channels.labels import labels
from rahdari.channels.markdown import one_line, readable
from rahdari.channels.sources import Whereabouts
from rahdari.channels.terminal.passages import Place
from rahdari.channels.text import (
    NEAREST,
    Places,
    followable,
    marked,
    others,
    source_lines,
    suggestion_lines,
    visible,
    whence,
)

if TYPE_CHECKING:
    from rich.text import Text

SHORT_QUOTE = 160  # characters of a quote beside an answer on a terminal; /source shows the whole
NARROWEST = 20
_DIFFER = "The documents differ"  # how a line of an answer begins that tells what several documents say otherwise
QUIET = "dim"
_MARK = "cyan"
_CAREFUL = "yellow"
_PASSAGE = "black on yellow"
_ARROWS = (">>> ", " <<<")  # around a passage where there is no colour to show it
_DUMB = {"dumb", "unknown"}


def coloured(target: IO[str], wanted: bool | None, environment: Mapping[str, str] = os.environ) -> bool:
    """Whether to colour: as wanted, else only on a terminal that can, and not where NO_COLOR is set (no-color.org)."""
    if wanted is not None:
        return wanted
    return target.isatty() and not environment.get("NO_COLOR") and environment.get("TERM") not in _DUMB


class Screen:
    """Writes to a terminal, or to whatever stands in its place: there, one line for each line of text.

    Args:
        target: where to write.
        colour: True or False for what somebody asked for; None decides by the target and NO_COLOR.
    """

    def __init__(self, target: IO[str], colour: bool | None = None) -> None:
        from rich.console import Console

        self.is_terminal = target.isatty()
        self.colour = coloured(target, colour)
        self._target = target
        self._console = Console(
            file=target,
            force_terminal=self.is_terminal,
            color_system="standard" if self.colour else None,
            no_color=False,
            highlight=False,
            markup=False,
            emoji=False,
        )

    def busy(self, what: str = "looking it up") -> AbstractContextManager[Any]:
        """A sign that something is under way, gone with the `with` block; none in a pipe."""
        return self._console.status(what, spinner="line") if self.is_terminal else nullcontext()

    def raw(self, line: str) -> None:
        """One line for a program."""
        self._target.write(line + "\n")
        self._target.flush()

    def note(self, text: str) -> None:
        """Something that the terminal says, not the bot."""
        self.write(text, QUIET)

    def gap(self) -> None:
        """An empty line between turns; none in a pipe."""
        if self.is_terminal:
            self.raw("")

    def write(self, text: str, style: str = "", indent: int = 0) -> None:
        """A text; on a terminal wrapped at words, and its lines after the first begin under column `indent`."""
        from rich.text import Text

        for line in visible(text, keep="\n\t").split("\n"):
            self._print(Text(line, style), indent)
        self._target.flush()

    def answer(self, form: Mapping[str, Any], places: Places) -> None:
        """An Answer in its JSON form: text, labels, sources with their places, numbered suggestions."""
        self._said(form)
        for label in labels(form):
            self.write(f"  ({label})", "magenta", 3)
        for line in _short_sources(form, places) if self.is_terminal else source_lines(form, places):
            self._numbered(line, QUIET)
        for line in suggestion_lines(form, numbered=True):
            self._numbered(line)
        self.gap()

    def sources(self, form: Mapping[str, Any], found: Whereabouts) -> None:
        """All sources of an Answer, each with the whole quote, its place and its address."""
        for citation in form["citations"]:
            self._heading(citation, found.addresses.get(str(citation["document"])), found.places)
            self.write(f"      “{one_line(str(citation['quote']))}”", indent=6)
        self.gap()

    def source(self, citation: Mapping[str, Any], place: Place) -> None:
        """One source: what is known of it, and its passage marked in the text around it."""
        self._heading(citation, place.source)
        if place.heading:
            self.write(f"      under “{' '.join(place.heading.split())}”", QUIET, 6)
        if place.lost:
            self.write("      It has changed or gone since; this is what it said:", _CAREFUL, 6)
        self.gap()
        for line in self._in_its_place(place).split("\n"):
            self._print(line, 6, "      ")
        self.gap()

    def _said(self, form: Mapping[str, Any]) -> None:
        from rich.text import Text

        unsure = form.get("status") in ("unknown", "out_of_scope")
        for line in marked(form).split("\n"):
            said = Text(line, _CAREFUL if unsure else "")
            said.highlight_regex(r"(?:\[\d+\])+$", _MARK)
            if line.startswith(_DIFFER):
                said.stylize(f"bold {_CAREFUL}", 0, len(_DIFFER))
            self._print(said)

    def _heading(self, citation: Mapping[str, Any], address: str | None, places: Places | None = None) -> None:
        role = f" ({NEAREST.strip().rstrip(':')})" if citation.get("role") == "nearest" else ""
        self._numbered(f"  [{citation['id']}] {whence(citation, places)}{role}", "bold")
        if address:
            self.write(f"      {visible(address)}", QUIET, 6)
        for name, other in others(citation)[0].items():
            if link := followable(other):
                self.write(f"      also in {visible(name)}: {visible(link)}", QUIET, 6)

    def _in_its_place(self, place: Place) -> Text:
        from rich.text import Text

        texts = (place.before, place.passage, place.after)
        before, passage, after = (visible(readable(text), keep="\n") for text in texts)
        if not self.colour:
            passage = passage.join(_ARROWS)
        return Text.assemble((before, QUIET), (passage, _PASSAGE), (after, QUIET))

    def _numbered(self, line: str, style: str = "") -> None:
        """A line that may begin with `[1]` or `1.`; what is wrapped stands under its text."""
        from rich.text import Text

        head = re.match(r"  (?:\[\d+\]|\d+\.) ", line)
        text = Text(visible(line), style)
        if head:
            text.stylize(_MARK, 0, head.end())
        self._print(text, head.end() if head else 0)

    def _print(self, text: Text, indent: int = 0, first: str = "") -> None:
        """A line of text. Its own first `indent` characters stay where they are, unless `first` stands for them."""
        for line in self._wrapped(text, indent, first):
            self._console.print(line, soft_wrap=True)

    def _wrapped(self, text: Text, indent: int, first: str) -> Iterable[Text]:
        from rich.text import Text

        head, body = (Text(first), text) if first or not indent else text.divide([indent])[:2]
        if not self.is_terminal:
            return [head + body]
        lines = body.wrap(self._console, max(NARROWEST, self._console.width - indent))
        for line in lines:
            line.rstrip()
        return [(Text(" " * indent) if number else head) + line for number, line in enumerate(lines)] or [head]


def _short_sources(form: Mapping[str, Any], places: Places) -> list[str]:
    """One line a source, without its quote where the answer itself just said it in full and no other differs."""
    text = " ".join(str(form.get("text", "")).split())
    lines = []
    for citation, line in zip(form.get("citations") or (), source_lines(form, places, SHORT_QUOTE)):
        repeats = one_line(str(citation["quote"])) in text and not citation.get("against")
        lines.append(f"  [{citation['id']}] {whence(citation, places)}" if repeats else line)
    return lines
