"""`rlsgraph init`."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("init")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--title", help="What the graph is called; stands at the head of its page.")
@click.option("--start", metavar="LABEL", help="Where its question sets out.")
@click.option("--end", metavar="LABEL", help="What its question leads to.")
@click.option("--group", "groups", multiple=True, metavar="NAME", help="A group of entities of its own. Repeatable.")
def command(folder: Path, groups: tuple[str, ...], **words: str | None) -> None:
    """Begin a graph of your own: a folder with an example to replace, a README, checks for a code host, and a hook.

    The question from --start to --end is the one that the page and the demo ask. The example passes check, and every command
    asks it with --data FOLDER/data. Entities go into the groups that the shipped graph has, and into those of your own. The
    folder must not exist, or be empty.

    \b
    Examples:
      rlsgraph init migraine/ --title "Mechanisms of migraine" --start "sleep loss" --end "migraine attack" --group "head pain"
      rlsgraph check migraine/data
      rlsgraph export migraine.html --data migraine/data
    """
    from rlsgraph.curation.starting import Beginning, start_folder

    given = {name: text for name, text in words.items() if text is not None}
    for path in start_folder(folder, Beginning(groups=groups, **given)):
        click.echo(f"wrote {path}", err=True)
    click.echo(f"Begin with: rlsgraph add --to {folder / 'data'}")
