"""Tell of terms in a query that nothing knows: an engine takes a misspelt one for a term without triples, and says nothing."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterator

from rlsgraph.errors import QueryWarning, UnknownNameError
from rlsgraph.model import namespaces as ns
from rlsgraph.model.names import nearest_names
from rlsgraph.triples import resources
from rlsgraph.triples.query_tokens import TOKEN, declared_prefixes


def read_question(text: str) -> str:
    """Return the SPARQL that a text means: the stored question of that name, where it is one word, or the text itself."""
    if not isinstance(text, str):
        raise TypeError(
            f"a query is a text of SPARQL or the name of a stored question, not a value of type {type(text).__name__}"
        )
    if not re.fullmatch(r"[\w.-]+", text.strip()):
        return text
    stored = resources.query_files()
    if text.strip() not in stored:
        near = nearest_names(text.strip(), {name: name for name in stored}) or tuple(stored)
        raise UnknownNameError("stored question", text.strip(), near)
    return stored[text.strip()].read_text("utf-8")


def warn_of_unknown_terms(text: str, is_held: Callable[[str], bool], find_entity: Callable[[str], object]) -> None:
    """Warn of each `rls:` term of a query that neither the graph holds nor the ontology knows, and of each thing that it lacks.

    The nearest is told with it; `find_entity` raises an error that names it.
    """
    for iri in dict.fromkeys(_terms(text)):
        if is_held(iri):
            continue
        if not iri.startswith(ns.RLS):
            warnings.warn(f"the graph has no {ns.compress(iri)}{_nearest(iri, find_entity)}", QueryWarning, stacklevel=3)
            continue
        from rlsgraph.graph.known_terms import known_terms  # reads the ontology, and most queries need it not

        if unknown := known_terms().unknown_term(iri):
            warnings.warn(f"nothing is known of {ns.compress(iri)}{unknown.hint}", QueryWarning, stacklevel=3)


def _nearest(iri: str, find_entity: Callable[[str], object]) -> str:
    if iri.startswith(ns.ENTITY):
        try:
            find_entity(ns.compress(iri))
        except UnknownNameError as error:
            return f"; did you mean {' or '.join(map(repr, error.nearest))}?" if error.nearest else ""
    return ""


def _terms(text: str) -> Iterator[str]:
    """Yield the terms of the project that a text of SPARQL names."""
    prefixes = declared_prefixes(text)
    for token in TOKEN.finditer(text):
        if token["iri"]:
            iri = token["iri"][1:-1]
        elif token["name"]:
            prefix, _, local = token["name"].partition(":")
            iri = prefixes.get(prefix, "") + local.rstrip(".")
        else:
            continue
        if any(iri.startswith(base) and iri != base for base in (ns.RLS, *ns.THINGS)):
            yield iri
