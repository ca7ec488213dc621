"""List the formats of other tools once: choices, help and documents come from here.

Another package adds a format by an entry point of the group `rlsgraph.formats` that names a `Format`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache

from rlsgraph.formats.added import with_added
from rlsgraph.formats.exchange import bel, bibliography, dataset, evidence_table, kgx, linked, networks, sssom
from rlsgraph.formats.exchange.content import Content

Writer = Callable[[Content], str]

ENTRY_POINTS = "rlsgraph.formats"


@dataclass(frozen=True, slots=True)
class Format:
    """A format that the graph is written in.

    `parts` are the files that it consists of: what is put behind the name that was asked for (nothing where it is one file),
    and the function that makes the text. `endings` are those of files by which the format is known. `summary` says in a line
    who reads it, `loses` what it cannot hold. `is_table` says that `rlsgraph import` reads it back as a table.
    """

    name: str
    summary: str
    parts: Mapping[str, Writer] = field(hash=False)
    endings: tuple[str, ...] = ()
    loses: str = ""
    is_table: bool = False

    def write(self, content: Content) -> dict[str, bytes]:
        """Return the content of each part, in UTF-8."""
        return {ending: writer(content).encode() for ending, writer in self.parts.items()}


def _one(name: str, writer: Writer, summary: str, *endings: str, loses: str = "") -> Format:
    return Format(name, summary, {"": writer}, endings, loses)


_RESULTS = "hypotheses; why studies weigh what they weigh"
OWN: tuple[Format, ...] = (
    Format(
        "kgx",
        "KGX tables in Biolink 4.4 terms (OUT_nodes.tsv, OUT_edges.tsv): Translator, KG-Hub, Monarch",
        {"_nodes.tsv": kgx.nodes_tsv, "_edges.tsv": kgx.edges_tsv},
        loses=_RESULTS,
    ),
    Format(
        "kgx-jsonl",
        "the same as JSON Lines (OUT_nodes.jsonl, OUT_edges.jsonl)",
        {"_nodes.jsonl": kgx.nodes_jsonl, "_edges.jsonl": kgx.edges_jsonl},
        loses=_RESULTS,
    ),
    _one("cx2", networks.cx2, "CX2: Cytoscape, NDEx", ".cx2", loses="evidence, but its counts; hypotheses"),
    _one("cytoscape", networks.cytoscape, "JSON of Cytoscape.js", ".cyjs", loses="evidence, but its counts; hypotheses"),
    _one("gexf", networks.gexf, "GEXF: Gephi", ".gexf", loses="evidence, but its counts; hypotheses"),
    _one("dot", networks.dot, "DOT: Graphviz", ".dot", ".gv", loses="all but labels, polarity and score"),
    _one("sssom", sssom.sssom, "SSSOM: matches of entities in other vocabularies", ".sssom.tsv", loses="all but the matches"),
    _one(
        "nanopub",
        linked.nanopubs,
        "nanopublications, one a claim (TriG); --sign signs them",
        ".nanopub.trig",
        loses="figures of studies; hypotheses; links",
    ),
    _one(
        "sepio", linked.sepio, "SEPIO assertions with evidence lines (Turtle)", ".sepio.ttl", loses="figures; hypotheses; links"
    ),
    _one("bel", bel.bel, "BEL statements", ".bel", loses="disputing and open evidence, untested claims, links (counted in it)"),
    _one("bibtex", bibliography.bibtex, "BibTeX of the sources", ".bib", loses="all but the sources"),
    _one("ris", bibliography.ris, "RIS of the sources: Zotero, EndNote", ".ris", loses="all but the sources"),
    Format(
        "evidence",
        "CSV, a row for each evidence item, as `import` reads it",
        {"": evidence_table.evidence_csv},
        (".evidence.csv",),
        loses="links; hypotheses",
        is_table=True,
    ),
    _one("dataset", dataset.dataset, "VoID, DCAT and schema.org about the graph", ".void.ttl", loses="all but the description"),
)
"""The formats of this package, in the order in which they are listed."""


@cache
def formats() -> Mapping[str, Format]:
    """Return every format by name: those of this package, then those that others add; a name that is taken is refused."""
    return with_added(OWN, Format, ENTRY_POINTS)


def format_of(file_name: str) -> Format | None:
    """Return the format that the ending of a file names, the longest ending first; None where there is none.

    >>> format_of("graph.cyjs").name
    'cytoscape'
    """
    endings = {ending: each for each in formats().values() for ending in each.endings}
    fits = [ending for ending in endings if file_name.lower().endswith(ending)]
    return endings[max(fits, key=len)] if fits else None
