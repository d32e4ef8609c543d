"""How far a command has come, on a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rahdari.channels.text import visible


@contextmanager
def progress_bar(first: str) -> Iterator[Callable[[str, int, int, str], None]]:
    """A progress bar on a terminal; given back is what it is to be told, as of rahdari.store.Progress.

    Args:
        first: what is told before it is told anything.
    """
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(compact=True),
        TextColumn("{task.fields[name]}", markup=False),
    )
    with Bar(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        bar.add_task(first, total=None, rate="", name="")

        def show(step: str, done: int, total: int, name: str) -> None:
            if step != bar.tasks[0].description:
                bar.remove_task(bar.tasks[0].id)
                bar.add_task(step, total=None, rate="", name="")
            [task] = bar.tasks
            bar.update(task.id, completed=done, total=total or None, name=visible(name))
            bar.update(task.id, rate=f"{task.speed:.1f}/s" if task.speed else "")

        yield show
