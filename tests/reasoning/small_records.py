"""Small random records of claims and links, and their paths as docs/reasoning.md has them, found by walking everywhere."""

from __future__ import annotations

from math import log, prod

import numpy as np
from hypothesis import strategies as st

from rlsgraph.model.records import Records
from rlsgraph.model.things import Claim, Confidence, DefinitionalLink, Entity
from rlsgraph.model.vocabulary import ConfidenceLevel, LinkKind, Predicate

from .small_graphs import SIGNS

CAUSAL = (Predicate.INCREASES, Predicate.DECREASES, Predicate.AFFECTS)
PRIOR = 0.1
INHERITANCE = 0.5


def confidence(score, *, refuted=False, untested=False):
    """Return a confidence of that score; weights that a test does not look at are left 0."""
    logit = log(score / (1 - score))
    level = ConfidenceLevel.REFUTED if refuted else ConfidenceLevel.EMERGING
    return Confidence(
        score, score, score, logit, 0.5, PRIOR, 0.0, 0.0, level, 0, 0, False, untested, False, False, False
    )  # fmt: skip


def make_records(claims, links, nodes="abcdef"):
    """Return records; `claims` are (subject, predicate, object, confidence), `links` (subject, kind, object)."""
    entities = {name: Entity(name, name) for name in sorted(nodes)}
    made = [Claim(f"{s}.{p.value}.{o}", entities[s], p, entities[o], (), c) for s, p, o, c in claims]
    joined = [DefinitionalLink(f"{s}.{kind.value}.{o}", entities[s], kind, entities[o]) for s, kind, o in links]
    by_iri = [{thing.iri: thing for thing in sorted(things, key=lambda thing: thing.iri)} for things in (made, joined)]
    return Records(entities, {}, {}, *by_iri, {}, {})


@st.composite
def small_records(draw, most_claims=8, most_links=4, nodes="abcdef", refuted=True):
    """Return records with cycles, all signs, kinds of kinds, parts, opposites, and claims that are refuted or untested."""
    claims, links = {}, {}
    for _ in range(draw(st.integers(1, most_claims))):
        subject, object_ = draw(st.permutations(nodes))[:2]
        score = draw(st.sampled_from((0.1, 0.25, 0.5, 0.8)))
        standing = draw(st.sampled_from(("", "", "", "untested", "refuted" if refuted else "")))
        made = confidence(score, refuted=standing == "refuted", untested=standing == "untested")
        claims[subject, draw(st.sampled_from(CAUSAL)), object_] = made
    for _ in range(draw(st.integers(0, most_links))):
        subject, object_ = draw(st.permutations(nodes))[:2]
        links[subject, draw(st.sampled_from(tuple(LinkKind))), object_] = None
    return make_records([(*key, made) for key, made in claims.items()], links, nodes)


def up_links(records):
    """Return (link, from, to) of every definitional step; opposites both ways."""
    found = [(link, link.subject.iri, link.object.iri) for link in records.links.values()]
    return found + [(link, to, here) for link, here, to in found if link.kind is LinkKind.OPPOSITE_OF]


def closure(first, pairs):
    """Return all that is reached over pairs."""
    reached = set(first)
    while more := {to for here, to in pairs if here in reached} - reached:
        reached |= more
    return reached


def family_of(records, end):
    """Return the end's wholes and opposites, and the parts, kinds and opposites of these."""
    ups = up_links(records)
    wholes = closure({end}, [(here, to) for link, here, to in ups if link.kind is not LinkKind.BROADER])
    return closure(wholes, [(to, here) for _, here, to in ups])


