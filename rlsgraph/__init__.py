"""An evidence-backed knowledge graph of the mechanisms hypothesised behind restless legs syndrome.

    >>> import rlsgraph
    >>> kg = rlsgraph.load()
    >>> kg.entity("SIBO").label
    'small intestinal bacterial overgrowth'
"""

from rlsgraph.confidence import Explanation, Profile
from rlsgraph.errors import (
    DataError,
    ProfileError,
    QueryError,
    QueryRefusedError,
    QuerySyntaxError,
    RlsGraphError,
    UnknownNameError,
)
from rlsgraph.knowledge_graph import VERSION as __version__
from rlsgraph.knowledge_graph import KnowledgeGraph, load
from rlsgraph.model import Claim, Confidence, DefinitionalLink, Entity, Evidence, Hypothesis, Source
from rlsgraph.reasoning.hypotheses import CausalPath, RankedHypothesis
from rlsgraph.vocabulary import (
    ConfidenceLevel,
    Direction,
    LinkKind,
    Polarity,
    Predicate,
    StudyDesign,
)

__all__ = [
    "CausalPath",
    "Claim",
    "Confidence",
    "ConfidenceLevel",
    "DataError",
    "DefinitionalLink",
    "Direction",
    "Entity",
    "Evidence",
    "Explanation",
    "Hypothesis",
    "KnowledgeGraph",
    "LinkKind",
    "Polarity",
    "Predicate",
    "Profile",
    "ProfileError",
    "QueryError",
    "QueryRefusedError",
    "QuerySyntaxError",
    "RankedHypothesis",
    "RlsGraphError",
    "Source",
    "StudyDesign",
    "UnknownNameError",
    "__version__",
    "load",
]
