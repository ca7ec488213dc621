"""Arguments and options that several commands share."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

from rlsgraph.cli.progress import show_waiting
from rlsgraph.reasoning.reliability.defaults import MAX_STEPS

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from rlsgraph.graph.knowledge_graph import KnowledgeGraph

_F = TypeVar("_F", bound=Callable[..., Any])


@dataclass(frozen=True)
class GraphChoice:
    """Which graph a command is about: where it is, its profile, and what is supposed of it."""

    data: tuple[str, ...]
    profile: str | None
    base: str | None = None
    endpoint: str | None = None
    named_graph: str | None = None
    without: tuple[str, ...] = ()
    supposed: tuple[str, ...] = ()
    as_of: int | None = None

    def open(self) -> KnowledgeGraph:
        """Load the graph, and suppose what is supposed; what that is, is told on standard error."""
        return self.suppose(self.open_base())

    def open_base(self) -> KnowledgeGraph:
        """Load the graph as it is: from its endpoint, from a built store, or from files."""
        from rlsgraph.graph import loading

        if self.endpoint is not None:
            return loading.connect(self.endpoint, graph=self.named_graph, profile=self.profile)
        if self.store is not None:
            return loading.open(self.store)
        with show_waiting("reading and scoring the claims" if self.data or self.profile else ""):
            return loading.load(*self.data, base=self.base, profile=self.profile)

    @property
    def store(self) -> Path | None:
        """The folder of the one built store that the data are; None where they are files."""
        if not self.data:
            return None
        from rlsgraph.triples.disk import is_store

        stores = [path for path in map(Path, self.data) if path.is_dir() and is_store(path)]
        if not stores:
            return None
        if len(self.data) > 1 or self.base is not None:
            raise click.UsageError(
                f"{stores[0]} is a built store, a graph of its own; name no other --data and no --base beside it"
            )
        if self.profile:
            raise click.UsageError(f"{stores[0]} is a built store, scored already; give its profile to `rlsgraph build`")
        return stores[0]

    def suppose(self, kg: KnowledgeGraph) -> KnowledgeGraph:
        """Return the graph with what is supposed; the same one where nothing is. The year comes first: a supposition has none."""
        if self.as_of is not None:
            kg = kg.as_of(self.as_of)
        if self.without:
            sources, claims = _split(kg, tuple(dict.fromkeys(self.without)))
            kg = kg.without(source=sources, claim=claims)
        if self.supposed:
            kg = kg.with_evidence(*self.supposed)
        for change in kg.changes:
            click.echo(f"what if: {change}", err=True)
        return kg


def data_options(command: _F) -> _F:
    """Add the options that say which files to load, and with which profile; the command gets them as one, named `graph`."""

    @wraps(command)
    def with_graph(
        *arguments: Any,
        data: tuple[str, ...],
        base: str | None,
        profile: str | None,
        endpoint: str | None = None,
        named_graph: str | None = None,
        without: tuple[str, ...] = (),
        supposed: tuple[str, ...] = (),
        as_of: int | None = None,
        **options: Any,
    ) -> Any:
        if endpoint is not None and (data or base):
            raise click.UsageError(f"--endpoint and --{'data' if data else 'base'} are two graphs; name one")
        if named_graph is not None and endpoint is None:
            raise click.UsageError("--graph names a graph of an --endpoint; name that too")
        choice = GraphChoice(data, profile, base, endpoint, named_graph, without, supposed, as_of)
        return command(*arguments, graph=choice, **options)

    profile_option = click.option(
        "--profile", type=click.Path(exists=True, dir_okay=False), help="Score with another confidence profile (a Turtle file)."
    )
    data_option = click.option(
        "--data",
        multiple=True,
        type=click.Path(exists=True),
        help="Load this file or folder instead of the shipped graph; may be repeated. Or a store that `rlsgraph build` wrote.",
    )
    return data_option(base_option(profile_option(cast("_F", with_graph))))


def base_option(command: _F) -> _F:
    """Add `--base`."""
    return click.option(
        "--base", metavar="shipped|PATH", help="The graph that this one stands on: the shipped one, or a file or folder."
    )(command)


def graph_options(command: _F) -> _F:
    """Add the options that say where the graph is, files or an endpoint; the command gets them as one, named `graph`.

    Stands below `what_if_options`, whose options become part of it.
    """
    endpoint_option = click.option(
        "--endpoint", metavar="URL", help="Ask the graph behind this SPARQL endpoint (`rlsgraph push` puts one there)."
    )
    graph_option = click.option("--graph", "named_graph", metavar="IRI", help="The named graph of the endpoint that holds it.")
    return endpoint_option(graph_option(data_options(command)))


def _split(kg: KnowledgeGraph, names: tuple[str, ...]) -> tuple[list[str], list[str]]:
    """Tell the sources among the names from the claims; a name that is neither raises UnknownNameError."""
    from rlsgraph.errors import UnknownNameError

    sources: list[str] = []
    claims: list[str] = []
    for name in names:
        try:
            sources.extend(record.iri for record in kg.records_of(name))
        except UnknownNameError as no_source:
            try:
                claims.append(kg.claim(name).iri)
            except UnknownNameError as no_claim:
                raise UnknownNameError("source or claim", name, no_claim.nearest or no_source.nearest) from None
    return sources, claims


def as_of_option(command: _F) -> _F:
    """Add the option that goes back to a year; what it takes is part of `graph`."""
    option = click.option(
        "--as-of",
        "as_of",
        type=click.IntRange(1000, 9999),
        metavar="YEAR",
        help="Answer as if no source after this year said anything; sources without a year are left out too.",
    )
    return option(command)


def what_if_options(command: _F) -> _F:
    """Add the options that suppose a retraction, a claim less, or a study more, or go back to a year."""
    without = click.option(
        "--without",
        multiple=True,
        metavar="SOURCE|CLAIM",
        help="Suppose that this source (id, DOI, PMID) were retracted, or this claim not there; may be repeated.",
    )
    supposed = click.option(
        "--with",
        "supposed",
        multiple=True,
        metavar="STUDY",
        help='Suppose a study, e.g. "A increases B: supports, randomised controlled trial, n=120"; may be repeated.',
    )
    return without(supposed(as_of_option(command)))


def max_steps_option(command: _F) -> _F:
    """Add `--max-steps`."""
    return click.option(
        "--max-steps", type=click.IntRange(1, 50), default=MAX_STEPS, show_default=True, help="How many steps a path may have."
    )(command)


ANSWER_FORMATS = ("table", "json", "csv", "ttl")
"""What an answer of the reasoning can be printed in."""


def format_option(*formats: str) -> Callable[[_F], _F]:
    """Add `--format` with a choice of formats (without, `ANSWER_FORMATS`), the first as the default."""
    formats = formats or ANSWER_FORMATS
    return click.option(
        "--format",
        "format_name",
        type=click.Choice(formats),
        default=formats[0],
        show_default=True,
        help="How to print the answer.",
    )


by_option = click.option(
    "--by",
    default="",
    metavar="NAME|ORCID",
    help='Who adds it: a name, an ORCID, or "name <ORCID>". Without: RLSGRAPH_BY, else git\'s user.name.',
)


class Finite(click.FloatRange):
    """A number in a range; "nan" and "inf" are none."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        number = float(super().convert(value, param, ctx))
        if not math.isfinite(number):
            self.fail(f"{value!r} is no number that can be reckoned with", param, ctx)
        return number


