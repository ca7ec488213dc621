"""An evidence-backed knowledge graph of the mechanisms hypothesised behind restless legs syndrome.

>>> import rlsgraph
>>> kg = rlsgraph.load()
>>> kg.entity("SIBO").label
'small intestinal bacterial overgrowth'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from rlsgraph.version import __version__

if TYPE_CHECKING:
    from rlsgraph.errors import (
        DataError,
        EndpointError,
        ProfileError,
        QueryError,
        QueryRefusedError,
        QuerySyntaxError,
        RlsGraphError,
        SameEntityError,
        TooLargeError,
        UnknownNameError,
        WhatIfError,
    )
    from rlsgraph.graph.knowledge_graph import KnowledgeGraph, LargeGraph
    from rlsgraph.graph.loading import connect, load, open  # noqa: A004
    from rlsgraph.graph.what_if import SupposedEvidence
    from rlsgraph.model.confidence import Explanation, Profile
    from rlsgraph.model.things import Claim, Confidence, DefinitionalLink, Entity, Evidence, Expectation, Hypothesis, Source
    from rlsgraph.model.vocabulary import (
        ConfidenceLevel,
        Direction,
        ExpectationOutcome,
        LinkKind,
        Polarity,
        Predicate,
        StudyDesign,
    )
    from rlsgraph.reasoning.absence import Absence
    from rlsgraph.reasoning.agenda import Agenda, ResearchGap
    from rlsgraph.reasoning.causal_path import CausalPath
    from rlsgraph.reasoning.checkup import Finding, RetractionSweep
    from rlsgraph.reasoning.claim_support import Support
    from rlsgraph.reasoning.comparison import Movement, RivalComparison
    from rlsgraph.reasoning.contradictions import Contradiction
    from rlsgraph.reasoning.expectations import Verdict
    from rlsgraph.reasoning.hypotheses import NamedRoute, RankedHypothesis

__all__ = [
    "Absence",
    "Agenda",
    "CausalPath",
    "Claim",
    "Confidence",
    "ConfidenceLevel",
    "Contradiction",
    "DataError",
    "DefinitionalLink",
    "Direction",
    "EndpointError",
    "Entity",
    "Evidence",
    "Expectation",
    "ExpectationOutcome",
    "Explanation",
    "Finding",
    "Hypothesis",
    "KnowledgeGraph",
    "LargeGraph",
    "LinkKind",
    "Movement",
    "NamedRoute",
    "Polarity",
    "Predicate",
    "Profile",
    "ProfileError",
    "QueryError",
    "QueryRefusedError",
    "QuerySyntaxError",
    "RankedHypothesis",
    "ResearchGap",
    "RetractionSweep",
    "RivalComparison",
    "RlsGraphError",
    "SameEntityError",
    "Source",
    "StudyDesign",
    "Support",
    "SupposedEvidence",
    "TooLargeError",
    "UnknownNameError",
    "Verdict",
    "WhatIfError",
    "__version__",
    "connect",
    "load",
    "open",
]

_HOMES = {
    "Absence": "rlsgraph.reasoning.absence",
    "Agenda": "rlsgraph.reasoning.agenda",
    "CausalPath": "rlsgraph.reasoning.causal_path",
    "Claim": "rlsgraph.model.things",
    "Confidence": "rlsgraph.model.things",
    "ConfidenceLevel": "rlsgraph.model.vocabulary",
    "Contradiction": "rlsgraph.reasoning.contradictions",
    "DataError": "rlsgraph.errors",
    "DefinitionalLink": "rlsgraph.model.things",
    "Direction": "rlsgraph.model.vocabulary",
    "EndpointError": "rlsgraph.errors",
    "Entity": "rlsgraph.model.things",
    "Evidence": "rlsgraph.model.things",
    "Expectation": "rlsgraph.model.things",
    "ExpectationOutcome": "rlsgraph.model.vocabulary",
    "Explanation": "rlsgraph.model.confidence",
    "Finding": "rlsgraph.reasoning.checkup",
    "Hypothesis": "rlsgraph.model.things",
    "KnowledgeGraph": "rlsgraph.graph.knowledge_graph",
    "LargeGraph": "rlsgraph.graph.knowledge_graph",
    "LinkKind": "rlsgraph.model.vocabulary",
    "Movement": "rlsgraph.reasoning.comparison",
    "NamedRoute": "rlsgraph.reasoning.hypotheses",
    "Polarity": "rlsgraph.model.vocabulary",
    "Predicate": "rlsgraph.model.vocabulary",
    "Profile": "rlsgraph.model.confidence",
    "ProfileError": "rlsgraph.errors",
    "QueryError": "rlsgraph.errors",
    "QueryRefusedError": "rlsgraph.errors",
    "QuerySyntaxError": "rlsgraph.errors",
    "RankedHypothesis": "rlsgraph.reasoning.hypotheses",
    "ResearchGap": "rlsgraph.reasoning.agenda",
    "RetractionSweep": "rlsgraph.reasoning.checkup",
    "RivalComparison": "rlsgraph.reasoning.comparison",
    "RlsGraphError": "rlsgraph.errors",
    "SameEntityError": "rlsgraph.errors",
    "Source": "rlsgraph.model.things",
    "StudyDesign": "rlsgraph.model.vocabulary",
    "Support": "rlsgraph.reasoning.claim_support",
    "SupposedEvidence": "rlsgraph.graph.what_if",
    "TooLargeError": "rlsgraph.errors",
    "UnknownNameError": "rlsgraph.errors",
    "Verdict": "rlsgraph.reasoning.expectations",
    "WhatIfError": "rlsgraph.errors",
    "connect": "rlsgraph.graph.loading",
    "load": "rlsgraph.graph.loading",
    "open": "rlsgraph.graph.loading",
}
"""Where each public name lives: it is imported when it is first asked for, so that `import rlsgraph` stays light."""


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return __all__
