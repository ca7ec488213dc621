"""Write the graph for programs that draw networks: CX2, Cytoscape.js, GEXF, DOT. Each keeps the IRI of each claim."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from rlsgraph.explorer.palette import TONES
from rlsgraph.formats.exchange.content import Content, on_one_line
from rlsgraph.formats.graph import claim_attributes, entity_attributes, link_attributes
from rlsgraph.model.things import Claim, DefinitionalLink
from rlsgraph.model.vocabulary import Polarity

if TYPE_CHECKING:
    from collections.abc import Iterator

Attributes = dict[str, str | int | float | bool]

_CX2_TYPES = {bool: "boolean", int: "integer", float: "double", str: "string"}
_HEADS = {Polarity.RAISES: "normal", Polarity.LOWERS: "tee", Polarity.UNKNOWN: "odot"}


def _edges(content: Content) -> Iterator[tuple[Claim | DefinitionalLink, Attributes]]:
    """Yield every claim and link with its attributes; `name` says it in words, `interaction` is the predicate alone."""
    for claim in content.claims:
        yield claim, {"name": str(claim), "interaction": claim.predicate.value, **claim_attributes(claim)}
    for link in content.links:
        yield link, {"name": str(link), "interaction": link.kind.value, **link_attributes(link)}


def cx2(content: Content) -> str:
    """Return CX2 (Cytoscape Exchange, version 2.0): attributes are declared, nodes and edges numbered."""
    numbers = {entity.iri: number for number, entity in enumerate(content.entities)}
    nodes: list[dict[str, Any]] = [
        {"id": numbers[entity.iri], "v": {"name": entity.label, "iri": entity.iri, **entity_attributes(entity)}}
        for entity in content.entities
    ]
    edges: list[dict[str, Any]] = [
        {"id": number, "s": numbers[step.subject.iri], "t": numbers[step.object.iri], "v": attributes}
        for number, (step, attributes) in enumerate(_edges(content))
    ]
    about = {"name": content.title, "version": content.version}
    declared = {
        "networkAttributes": {name: {"d": "string"} for name in about},
        "nodes": _declared(nodes),
        "edges": _declared(edges),
    }
    aspects: list[dict[str, Any]] = [
        {"attributeDeclarations": [declared]},
        {"networkAttributes": [about]},
        {"nodes": nodes},
        {"edges": edges},
    ]
    counts = [{"name": name, "elementCount": len(items)} for aspect in aspects for name, items in aspect.items()]
    status = {"status": [{"success": True}]}
    return json.dumps([{"CXVersion": "2.0", "hasFragments": False}, {"metaData": counts}, *aspects, status], ensure_ascii=False)


def _declared(elements: list[dict[str, Any]]) -> dict[str, dict[str, str]]:
    return {name: {"d": _CX2_TYPES[type(value)]} for element in elements for name, value in element["v"].items()}


def cytoscape(content: Content) -> str:
    """Return the JSON of Cytoscape.js, which Cytoscape opens too (`.cyjs`): ids are IRIs."""
    nodes = [{"data": {"id": entity.iri, "name": entity.label, **entity_attributes(entity)}} for entity in content.entities]
    edges = [
        {"data": {"id": step.iri, "source": step.subject.iri, "target": step.object.iri, **attributes}}
        for step, attributes in _edges(content)
    ]
    data = {"name": content.title, "version": content.version}
    return json.dumps({"data": data, "elements": {"nodes": nodes, "edges": edges}}, ensure_ascii=False, indent=1) + "\n"


def gexf(content: Content) -> str:
    """Return GEXF 1.2, as Gephi reads it; ids are IRIs."""
    import networkx

    graph = networkx.MultiDiGraph()
    for entity in content.entities:
        graph.add_node(entity.iri, **_printable({"label": entity.label, **entity_attributes(entity)}))
    for step, attributes in _edges(content):
        described = _printable({"label": attributes["name"], **attributes})
        graph.add_edge(step.subject.iri, step.object.iri, key=step.iri, id=step.iri, **described)
    return "\n".join(networkx.generate_gexf(graph, version="1.2draft")) + "\n"


def _printable(attributes: Attributes) -> Attributes:
    """Return attributes whose texts XML can hold."""
    return {name: on_one_line(value) if isinstance(value, str) else value for name, value in attributes.items()}


def dot(content: Content) -> str:
    """Return DOT: colour and head tell what raises, what lowers and what is open; a line is as thick as its score."""
    lines = [f"digraph {_quoted(content.title)} {{", "  rankdir=LR;", "  node [shape=box, style=rounded];"]
    lines.extend(f"  {_quoted(entity.iri)} [label={_quoted(entity.label)}];" for entity in content.entities)
    for step, attributes in _edges(content):
        looks = _looks(attributes)
        drawn = ", ".join(f"{name}={_quoted(value)}" for name, value in looks.items())
        lines.append(f"  {_quoted(step.subject.iri)} -> {_quoted(step.object.iri)} [id={_quoted(step.iri)}, {drawn}];")
    return "\n".join((*lines, "}")) + "\n"


def _looks(attributes: Attributes) -> dict[str, str]:
    polarity = Polarity(int(attributes["polarity"]))
    looks = {"tooltip": str(attributes["name"]), "color": TONES[polarity], "arrowhead": _HEADS[polarity]}
    if attributes["kind"] == "definition":
        return looks | {"style": "dotted"}
    score = float(attributes["score"])
    dashed = {"style": "dashed"} if attributes["untested"] else {}
    return looks | dashed | {"penwidth": f"{0.5 + 3 * score:.2f}", "label": f"{score:.2f}"}


def _quoted(text: str) -> str:
    """Return a quoted string of DOT; a backslash would start an escape of its own."""
    plain = on_one_line(text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{plain}"'
