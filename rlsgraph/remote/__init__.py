"""Ask and fill graphs behind SPARQL 1.1 endpoints, whoever runs them: by the protocol alone."""

from rlsgraph.remote.engine import RemoteEngine
from rlsgraph.remote.writer import GraphWriter

__all__ = ["GraphWriter", "RemoteEngine"]
