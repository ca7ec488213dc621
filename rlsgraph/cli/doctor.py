"""`rlsgraph doctor`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from rlsgraph.cli.options import GraphChoice, format_option, graph_options
from rlsgraph.cli.output import counted, print_answer, print_table
from rlsgraph.cli.tables import print_claim_changes, print_hypothesis_changes
from rlsgraph.model.namespaces import slug_of

_MAX_LIST_BYTES = 1024**3

if TYPE_CHECKING:
    from rlsgraph.graph.knowledge_graph import KnowledgeGraph
    from rlsgraph.reasoning.checkup import Finding


@click.command("doctor")
@click.option(
    "--retracted",
    type=click.Path(exists=True, dir_okay=False),
    help="A list of PMIDs, PMCIDs and DOIs of retracted work; shows which sources it hits, and what falls with them.",
)
@click.option("--limit", type=click.IntRange(0), default=10, show_default=True, help="How many lines of each kind; 0 for all.")
@graph_options
@format_option()
def command(retracted: str | None, limit: int, graph: GraphChoice, format_name: str) -> None:
    """List what is weak: no evidence, a single study, one research group, animal or cell work only, sign conflicts, orphans.

    Bracketed titles, retracted sources and papers under two names are listed too.

    With --retracted: the sources that the list hits, and the claims and hypotheses that move without them. The list is a
    text with a PMID or DOI a line, or a table that has them in some column. Of Retraction Watch's CSV the original papers count
    that were retracted and not reinstated since: no expression of concern, no correction. csv, json and ttl hold all.

    \b
    Examples:
      rlsgraph doctor
      rlsgraph doctor --limit 0
      rlsgraph doctor --retracted retractions.csv
    """
    from rlsgraph.formats.answers import findings_table

    kg = graph.open()
    if retracted is not None:
        _check_retractions(kg, Path(retracted), format_name)
        return
    findings = kg.doctor()
    if format_name != "table":
        print_answer(findings_table(findings), format_name)
        return
    _print_findings(findings, limit)


def _print_findings(findings: tuple[Finding, ...], limit: int) -> None:
    from rlsgraph.reasoning.checkup import FindingKind

    for kind in FindingKind:
        found = [finding for finding in findings if finding.kind is kind]
        shown = found[: limit or None]
        more = f", {len(shown)} of them here" if len(shown) < len(found) else ""
        title = f"{kind.value}: {len(found) or 'none'}{more}"
        if found:
            print_table(("what", "detail"), [(finding.label, finding.detail) for finding in shown], title=title)
        else:
            click.echo(f"{title}\n")


def _check_retractions(kg: KnowledgeGraph, path: Path, format_name: str) -> None:
    from rlsgraph.errors import DataError
    from rlsgraph.formats.answers import sweep_table
    from rlsgraph.triples.bounds import read_file

    try:
        sweep = kg.retraction_sweep(read_file(path, _MAX_LIST_BYTES))
    except DataError as error:
        raise DataError(error.reason, path=path, line=error.line) from error
    pmcids = f", {counted(sweep.pmcids, 'PMCID')}" if sweep.pmcids else ""
    click.echo(f"read {counted(sweep.pmids, 'PMID')}{pmcids} and {counted(sweep.dois, 'DOI')}", err=True)
    if format_name != "table":
        print_answer(sweep_table(sweep), format_name)
        return
    if not sweep.hits:
        click.echo(f"None of the {counted(len(kg.sources()), 'source')} is on the list.")
        return
    title = f"On the list of retracted work: {len(sweep.hits)}"
    print_table(("source", "title"), [(hit.label, hit.detail) for hit in sweep.hits], title=title)
    if sweep.claims:
        print_claim_changes(sweep.claims, title="What moves without them")
    if sweep.hypotheses:
        print_hypothesis_changes(sweep.hypotheses, title="Hypotheses that move without them")
    if not sweep.claims:
        click.echo("No claim moves without them.")
    click.echo("To keep this, write in data/sources.ttl:")
    for hit in sweep.hits:
        click.echo(f"  source:{slug_of(hit.thing.iri)} rls:retracted true .")
