"""`rlsgraph merge`."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from rlsgraph.cli.output import counted, print_table
from rlsgraph.model.namespaces import compress

if TYPE_CHECKING:
    from rlsgraph.curation.merging import Side


@click.command("merge")
@click.argument("a")
@click.argument("b")
@click.option("--into", type=click.Path(path_type=Path), help="A new folder for the result; without it, A is changed.")
@click.option("--prefer", type=click.Choice(["A", "B"]), help="Whose value stands where a property can have one only.")
@click.option("--dry-run", "is_dry_run", is_flag=True, help="Say what would come of it; write nothing.")
def command(a: str, b: str, into: Path | None, prefer: str | None, is_dry_run: bool) -> None:
    """Make one folder of data of two: all that either says, each thing once, where A has it.

    A and B are folders or files of Turtle, or either at a revision under git, as for `diff`. Where a property can have one value
    only (a design, a title, a sample size) and the two differ, the conflicts are listed and nothing is written, unless --prefer
    says whose value stands. The result is checked before it is written, in canonical form, all files or none. Exit code 1 where
    conflicts keep it from being written.

    \b
    Examples:
      rlsgraph merge mine/ theirs/ --dry-run
      rlsgraph merge mine/ theirs/ --into both/
      rlsgraph merge data origin/main:data --prefer B
    """
    from rlsgraph.cli.tables import print_claim_changes
    from rlsgraph.curation.merging import merge_folders
    from rlsgraph.curation.revisions import graph_at

    if into is None and not Path(a).is_dir():
        raise click.UsageError("A is no folder, so it cannot be changed; give the result a folder by --into")
    with ExitStack() as stack:
        one, other = (stack.enter_context(graph_at(name)) for name in (a, b))
        found = merge_folders(one, other, into or one, prefer=cast("Side | None", prefer), is_dry_run=is_dry_run)
    if found.conflicts:
        rows = [(compress(each.thing), each.predicate, each.in_a, each.in_b) for each in found.conflicts]
        kept = f"; {prefer} stands" if prefer else ""
        print_table(("thing", "property", "in A", "in B"), rows, title=f"{counted(len(rows), 'conflict')}{kept}")
        if prefer is None:
            click.echo(
                "Nothing was written: say whose value stands by --prefer A or --prefer B, or correct one of the two.", err=True
            )
            raise click.exceptions.Exit(1)
    click.echo(f"{counted(found.new_things, 'thing')} of B alone {'would be' if is_dry_run else 'are now'} there.")
    if found.moved:
        print_claim_changes(found.moved, title="Claims of A that came or moved")
    for path in found.files:
        click.echo(f"{'would write' if is_dry_run else 'wrote'} {path}", err=True)