class EntityName(click.ParamType[str]):
    """An entity by label, synonym, CURIE or IRI; the shell completes labels."""

    name = "entity"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        from click.shell_completion import CompletionItem

        from rlsgraph.graph.loading import load

        return [CompletionItem(label) for label in load().complete_entity(incomplete)]


class ChoiceName(click.ParamType[str]):
    """One of the names that a function gives (read only when the shell asks for completion)."""

    def __init__(self, name: str, choices: Callable[[], list[str]]) -> None:
        self.name, self._choices = name, choices

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        from click.shell_completion import CompletionItem

        return [CompletionItem(choice) for choice in self._choices() if choice.casefold().startswith(incomplete.casefold())]


def claim_arguments(first: str) -> Callable[[_F], _F]:
    """Add SUBJECT, PREDICATE and OBJECT, which name a claim; `first` says what else may stand alone, e.g. `CLAIM|SUBJECT`."""

    def decorate(command: _F) -> _F:
        @wraps(command)
        def checked(*arguments: Any, predicate: str | None, object_: str | None, **options: Any) -> Any:
            if (predicate is None) != (object_ is None):
                raise click.UsageError("name a claim by subject, predicate and object, or by its id alone")
            return command(*arguments, predicate=predicate, object_=object_, **options)

        found: Any = click.argument("object_", metavar="[OBJECT]", required=False, type=EntityName())(checked)
        found = click.argument("predicate", required=False, type=ChoiceName("predicate", predicate_names))(found)
        return cast("_F", click.argument("subject", metavar=first, type=EntityName())(found))

    return decorate


def predicate_names() -> list[str]:
    """Return the local names of the predicates."""
    from rlsgraph.model.vocabulary import Predicate

    return [str(predicate.value) for predicate in Predicate]
