"""Load a graph with its scores into an endpoint, so that a push which is stopped goes on where it was."""

from rlsgraph.push.transfer import Pushed, push

__all__ = ["Pushed", "push"]
