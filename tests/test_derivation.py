"""What is derived of a claim, and what is dropped before that, are the same properties."""

from rlsgraph.graph.derivation import DERIVED, copy_asserted
from rlsgraph.model import namespaces as ns


def test_what_is_derived_is_what_no_file_is_believed_to_say(kg):
    store = kg.graph_source.whole().store
    asserted = copy_asserted(store)
    derived = {quad.predicate.value for quad in store if quad not in asserted}
    plain = {iri for iri in derived if not iri.startswith(ns.RLS)}
    assert derived <= DERIVED | {ns.RLS + "partOf", ns.RLS + "oppositeOf", ns.SKOS + "broader"}
    assert {iri for iri in DERIVED if iri.startswith(ns.RLS)} <= derived
    assert ns.RDF + "reifies" in plain
