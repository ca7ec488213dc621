"""Look things up in a graph by name, and list them: entities, sources, evidence, claims, links, expectations."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from rlsgraph.errors import UnknownNameError
from rlsgraph.graph.contents import Contents
from rlsgraph.graph.source import Filter, GraphSource, Kind
from rlsgraph.model.names import Name, name_of, nearest_names
from rlsgraph.model.namespaces import compress, local_name
from rlsgraph.model.shown import Listing

if TYPE_CHECKING:
    from rlsgraph.model.about import About
    from rlsgraph.model.things import Claim, DefinitionalLink, Entity, Evidence, Expectation, Hypothesis, Source
    from rlsgraph.model.vocabulary import ConfidenceLevel, Direction, Predicate

_T = TypeVar("_T")
_ABOUT = """SELECT ?base ?title ?start ?end {
    ?base a rls:KnowledgeBase ; dcterms:title ?title ; rls:start ?start ; rls:end ?end
}"""


class Catalogue:
    """What a graph holds, by name. An entity goes by a label, synonym, CURIE or IRI, in any case.

    Wherever a name is asked for, the thing itself will do, and so will an answer about it, such as a ranked hypothesis.
    An unknown name raises `UnknownNameError` with the nearest names.
    """

    def __init__(self, source: GraphSource) -> None:
        self.graph_source = source
        """Where the graph is, and what it can be asked; `graph_source.whole()` holds all of its triples and values."""

    def __len__(self) -> int:
        """Return the number of claims.

        >>> len(kg) == len(kg.claims())
        True
        """
        return self.graph_source.count()

    def _named(self, kind: Kind, name: str, find: Callable[[Contents, str], _T]) -> _T:
        """Ask what a name may mean; where it is unknown there, a small graph is asked whole, since it says what comes nearest."""
        part = self.graph_source.named(kind, name)
        try:
            return find(part, name)
        except UnknownNameError:
            wider = self.graph_source.small()
            if wider is None or wider is part:
                raise
            return find(wider, name)

    @property
    def about(self) -> About:
        """What the graph calls itself, and the question that it was made to ask (`rls:KnowledgeBase` in its files).

        Of several, as where a graph stands on the shipped one, the one that is not shipped counts.

        >>> kg.about.title, [end.label for end in kg.about.question]
        ('Mechanisms hypothesised in restless legs syndrome', ['gut dysbiosis', 'RLS symptoms'])
        """
        from rlsgraph.model.about import SHIPPED, About

        rows = sorted(tuple(term.value for term in row) for row in self.graph_source.answer(_ABOUT, functions={}))
        if not rows:
            return About()
        _, title, start, end = next((row for row in rows if row[0] != SHIPPED), rows[0])
        return About(title, (self.entity(start), self.entity(end)))

    # --- single things ------------------------------------------------------------------------------------------------

    def entity(self, name: Name) -> Entity:
        """Return the entity that goes by a label, synonym, CURIE or IRI, in any case.

        >>> kg.entity("SIBO").label
        'small intestinal bacterial overgrowth'
        """
        return self._named(Kind.ENTITY, name_of(name), Contents.entity)

    def complete_entity(self, beginning: str) -> list[str]:
        """Return the labels of entities that begin with what was typed.

        >>> kg.complete_entity("gut dysb")
        ['gut dysbiosis']
        """
        return self.graph_source.beginning_with(beginning).entities_by_name.complete(beginning)

    def source(self, name: Name) -> Source:
        """Return the source of an id, IRI, DOI, PMID or PMCID.

        >>> trial = kg.sources()[0]
        >>> kg.source(trial.iri) == trial
        True
        """
        return self._named(Kind.SOURCE, name_of(name), Contents.source)

    def records_of(self, name: Name) -> tuple[Source, ...]:
        """Return every record of the paper that a source's id, IRI, DOI, PMID or PMCID names; most papers have one.

        >>> kg.records_of(kg.sources()[0]) == (kg.sources()[0],)
        True
        """

        def find(part: Contents, asked: str) -> tuple[Source, ...]:
            found = {record.iri: record for source in part.sources(asked) for record in part.same_paper(source)}
            return tuple(found.values())

        return self._named(Kind.SOURCE, name_of(name), find)

    def evidence_item(self, name: Name) -> Evidence:
        """Return the evidence item of an identifier, CURIE or IRI, e.g. `gut-001`.

        >>> kg.evidence_item("gut-001").identifier
        'gut-001'
        """
        return self._named(Kind.EVIDENCE, name_of(name), Contents.evidence_item)

    def hypothesis(self, name: Name) -> Hypothesis:
        """Return the hypothesis of a label, id, CURIE or IRI, in any case.

        >>> kg.hypothesis("iron absorption").end.label
        'RLS symptoms'
        """
        return self.graph_source.hypotheses().hypothesis(name_of(name))

    def claim(
        self,
        subject: Name,
        predicate: Predicate | str | None = None,
        object: Name | None = None,  # noqa: A002  # the word of the model
    ) -> Claim:
        """Return one claim: by subject, predicate and object, or by its id, CURIE, IRI or words alone.

        >>> kg.claim("gut dysbiosis", "increases", "systemic inflammation").predicate
        <Predicate.INCREASES: 'increases'>
        >>> kg.claim("gut dysbiosis increases systemic inflammation").object.label
        'systemic inflammation'
        """
        from rlsgraph.model.term_names import parse_claim, parse_predicate  # a query needs none of the terms

        if predicate is not None and object is not None:
            return self._claim_between(self.entity(subject), parse_predicate(predicate), self.entity(object))
        name = name_of(subject)
        try:
            return self.graph_source.named(Kind.CLAIM, name).claim(name)
        except UnknownNameError:
            said = parse_claim(name, self.entity)
        if said is not None:
            return self._claim_between(*said)
        try:
            return self._named(Kind.CLAIM, name, Contents.claim)
        except UnknownNameError as error:
            raise self._superseding(name) or error from None

    def _superseding(self, name: str) -> UnknownNameError | None:
        """Return an error that names what took the place of a claim, where the name is that of a superseded one."""
        old = self.graph_source.listed(Kind.SUPERSEDED_CLAIM).records.superseded_claims.values()
        known = (claim for claim in old if name.strip() in (claim.iri, compress(claim.iri), local_name(claim.iri)))
        claim = next(known, None)
        return UnknownNameError("claim that stands", name, tuple(map(compress, claim.superseded_by))) if claim else None

    def _claim_between(self, subject: Entity, predicate: Predicate, object_: Entity) -> Claim:
        return self.graph_source.pair(subject.iri, object_.iri).claim_between(subject, predicate, object_)

    # --- lists --------------------------------------------------------------------------------------------------------

    def entities(self, *, group: str | None = None) -> Listing[Entity]:
        """Return the entities, sorted by IRI; `group` keeps those of one group, e.g. `gut`.

        >>> {entity.group for entity in kg.entities(group="gut")}
        {'gut'}
        """
        wanted = Filter(group=self._group(group))
        found = self.graph_source.listed(Kind.ENTITY, wanted).records.entities.values()
        return Listing.of("entities", (entity for entity in found if wanted.group in (None, entity.group)))

    def sources(self) -> Listing[Source]:
        """Return the sources, sorted by IRI.

        >>> len(kg.sources()) > 100
        True
        """
        return Listing.of("sources", self.graph_source.listed(Kind.SOURCE).records.sources.values())

    def evidence(
        self, *, source: Name | None = None, direction: Direction | str | None = None, superseded: bool = False
    ) -> Listing[Evidence]:
        """Return the evidence items, sorted by IRI; those of one source or one direction where asked.

        With `superseded`, those too that others took the place of, or that bear on a claim of which that is so.

        >>> {item.direction.label for item in kg.evidence(direction="disputes")}
        {'disputes'}
        """
        from rlsgraph.model.term_names import parse_direction

        wanted = Filter(source=None if source is None else self.source(source).iri, direction=parse_direction(direction))
        found = [*self.graph_source.listed(Kind.EVIDENCE, wanted).records.evidence.values()]
        if superseded:
            found += self.graph_source.listed(Kind.SUPERSEDED_EVIDENCE, wanted).records.superseded_evidence.values()
        return Listing.of("evidence items", sorted(filter(wanted.fits_evidence, found)))

    def links(self) -> Listing[DefinitionalLink]:
        """Return the definitional links, sorted by IRI.

        >>> all(link.reason for link in kg.links())
        True
        """
        return Listing.of("links", self.graph_source.listed(Kind.LINK).records.links.values())

    def expectations(self) -> Listing[Expectation]:
        """Return the known observations that mechanisms should reproduce, sorted by IRI.

        >>> all(expectation.observation for expectation in kg.expectations())
        True
        """
        return Listing.of("expectations", self.graph_source.listed(Kind.EXPECTATION).records.expectations.values())

    def claims(
        self,
        *,
        subject: Name | None = None,
        predicate: Predicate | str | None = None,
        object: Name | None = None,  # noqa: A002  # the word of the model
        level: ConfidenceLevel | str | None = None,
        group: str | None = None,
        superseded: bool = False,
    ) -> Listing[Claim]:
        """Return the claims that fit every filter, sorted by IRI; `group` fits a claim's subject or object.

        Without a filter, the whole graph is read. With `superseded`, those too that others took the place of, weighed by
        their own evidence alone; `superseded_by` tells them.

        >>> {claim.subject.label for claim in kg.claims(subject="SIBO")}
        {'small intestinal bacterial overgrowth'}
        """
        from rlsgraph.model.term_names import parse_level, parse_predicate

        wanted = Filter(
            subject=None if subject is None else self.entity(subject).iri,
            predicate=None if predicate is None else parse_predicate(predicate),
            object=None if object is None else self.entity(object).iri,
            level=None if level is None else parse_level(level),
            group=self._group(group),
        )
        found = [*self.graph_source.listed(Kind.CLAIM, wanted).records.claims.values()]
        if superseded:
            found += self._superseded(wanted)
        return Listing.of("claims", sorted(filter(wanted.fits_claim, found)))

    def _superseded(self, wanted: Filter) -> list[Claim]:
        from rlsgraph.model.weighing.explanation import score_alone

        contents = self.graph_source.listed(Kind.SUPERSEDED_CLAIM, wanted)
        old = contents.records.superseded_claims.values()
        return [score_alone(claim, contents.studies, self.graph_source.profile) for claim in old]

    def _group(self, name: str | None) -> str | None:
        if name is None:
            return None
        known = self.graph_source.groups()
        if name.casefold() not in known:
            raise UnknownNameError("group", name, nearest_names(name, {g: g for g in known}) or tuple(known))
        return name.casefold()
