"""`rlsgraph export`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from rlsgraph.cli.options import ChoiceName, EntityName, GraphChoice, as_of_option, graph_options
from rlsgraph.explorer import FIGURE_FORMATS
from rlsgraph.formats.exchange.table import format_of, formats
from rlsgraph.formats.rdf import FORMATS as RDF_FORMATS

if TYPE_CHECKING:
    from rlsgraph.explorer.views import View
    from rlsgraph.formats.exchange.content import Content
    from rlsgraph.graph.knowledge_graph import KnowledgeGraph

_OWN = (*RDF_FORMATS, "graphml", "csv", "html", *FIGURE_FORMATS)
_ENDINGS = {f".{name}": name for name in _OWN if name != "ttl12"}
FORMATS = (*_OWN, *formats())
"""All that is written, by name."""
_SHOWN = ("html", *FIGURE_FORMATS)
"""The formats that are looked at: these have a view."""
_SELECTING = (*_SHOWN, *formats())
"""The formats that have a title, and can hold a part of the graph."""


def _hypothesis_names() -> list[str]:
    from rlsgraph.graph.loading import load

    return [ranked.hypothesis.label for ranked in load().hypotheses()]


def render(kg: KnowledgeGraph, format_name: str, *, title: str | None = None, view: View | None = None) -> bytes:
    """Return the graph, or a view of it, in one of the formats."""
    from rlsgraph.formats.graph import claims_csv, to_graphml

    if format_name == "html":
        return kg.to_html(title=title, view=view).encode()
    if format_name in FIGURE_FORMATS:
        return kg.to_figure(format_name, title=title, view=view)
    if format_name == "csv":
        return claims_csv(kg.claims()).encode()
    if format_name == "graphml":
        return to_graphml(kg).encode()
    return kg.dump(format_name)


@click.command("export")
@click.argument("out", type=click.Path(dir_okay=False, allow_dash=True))
@click.option("--format", "format_name", type=click.Choice(FORMATS), help="Default: by the ending of OUT.")
@click.option("--title", help="The title of the page or figure.")
@click.option("--hypothesis", metavar="NAME", type=ChoiceName("name", _hypothesis_names), help="Show this hypothesis.")
@click.option("--between", nargs=2, metavar="START END", type=EntityName(), help="Show the best paths between two entities.")
@click.option("--around", metavar="ENTITY", type=EntityName(), help="Show what is around this entity.")
@click.option(
    "--compare", nargs=2, metavar="HYPOTHESIS RIVAL", type=ChoiceName("name", _hypothesis_names), help="Open the page on both."
)
@click.option("--steps", type=click.IntRange(1, 2), help="How many steps around it; without, one.")
@click.option(
    "--min-score",
    metavar="X",
    type=click.FloatRange(0, 1),
    help="Leave out claims with a lower score; the page may fade them instead.",
)
@click.option("--sign", "is_signed", is_flag=True, help="Sign nanopublications with your key; publishes nothing.")
@click.option(
    "--signer",
    metavar="PROFILE",
    type=click.Path(path_type=Path),
    help="Of --sign: the profile.yml with ORCID, name and key. Without: NANOPUB_PROFILE, else ~/.nanopub/profile.yml.",
)
@as_of_option
@graph_options
def command(
    out: str,
    format_name: str | None,
    title: str | None,
    hypothesis: str | None,
    between: tuple[str, str] | None,
    around: str | None,
    compare: tuple[str, str] | None,
    steps: int | None,
    min_score: float | None,
    is_signed: bool,
    signer: Path | None,
    graph: GraphChoice,
) -> None:
    """Write the graph, or a view of it, to the file OUT (`-` for standard output).

    The RDF formats hold every triple, asserted and derived; ttl12 is RDF 1.2 Turtle and keeps the reifiers, the others
    leave them out. csv holds the claims; graphml is for network tools; html is the interactive page; svg, png and pdf are
    still figures. The formats of other tools (KGX, CX2, GEXF, SSSOM, nanopublications, BibTeX …) are listed by
    `rlsgraph formats`; they can hold the claims of --hypothesis, --between or --around alone. Nanopublications are signed with
    --sign, by the profile of the package nanopub (`pip install nanopub`; `np setup` makes a profile).

    The page opens on the answer, or on what is named: --hypothesis, --between, --around, or --compare for two hypotheses
    side by side. A figure is of one of the first three; without, of the best hypothesis. --as-of takes the graph as it was.
    Exit code 1, and why, where nothing is left to show.

    \b
    Examples:
      rlsgraph export rlsgraph.html
      rlsgraph export graph.ttl
      rlsgraph export - --format csv
      rlsgraph export page.html --between "gut dysbiosis" "RLS symptoms"
      rlsgraph export sources.bib --hypothesis "iron absorption"
      rlsgraph export rls --format kgx
      rlsgraph export mine.nanopub.trig --around "gut dysbiosis" --sign
      rlsgraph export page.html --compare "iron absorption" "dopamine deficiency" --as-of 2015
      rlsgraph export figure.svg --hypothesis "iron absorption"
      rlsgraph export figure.pdf --around "gut dysbiosis" --steps 2 --min-score 0.4
    """
    by_ending = format_of(Path(out).name)
    chosen = format_name or (by_ending.name if by_ending else _ENDINGS.get(Path(out).suffix.lower()))
    if chosen is None:
        raise click.UsageError(f"the ending of {out!r} names no format; add --format ({', '.join(FORMATS)})")
    options = {
        "--title": title,
        "--hypothesis": hypothesis,
        "--between": between,
        "--around": around,
        "--compare": compare,
        "--steps": steps,
        "--min-score": min_score,
    }
    given = [option for option, value in options.items() if value is not None]
    _check_options(chosen, given)
    if is_signed and chosen != "nanopub":
        raise click.UsageError(f"--sign goes with nanopub only, not with {chosen}")
    if signer and not is_signed:
        raise click.UsageError("--signer goes with --sign only")
    kg = graph.open()
    if chosen in formats():
        selection = {"hypothesis": hypothesis, "between": between, "around": around, "steps": steps, "min_score": min_score}
        content = exchange_content(kg, title, {name: value for name, value in selection.items() if value is not None})
        _write_parts(out, chosen, _signed(content, signer) if is_signed else formats()[chosen].write(content))
        return
    view = None
    if set(given) - {"--title"}:
        from rlsgraph.explorer.views import choose_view

        view = choose_view(
            kg,
            hypothesis=hypothesis,
            between=between,
            around=around,
            compare=compare,
            steps=steps or 1,
            min_score=min_score or 0.0,
        )
    _write_parts(out, chosen, {"": render(kg, chosen, title=title, view=view)})


def exchange_content(kg: KnowledgeGraph, title: str | None, selection: dict[str, Any]) -> Content:
    """Return what formats of other tools write: the graph, or the claims of a selection."""
    from rlsgraph.formats.exchange.content import content_of
    from rlsgraph.formats.exchange.selection import select_claims

    claims = select_claims(kg, **selection) if selection else None
    return content_of(kg, claims=claims, title=title or "rlsgraph")


def _signed(content: Content, signer: Path | None) -> dict[str, bytes]:
    from rlsgraph.formats.exchange.signing import signed_nanopubs

    return {"": signed_nanopubs(content, signer).encode()}


def _write_parts(out: str, format_name: str, contents: dict[str, bytes]) -> None:
    """Write each file of a format; only what is one file goes to standard output."""
    from rlsgraph.cli.streams import write_bytes
    from rlsgraph.triples.writing import write_file

    if out == "-":
        if len(contents) > 1:
            raise click.UsageError(f"{format_name} is {len(contents)} files; give a name instead of -")
        write_bytes(*contents.values())
        return
    for ending, content in contents.items():
        path = Path(f"{out}{ending}")
        write_file(path, content)
        click.echo(f"wrote {path} ({len(content) / 1024:,.0f} KiB)", err=True)


def _check_options(format_name: str, given: list[str]) -> None:
    """Refuse options that do not go with the format, or with each other."""
    if given and format_name not in _SELECTING:
        kinds = f"{', '.join(_SHOWN)} and the formats of `rlsgraph formats`"
        raise click.UsageError(f"{given[0]} goes with {kinds}, not with {format_name}")
    views = [option for option in given if option in ("--hypothesis", "--between", "--around", "--compare")]
    if len(views) > 1:
        raise click.UsageError(f"{' and '.join(views)} are different views; give one of them")
    if "--compare" in given and format_name != "html":
        raise click.UsageError(f"--compare goes with html only, not with {format_name}")
    if {"--compare", "--min-score"} <= set(given):
        raise click.UsageError("--min-score and --compare do not go together: a comparison is of whole hypotheses")
    if "--steps" in given and "--around" not in given:
        raise click.UsageError("--steps goes with --around only")
