"""`rlsgraph calibrate`."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from rlsgraph.cli.options import GraphChoice, format_option, graph_options
from rlsgraph.cli.output import number, print_json, print_table

if TYPE_CHECKING:
    from rlsgraph.reasoning.calibration import Calibration, Measured


@click.command("calibrate")
@click.argument("gradings", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--seed", type=int, default=7, show_default=True, help="Seed of the bootstrap intervals.")
@graph_options
@format_option("table", "json")
def command(gradings: Path | None, seed: int, graph: GraphChoice, format_name: str) -> None:
    """Measure the scores against expert gradings, which are never evidence, and against studies left out.

    GRADINGS is a JSON list of objects with `subject`, `predicate`, `object` (ids) and `numeric`, from 0 (does not hold) to 1
    (grade A); B is 0.75, C 0.5. Several gradings of one claim count with their mean. A claim is strong from 0.75 on, weak up
    to 0.5. One that the graph lacks counts with its prior. Without GRADINGS, only the studies are told.

    \b
    Examples:
      rlsgraph calibrate
      rlsgraph calibrate gradings.json --format json
    """
    found = graph.open().calibrate(gradings, seed=seed)
    if format_name == "json":
        print_json(_plain(found))
        return
    if found.pairs:
        _print_gradings(found)
    print_table(
        ("prediction", "cases", "right", "commoner sign"),
        [(p.name, str(p.cases), _figure(p.right), _figure(p.commoner)) for p in found.predictions],
        right=("cases", "right", "commoner sign"),
        title="Does the evidence lean the way of studies that it has not seen?",
    )


def _print_gradings(found: Calibration) -> None:
    strong = sum(pair.is_strong for pair in found.pairs)
    click.echo(f"{len(found.pairs)} graded claims, {strong} of them strong (B or better); {found.missing} not in the graph.")
    print_table(
        ("figure", "value", "95% interval"),
        [
            ("Spearman", _figure(found.spearman.value), _interval(found.spearman)),
            ("Kendall tau-b", _figure(found.kendall.value), _interval(found.kendall)),
            ("AUC, strong against weak", _figure(found.auc.value), _interval(found.auc)),
            ("Brier, strong or not", _figure(found.brier.value), _interval(found.brier)),
        ],
        right=("value", "95% interval"),
    )
    print_table(
        ("level", "graded claims", "mean score", "graded strong", "share", "95% interval"),
        [
            (row.level, str(row.pairs), number(row.mean_score), str(row.strong), _figure(row.share.value), _interval(row.share))
            for row in found.levels
        ],
        right=("graded claims", "mean score", "graded strong", "share", "95% interval"),
    )
    print_table(
        ("claim", "grade", "score"),
        [(pair.name, number(pair.grade), number(pair.score)) for pair in found.disagreeing()],
        right=("grade", "score"),
        title="Furthest apart",
    )


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _interval(measured: Measured) -> str:
    return f"{_figure(measured.low)} to {_figure(measured.high)}"


def _plain(found: Calibration) -> dict[str, Any]:
    plain = asdict(found)
    for row, pair in zip(plain["pairs"], found.pairs, strict=True):
        row["level"] = None if pair.level is None else pair.level.label
        row["strong"] = pair.is_strong
    return plain
