"""`rlsgraph demo`."""

from __future__ import annotations

from pathlib import Path

import click

from rlsgraph.cli.options import GraphChoice, graph_options
from rlsgraph.cli.output import print_table
from rlsgraph.cli.tables import print_hypotheses

_QUESTION = "What does gut dysbiosis raise, and how sure is it?"
_QUERY = """SELECT ?what ?score {
    ?claim rdf:subject entity:gut-dysbiosis ; rdf:predicate rls:increases ; rdf:object ?entity ; rls:score ?score .
    ?entity skos:prefLabel ?what
  } ORDER BY DESC(?score)"""


@click.command("demo")
@click.option(
    "--out", default="rlsgraph.html", show_default=True, type=click.Path(dir_okay=False), help="Where to write the page."
)
@graph_options
def command(out: str, graph: GraphChoice) -> None:
    """Show the graph at work, and write its page.

    Prints what the graph holds, the hypotheses by rank, and one question in SPARQL with its answer.

    \b
    Examples:
      rlsgraph demo
      rlsgraph demo --endpoint http://localhost:8000/sparql
    """
    from rlsgraph.cli.info import summary
    from rlsgraph.formats.files import write_atomically

    click.echo("loading the graph and scoring its claims …", err=True)
    kg = graph.open()
    counts = summary(kg)
    click.echo(
        f"rlsgraph {counts['version']}: {counts['entities']} entities, {counts['claims']} claims, "
        f"{counts['evidence items']} evidence items, {counts['sources']} sources\n"
    )
    click.echo("The hypotheses, best-scored route first:")
    print_hypotheses(kg.hypotheses())
    click.echo(f"{_QUESTION}\n\n  {_QUERY}\n")
    answer = kg.query(_QUERY).to_dicts()
    print_table(("what", "score"), [(str(row["what"]), f"{row['score']:.2f}") for row in answer], right=("score",))
    click.echo("drawing the page …", err=True)
    write_atomically(Path(out), kg.to_html().encode())
    click.echo(f"Wrote {out}: open it in a browser, no network needed.\n")
    click.echo("Try next:")
    for line in (
        'rlsgraph explain "gut dysbiosis" increases "systemic inflammation"',
        'rlsgraph paths "gut dysbiosis" "RLS symptoms"',
        'rlsgraph gaps "gut dysbiosis" "RLS symptoms"',
    ):
        click.echo(f"  {line}")
    click.echo("\nA research aid, not medical advice.")
