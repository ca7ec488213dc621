"""Read PhysioMap: signed causal relations between physiological variables, in RDF.

The file says by which class of evidence a relation is known, not by which study: each relation is a source of its own.
"""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pyoxigraph as ox

from rlsgraph.formats.reading.draft import Draft
from rlsgraph.model import namespaces as ns
from rlsgraph.model.namespaces import slug_of
from rlsgraph.model.vocabulary import Direction, Predicate, StudyDesign
from rlsgraph.triples.files import load_file

PMO = "https://w3id.org/physiomap/ontology#"
SIGNS = {"+": Predicate.INCREASES, "-": Predicate.DECREASES, "?": Predicate.AFFECTS}
DESIGNS = {
    "mendelian_randomization": StudyDesign.MENDELIAN_RANDOMISATION,
    "perturbation": StudyDesign.ANIMAL_STUDY,
    "pharmacological": StudyDesign.ANIMAL_STUDY,
    "curated_mechanistic": StudyDesign.EXPERT_HYPOTHESIS,
    "mechanistic_model": StudyDesign.EXPERT_HYPOTHESIS,
}
"""Classes of evidence that name a kind of study; of a broken gene (`genetic_lof_gof`) the design is not stated."""

_VARIABLES = f"""
SELECT ?variable (SAMPLE(?text) AS ?label) {{
  ?variable a <{PMO}Variable> OPTIONAL {{ ?variable <{ns.RDFS}label> ?text }}
}} GROUP BY ?variable ORDER BY ?variable"""
_RELATIONS = f"""
SELECT ?relation ?source ?sign ?target ?evidence ?mechanism {{
  ?relation a <{PMO}CausalRelation> ; <{PMO}hasSource> ?source ; <{PMO}sign> ?sign ; <{PMO}hasTarget> ?target .
  OPTIONAL {{ ?relation <{PMO}causalEvidence> ?evidence }} OPTIONAL {{ ?relation <{PMO}mechanism> ?mechanism }}
}} ORDER BY ?relation"""
_OTHER = ("ProductionRelation", "ConstitutiveRelation", "QuantitativeDefinition")


def read(path: Path) -> Draft:
    """Return what a Turtle file of PhysioMap says."""
    store, draft = ox.Store(), Draft()
    load_file(store, path, otherwise=ox.RdfFormat.TURTLE)
    entities = {}
    for variable, label in cast("ox.QuerySolutions", store.query(_VARIABLES)):
        name = slug_of(variable.value)
        entities[variable] = draft.entity(variable.value, label.value if label else name, synonyms=[name], exact=variable.value)
    for relation, source, sign, target, evidence, mechanism in cast("ox.QuerySolutions", store.query(_RELATIONS)):
        if source not in entities or target not in entities or sign.value not in SIGNS:
            draft.lost["causal relations whose variable or sign is not known"] += 1
            continue
        claim = draft.claim(entities[source], SIGNS[sign.value], entities[target])
        if claim is not None:
            draft.evidence(
                relation.value,
                claim,
                draft.source(slug_of(relation.value), url=relation.value),
                Direction.SUPPORTS,
                DESIGNS.get(evidence.value if evidence else "", StudyDesign.UNKNOWN),
                text=mechanism.value if mechanism else "",
                locator=f"causal evidence: {evidence.value}" if evidence else "",
            )
    for name in _OTHER:
        count = sum(1 for _ in store.quads_for_pattern(None, ox.NamedNode(ns.RDF + "type"), ox.NamedNode(PMO + name)))
        if count:
            draft.lost[f"statements of the class {name}"] = count
    return draft
