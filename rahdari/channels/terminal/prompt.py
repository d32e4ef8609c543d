"""Lines as a person types them, with the keys that readline gives: history, completion, Ctrl-C, Ctrl-D."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

LENGTH = 500  # lines kept
PROMPT = "> "
BOLD_PROMPT = "\001\033[1;36m\002> \001\033[0m\002"  # readline counts what stands between \001 and \002 as no columns

Complete = Callable[[str], list[str]]


class Prompt:
    """Asks for lines until Ctrl-D.

    Args:
        history: the file that earlier lines come back from; None keeps none.
        complete: all that a beginning of a line may become.
        interrupted: called when Ctrl-C took a line back.
        tell: told in a sentence when earlier lines cannot be kept.
        colour: whether the prompt is coloured.
    """

    def __init__(
        self,
        history: Path | None,
        complete: Complete,
        interrupted: Callable[[], None],
        tell: Callable[[str], None],
        colour: bool = False,
    ) -> None:
        self._history = history
        self._complete = complete
        self._interrupted = interrupted
        self._tell = tell
        self._prompt = PROMPT
        self._readline: Any = None
        self._open()
        if self._readline is not None and colour:
            self._prompt = BOLD_PROMPT

    def lines(self) -> Iterator[str]:
        """Each line without the blanks around it."""
        last = ""
        while True:
            try:
                line = input(self._prompt).strip()
            except EOFError:
                return
            except KeyboardInterrupt:
                self._interrupted()
                continue
            if line and line != last:
                self._remember(line)
                last = line
            yield line

    def _open(self) -> None:
        try:
            import readline
        except ImportError:
            return
        self._readline = readline
        readline.clear_history()
        readline.set_auto_history(False)
        readline.set_history_length(LENGTH)
        readline.set_completer_delims("\n")  # the whole line is what is completed
        readline.set_completer(self._completion)
        readline.parse_and_bind("tab: complete")
        if self._history is None:
            return
        try:
            self._history.parent.mkdir(parents=True, exist_ok=True)
            self._history.touch(mode=0o600)
            readline.read_history_file(self._history)
        except OSError as error:
            self._forgo(error)

    def _remember(self, line: str) -> None:
        if self._readline is None:
            return
        self._readline.add_history(line)
        if self._history is not None:
            try:
                self._readline.append_history_file(1, self._history)
            except OSError as error:
                self._forgo(error)

    def _forgo(self, error: OSError) -> None:
        self._tell(f"Earlier lines are not kept: {self._history} cannot be used ({error.strerror}).")
        self._history = None

    def _completion(self, text: str, number: int) -> str | None:
        found = self._complete(text)
        return found[number] if number < len(found) else None
