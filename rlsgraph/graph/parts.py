"""Gather part of a graph that lies on disk or behind an endpoint: some things, and all that describes them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import pyoxigraph as ox

from rlsgraph.errors import TooLargeError
from rlsgraph.graph.profile_files import PROFILE_CLASSES
from rlsgraph.model import namespaces as ns
from rlsgraph.model.vocabulary import LinkKind, MatchRelation, Predicate
from rlsgraph.triples.query_engine import QueryEngine, Row, StoreEngine
from rlsgraph.triples.spoilt import spoilt_as_data_error

MAX_THINGS = 50_000
"""No part holds more things (claims, entities, sources …) than this, all kinds together."""

MAX_TRIPLES = 2_000_000
"""No larger graph is fetched whole."""

_ROWS_A_KEY = 25
_MOST_KEYS = 2_000
_FEW_PAIRS = 500
_PLAIN = (ns.RDF + "reifies", *(predicate.iri for predicate in Predicate))
_NOT_PLAIN = f"FILTER(?p NOT IN ({', '.join(f'<{iri}>' for iri in _PLAIN)}))"
_HAS_EVIDENCE = (ns.RLS + "hasEvidence", ns.RLS + "supersededEvidence")
_MATCHES = frozenset(relation.iri for relation in MatchRelation)
_ENDS = (ns.RDF + "subject", ns.RDF + "object")
_SAME_STUDY = (ns.RLS + "sameStudyAs", ns.RLS + "likelySameStudyAs")


def select_all(engine: QueryEngine, variables: str, pattern: str) -> list[Row]:
    """Return every row of a pattern, in pages by its first variable; several rows may share a value of it."""
    first = variables.split()[0]
    rows: list[Row] = []
    after = ""
    while True:
        only = f"FILTER(STR({first}) > {ox.Literal(after)})" if after else ""
        order = f"ORDER BY STR({first}) LIMIT {engine.page_rows}"
        page = engine.select(f"SELECT {variables} WHERE {{ {pattern} {only} }} {order}")
        if len(page) < engine.page_rows:
            return rows + page
        last = page[-1][0]
        whole = [row for row in page if row[0] != last]  # the last value may go on in the next page
        if not whole:
            raise TooLargeError(f"{engine.name}: {last} has more than the {engine.page_rows:,} rows of one answer")
        rows += whole
        after = whole[-1][0].value


def select_keys(engine: QueryEngine, variables: str, pattern: str, key: str, keys: Iterable[str]) -> Iterator[Row]:
    """Yield the rows of a pattern for many values of `key` (a variable, or several in brackets), some keys at a time.

    A key is written as in SPARQL, e.g. `<https://…>`. Where an answer may have been cut, its keys are asked for in two halves.
    """
    known = list(keys)
    size = max(1, min(_MOST_KEYS, engine.page_rows // _ROWS_A_KEY))
    waiting = [known[i : i + size] for i in range(0, len(known), size)][::-1]
    while waiting:
        some = waiting.pop()
        asked = f"{pattern} VALUES {key} {{ {' '.join(some)} }}"
        if len(some) == 1:
            yield from select_all(engine, variables, asked)
            continue
        rows = engine.select(f"SELECT {variables} WHERE {{ {asked} }} LIMIT {engine.page_rows}")
        if len(rows) < engine.page_rows:
            yield from rows
        else:
            middle = len(some) // 2
            waiting += [some[middle:], some[:middle]]


def count(engine: QueryEngine, pattern: str, *, most: int | None = None) -> int:
    """Return how many rows a pattern has; no more than `most` are counted."""
    counted = pattern if most is None else f"SELECT * WHERE {{ {pattern} }} LIMIT {most}"
    ((number,),) = engine.select(f"SELECT (COUNT(*) AS ?n) WHERE {{ {counted} }}")
    return int(number.value)


def fetch_whole(engine: QueryEngine) -> ox.Store:
    """Return a store that holds all triples, the reifiers apart; raises `TooLargeError` past the bound.

    A store in this process is given as it is; an endpoint is asked property by property.
    """
    if isinstance(engine, StoreEngine):
        _refuse_past_bound(engine, len(engine.store))
        return engine.store
    counted = engine.select("SELECT ?p (COUNT(*) AS ?n) WHERE { ?s ?p ?o } GROUP BY ?p")
    sizes = {str(predicate): int(number.value) for predicate, number in counted}
    _refuse_past_bound(engine, sum(sizes.values()))
    sizes.pop(f"<{ns.RDF}reifies>", None)
    store = ox.Store()
    for predicates in _fill(sizes, engine.page_rows):
        rows = select_keys(engine, "?s ?p ?o", "?s ?p ?o", "?p", predicates)
        store.bulk_extend(ox.Quad(*row) for row in rows)
    return store


def _refuse_past_bound(engine: QueryEngine, size: int) -> None:
    if size > MAX_TRIPLES:
        raise TooLargeError(
            f"{engine.name} holds {size:,} triples, and this question needs all of them, {MAX_TRIPLES:,} at most; "
            "name entities to ask about a part, or ask in SPARQL"
        )


def _fill(sizes: Mapping[str, int], page: int) -> Iterator[list[str]]:
    """Yield keys together whose sizes, in sum, stay below a page; one that is larger comes alone."""
    some: list[str] = []
    room = page
    for key, size in sizes.items():
        if some and size >= room:
            yield some
            some, room = [], page
        some.append(key)
        room -= size
    if some:
        yield some


def _quads_about(engine: QueryEngine, things: Iterable[str]) -> Iterator[ox.Quad]:
    """Yield the triples of things (written as in SPARQL), but the plain triples of claims and the reifiers."""
    if isinstance(engine, StoreEngine):  # in half the time of a query (benchmarks/on_disk.py)
        with spoilt_as_data_error():
            for thing in things:
                for quad in engine.store.quads_for_pattern(ox.NamedNode(thing[1:-1]), None, None, ox.DefaultGraph()):
                    if quad.predicate.value not in _PLAIN:
                        yield quad
        return
    for row in select_keys(engine, "?s ?p ?o", f"?s ?p ?o {_NOT_PLAIN}", "?s", things):
        yield ox.Quad(*row)


class Part:
    """A store in memory that grows thing by thing; what is in it already is not fetched again."""

    def __init__(self, engine: QueryEngine) -> None:
        self.store = ox.Store()
        self._engine = engine
        self._described: set[str] = set()

    def _describe(self, things: Iterable[Any]) -> list[ox.Quad]:
        """Add the triples of things but the plain triples of claims; return those that were not there yet."""
        new = dict.fromkeys(str(thing) for thing in things if isinstance(thing, ox.NamedNode))
        new = dict.fromkeys(thing for thing in new if thing not in self._described)
        self._described.update(new)
        if len(self._described) > MAX_THINGS:
            raise TooLargeError(
                f"{self._engine.name}: the answer would need more than {MAX_THINGS:,} things of the graph; allow fewer steps "
                "(max_steps), or narrow the question"
            )
        quads = list(_quads_about(self._engine, new))
        self.store.extend(quads)
        return quads

    def add_entities(self, entities: Iterable[Any]) -> None:
        """Add entities, and the labels of the outside terms that they match."""
        self._describe(quad.object for quad in self._describe(entities) if quad.predicate.value in _MATCHES)

    def add_sources(self, sources: Iterable[Any]) -> None:
        """Add sources, and all that report the same study, however many reports lie between.

        So reviews and the studies that they pool are known by any of their reports.
        """
        waiting = list(sources)
        while waiting:
            quads = self._describe(waiting)
            asked = dict.fromkeys(str(quad.subject) for quad in quads)
            waiting = [quad.object for quad in quads if quad.predicate.value in _SAME_STUDY]
            for name in _SAME_STUDY:
                waiting += [row[0] for row in select_keys(self._engine, "?other", f"?other <{name}> ?s", "?s", asked)]
            for name in ns.IDENTIFIERS:
                said = (quad.object for quad in quads if quad.predicate.value == name)
                shared = dict.fromkeys(str(value) for value in said if isinstance(value, ox.Literal | ox.NamedNode))
                waiting += [row[0] for row in select_keys(self._engine, "?other", f"?other <{name}> ?id", "?id", shared)]

    def add_evidence(self, items: Iterable[Any]) -> None:
        """Add evidence items with their sources."""
        self.add_sources(quad.object for quad in self._describe(items) if quad.predicate.value == ns.DCTERMS + "source")

    def add_steps(self, statements: Iterable[Any]) -> None:
        """Add claims and links as they are walked: with entities and scores, without evidence; nothing else may be added then."""
        new = dict.fromkeys(str(statement) for statement in statements)
        quads = [quad for quad in _quads_about(self._engine, new) if quad.predicate.value not in _HAS_EVIDENCE]
        self.store.extend(quads)
        self.add_entities(quad.object for quad in quads if quad.predicate.value in _ENDS)

    def add_statements(self, statements: Iterable[Any]) -> None:
        """Add claims, links or expectations, and all that the scores of the claims depend on: the claims that lend to them."""
        quads = self.add_told(statements)
        ends: dict[Any, dict[str, Any]] = {}
        for quad in quads:
            if quad.predicate.value in _ENDS:
                ends.setdefault(quad.subject, {})[quad.predicate.value] = quad.object
        pairs = [tuple(pair[name] for name in _ENDS) for pair in ends.values() if len(pair) == len(_ENDS)]
        self.add_claims_between(pairs)
        self._add_claims_of_kin(pairs)

    def _add_claims_of_kin(self, pairs: Iterable[tuple[Any, ...]]) -> None:
        """Add what is claimed of the classes and the members of the subjects, about the same objects."""
        objects: dict[str, list[Any]] = {}
        for subject, object_ in pairs:
            objects.setdefault(str(subject), []).append(object_)
        kin: list[tuple[Any, ...]] = []
        for member, klass in (("?s", "?kin"), ("?kin", "?s")):
            pattern = f"?l a rls:DefinitionalLink ; rdf:subject {member} ; rdf:predicate skos:broader ; rdf:object {klass}"
            links = list(select_keys(self._engine, "?l ?s ?kin", pattern, "?s", objects))
            self.add_told(row[0] for row in links)
            kin += [(row[2], object_) for row in links for object_ in objects[str(row[1])]]
        self.add_claims_between(kin)

    def add_pairs(self, pairs: Iterable[tuple[Any, ...]]) -> None:
        """Add every claim on these pairs of entities, whichever way round, and all that the scores of these depend on."""
        both_ways = list(dict.fromkeys(ends for pair in pairs for ends in (pair, pair[::-1])))
        self.add_claims_between(both_ways)
        self._add_claims_of_kin(both_ways)

    def add_claims_between(self, pairs: Iterable[tuple[Any, ...]]) -> None:
        """Add every claim on these pairs of entities, whichever way round it is written."""
        wanted = dict.fromkeys(ends for pair in pairs for ends in (pair, pair[::-1]))
        pattern = "?c a rls:Claim ; rdf:subject ?s ; rdf:object ?o"
        if len(wanted) <= _FEW_PAIRS:
            keys = dict.fromkeys(f"({subject} {object_})" for subject, object_ in wanted)
            rows = select_keys(self._engine, "?c ?s ?o", pattern, "(?s ?o)", keys)
        else:  # an engine may go through all claims of a subject for each pair, so let it do that once
            keys = dict.fromkeys(str(subject) for subject, _ in wanted)
            rows = select_keys(self._engine, "?c ?s ?o", pattern, "?s", keys)
        self.add_told([row[0] for row in rows if row[1:] in wanted])

    def add_told(self, statements: Iterable[Any]) -> list[ox.Quad]:
        """Add claims, links or expectations with entities, evidence and sources, and return what was said of them."""
        quads = self._describe(statements)
        self.add_entities(quad.object for quad in quads if quad.predicate.value in _ENDS)
        self.add_evidence(quad.object for quad in quads if quad.predicate.value in _HAS_EVIDENCE)
        self.add_sources(quad.object for quad in quads if quad.predicate.value == ns.DCTERMS + "source")
        return quads

    def add_links_from(self, entities: Iterable[Any], kinds: Iterable[LinkKind] = LinkKind) -> list[Any]:
        """Add the definitional links that lead on from entities, and from where they lead, to the last; return all of these.

        One hop a query: Virtuoso refuses a path whose ends come in a list.
        """
        followed = ", ".join(f"<{kind.iri}>" for kind in kinds)
        known = dict.fromkeys(entities)
        waiting = list(known)
        while waiting:
            links: list[Row] = []
            for pattern in (
                f"?l a rls:DefinitionalLink ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o FILTER(?p IN ({followed}))",
                "?l a rls:DefinitionalLink ; rdf:predicate rls:oppositeOf ; rdf:object ?s ; rdf:subject ?o",
            ):
                links += select_keys(self._engine, "?l ?o", pattern, "?s", map(str, waiting))
            self.add_told(link for link, _ in links)
            waiting = [there for there in dict.fromkeys(there for _, there in links) if there not in known]
            known.update(dict.fromkeys(waiting))
        return list(known)

    def add_kinds_and_parts(self, entities: Iterable[Any]) -> list[Any]:
        """Add the definitional links that lead to entities, and to where those start, to the last; return all these entities."""
        known = dict.fromkeys(entities)
        waiting = list(known)
        while waiting:
            pattern = "?l a rls:DefinitionalLink ; rdf:subject ?s ; rdf:object ?o"
            links = list(select_keys(self._engine, "?l ?s", pattern, "?o", map(str, waiting)))
            self.add_told(link for link, _ in links)
            waiting = [below for _, below in links if below not in known]
            known.update(dict.fromkeys(waiting))
        return list(known)

    def add_hypotheses(self) -> None:
        """Add every hypothesis with its claims in order, the links about their entities, and their ties to the ends' families."""
        pattern = "{ ?s a rls:Hypothesis ; ?p ?o } UNION { ?s rdf:first ?first ; ?p ?o }"
        rows = self._engine.select(f"SELECT DISTINCT ?s ?p ?o WHERE {{ {pattern} }} LIMIT {self._engine.page_rows}")
        if len(rows) >= self._engine.page_rows:
            raise TooLargeError(
                f"{self._engine.name}: the hypotheses are more than the {self._engine.page_rows:,} rows of one answer"
            )
        self.store.extend(ox.Quad(*row) for row in rows)
        objects: dict[str, list[Any]] = {}
        for _, predicate, object_ in rows:
            objects.setdefault(predicate.value, []).append(object_)
        self.add_sources(objects.get(ns.DCTERMS + "source", ()))
        self.add_entities([*objects.get(ns.RLS + "start", ()), *objects.get(ns.RLS + "end", ())])
        self.add_statements(objects.get(ns.RDF + "first", ()))
        self.add_links_from(self._ends())
        wholes = self.add_links_from(objects.get(ns.RLS + "end", ()), (LinkKind.PART_OF, LinkKind.OPPOSITE_OF))
        family = self.add_kinds_and_parts(wholes)
        self.add_links_from(family)
        self.add_pairs((entity, member) for entity in self._ends() for member in family)

    def _ends(self) -> set[Any]:
        return {quad.object for name in _ENDS for quad in self.store.quads_for_pattern(None, ox.NamedNode(name), None)}

    def add_profile(self) -> None:
        """Add the confidence profile with all its constants."""
        kinds = " ".join(f"rls:{name}" for name in PROFILE_CLASSES)
        rows = select_all(self._engine, "?thing", f"?thing a ?kind VALUES ?kind {{ {kinds} }}")
        self._describe(row[0] for row in rows)

    def add_kind(self, kind: str, pattern: str = "") -> None:
        """Add every thing of a class of the ontology, e.g. `Claim`, that fits a pattern of `?thing`."""
        found = select_all(self._engine, "?thing", f"?thing a rls:{kind} . {pattern}")
        self._adders[kind](row[0] for row in found)

    @property
    def _adders(self) -> dict[str, Callable[[Iterable[Any]], object]]:
        statements = dict.fromkeys(("Claim", "DefinitionalLink", "Expectation"), self.add_statements)
        aside = {"SupersededEvidence": self.add_evidence, "SupersededClaim": self.add_told}
        return {"Entity": self.add_entities, "Source": self.add_sources, "Evidence": self.add_evidence, **statements, **aside}
