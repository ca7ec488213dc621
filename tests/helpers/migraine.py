"""A small graph that a user might make, on another disease: what the studies found is invented, to try the page on."""

from rlsgraph.model.namespaces import PREFIXES
from tests.helpers.graphs import claim_text

_ENTITIES = {
    "attacks": ("migraine attacks", "SymptomGroup"),
    "spreading": ("cortical spreading depression", "NerveGroup"),
    "trigeminal": ("trigeminal activation", "NerveGroup"),
    "cgrp": ("CGRP release", "PeptideGroup"),
    "serotonin": ("serotonin level", "PeptideGroup"),
    "vasodilation": ("meningeal vasodilation", "VesselGroup"),
    "magnesium": ("magnesium deficiency", "NutrientGroup"),
    "sleep": ("sleep loss", "HabitGroup"),
    "stress": ("stress", "HabitGroup"),
    "oestrogen": ("oestrogen withdrawal", "HormoneGroup"),
}
_FOR, _AGAINST, _TRIAL = "Supports", "Disputes", "RandomisedControlledTrial"
_CLAIMS = (
    ("magnesium", "increases", "spreading", [(_FOR, "AnimalStudy", 12, "lind2009")]),
    ("spreading", "increases", "trigeminal", [(_FOR, "AnimalStudy", 20, "roca2002"), (_FOR, "Neuroimaging", 16, "haas2011")]),
    ("trigeminal", "increases", "cgrp", [(_FOR, "CrossSectional", 40, "berg1995")]),
    ("cgrp", "increases", "attacks", [
        (_FOR, _TRIAL, 900, "moss2017"), (_FOR, _TRIAL, 700, "ito2018"), (_FOR, _TRIAL, 500, "diaz2019"),
    ]),
    ("cgrp", "positivelyAssociatedWith", "attacks", [(_FOR, "Cohort", 600, "aske2012"), (_FOR, "Cohort", 400, "rossi2014")]),
    ("sleep", "increases", "spreading", [(_AGAINST, "AnimalStudy", 14, "negri2016")]),
    ("stress", "increases", "attacks", []),
    ("oestrogen", "increases", "attacks", [(_FOR, "Cohort", 200, "weiss2001")]),
    ("serotonin", "decreases", "vasodilation", [(_FOR, "InVitro", 8, "ohara1990")]),
    ("vasodilation", "increases", "attacks", [(_FOR, "CaseControl", 60, "wolf1980"), (_AGAINST, "Neuroimaging", 30, "amin2013")]),
    ("vasodilation", "positivelyAssociatedWith", "attacks", [
        (_FOR, "Cohort", 900, "wolf1980"), (_FOR, "Cohort", 800, "zhou2004"),
        (_AGAINST, "Cohort", 900, "amin2013"), (_AGAINST, "Cohort", 800, "khan2015"),
    ]),
    ("sleep", "positivelyAssociatedWith", "attacks", [(_FOR, "Cohort", 300, "lee2019")]),
)  # fmt: skip
_HYPOTHESES = (
    ("spreading-depression", "Spreading depression", "magnesium", [
        "magnesium.increases.spreading", "spreading.increases.trigeminal", "trigeminal.increases.cgrp", "cgrp.increases.attacks",
    ]),
    ("vessels", "Serotonin and vessels", "serotonin", ["serotonin.decreases.vasodilation", "vasodilation.increases.attacks"]),
    ("hormone", "Hormone withdrawal", "oestrogen", ["oestrogen.increases.attacks"]),
)  # fmt: skip


def migraine_file() -> str:
    """Return the graph as a whole Turtle file."""
    return "".join(f"@prefix {name}: <{base}> .\n" for name, base in PREFIXES.items()) + migraine_text()


def migraine_text() -> str:
    """Return the graph as Turtle without prefixes: ten entities, twelve claims, three hypotheses."""
    text = []
    for name, (label, group) in _ENTITIES.items():
        text.append(f'entity:{name} a rls:Entity ; skos:prefLabel "{label}"@en ; rls:group rls:{group} .\n')
    sources = set()
    for subject, predicate, object_, items in _CLAIMS:
        text.append(claim_text(predicate, *items, subject=subject, object_=object_))
        for number, (_, design, _, source) in enumerate(items):
            species = {"AnimalStudy": "mouse", "InVitro": "cells"}.get(design, "human")
            text.append(f'evidence:{predicate}-{subject}-{object_}-{number} rls:species "{species}" .\n')
            sources.add(source)
    for source in sorted(sources | {"hand"}):
        author, year = (source[:-4].capitalize(), source[-4:]) if source != "hand" else ("Hand", "2020")
        text.append(f'source:{source} a rls:Source ; rls:firstAuthor "{author} A" ; dcterms:issued "{year}"^^xsd:gYear .\n')
    text.append('source:hand dcterms:title "hand" .\n')
    for name, label, start, claims in _HYPOTHESES:
        text.append(
            f'hypothesis:{name} a rls:Hypothesis ; skos:prefLabel "{label}"@en ; skos:definition "It brings on attacks."@en ; '
            f"rls:start entity:{start} ; rls:end entity:attacks ; rls:status rls:Proposed ; dcterms:source source:hand ; "
            f"rls:claims ( {' '.join('claim:' + claim for claim in claims)} ) .\n"
        )
    return "".join(text)
