"""`rlsgraph import`."""

from __future__ import annotations

from pathlib import Path

import click

from rlsgraph.cli.output import print_table
from rlsgraph.formats.reading.table import READINGS


@click.command("import")
@click.argument("source", type=click.Path(exists=True, path_type=Path))
@click.argument("out", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--from", "format_name", type=click.Choice(tuple(READINGS)), required=True, help="What SOURCE is.")
@click.option("--dry-run", is_flag=True, help="Read, and tell what would be kept and left out; write nothing.")
def command(source: Path, out: Path, format_name: str, dry_run: bool) -> None:
    """Read a graph that another tool wrote from SOURCE, and write it as Turtle of this model to OUT.

    What the file does not say is not made up: a sign is never inferred, a design that is not told is unknown and counts as an
    opinion, and what has no place in the model is left out and counted. The result is asked like any data: with --data OUT.

    \b
    Formats:
      bel        BEL graphs in PyBEL's node-link JSON: a file, or a folder of them
      kgx        KGX: one of NAME_nodes.tsv and NAME_edges.tsv (or .jsonl)
      dismech    DisMech's disease records in YAML: a file, or a folder of them
      physiomap  PhysioMap in Turtle
      nanopub    nanopublications that `rlsgraph export --format nanopub` wrote

    \b
    Examples:
      rlsgraph import graphs/ mine.ttl --from bel
      rlsgraph import graph_nodes.tsv mine.ttl --from kgx
      rlsgraph claims --data mine.ttl
    """
    from rlsgraph.triples.writing import write_file

    draft = READINGS[format_name].read(source)
    rows = [(kind, f"{count:,}", "") for kind, count in draft.kept.items()]
    rows += [(reason, "", f"{count:,}") for reason, count in draft.lost.most_common()]
    print_table(("what", "kept", "left out"), rows, right=("kept", "left out"))
    if dry_run:
        click.echo("nothing was written", err=True)
        return
    content = draft.turtle().encode()
    write_file(out, content)
    click.echo(f"wrote {out} ({len(content) / 1024:,.0f} KiB); ask it with --data {out}", err=True)
