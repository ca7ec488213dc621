"""Give a graph to other tools: RDF, rdflib, networkx, the page, still figures, notebooks."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from rlsgraph.graph.catalogue import Catalogue

if TYPE_CHECKING:
    import networkx
    import rdflib

    from rlsgraph.explorer.views import PageFrame, View
    from rlsgraph.graph.knowledge_graph import KnowledgeGraph


class Outputs(Catalogue):
    """What `KnowledgeGraph` can be turned into."""

    @property
    def _self(self) -> KnowledgeGraph:
        """The graph that is turned into something, in memory."""
        return cast("KnowledgeGraph", self)

    def dump(self, format_name: str) -> bytes:
        """Return all triples, asserted and derived, in an RDF format (see `formats.rdf.FORMATS`)."""
        from rlsgraph.formats.rdf import dump

        return dump(self._store, format_name)

    def to_rdflib(self) -> rdflib.Graph:
        """Return an rdflib graph with all triples but the reifiers: rdflib cannot hold RDF 1.2 triple terms."""
        from rlsgraph.formats.rdf import to_rdflib

        return to_rdflib(self._store)

    def to_networkx(self, *, causal_only: bool = False) -> networkx.MultiDiGraph:
        """Return a networkx graph: entities as nodes, claims and definitional links as edges (keys are their IRIs)."""
        from rlsgraph.formats.graph import to_networkx

        return to_networkx(self._self, causal_only=causal_only)

    def to_html(self, *, title: str | None = None, view: View | None = None) -> str:
        """Return the interactive page as one self-contained HTML text, opening on a view (see `explorer.views`)."""
        from rlsgraph.explorer.page import render_page

        return render_page(self._self, title=title, opening=view.address if view else "")

    def to_figure(self, format_name: str, *, title: str | None = None, view: View | None = None) -> bytes:
        """Return a still figure as `svg`, `png` or `pdf`: of a view, or of the best hypothesis."""
        from rlsgraph.explorer.figure import render_figure
        from rlsgraph.explorer.views import view_hypothesis

        return render_figure(view or view_hypothesis(self._self), format_name, version=self._self.version, title=title)

    def show(
        self, *, hypothesis: str | None = None, between: tuple[str, str] | None = None, around: str | None = None
    ) -> PageFrame:
        """Return the page as a notebook shows it, opening on a hypothesis, between two entities, or around one."""
        from rlsgraph.explorer.views import show_page

        return show_page(self._self, hypothesis=hypothesis, between=between, around=around)

    def _repr_html_(self) -> str:
        return self.show()._repr_html_()
