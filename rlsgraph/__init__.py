"""An evidence-backed knowledge graph of the mechanisms hypothesised behind restless legs syndrome.

>>> import rlsgraph
>>> kg = rlsgraph.load()
>>> kg.entity("SIBO").label
'small intestinal bacterial overgrowth'
"""

# Each public name is imported when it is first asked for: `import rlsgraph` stays light. Which names there are, and where,
# stands once, in __init__.pyi: type checkers and editors read it, and so does this module. (lazy_loader's `attach_stub` does the
# same by way of a syntax tree: a dependency more, and `ast` to import at each start. Nor are `pathlib` and `typing` light.)

from importlib import import_module

with open(__file__.removesuffix(".py") + ".pyi", encoding="utf-8") as _stub:  # noqa: PTH123
    _LINES = _stub.read().splitlines()
_HOMES = {words[3]: words[1] for words in map(str.split, _LINES) if words[:1] == ["from"]}

__all__ = sorted(_HOMES)


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return __all__
