"""Where the project's files are, and small graphs as Turtle."""

from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
LEDGER = ROOT.parent / "shared" / "evidence"


def claim_text(predicate: str, *items: tuple[str, str, int | None, str], subject: str = "a", object_: str = "b") -> str:
    """Return Turtle of one claim with evidence: (direction, design, n, source)."""
    text = [f"claim:{subject}.{predicate}.{object_} a rls:Claim, rdf:Statement ; rdf:subject entity:{subject} ; "]
    text.append(f"rdf:predicate rls:{predicate} ; rdf:object entity:{object_} .\n")
    for number, (direction, design, size, source) in enumerate(items):
        name = f"{predicate}-{subject}-{object_}-{number}"
        text.append(f"claim:{subject}.{predicate}.{object_} rls:hasEvidence evidence:{name} .\n")
        text.append(f'evidence:{name} a rls:Evidence ; dcterms:identifier "{name}" ; rls:direction rls:{direction} ; ')
        text.append(f"rls:studyDesign rls:{design} ; dcterms:source source:{source} .\n")
        text.append(f'source:{source} a rls:Source ; dcterms:title "{source}" .\n')
        if size is not None:
            text.append(f"evidence:{name} rls:sampleSize {size} .\n")
    return "".join(text)


def write_profile(path: Path, part: str, old: str, new: str) -> Path:
    """Write the shipped profile with one number changed: `old` becomes `new` in the part of that name."""
    from rlsgraph.triples import resources

    parts = resources.ontology_file("profile.ttl").read_text("utf-8").split("\n\n")
    (place,) = (place for place, text in enumerate(parts) if text.startswith(f"rls:{part} "))
    assert parts[place].count(old) == 1
    parts[place] = parts[place].replace(old, new)
    path.write_text("\n\n".join(parts), "utf-8")
    return path


def pushable(kg):
    """Return a graph's triples and the files of its profile, as a push takes them."""
    return kg.graph_source.whole().store, kg.graph_source.profile_files
