"""`rlsgraph serve`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import click

from rlsgraph.cli.options import GraphChoice, data_options
from rlsgraph.cli.output import counted
from rlsgraph.endpoint.settings import Settings, default_workers

_USUAL = Settings()


@click.command("serve")
@click.option("--host", default=_USUAL.host, show_default=True, help="Listen at this address.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=_USUAL.port, show_default=True, help="Listen at this port; 0: a free one."
)
@click.option(
    "--timeout",
    type=click.FloatRange(0.1, 86400),
    default=_USUAL.timeout,
    show_default=True,
    help="Seconds that a query may run.",
)
@click.option("--workers", type=click.IntRange(1, 256), help="Queries that run at once.  [default: one a core, 2 at least]")
@click.option(
    "--memory", type=click.IntRange(16), default=_USUAL.memory, show_default=True, help="MiB that a query may take (Linux)."
)
@click.option(
    "--cache",
    type=click.IntRange(0),
    default=_USUAL.cache,
    show_default=True,
    help="MiB of answers to keep for when they are asked again; 0: none.",
)
@click.option(
    "--max-rows", type=click.IntRange(1), default=_USUAL.max_rows, show_default=True, help="Rows or triples of an answer."
)
@click.option("--max-bytes", type=click.IntRange(1), default=_USUAL.max_bytes, show_default=True, help="Bytes of an answer.")
@click.option(
    "--max-query",
    type=click.IntRange(1, 1_000_000),
    default=_USUAL.max_query,
    show_default=True,
    help="Characters of a query.",
)
@click.option("--max-body", type=click.IntRange(1), default=_USUAL.max_body, show_default=True, help="Bytes of a request's body.")
@click.option(
    "--max-url",
    type=click.IntRange(64, 2**20),
    default=_USUAL.max_url,
    show_default=True,
    help="Bytes of a request's address.",
)
@click.option(
    "--max-waiting",
    type=click.IntRange(0),
    default=_USUAL.max_waiting,
    show_default=True,
    help="Requests that wait for a worker.",
)
@click.option(
    "--grace", type=click.FloatRange(0, 3600), default=_USUAL.grace, show_default=True, help="Seconds to finish at the end."
)
@click.option("--allow-host", "allowed_hosts", multiple=True, metavar="NAME", help="Answer to this name too; *: any. Repeatable.")
@click.option("--cors", multiple=True, metavar="ORIGIN", help="Let pages of this origin ask; *: any. Repeatable.")
@data_options
def command(graph: GraphChoice, workers: int | None, **options: Any) -> None:
    """Serve the graph over HTTP: a SPARQL endpoint, the page, a query editor, and a page or RDF for every thing.

    Read-only. /sparql takes queries as the SPARQL 1.1 Protocol says; / is the page; /query the editor; /entity/…,
    /claim/…, /source/…, /hypothesis/… are single things; /healthz says whether all is well. A query that passes a limit is
    stopped and refused with a reason, never cut short. One line of JSON a request goes to standard error.

    Only this machine can reach the default address. SIGTERM or Ctrl-C ends the server when running queries are done.

    \b
    Examples:
      rlsgraph serve
      rlsgraph serve --port 8080 --timeout 5 --workers 4
      rlsgraph serve --data my-files/ --data more.ttl
      rlsgraph serve --data store/              # what `rlsgraph build store/ …` wrote
      rlsgraph serve --host 0.0.0.0 --allow-host kg.example.org --cors https://example.org
      curl 'http://127.0.0.1:8000/sparql?query=ASK%7B%7D'
    """
    from rlsgraph.endpoint.server import run_server

    settings = Settings(workers=workers or default_workers(), **options)
    if not _is_loopback(settings.host):
        click.echo(f"Anyone who can reach {settings.host} can ask this server; it knows no passwords and no TLS.", err=True)

    def announce(address: str, claims: int) -> None:
        click.echo(f"Serving {counted(claims, 'claim')} at {address} (SPARQL: {address}sparql). Ctrl-C stops.")

    with served_place(graph) as place:
        run_server(settings, place=place, on_ready=announce)


@contextmanager
def served_place(graph: GraphChoice) -> Iterator[Path | None]:
    """Give the folder of the built store that is to be served; none for the shipped graph."""
    store = graph.store
    if store is not None or not (graph.data or graph.base or graph.profile):
        yield store
        return
    import tempfile

    from rlsgraph.cli.progress import show_waiting
    from rlsgraph.graph.building import build

    with tempfile.TemporaryDirectory(prefix="rlsgraph-") as folder:
        with show_waiting("reading and scoring the claims"):
            build(Path(folder) / "store", *graph.data, base=graph.base, profile=graph.profile)
        yield Path(folder) / "store"


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
