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
@click.option(
    "--research-group", "research_groups", multiple=True, help="Laboratory, senior author or cohort behind it. Repeatable."
)
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
    research_groups: tuple[str, ...],
    new_entities: tuple[tuple[str, str, str, str], ...],
    is_another_paper: bool,
    is_dry_run: bool,
    supersedes: tuple[str, ...],
    by: str,
    **document: str,
) -> None:
    """Add what a paper says of a claim to a folder of data, and show which scores moved.

    STUDY is written as for --with: SUBJECT PREDICATE OBJECT: FINDING, DESIGN, and what is known of n, p, comparator, blinding,
    measure, estimate, interval (LOW..HIGH) and unit. Without STUDY, all that no option gives is asked for at the terminal,
    step by step, with completion of names and terms. The result is checked before anything is written; a paper that is there
    already, by identifier, is not added twice, and one with nearly the same title is pointed out. Predicates: increases,
    decreases, affects, positivelyAssociatedWith, negativelyAssociatedWith.

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
    from rlsgraph.curation.attribution import who_adds

    if study is None:
        if new_entities or supersedes:
            raise click.UsageError("--new-entity and --supersedes go with STUDY; without it, all is asked for")
        said = {"title": title, "finding": finding, "limitations": limitations, "quote": quote, "quote_role": quote_role}
        said |= {"locator": locator, "species": "; ".join(species), **document}
        said["research_group"] = "; ".join(research_groups)
        given = {key: text for key, text in said.items() if text}
        _ask(folder, base, given, is_another_paper=is_another_paper, is_dry_run=is_dry_run, by=who_adds(by, folder))
        return
    if title is None:
        raise click.UsageError("--title is missing; without STUDY, all is asked for")
    from rlsgraph.curation.adding import Reading, add_paper, new_entity
    from rlsgraph.curation.papers import Paper
    from rlsgraph.model.study_terms import QuoteRole

    role = None if quote_role is None else QuoteRole[quote_role.upper()]
    addition = add_paper(
        folder,
        study,
        Paper(title, research_groups=research_groups, **document),
        Reading(finding, limitations, quote, locator, species, role),
        base=base,
        new_entities=[new_entity(*each) for each in new_entities],
        is_another_paper=is_another_paper,
        is_dry_run=is_dry_run,
        supersedes=supersedes,
        by=who_adds(by, folder),
    )
    _print_addition(addition, is_dry_run=is_dry_run)


def _ask(folder: Path, base: str | None, given: dict[str, str], **options: Any) -> None:
    """Ask for what was not given, at the terminal, and add it."""
    if not sys.stdin.isatty():
        raise click.UsageError("STUDY is missing, and there is no terminal to ask at")
    from rlsgraph.cli.asking import Questions
    from rlsgraph.cli.import_report import print_report
    from rlsgraph.curation.adding import load_folder
    from rlsgraph.curation.tables.entries import Entries
    from rlsgraph.curation.tables.importing import import_entries

    try:
        entries = Questions(load_folder(folder, base), given, click.echo).ask()
    except EOFError:
        raise click.Abort from None
    print_report(import_entries(folder, Entries(entries), base=base, **options), folder, "table")


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
