"""`rlsgraph template`."""

from __future__ import annotations

from pathlib import Path

import click

from rlsgraph.cli.options import ChoiceName, GraphChoice, graph_options


def _kind_names() -> list[str]:
    from rlsgraph.curation.tables.columns import Kind

    return [kind.value for kind in Kind]


@click.command("template")
@click.argument("out", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--rows", type=ChoiceName("kind of row", _kind_names), default="evidence", help="Of .csv and .tsv: what a row is.")
@graph_options
def command(out: Path, rows: str, graph: GraphChoice) -> None:
    """Write an empty table to fill in, and to give to `rlsgraph import`: OUT ends with .xlsx, .csv or .tsv.

    A row is an evidence item with its claim and its paper. A workbook has sheets for evidence, new entities and sources, lists to
    choose from (the graph's entities, designs, results …), and a sheet that explains each column with an example. Plain text has
    the kind of rows that --rows names (evidence, entities, sources or relations), and two rows that begin with #, which import
    passes over: the property behind each heading, and an example. A file that is there already is not written over.

    \b
    Examples:
      rlsgraph template papers.xlsx --data migraine/data
      rlsgraph template entities.csv --rows entities
    """
    from rlsgraph.curation.tables.columns import Kind
    from rlsgraph.curation.tables.template import write_template

    write_template(out, graph.open(), kind=Kind(rows))
    click.echo(f"wrote {out}; fill it in, then: rlsgraph import {out} --data FOLDER", err=True)
