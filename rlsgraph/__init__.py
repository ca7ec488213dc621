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
    from rlsgraph.knowledge_graph import KnowledgeGraph
    from rlsgraph.loading import load
    from rlsgraph.model import Claim, Confidence, DefinitionalLink, Entity, Evidence, Hypothesis, Source
    from rlsgraph.reasoning.causal_path import CausalPath
    from rlsgraph.reasoning.hypotheses import RankedHypothesis
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

_HOMES = {
    "CausalPath": "rlsgraph.reasoning.causal_path",
    "Claim": "rlsgraph.model",
    "Confidence": "rlsgraph.model",
    "ConfidenceLevel": "rlsgraph.vocabulary",
    "DataError": "rlsgraph.errors",
    "DefinitionalLink": "rlsgraph.model",
    "Direction": "rlsgraph.vocabulary",
    "Entity": "rlsgraph.model",
    "Evidence": "rlsgraph.model",
    "Explanation": "rlsgraph.confidence",
    "Hypothesis": "rlsgraph.model",
    "KnowledgeGraph": "rlsgraph.knowledge_graph",
    "LinkKind": "rlsgraph.vocabulary",
    "Polarity": "rlsgraph.vocabulary",
    "Predicate": "rlsgraph.vocabulary",
    "Profile": "rlsgraph.confidence",
    "ProfileError": "rlsgraph.errors",
    "QueryError": "rlsgraph.errors",
    "QueryRefusedError": "rlsgraph.errors",
    "QuerySyntaxError": "rlsgraph.errors",
    "RankedHypothesis": "rlsgraph.reasoning.hypotheses",
    "RlsGraphError": "rlsgraph.errors",
    "Source": "rlsgraph.model",
    "StudyDesign": "rlsgraph.vocabulary",
    "UnknownNameError": "rlsgraph.errors",
    "load": "rlsgraph.loading",
}
"""Where each public name lives: it is imported when it is first asked for, so that `import rlsgraph` stays light."""


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return __all__
