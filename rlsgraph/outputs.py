"""Give a graph to other tools: RDF, rdflib, networkx, the page, still figures, notebooks.

Each reads the whole graph, but a figure, which asks for what it shows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import networkx
    import pandas
    import rdflib
    from pyvis.network import Network

    from rlsgraph.explorer.views import PageFrame, View
    from rlsgraph.graph.knowledge_graph import KnowledgeGraph


def dump(kg: KnowledgeGraph, format_name: str) -> bytes:
    """Return all triples, asserted and derived, in an RDF format (see `formats.rdf.FORMATS`)."""
    from rlsgraph.formats.rdf import dump

    return dump(kg.graph_source.whole().store, format_name)


def to_rdflib(kg: KnowledgeGraph) -> rdflib.Graph:
    """Return an rdflib graph with all triples but the reifiers: rdflib cannot hold RDF 1.2 triple terms."""
    from rlsgraph.formats.rdf import to_rdflib

    return to_rdflib(kg.graph_source.whole().store)


def to_networkx(kg: KnowledgeGraph, *, causal_only: bool = False) -> networkx.MultiDiGraph:
    """Return a networkx graph: entities as nodes, claims and definitional links as edges (keys are their IRIs)."""
    from rlsgraph.formats.graph import to_networkx

    return to_networkx(kg.in_memory(), causal_only=causal_only)


def to_pyvis(
    kg: KnowledgeGraph,
    *,
    hypothesis: str | None = None,
    between: tuple[str, str] | None = None,
    around: str | None = None,
) -> Network:
    """Return a pyvis network of a hypothesis, of the best paths between two entities, or of what lies around one."""
    from rlsgraph.explorer.network import to_pyvis
    from rlsgraph.explorer.views import choose_view

    return to_pyvis(choose_view(kg, hypothesis=hypothesis, between=between, around=around).legs)


def to_html(kg: KnowledgeGraph, *, title: str | None = None, view: View | None = None) -> str:
    """Return the interactive page as one self-contained HTML text, opening on a view (see `explorer.views`)."""
    from rlsgraph.explorer.page import render_page

    return render_page(kg.in_memory(), title=title, opening=view.address if view else "")


def to_figure(kg: KnowledgeGraph, format_name: str, *, title: str | None = None, view: View | None = None) -> bytes:
    """Return a still figure as `svg`, `png` or `pdf`: of a view, or of the best hypothesis."""
    from rlsgraph.explorer.figure import render_figure
    from rlsgraph.explorer.views import view_hypothesis

    return render_figure(view or view_hypothesis(kg), format_name, version=kg.version, title=title)


def answer_rows(answer: Any) -> list[dict[str, Any]]:
    """Return the rows of an answer as plain values."""
    from rlsgraph.formats.showing import table_of_answer

    return table_of_answer(answer).to_json()


def answer_html(answer: Any) -> str:
    """Return an answer as a notebook shows it: a table of its first rows."""
    from rlsgraph.formats.showing import answer_html

    return answer_html(answer)


def answer_frame(answer: Any) -> pandas.DataFrame:
    """Return an answer as a pandas data frame; raises `MissingPackageError` where pandas is not installed."""
    from rlsgraph.formats.showing import answer_frame

    return answer_frame(answer)


def graph_summary(kg: KnowledgeGraph) -> str:
    """Return a graph as a notebook shows it: in a few lines."""
    from rlsgraph.formats.showing import graph_summary

    return graph_summary(kg)


def show(
    kg: KnowledgeGraph,
    *,
    hypothesis: str | None = None,
    between: tuple[str, str] | None = None,
    around: str | None = None,
    compare: tuple[str, str] | None = None,
    title: str | None = None,
    as_of: int | None = None,
) -> PageFrame:
    """Return the page as a notebook shows it, opening on a hypothesis, between or around entities, or on two hypotheses."""
    from rlsgraph.explorer.views import show_page

    whole = kg.in_memory() if as_of is None else kg.as_of(as_of)
    return show_page(whole, hypothesis=hypothesis, between=between, around=around, compare=compare, title=title)
