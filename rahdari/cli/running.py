"""`rahdari serve`, `rahdari chat`, `rahdari train`: the bot and its model."""

from __future__ import annotations

from dataclasses import replace

import click

from rahdari.settings import Settings


@click.command(
    epilog="""\b
Examples:
  rahdari serve
  RAHDARI_HOME=/srv/second RAHDARI_DOCUMENTS=reports rahdari serve --port 5006"""
)
@click.option("--host", help="Address to listen on; otherwise RAHDARI_HOST, or 127.0.0.1.")
@click.option("--port", type=click.IntRange(1, 65535), help="Port to listen on; otherwise RAHDARI_PORT, or 5005.")
def serve(host: str | None, port: int | None) -> None:
    """Serve the bot in one process: Rasa, its actions, the page and every channel that is configured."""
    from rahdari import serving
    from rahdari.cli.ingesting import ensure_store

    settings = Settings.from_environment()
    settings = replace(settings, host=host or settings.host, port=port or settings.port)
    ensure_store(settings)
    serving.run(settings)


@click.command(
    epilog="""\b
Examples:
  rahdari chat
  echo "How many agreements were signed?" | rahdari chat"""
)
@click.option("--json", "as_json", is_flag=True, help="Print each reply as one line of JSON, as REST would give it.")
@click.option(
    "--color/--no-color",
    "colour",
    default=None,
    help="Colour, or none; otherwise on a terminal only, and not where NO_COLOR is set.",
)
def chat(as_json: bool, colour: bool | None) -> None:
    """Talk with the same bot in the terminal; /help there lists its commands."""
    from rahdari.channels.feedback import keeper
    from rahdari.cli.ingesting import ensure_store
    from rahdari.serving.chat import run

    settings = Settings.from_environment()
    ensure_store(settings)
    run(settings, as_json, colour, keeper(settings))


@click.command(
    epilog="""\b
Examples:
  rahdari train
  rahdari train --check"""
)
@click.option("--check", is_flag=True, help="Write nothing: fail when the model in models/ is not of this data.")
def train(check: bool) -> None:
    """Train the Rasa model, and write it to models/ with its card."""
    from rahdari.nlu import training

    settings = Settings.from_environment()
    if check:
        training.check(settings)
    else:
        training.run(settings)
