"""`rlsgraph diff`."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import click

from rlsgraph.cli.options import format_option
from rlsgraph.cli.output import counted, print_json, print_table

if TYPE_CHECKING:
    from rlsgraph.curation.difference import Difference


@click.command("diff")
@click.argument("before")
@click.argument("after")
@click.option("--limit", type=click.IntRange(0), default=20, show_default=True, help="How many items are listed; 0 for all.")
@format_option("table", "json")
def command(before: str, after: str, limit: int, format_name: str) -> None:
    """Tell what differs between two graphs: evidence that came, went or says something else, and claims that moved.

    BEFORE and AFTER are files or folders of data, or either at a revision under git: REVISION:PATH, or REVISION alone for the
    folder data. What is here by that name goes first. Exit code 1 where nothing differs.

    \b
    Examples:
      rlsgraph diff old/ mine/
      rlsgraph diff data/ data-with-my-paper.ttl
      rlsgraph diff HEAD~3 HEAD
      rlsgraph diff v1:data data
    """
    from rlsgraph.curation.difference import find_difference
    from rlsgraph.curation.revisions import graph_at
    from rlsgraph.graph.loading import load

    with ExitStack() as stack:
        one, other = (load(stack.enter_context(graph_at(name))) for name in (before, after))
    found = find_difference(one, other)
    if format_name == "json":
        print_json(_plain(found))
    else:
        _print(found, limit)
    if not found:
        raise click.exceptions.Exit(1)


def _print(found: Difference, limit: int) -> None:
    from rlsgraph.cli.tables import print_claim_changes

    kinds = [change.words.partition(":")[0] for change in found.evidence]
    told = ", ".join(f"{kinds.count(kind)} {kind}" for kind in ("new", "gone", "superseded", "changed"))
    click.echo(f"{counted(len(found.evidence), 'evidence item')}: {told}.")
    shown = found.evidence[: limit or None]
    if shown:
        more = f", {len(shown)} of them here" if len(shown) < len(found.evidence) else ""
        rows = [(change.item.identifier, change.words, change.item.source.citation) for change in shown]
        print_table(("item", "what", "source"), rows, title=f"Evidence that differs{more}")
    if found.claims:
        print_claim_changes(found.claims, title="Claims that came, went or moved")
    else:
        click.echo("No claim came, went or moved.")


def _plain(found: Difference) -> dict[str, Any]:
    return {
        "evidence": [{"item": change.item.iri, "what": change.words} for change in found.evidence],
        "claims": [
            {
                "claim": change.claim.iri,
                "before": change.before.score if change.before else None,
                "after": change.after.score if change.after else None,
                "level_before": change.before.level.label if change.before else "",
                "level_after": change.after.level.label if change.after else "",
            }
            for change in found.claims
        ],
    }
