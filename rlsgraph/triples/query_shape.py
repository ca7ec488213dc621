"""Take a SPARQL query apart at its outermost level, to ask the same in another shape."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rlsgraph.model import namespaces as ns
from rlsgraph.triples.query_text import spell_out_names
from rlsgraph.triples.query_tokens import iter_words

_FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_DECLARATIONS = {"BASE": 2, "PREFIX": 3}
"""What may stand before a form, and how many tokens it has."""

_Tokens = Sequence[tuple[int, str]]


@dataclass(frozen=True, slots=True)
class QueryShape:
    """A query in its parts: what is declared, its form, what it gives, the graphs it names, and the pattern with all after it.

    Where the text is no query (an update, say), all of it is prologue.
    """

    prologue: str
    form: str = ""
    projection: str = ""
    dataset: str = ""
    where: str = ""
    limit: int | None = None

    @classmethod
    def parse(cls, text: str) -> QueryShape:
        """Take a text apart."""
        tokens: _Tokens = list(iter_words(text))
        while tokens and tokens[0][1].upper() in _DECLARATIONS:
            tokens = tokens[_DECLARATIONS[tokens[0][1].upper()] :]
        if not tokens or tokens[0][1].upper() not in _FORMS:
            return cls(text)
        (start, form), rest = tokens[0], tokens[1:]
        if form.upper() == "CONSTRUCT" and rest and rest[0][1] == "{":
            rest = rest[_closing(rest) + 1 :]
        after_projection = _first(rest, ("FROM", "WHERE", "{"), len(text))
        where = _first(rest, ("WHERE", "{"), len(text))
        return cls(
            text[:start],
            form.upper(),
            text[start + len(form) : after_projection],
            text[after_projection:where],
            text[where:],
            _limit(rest),
        )

    @property
    def text(self) -> str:
        """The whole query."""
        return f"{self.prologue}{self.form}{self.projection}{self.dataset}{self.where}"

    def around(self, projection: str) -> str:
        """Return a SELECT that has this one inside it, and gives something else for each of its rows."""
        return f"{self.prologue}SELECT {projection} {self.dataset} WHERE {{ SELECT{self.projection}{self.where}\n}}"

    def solutions(self) -> str:
        """Return the SELECT of what a CONSTRUCT or DESCRIBE makes its triples from."""
        return f"{self.prologue}SELECT * {self.dataset}{self.where}"


def with_prefixes(text: str) -> str:
    """Return a query that declares the project's prefixes which it uses; what it declares itself stays.

    All goes on the first line, so that an endpoint's word about a line is right.
    """
    spelt_out = spell_out_names(text)
    words = [word for _, word in iter_words(spelt_out)]
    declared = {name.partition(":")[0] for word, name in pairwise(words) if word.upper() == "PREFIX"}
    used = {word.partition(":")[0] for word in words if ":" in word}
    wanted = [prefix for prefix in ns.PREFIXES if prefix in used - declared]
    return "".join(f"PREFIX {prefix}: <{ns.PREFIXES[prefix]}> " for prefix in wanted) + spelt_out


def _first(tokens: _Tokens, words: tuple[str, ...], otherwise: int) -> int:
    return next((start for start, word in tokens if word.upper() in words), otherwise)


def _closing(tokens: _Tokens) -> int:
    """Return the place of the brace that closes the first one; the last place where none does."""
    depth = 0
    for place, (_, word) in enumerate(tokens):
        depth += (word == "{") - (word == "}")
        if depth == 0:
            return place
    return len(tokens) - 1


def _limit(tokens: _Tokens) -> int | None:
    """Return the number after the outermost LIMIT."""
    return next((int(n) for word, n in pairwise(_outermost(tokens)) if word.upper() == "LIMIT" and n.isdecimal()), None)


def _outermost(tokens: _Tokens) -> Iterator[str]:
    depth = 0
    for _, word in tokens:
        depth += (word in ("{", "(")) - (word in ("}", ")"))
        if depth == 0:
            yield word
