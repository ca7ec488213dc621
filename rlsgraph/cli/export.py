"""`rlsgraph export`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rlsgraph.cli.options import graph_options, open_graph

if TYPE_CHECKING:
    from rlsgraph.knowledge_graph import KnowledgeGraph

_SUFFIXES = {
    ".ttl": "ttl",
    ".nt": "nt",
    ".jsonld": "jsonld",
    ".trig": "trig",
    ".graphml": "graphml",
    ".csv": "csv",
    ".html": "html",
}
_FORMATS = (*_SUFFIXES.values(), "ttl12")


def render(kg: KnowledgeGraph, format_name: str, title: str | None) -> bytes:
    """Return the graph in one of the formats."""
    from rlsgraph.formats.graph import claims_csv, to_graphml

    if format_name == "html":
        return kg.to_html(title=title).encode()
    if format_name == "csv":
        return claims_csv(kg.claims()).encode()
    if format_name == "graphml":
        return to_graphml(kg).encode()
    return kg.dump(format_name)


@click.command("export")
@click.argument("out", type=click.Path(dir_okay=False, allow_dash=True))
@click.option("--format", "format_name", type=click.Choice(_FORMATS), help="Default: by the ending of OUT.")
@click.option("--title", help="The page's title (html only).")
@graph_options
def command(out: str, format_name: str | None, title: str | None, data: tuple[str, ...], profile: str | None) -> None:
    """Write the graph to the file OUT (`-` for standard output).

    The RDF formats hold every triple, asserted and derived; ttl12 is RDF 1.2 Turtle and keeps the reifiers, the others
    leave them out. csv holds the claims; graphml is for network tools; html is the interactive page.

    \b
    Examples:
      rlsgraph export rlsgraph.html
      rlsgraph export graph.ttl
      rlsgraph export - --format csv
    """
    chosen = format_name or _SUFFIXES.get(Path(out).suffix.lower())
    if chosen is None:
        raise click.UsageError(f"the ending of {out!r} names no format; add --format ({', '.join(_FORMATS)})")
    if title is not None and chosen != "html":
        raise click.UsageError("--title goes with html only")
    content = render(open_graph(data, profile), chosen, title)
    if out == "-":
        sys.stdout.buffer.write(content)
        return
    from rlsgraph.formats.files import write_atomically

    write_atomically(Path(out), content)
    click.echo(f"wrote {out} ({len(content) / 1024:,.0f} KiB)", err=True)
