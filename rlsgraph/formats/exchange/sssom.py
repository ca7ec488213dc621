"""Write SSSOM: what the graph's entities correspond to in other vocabularies, one row a match."""

from __future__ import annotations

import json

from rlsgraph.formats.exchange.content import OWN_PREFIXES, Content, on_one_line, own_curie
from rlsgraph.model import namespaces as ns
from rlsgraph.model.namespaces import CURIE_BASES

COLUMNS = ("subject_id", "subject_label", "predicate_id", "object_id", "object_label", "mapping_justification")
JUSTIFICATION = "semapv:ManualMappingCuration"


def sssom(content: Content) -> str:
    """Return SSSOM/TSV with its metadata in front; every match was looked up by a curator."""
    rows = [
        (own_curie(entity.iri), entity.label, f"skos:{match.relation.value}", match.curie, match.label, JUSTIFICATION)
        for entity in content.entities
        for match in entity.matches
    ]
    used = {field.partition(":")[0] for row in rows for field in (row[0], row[2], row[3], row[5])}
    known = {**CURIE_BASES, **OWN_PREFIXES, "skos": ns.SKOS, "semapv": "https://w3id.org/semapv/vocab/"}
    metadata: dict[str, object] = {
        "curie_map": {prefix: known[prefix] for prefix in sorted(used) if prefix in known},
        **({"license": content.license} if content.license else {}),
        "mapping_set_id": f"{ns.BASE}mappings",
        "mapping_set_title": f"{on_one_line(content.title)}: entities in other vocabularies",
        "mapping_set_version": content.version,
    }
    header = "".join(f"# {name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in metadata.items())
    lines = ["\t".join(COLUMNS), *("\t".join(map(on_one_line, row)) for row in sorted(rows))]
    return header + "\n".join(lines) + "\n"
