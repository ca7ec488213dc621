"""`rlsgraph add`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from rlsgraph.cli.options import base_option, by_option
from rlsgraph.model import namespaces as ns

if TYPE_CHECKING:
    from rlsgraph.curation.adding import Addition


@click.command("add")
@click.argument("study", required=False)
@click.option(
    "--to",
    "folder",
    required=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder of data that it goes into.",
)
@base_option
@click.option("--title", help="Title of the paper.")
@click.option("--author", "first_author", default="", help='First author, as in "Allen RP".')
@click.option("--year", default="", help="Year of publication.")
@click.option("--journal", default="", help="Journal.")
@click.option("--doi", default="", help="DOI, bare or as an address.")
@click.option("--pmid", default="", help="PubMed number, bare or as an address.")
@click.option("--pmcid", default="", help="PMC number, bare or as an address.")
@click.option("--url", default="", help="Address, where there is no identifier.")
@click.option("--finding", default="", help="What was found, in your words.")
@click.option("--limitations", default="", help="What weakens it, in your words.")
@click.option("--quote", default="", help="What the paper says, word for word; at most 300 characters.")
@click.option(
    "--quote-role",
    type=click.Choice(["result", "background", "method"]),
    help="What the quote is there: result, background, method.",
)
@click.option("--locator", default="", help="Where it says so: abstract, table 2, page 7.")
@click.option("--species", multiple=True, help="Species studied. Repeatable.")
@click.option(
    "--new-entity",
    "new_entities",
    nargs=4,
    multiple=True,
    metavar="LABEL GROUP CATEGORY DEFINITION",
    help="An entity that the folder does not know yet. Repeatable.",
)
@click.option("--another-paper", "is_another_paper", is_flag=True, help="It is not the one whose title is nearly the same.")
@click.option("--supersedes", multiple=True, metavar="ITEM", help="An evidence item whose place this one takes. Repeatable.")
@by_option
@click.option("--dry-run", "is_dry_run", is_flag=True, help="Say what would be added and what would move; write nothing.")
def command(
    study: str | None,
    folder: Path,
    base: str | None,
    title: str | None,
    finding: str,
    limitations: str,
    quote: str,
    quote_role: str | None,
    locator: str,
    species: tuple[str, ...],
    new_entities: tuple[tuple[str, str, str, str], ...],
    is_another_paper: bool,
    is_dry_run: bool,
    supersedes: tuple[str, ...],
    by: str,
    **document: str,
) -> None:
    """Add what a paper says of a claim to a folder of data, and show which scores moved.

    STUDY is written as for --with: SUBJECT PREDICATE OBJECT: FINDING, DESIGN, and what is known of n, p, comparator, blinding,
    measure, estimate, interval (LOW..HIGH) and unit. On a terminal, what is not given is asked for. The result is checked before
    anything is written; a paper that is there already, by identifier, is not added twice, and one with nearly the same title is
    pointed out. Predicates: increases, decreases, affects, positivelyAssociatedWith, negativelyAssociatedWith.

    \b
    Examples:
      rlsgraph add --to mine/ --by "Josiah Carberry <0000-0002-1825-0097>"
      rlsgraph add --to mine/ --base shipped
      rlsgraph add "sleep loss increases migraine attack: as claimed, cohort, n=120, p=0.01" --to mine/ \\
          --title "Sleep and migraine" --author "Doe J" --year 2021 --doi 10.1000/xyz --finding "Attacks followed short nights."
      rlsgraph add "magnesium decreases migraine attack: no effect found, randomised controlled trial, n=60" --to mine/ \\
          --title "Magnesium trial" --pmid 123456 \\
          --new-entity magnesium intervention SmallMolecule "A mineral taken by mouth." --dry-run
    """
    from rlsgraph.curation.adding import Reading, add_paper, new_entity
    from rlsgraph.curation.attribution import who_adds
    from rlsgraph.curation.papers import Paper
    from rlsgraph.model.study_terms import QuoteRole

    role = None if quote_role is None else QuoteRole[quote_role.upper()]
    asked = _ask(study, title, document, finding)
    addition = add_paper(
        folder,
        asked["study"],
        Paper(asked["title"], **asked["document"]),
        Reading(asked["finding"], limitations, quote, locator, species, role),
        base=base,
        new_entities=[new_entity(*each) for each in new_entities],
        is_another_paper=is_another_paper,
        is_dry_run=is_dry_run,
        supersedes=supersedes,
        by=who_adds(by, folder),
    )
    _print_addition(addition, is_dry_run=is_dry_run)


def _ask(study: str | None, title: str | None, document: dict[str, str], finding: str) -> dict[str, Any]:
    """Return what was given, and on a terminal the answers for what was not."""
    if study is None or title is None:
        if not sys.stdin.isatty():
            missing = "STUDY" if study is None else "--title"
            raise click.UsageError(f"{missing} is missing, and there is no terminal to ask at")
        if study is None:
            claim = " ".join(click.prompt(part) for part in ("Subject", "Predicate", "Object"))
            result = click.prompt("What was found (as claimed, no effect found, opposite, mixed, no comparison)")
            design = click.prompt("Design (e.g. randomised controlled trial, cohort, animal study)")
            details = click.prompt("What is known of n, p, comparator … (e.g. n=120, p=0.03)", default="", show_default=False)
            study = f"{claim}: {', '.join(filter(None, (result, design, details)))}"
        title = title or click.prompt("Title of the paper")
        for name, question in (("first_author", "First author"), ("year", "Year"), ("doi", "DOI"), ("pmid", "PMID")):
            document[name] = document[name] or click.prompt(question, default="", show_default=False)
        finding = finding or click.prompt("What was found, in your words", default="", show_default=False)
    return {"study": study, "title": title, "document": document, "finding": finding}


def _print_addition(addition: Addition, *, is_dry_run: bool) -> None:
    from rlsgraph.cli.tables import print_claim_changes

    about = "would be added" if is_dry_run else "added"
    claim = "a new claim" if addition.is_new_claim else "the claim"
    source = "a new source" if addition.is_new_source else "the source that was there"
    click.echo(f"{ns.compress(addition.evidence)} {about} to {claim} {ns.compress(addition.claim)}, from {source}.")
    for name in addition.new_entities:
        click.echo(f"New entity: {name}.")
    if addition.moved:
        print_claim_changes(addition.moved, title="Scores that moved")
    else:
        click.echo("No score moved.")
    for path in addition.files:
        click.echo(f"{'would write' if is_dry_run else 'wrote'} {path}", err=True)