def oracle_paths(records, start, end):
    """Return every path as (variables, sign, entities), by the words of docs/reasoning.md; each passes an entity once."""
    ups, family = up_links(records), family_of(records, end)
    sign_of_link = {LinkKind.BROADER: 1, LinkKind.PART_OF: 1, LinkKind.OPPOSITE_OF: -1}
    found = []

    def onward_by_definition(here, visited, needs, sign, trail):
        """Follow links alone to the end."""
        if here == end:
            found.append((frozenset(needs), sign, trail))
            return
        for link, tail, to in ups:
            if tail == here and to in family and to not in visited:
                onward_by_definition(to, visited | {to}, needs, sign * sign_of_link[link.kind], (*trail, to))

    def effects(entity):
        """Return what is claimed of an entity or, with the other sign, of its opposites."""
        own = [(int(c.polarity), c.object.iri) for c in records.claims.values() if c.subject.iri == entity]
        for link, tail, to in ups:
            if tail == entity and link.kind is LinkKind.OPPOSITE_OF:
                own += [(-int(c.polarity), c.object.iri) for c in records.claims.values() if c.subject.iri == to]
        return set(own)

    def go(claim, visited, needs, sign, trail):
        """Take a causal step."""
        to, needs, sign = claim.object.iri, [*needs, claim.iri], sign * int(claim.polarity)
        if to in family:
            onward_by_definition(to, {to}, needs, sign, (*trail, to))
        elif to not in visited:
            walk(to, visited | {to}, needs, sign, (*trail, to))

    def walk(here, visited, needs, sign, trail):
        """Stand on an entity that the path visits, before its last causal step."""
        for claim in records.claims.values():
            if claim.subject.iri == here:
                go(claim, visited, needs, sign, trail)
        for link, tail, to in ups:
            if tail != here:
                continue
            if link.kind is LinkKind.BROADER:
                kinds = effects(here)
                stand_in(to, (here,), kinds, 1, visited, [*needs, link.iri], sign, (*trail, to))
            elif to not in visited:
                walk(to, visited | {to}, needs, sign * sign_of_link[link.kind], (*trail, to))

    def stand_in(here, chain, taken, relative, visited, needs, sign, trail):
        """Do as a class does, for the kind at the start of the chain: what no narrower one has as an effect of its own."""
        for claim in records.claims.values():
            if claim.subject.iri == here and (relative * int(claim.polarity), claim.object.iri) not in taken:
                go(claim, visited, needs, sign, trail)
        for link, tail, to in ups:
            if tail != here or to in chain:
                continue
            if link.kind is LinkKind.BROADER:
                more = taken | {(relative * rel, what) for rel, what in effects(here)}
                stand_in(to, (*chain, here), more, relative, visited, [*needs, link.iri], sign, (*trail, to))
            elif link.kind is LinkKind.OPPOSITE_OF:
                stand_in(to, (*chain, here), taken, -relative, visited, needs, -sign, (*trail, to))
            elif to not in visited:
                walk(to, visited | {to}, needs, sign, (*trail, to))

    if end in closure({start}, [(here, to) for _, here, to in ups]):
        onward_by_definition(start, {start}, [], 1, (start,))
    else:
        walk(start, {start}, [], 1, (start,))
    return [path for path in found if len(set(path[2])) == len(path[2])]


def oracle_support(records, paths, chance_of, max_steps=None):
    """Return the support of each part by adding up all worlds; `chance_of` gives a claim's probability."""
    chances = {iri: chance_of(claim) for iri, claim in records.claims.items()}
    chances |= dict.fromkeys(records.links, INHERITANCE)
    kept = [path for path in paths if max_steps is None or len(path[2]) - 1 <= max_steps]
    used = sorted({variable for needs, _, _ in kept for variable in needs})
    worlds = (np.arange(2 ** len(used))[:, np.newaxis] >> np.arange(len(used))) & 1 == 1
    weights = np.where(worlds, [chances[v] for v in used], [1 - chances[v] for v in used]).prod(axis=1)
    totals = {}
    for part, signs in SIGNS.items():
        happens = np.zeros(len(worlds), dtype=bool)
        for needs, sign, _ in kept:
            if sign in signs:
                happens |= worlds[:, [used.index(v) for v in needs]].all(axis=1)
        totals[part] = float(weights[happens].sum())
    return totals


def best_joint(paths, chances):
    """Return the highest joint probability of a path with a claim."""
    return max((prod(chances[v] for v in needs) for needs, _, _ in paths), default=0.0)
