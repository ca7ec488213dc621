"""`rlsgraph diff`."""

from __future__ import annotations

from pathlib import Path

import click

from rlsgraph.cli.output import counted


@click.command("diff")
@click.argument("before", type=click.Path(exists=True, path_type=Path))
@click.argument("after", type=click.Path(exists=True, path_type=Path))
def command(before: Path, after: Path) -> None:
    """Tell which claims came, went or moved between two graphs: files, folders of data, or one of each.

    Exit code 1 where nothing differs that bears on a score. To compare with an older state under git:
    git worktree add ../old HEAD~1.

    \b
    Examples:
      rlsgraph diff old/ mine/
      rlsgraph diff data/ data-with-my-paper.ttl
    """
    from rlsgraph.cli.tables import print_claim_changes
    from rlsgraph.graph.loading import load
    from rlsgraph.reasoning.comparison import changed_claims

    one, other = load(before), load(after)
    items = {item.iri for item in one.evidence()}, {item.iri for item in other.evidence()}
    click.echo(f"Evidence: {counted(len(items[1] - items[0]), 'item')} more, {len(items[0] - items[1])} gone.")
    changes = changed_claims(one.claims(), other.claims())
    if not changes:
        click.echo("No claim came, went or moved.")
        raise click.exceptions.Exit(1)
    print_claim_changes(changes, title="Claims that came, went or moved")
