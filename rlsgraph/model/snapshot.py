"""Turn records into bytes and back, so that a process need not read every triple of a graph again.

The bytes are a pickle in which each value is made by its own class from its fields. Reading them makes values of the model
and plain data, and nothing else: a class that is not listed here is refused.
"""

from __future__ import annotations

import io
import pickle
from dataclasses import fields, is_dataclass
from enum import Enum
from hashlib import blake2b
from typing import Any

from rlsgraph.model import study_terms, superseded, things, vocabulary
from rlsgraph.model.records import Records

_PROTOCOL = 5


def _classes() -> dict[str, type]:
    """Return what a snapshot may be made of: the values and the closed sets of the model, by name."""
    found = {
        name: member
        for module in (things, study_terms, superseded, vocabulary)
        for name, member in vars(module).items()
        if isinstance(member, type) and member.__module__ == module.__name__
    }
    return {Records.__name__: Records, **found}


def describe_shape() -> str:
    """Return a short text that is another one wherever the classes have other fields or members, so that no old bytes fit."""
    parts = [f"{_PROTOCOL}"]
    for name, kind in sorted(_classes().items()):
        if is_dataclass(kind):
            parts.append(f"{name}: {[field.name for field in fields(kind)]}")
        elif issubclass(kind, Enum):
            parts.append(f"{name}: {[str(member.value) for member in kind]}")
    return blake2b("\n".join(parts).encode(), digest_size=8).hexdigest()


def dump_records(records: Records) -> bytes:
    """Return the bytes of records; a value that many share is written once."""
    out = io.BytesIO()
    _Writer(out, _PROTOCOL).dump(records)
    return out.getvalue()


def parse_records(data: bytes) -> Records:
    """Return the records of bytes that `dump_records` of this very shape gave; they must be whole."""
    found = _Reader(io.BytesIO(data)).load()
    assert isinstance(found, Records)
    return found


class _Writer(pickle.Pickler):
    """Write each value as its class and fields, each member of a closed set as its class and value."""

    def reducer_override(self, value: Any) -> Any:
        if isinstance(value, Enum):
            return type(value), (value.value,)
        if is_dataclass(value) and not isinstance(value, type):
            return type(value), tuple(getattr(value, field.name) for field in fields(value))
        return NotImplemented


class _Reader(pickle.Unpickler):  # it can make nothing but what is listed
    def __init__(self, file: io.BytesIO) -> None:
        super().__init__(file)
        self._known = _classes()

    def find_class(self, module_name: str, name: str) -> Any:
        try:
            return self._known[name]
        except KeyError:
            raise pickle.UnpicklingError(f"{module_name}.{name} is no value of the model") from None
