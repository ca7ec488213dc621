"""`rlsgraph build`."""

from __future__ import annotations

import time
from contextlib import ExitStack

import click

from rlsgraph.cli.options import base_option
from rlsgraph.cli.output import counted
from rlsgraph.cli.progress import show_progress, stop_at_once


@click.command("build")
@click.argument("store", type=click.Path(file_okay=False))
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(exists=True))
@click.option(
    "--profile", type=click.Path(exists=True, dir_okay=False), help="Score with another confidence profile (a Turtle file)."
)
@base_option
def command(store: str, paths: tuple[str, ...], profile: str | None, base: str | None) -> None:
    """Build a graph as a store on disk, in the folder STORE, from files and folders of RDF.

    Without a PATH, the shipped graph. Files may be larger than memory. A store that is in STORE already stays whole, and can be
    read, until the new one takes its place at the end; a build that fails or is stopped changes nothing. Every command asks a
    store with --data STORE.

    \b
    Examples:
      rlsgraph build my-store claims/ more.nt
      rlsgraph build my-store claims/ --profile my-profile.ttl
      rlsgraph build my-store claims/ --base shipped
      rlsgraph paths "gut dysbiosis" "RLS symptoms" --data my-store
    """
    from rlsgraph.graph.building import SETTLING, build

    begin = time.monotonic()
    with ExitStack() as stack, show_progress("building the store") as progress:

        def report(done: int, total: int, what: str) -> None:
            stack.close()
            if what == SETTLING:
                stack.enter_context(stop_at_once())  # the next build clears away what this one leaves
            if progress is not None:
                progress(done, total, what)

        facts = build(store, *paths, base=base, profile=profile, progress=report)
    click.echo(
        f"built {store}: {counted(facts.claims, 'claim')}, {counted(facts.triples, 'triple')}, "
        f"{facts.bytes / 1e6:,.1f} MB, in {time.monotonic() - begin:,.1f} s",
        err=True,
    )
