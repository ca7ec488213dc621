"""How answers show themselves: in a line or two as text, as a table in a notebook, and as rows for other tools.

A class of answers says `class Support(Shown)` and gets all of it; several values in an order are a `Listing`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any, SupportsIndex, TypeVar, overload

from rlsgraph.model.late import output

if TYPE_CHECKING:
    import pandas

LONGEST_WORDS = 160
_LISTED = 3

_T = TypeVar("_T")


class Shown:
    """A value with a short `repr`, a table for notebooks, and rows."""

    __slots__ = ()

    def __init_subclass__(cls, **options: Any) -> None:
        """Keep `dataclass` from giving the class a `repr` of all its fields, and of all fields of those."""
        super().__init_subclass__(**options)
        if "__repr__" not in cls.__dict__:
            cls.__repr__ = Shown.__repr__  # type: ignore[method-assign]

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {_cut(words_of(self))}>"

    def _repr_html_(self) -> str:
        return str(output("answer_html")(self))

    def to_dicts(self) -> list[dict[str, Any]]:
        """Return the rows as plain values: the columns of the CSV and the keys of the JSON that the commands print."""
        rows: list[dict[str, Any]] = output("answer_rows")(self)
        return rows

    def to_pandas(self) -> pandas.DataFrame:
        """Return the rows as a data frame; pandas must be installed."""
        return output("answer_frame")(self)


class ShownRows(Shown):
    """An answer of several rows: it is as long as its table, and true where that has a row."""

    __slots__ = ()

    def __len__(self) -> int:
        return len(self.to_dicts())

    def __bool__(self) -> bool:
        return len(self) > 0


class Listing(tuple[_T, ...], Shown):
    """Several values of one kind in an order; `what` they are, in the plural, is known where there are none too."""

    what: str

    @classmethod
    def of(cls, what: str, values: Iterable[_T]) -> Listing[_T]:
        """Return values as a listing of what they are, e.g. `paths`."""
        found = cls(values)
        found.what = what
        return found

    def __reduce__(self) -> tuple[Any, ...]:
        return Listing.of, (self.what, tuple(self))

    def __repr__(self) -> str:
        few = "; ".join(map(words_of, self[:_LISTED]))
        more = "; …" if len(self) > _LISTED else ""
        return f"<{len(self)} {self.what}{': ' if self else ''}{_cut(few)}{more}>"

    @overload
    def __getitem__(self, place: SupportsIndex, /) -> _T: ...
    @overload
    def __getitem__(self, place: slice, /) -> Listing[_T]: ...
    def __getitem__(self, place: Any, /) -> Any:
        found = super().__getitem__(place)
        return Listing.of(self.what, found) if isinstance(place, slice) else found


def words_of(value: Any) -> str:
    """Return a value in a few words: what it says or is called, its level and number; else its fields."""
    if _says_itself(value):
        words = str(value)
    elif isinstance(label := getattr(value, "label", None) or getattr(value, "title", None), str):
        words = label
    else:
        return _fields(value)
    score = getattr(value, "score", None)
    return f"{words}, {value.level.label} {score:.2f}" if isinstance(score, float) and hasattr(value, "level") else words


def _fields(value: Any) -> str:
    if not is_dataclass(value):
        return _short("", value)
    shown = (_short(field.name, getattr(value, field.name)) for field in fields(value) if not field.name.startswith("_"))
    return "; ".join(filter(None, shown))


def _short(name: str, value: Any) -> str:
    if value is None or value == ():
        return ""
    if isinstance(value, bool):
        return name if value else ""
    if isinstance(value, Enum):
        return str(getattr(value, "label", value.value))
    if isinstance(value, float | int):
        return f"{name} {value:.4g}" if isinstance(value, float) else f"{name} {value}"
    if isinstance(value, str):
        return "" if name == "iri" else value
    if isinstance(value, tuple | list | dict | frozenset | set):
        return f"{len(value)} {name.replace('_', ' ')}"
    return words_of(value) if isinstance(value, Shown) or _says_itself(value) else ""


def _says_itself(value: Any) -> bool:
    """Tell whether a value's class says what it is as text: `object` would give its `repr`, and go in a circle."""
    return "__str__" in {name for base in type(value).__mro__[:-1] for name in vars(base)} and not isinstance(value, tuple)


def _cut(words: str) -> str:
    text = " ".join(words.split())
    return text if len(text) <= LONGEST_WORDS else text[: LONGEST_WORDS - 1] + "…"
