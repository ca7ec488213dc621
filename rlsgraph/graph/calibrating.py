"""Look up graded claims in a graph, so that its scores can be measured against the gradings."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from rlsgraph.errors import UnknownNameError
from rlsgraph.model import namespaces as ns
from rlsgraph.reasoning.calibration import Calibration, Grading, calibrate, pair_up, predict_studies, read_gradings
from rlsgraph.reasoning.family import Links
from rlsgraph.triples.bounds import refuse_unless_file

if TYPE_CHECKING:
    from rlsgraph.graph.reasoner import Reasoner
    from rlsgraph.model.vocabulary import ConfidenceLevel


def calibrate_graph(kg: Reasoner, path: Path | None, *, seed: int) -> Calibration:
    """Return how a graph's scores agree with the gradings in a file (none: no gradings), and with studies left out.

    What raises a part raises the whole. So where a graded claim is of a whole and the graph has it of a part only (getting a
    disease, its severity), the pair has the score of that claim: the surest, where there are several.
    """
    links = Links(kg.links())
    claims = {(claim.subject.iri, claim.predicate, claim.object.iri): claim for claim in kg.claims()}
    profile = kg.profile

    def score_of(grading: Grading) -> tuple[float, ConfidenceLevel | None]:
        subject, object_ = (ns.ENTITY + name for name in (grading.subject, grading.object))
        claim = claims.get((subject, grading.predicate, object_)) or max(
            (c for part in links.parts(object_) if (c := claims.get((subject, grading.predicate, part))) is not None),
            key=lambda c: (c.score, c.iri),
            default=None,
        )
        if claim is not None:
            return claim.score, claim.level
        try:
            group = kg.entity(subject).group
        except UnknownNameError:
            group = ""
        return profile.prior(is_causal=grading.predicate.is_causal, group=group), None

    if path is not None:
        refuse_unless_file(path)
    pairs = pair_up(() if path is None else read_gradings(path), score_of)
    return calibrate(pairs, predict_studies([kg.explain(claim) for claim in claims.values()]), seed=seed)
