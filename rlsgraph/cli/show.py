"""`rlsgraph show`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from rlsgraph.cli.options import EntityName, GraphChoice, format_option, graph_options
from rlsgraph.cli.output import every_flag, interval, number, print_json, print_table, printable
from rlsgraph.cli.tables import print_claims, print_path
from rlsgraph.errors import UnknownNameError

if TYPE_CHECKING:
    from rlsgraph.graph.knowledge_graph import KnowledgeGraph
    from rlsgraph.model.things import Claim, Entity, Evidence, Hypothesis, Source


@click.command("show")
@click.argument("name", type=EntityName())
@graph_options
@format_option("table", "json")
def command(name: str, graph: GraphChoice, format_name: str) -> None:
    """Show an entity, claim, source, hypothesis or evidence item with all that the graph says of it.

    An entity goes by label, synonym, CURIE or IRI; a claim, source or hypothesis by its id, CURIE or IRI; a source also by DOI,
    PMID or PMCID.

    \b
    Examples:
      rlsgraph show SIBO
      rlsgraph show MONDO:0005391
      rlsgraph show claim:gut-dysbiosis.increases.systemic-inflammation
      rlsgraph show weinstock2011-restless-syndrome
      rlsgraph show gut-001
    """
    from rlsgraph.model.things import Claim, Entity, Evidence, Source

    kg = graph.open()
    thing = find_thing(kg, name)
    as_json = format_name == "json"
    if isinstance(thing, Entity):
        _show_entity(kg, thing, as_json=as_json)
    elif isinstance(thing, Claim):
        _show_claim(thing, as_json=as_json)
    elif isinstance(thing, Source):
        _show_source(kg, thing, as_json=as_json)
    elif isinstance(thing, Evidence):
        _show_evidence(kg, thing, as_json=as_json)
    else:
        _show_hypothesis(kg, thing, as_json=as_json)
    if not as_json:
        _say_added(kg, thing.iri)


def _say_added(kg: KnowledgeGraph, iri: str) -> None:
    """Tell when the thing was added, and by whom, where the files say so."""
    from rlsgraph.graph.additions import find_additions

    for added in find_additions(kg, [iri]):
        click.echo(printable(f"added {added}"))


def find_thing(kg: KnowledgeGraph, name: str) -> Entity | Claim | Source | Hypothesis | Evidence:
    """Return what goes by a name, whatever kind of thing it is."""
    unknown = None
    for get in (kg.entity, kg.claim, kg.source, kg.hypothesis, kg.evidence_item):
        try:
            return get(name)
        except UnknownNameError as error:
            unknown = unknown or error
            if error.nearest and not unknown.nearest:
                unknown = error
    assert unknown is not None
    raise UnknownNameError("entity, claim, source, hypothesis or evidence item", name, unknown.nearest)


def _print_facts(facts: dict[str, str]) -> None:
    print_table(("", ""), [(name, value) for name, value in facts.items() if value])


def _show_entity(kg: KnowledgeGraph, entity: Entity, *, as_json: bool) -> None:
    from rlsgraph.formats.graph import claim_row
    from rlsgraph.formats.plain import entity_dict, link_dict

    about, onto = kg.claims(subject=entity.iri), kg.claims(object=entity.iri)
    links = [link for link in kg.links() if entity in (link.subject, link.object)]
    if as_json:
        shown: dict[str, Any] = entity_dict(entity)
        shown["claims"] = [claim_row(claim) for claim in (*about, *onto)]
        shown["links"] = [link_dict(link) for link in links]
        print_json(shown)
        return
    _print_facts(
        {
            "entity": entity.label,
            "definition": entity.definition,
            "also called": ", ".join(entity.synonyms),
            "category": entity.category,
            "group": entity.group,
            "matches": "\n".join(f"{m.relation.value.removesuffix('Match')} {m.curie} {m.label}" for m in entity.matches),
            "by definition": "\n".join(f"{link} ({link.reason})" for link in links),
            "IRI": entity.iri,
        }
    )
    if onto:
        print_claims(onto, title=f"What acts on {entity.label}")
    if about:
        print_claims(about, title=f"What {entity.label} acts on")


def _show_claim(claim: Claim, *, as_json: bool) -> None:
    from rlsgraph.formats.plain import claim_dict

    if as_json:
        print_json(claim_dict(claim))
        return
    note = every_flag(claim)
    _print_facts(
        {
            "claim": str(claim),
            "level": claim.level.label + (f" ({note})" if note else ""),
            "score": f"{number(claim.score)} ({interval(claim.low, claim.high)})",
            "IRI": claim.iri,
        }
    )
    _print_evidence(claim.evidence)
    if claim.superseded:
        _print_evidence(claim.superseded, title="Superseded: counted nowhere")


def _print_evidence(items: tuple[Evidence, ...], *, title: str | None = None) -> None:
    from rlsgraph.model.vocabulary import Direction

    order = list(Direction)
    print_table(
        ("item", "direction", "design", "n", "finding", "effect", "limitations", "source"),
        [
            (
                item.identifier,
                item.direction.label,
                item.design.label,
                "" if item.sample_size is None else str(item.sample_size),
                item.finding,
                item.effect,
                item.limitations,
                item.source.citation,
            )
            for item in sorted(items, key=lambda item: (order.index(item.direction), item.iri))
        ],
        right=("n",),
        title=title,
    )


def _show_evidence(kg: KnowledgeGraph, item: Evidence, *, as_json: bool) -> None:
    from rlsgraph.formats.plain import evidence_dict

    claims = [claim for claim in kg.claims(superseded=True) if item in (*claim.evidence, *claim.superseded)]
    if as_json:
        print_json({**evidence_dict(item), "claims": [claim.iri for claim in claims]})
        return
    _print_facts(
        {
            "evidence item": item.identifier,
            "bears on": "\n".join(str(claim) for claim in claims),
            "superseded by": ", ".join(iri.rsplit("/", 1)[-1] for iri in item.superseded_by),
            "direction": item.direction.label,
            "design": item.design.label,
            "n": "" if item.sample_size is None else str(item.sample_size),
            "species": ", ".join(item.species),
            "population": item.population,
            "effect": item.effect,
            "finding": item.finding,
            "limitations": item.limitations,
            "source": f"{item.source.citation}: {item.source.title}",
            "read": ", ".join(filter(None, (item.text_read.label if item.text_read else "", item.locator))),
            "IRI": item.iri,
        }
    )


def _show_source(kg: KnowledgeGraph, source: Source, *, as_json: bool) -> None:
    from rlsgraph.formats.plain import evidence_dict, source_dict

    items = kg.evidence(source=source.iri)
    if as_json:
        print_json({**source_dict(source), "evidence": [evidence_dict(item) for item in items]})
        return
    _print_facts(
        {
            "source": source.title + (" (a description: its real title was not shown)" if source.title_is_descriptive else ""),
            "first author": source.first_author,
            "year": str(source.year or ""),
            "journal": source.journal,
            "retracted": "yes: its evidence adds nothing" if source.retracted else "",
            "same study as": ", ".join(iri.rsplit("/", 1)[-1] for iri in source.same_study_as),
            "research groups": ", ".join(source.research_groups),
            "links": "\n".join(address for _, address in source.links),
            "file": source.file_name,
            "IRI": source.iri,
        }
    )
    _print_evidence(items)


def _show_hypothesis(kg: KnowledgeGraph, hypothesis: Hypothesis, *, as_json: bool) -> None:
    from rlsgraph.formats.plain import ranked_dict

    ranked = next(r for r in kg.hypotheses() if r.hypothesis == hypothesis)
    if as_json:
        print_json(ranked_dict(ranked))
        return
    _print_facts(
        {
            "hypothesis": hypothesis.label,
            "definition": hypothesis.definition,
            "status": hypothesis.status.label,
            "proposed in": f"{hypothesis.source.citation}, {hypothesis.locator}",
            "rivals": ", ".join(iri.rsplit("/", 1)[-1] for iri in hypothesis.rivals),
            "IRI": hypothesis.iri,
        }
    )
    for path in ranked.paths:
        ends = f"{path.entities[0].label} → {path.entities[-1].label}"
        print_path(path, title=f"{ends}, joint probability {number(path.joint_probability)}")
