"""`rlsgraph mcp`."""

from __future__ import annotations

import click

from rlsgraph.cli.options import GraphChoice, data_options


@click.command("mcp")
@data_options
def command(graph: GraphChoice) -> None:
    """Answer an assistant over the Model Context Protocol, on standard input and output; read-only.

    It finds entities, claims with their ledger, evidence, paths, support with floor and verdict, gaps, contradictions and
    hypotheses, compares two, and answers SPARQL (50 rows, 20 seconds). Every answer names IRIs and sources and carries a hedge in
    words. It needs the package mcp: pip install mcp

    \b
    Examples:
      rlsgraph mcp
      rlsgraph mcp --data store/
    \b
    In an assistant's settings:
      {"mcpServers": {"rlsgraph": {"command": "rlsgraph", "args": ["mcp"]}}}
    """
    from rlsgraph.cli.serve import served_place
    from rlsgraph.endpoint.assistant.server import run_assistant

    with served_place(graph) as place:
        run_assistant(graph.open(), place)
