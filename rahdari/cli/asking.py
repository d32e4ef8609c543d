"""`rahdari ask`: one question, no bot."""

from __future__ import annotations

import click

from rahdari.settings import Settings


@click.command(
    epilog="""\b
Examples:
  rahdari ask "How many agreements were signed?"
  rahdari ask --json "What was agreed on health?" """
)
@click.argument("question")
@click.option("--json", "as_json", is_flag=True, help="Print the whole Answer as JSON.")
def ask(question: str, as_json: bool) -> None:
    """Answer one QUESTION out of the store, without the bot.

    The documents are ingested first when there is no store yet.
    """
    from rahdari import bootstrap
    from rahdari.channels.incoming import plain
    from rahdari.channels.sources import whereabouts
    from rahdari.channels.text import render
    from rahdari.cli.ingesting import ensure_store
    from rahdari.cli.output import show_json
    from rahdari.records import Question

    settings = Settings.from_environment()
    ensure_store(settings)
    answer = bootstrap.answerer(settings).answer(Question(plain(question)))
    if as_json:
        show_json(answer.as_dict())
    else:
        click.echo(render(answer, whereabouts(answer.as_dict()).places))
