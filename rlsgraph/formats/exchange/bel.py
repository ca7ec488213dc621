"""Write BEL statements: one for each supporting evidence item, with its citation.

BEL cannot say that a study disputes a statement, and a statement needs a citation: disputing and inconclusive items and claims
that nothing supports are left out, and counted at the head of the document.
"""

from __future__ import annotations

from rlsgraph.formats.exchange.content import Content, on_one_line
from rlsgraph.model.namespaces import slug_of
from rlsgraph.model.things import Claim, Entity, Evidence, Source
from rlsgraph.model.vocabulary import Direction, Predicate

NAMESPACE = "RLSGRAPH"
RELATIONS = {
    Predicate.INCREASES: "increases",
    Predicate.DECREASES: "decreases",
    Predicate.AFFECTS: "regulates",
    Predicate.POSITIVELY_ASSOCIATED_WITH: "positiveCorrelation",
    Predicate.NEGATIVELY_ASSOCIATED_WITH: "negativeCorrelation",
}
_FUNCTIONS = {
    "path": {"Disease", "PhenotypicFeature", "PathologicalProcess", "ClinicalFinding"},
    "p": {"Protein"},
    "g": {"SequenceVariant", "Genotype", "Gene"},
    "a": {"SmallMolecule", "Drug", "ChemicalEntity", "Treatment", "Food", "Procedure"},
}
"""BEL function by Biolink category; anything else is a process, `bp`."""


def bel(content: Content) -> str:
    """Return a BEL script, version 2."""
    lines = [
        f"# {on_one_line(content.title)}, version {content.version}",
        f"# Left out, since BEL has no word for it: {_left_out(content)}.",
        f'SET DOCUMENT Name = "{_quoted(content.title)}"',
        f'SET DOCUMENT Version = "{_quoted(content.version)}"',
        f'DEFINE NAMESPACE {NAMESPACE} AS PATTERN ".+"',
        'DEFINE ANNOTATION Design AS PATTERN ".+"',
        'DEFINE ANNOTATION ClaimScore AS PATTERN ".+"',
        'DEFINE ANNOTATION Claim AS PATTERN ".+"',
    ]
    for claim in content.claims:
        for item in claim.evidence:
            if item.direction is Direction.SUPPORTS and not item.source.retracted:
                lines += ["", *_statement(claim, item)]
    return "\n".join(lines) + "\n"


def _left_out(content: Content) -> str:
    items = [item for claim in content.claims for item in claim.evidence]
    unsupported = sum(not claim.count(Direction.SUPPORTS) for claim in content.claims)
    other = {kind: sum(item.direction is kind for item in items) for kind in (Direction.DISPUTES, Direction.INCONCLUSIVE)}
    counted = ", ".join(f"{count} {kind.label} items" for kind, count in other.items())
    return f"{counted}, {unsupported} claims that nothing supports, {len(content.links)} definitional links"


def _statement(claim: Claim, item: Evidence) -> list[str]:
    kind, reference = _citation(item.source)
    return [
        f'SET Citation = {{"{kind}", "{_quoted(item.source.title)}", "{_quoted(reference)}"}}',
        f'SET Evidence = "{_quoted(item.finding or item.effect or item.identifier)}"',
        f'SET Design = "{item.design.label}"',
        f'SET ClaimScore = "{claim.score:.4f}"',
        f'SET Claim = "{claim.iri}"',
        f"{_term(claim.subject)} {RELATIONS[claim.predicate]} {_term(claim.object)}",
    ]


def _citation(source: Source) -> tuple[str, str]:
    if source.pmid:
        return "PubMed", source.pmid
    if source.doi:
        return "DOI", source.doi
    return ("Online Resource", source.url) if source.url else ("Other", source.iri)


def _term(entity: Entity) -> str:
    category = slug_of(entity.category).rpartition(":")[2]
    function = next((name for name, categories in _FUNCTIONS.items() if category in categories), "bp")
    return f'{function}({NAMESPACE}:"{_quoted(entity.label)}")'


def _quoted(text: str) -> str:
    """Return a text that can stand in quotes: BEL's readers differ on escapes, so there are none."""
    return on_one_line(text).replace("\\", "/").replace('"', "'")
