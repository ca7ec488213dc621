"""`rlsgraph push`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from rlsgraph.cli.options import GraphChoice, data_options
from rlsgraph.cli.output import counted
from rlsgraph.cli.progress import show_progress

if TYPE_CHECKING:
    import pyoxigraph as ox


@click.command("push")
@click.argument("url")
@click.option("--graph", "target", metavar="IRI", help="Fill this named graph; Virtuoso needs one.")
@click.option("--update-url", metavar="URL", help="Where updates go, if not to URL (or, for …/query, to …/update).")
@click.option("--store-url", metavar="URL", help="Send by the Graph Store Protocol to this address: often faster.")
@click.option("--replace", is_flag=True, help="Clear the graph first, whatever it holds; readers see it incomplete meanwhile.")
@data_options
def command(
    url: str,
    target: str | None,
    update_url: str | None,
    store_url: str | None,
    replace: bool,
    graph: GraphChoice,
) -> None:
    """Load the graph with its scores into the SPARQL endpoint at URL.

    It goes in chunks. A push that was stopped goes on where it was when it is started again, and one that is complete is not
    sent twice. Where the endpoint's graph holds anything else, nothing is touched without --replace. At the end the triples
    are counted there. RDF 1.2 reifiers are left out, as most endpoints cannot hold them.

    Credentials are read from RLSGRAPH_ENDPOINT_AUTH: `basic user:password`, `digest user:password`, or an Authorization header.

    \b
    Examples:
      rlsgraph push http://localhost:7878/query --store-url http://localhost:7878/store       # Oxigraph
      rlsgraph push http://localhost:8890/sparql --graph https://example.org/rls \\
          --store-url http://localhost:8890/sparql-graph-crud-auth                             # Virtuoso
      rlsgraph push http://localhost:3030/rls/query --replace                                  # Fuseki
    """
    from rlsgraph.push import push

    store, profile_files, version = _graph(graph)
    with show_progress("triples") as progress:
        done = push(
            store,
            profile_files,
            url,
            version=version,
            graph=target,
            update_url=update_url,
            store_url=store_url,
            replace=replace,
            is_on_disk=graph.store is not None,
            progress=progress,
        )
    place = f"{done.place}{f', graph {target}' if target else ''}"
    if not done.sent:
        click.echo(f"{place} holds this graph already: {counted(done.triples, 'triple')}, counted there", err=True)
        return
    before = done.triples - done.sent
    kept = f", {before:,} of them from a push before" if before else ""
    click.echo(f"{place} now holds {counted(done.triples, 'triple')}{kept}, counted there", err=True)
    if done.reifiers:
        click.echo(f"left out: {counted(done.reifiers, 'reifier')} (RDF 1.2)", err=True)


def _graph(choice: GraphChoice) -> tuple[ox.Store, tuple[Path, ...], str]:
    """Return the scored store, the files of its profile, and its version; a built store is read where it lies."""
    if choice.store is not None:
        from rlsgraph.triples.disk import open_place

        stored = open_place(choice.store)
        return stored.store, stored.profile_files, stored.facts.version
    kg = choice.open()
    return kg.graph_source.whole().store, kg.graph_source.profile_files, kg.version
