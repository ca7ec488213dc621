"""`rlsgraph init`."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("init")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--title", default="A graph of hypothesised mechanisms", show_default=True, help="What the graph is about.")
def command(folder: Path, title: str) -> None:
    """Begin a graph of your own: a folder with a small example to replace, a README, checks for a code host, and a hook.

    The example passes check, and every command asks it with --data FOLDER/data. The folder must not exist, or be empty.

    \b
    Examples:
      rlsgraph init migraine/ --title "Mechanisms of migraine"
      rlsgraph check migraine/data
      rlsgraph export migraine.html --data migraine/data
    """
    from rlsgraph.curation.starting import start_folder

    for path in start_folder(folder, title):
        click.echo(f"wrote {path}", err=True)
    click.echo(f"Begin with: rlsgraph add --to {folder / 'data'}")
