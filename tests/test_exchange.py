"""The formats of other tools, each read back by the tool itself where it can be installed, and by rules of its standard."""

import csv
import io
import json
import socket
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pyoxigraph as ox
import pytest
import yaml
from click.testing import CliRunner

import rlsgraph
from rlsgraph.cli.main import main
from rlsgraph.errors import DataError, EmptyViewError, FormatError, MissingPackageError
from rlsgraph.formats import added
from rlsgraph.formats.exchange import kgx, table
from rlsgraph.formats.exchange.content import content_of
from rlsgraph.formats.exchange.selection import select_claims
from rlsgraph.formats.exchange.signing import signed_nanopubs
from rlsgraph.formats.reading import table as reading
from rlsgraph.formats.spreadsheets.files import TABLE_FORMATS
from rlsgraph.model.vocabulary import ConfidenceLevel, Direction, Predicate

HOSTILE = 'a "quoted" \\ back\\slash } {brace} <b>&amp; | tab\tline\nnext \x01 \u202e end'


@pytest.fixture(scope="module")
def content(kg):
    return content_of(kg)


@pytest.fixture(scope="module")
def written(content):
    """Return each format's files by name of format and ending."""
    return {name: each.write(content) for name, each in table.formats().items()}


@pytest.fixture(scope="module")
def claim_iris(kg):
    return {claim.iri for claim in kg.claims()}


@pytest.fixture
def hostile(load_text):
    """Return a graph whose labels and titles try to end whatever they stand in."""
    label = HOSTILE.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t").replace("\x01", "\\u0001")
    kg = load_text(
        "claim:c.increases.b a rls:Claim, rdf:Statement ; rdf:subject entity:c ; rdf:predicate rls:increases ;"
        " rdf:object entity:b ; rls:hasEvidence evidence:e .\n"
        f'entity:c a rls:Entity ; skos:prefLabel "{label}"@en .\n'
        'evidence:e a rls:Evidence ; dcterms:identifier "e" ; rls:direction rls:Supports ; rls:studyDesign rls:Cohort ;'
        f' rls:finding "{label}" ; dcterms:source source:s .\n'
        f'source:s a rls:Source ; dcterms:title "{label}" ; bibo:doi "10.1/x" .\n'
    )
    return content_of(kg, title=HOSTILE)


def text_of(written, name, ending=""):
    return written[name][ending].decode()


def test_content_of_a_selection_is_closed(kg):
    hypothesis = kg.hypotheses()[0].hypothesis
    part = content_of(kg, claims=select_claims(kg, hypothesis=hypothesis.iri))
    assert set(part.claims) == set(hypothesis.claims)
    assert {end for claim in part.claims for end in (claim.subject, claim.object)} == set(part.entities)
    assert {end for link in part.links for end in (link.subject, link.object)} <= set(part.entities)


def test_around_two_steps_holds_what_is_around_one(kg):
    one, two = (set(select_claims(kg, around="gut dysbiosis", steps=steps)) for steps in (1, 2))
    assert one < two
    assert {claim.score >= 0.5 for claim in select_claims(kg, around="gut dysbiosis", steps=2, min_score=0.5)} == {True}


def test_an_empty_selection_is_said(kg):
    with pytest.raises(EmptyViewError):
        select_claims(kg, around="gut dysbiosis", min_score=1.0)


def test_an_entity_goes_by_its_exact_match_only_where_that_is_its_own(content):
    identifiers = list(content.identifiers.values())
    assert len(set(identifiers)) == len(identifiers)
    by_label = {entity.label: content.identifiers[entity.iri] for entity in content.entities}
    assert by_label["restless legs syndrome"] == "MONDO:0005391"


@pytest.fixture(scope="module")
def biolink():
    text = next(path for path in metadata.files("biolink-model") if path.name == "biolink_model.yaml").locate()
    return yaml.load(Path(text).read_text("utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def spelt(name, *, classes=False):
    """Return the name of a Biolink term as it stands in a CURIE or a column."""
    return "".join(part[0].upper() + part[1:] for part in name.split()) if classes else name.replace(" ", "_").replace(",", "")


def test_kgx_speaks_biolink(content, biolink):
    slots = {spelt(name) for name in (*biolink["slots"], *biolink["classes"]["named thing"]["slots"])}
    classes = {spelt(name, classes=True) for name in biolink["classes"]}
    levels = biolink["enums"]["KnowledgeLevelEnum"]["permissible_values"]
    agents = biolink["enums"]["AgentTypeEnum"]["permissible_values"]
    directions = biolink["enums"]["DirectionQualifierEnum"]["permissible_values"]
    nodes, edges = list(kgx.nodes(content)), list(kgx.edges(content))
    known = {node["id"] for node in nodes}
    assert len(known) == len(nodes)
    assert {category.removeprefix("biolink:") for each in (*nodes, *edges) for category in each["category"]} <= classes
    for edge in edges:
        assert {edge["subject"], edge["object"], *edge.get("has_supporting_studies", [])} <= known
        assert {edge["predicate"], edge.get("qualified_predicate", edge["predicate"])} <= {f"biolink:{slot}" for slot in slots}
        assert edge["knowledge_level"] in levels
        assert edge["agent_type"] in agents
        assert edge.get("object_direction_qualifier", "increased") in directions
        assert 0 <= edge.get("has_confidence_score", 0) <= 1
    own = {
        "iri",
        "group",
        "rlsgraph_score",
        "rlsgraph_score_low",
        "rlsgraph_score_high",
        "supporting",
        "disputing",
        "inconclusive",
    }
    named = {*kgx.NODE_COLUMNS, *kgx.EDGE_COLUMNS} - own - {"name", "description", "id"}
    assert named <= slots, named - slots


def test_kgx_says_sign_and_refutation_of_each_claim(kg, content):
    edges = {edge["iri"]: edge for edge in kgx.edges(content)}
    signs = {Predicate.INCREASES: "increased", Predicate.DECREASES: "decreased"}
    for claim in kg.claims():
        edge = edges[claim.iri]
        assert edge.get("object_direction_qualifier") == signs.get(claim.predicate)
        refuted = claim.level is ConfidenceLevel.REFUTED
        assert edge["negated"] is refuted
        assert edge["has_confidence_score"] == pytest.approx(1 - claim.score if refuted else claim.score)
        assert edge["knowledge_level"] == ("prediction" if claim.is_untested else "knowledge_assertion")


def test_kgx_tables_say_what_the_json_lines_say(written):
    for kind in ("nodes", "edges"):
        rows = list(csv.DictReader(io.StringIO(text_of(written, "kgx", f"_{kind}.tsv")), delimiter="\t", quoting=csv.QUOTE_NONE))
        records = [json.loads(line) for line in text_of(written, "kgx-jsonl", f"_{kind}.jsonl").splitlines()]
        assert [row["id"] for row in rows] == [record["id"] for record in records]
        for row, record in zip(rows, records, strict=True):
            assert {name for name, value in row.items() if value} == set(record)


def test_cx2_keeps_the_rules_of_its_specification(written, claim_iris):
    descriptor, about, *aspects, status = json.loads(text_of(written, "cx2"))
    assert descriptor == {"CXVersion": "2.0", "hasFragments": False}
    assert status == {"status": [{"success": True}]}
    parts = {name: items for aspect in aspects for name, items in aspect.items()}
    assert {each["name"]: each["elementCount"] for each in about["metaData"]} == {
        name: len(items) for name, items in parts.items()
    }
    (declared,) = parts["attributeDeclarations"]
    types = {"string": str, "integer": int, "double": float, "boolean": bool}
    numbers = {node["id"] for node in parts["nodes"]}
    for kind in ("nodes", "edges"):
        assert len({element["id"] for element in parts[kind]}) == len(parts[kind])
        for element in parts[kind]:
            for name, value in element["v"].items():
                assert type(value) is types[declared[kind][name]["d"]], (name, value)
    assert {end for edge in parts["edges"] for end in (edge["s"], edge["t"])} <= numbers
    assert claim_iris <= {edge["v"]["iri"] for edge in parts["edges"]}


def test_cytoscape_reads_its_json(written, claim_iris, tmp_path):
    modules = Path(sys.prefix) / "npm" / "node_modules"
    if not (modules / "cytoscape").is_dir():
        pytest.skip("the npm package cytoscape is not installed: `make test` installs it")
    file = tmp_path / "graph.cyjs"
    file.write_bytes(written["cytoscape"][""])
    script = (
        f"const cytoscape = require({json.dumps(str(modules / 'cytoscape'))});"
        f"const {{elements}} = JSON.parse(require('fs').readFileSync({json.dumps(str(file))}, 'utf8'));"
        "const cy = cytoscape({headless: true, elements});"
        "console.log(JSON.stringify({nodes: cy.nodes().length, edges: cy.edges().map((edge) => edge.id())}));"
    )
    node = Path(sys.prefix) / "bin" / "node"
    answer = subprocess.run([node, "-e", script], capture_output=True, check=True)
    read = json.loads(answer.stdout)
    assert claim_iris <= set(read["edges"])
    assert read["nodes"] == len(json.loads(written["cytoscape"][""])["elements"]["nodes"])


def test_gexf_is_read_by_networkx_with_the_iri_of_each_claim(written, claim_iris):
    import networkx

    graph = networkx.read_gexf(io.BytesIO(written["gexf"][""]), version="1.2draft")
    read = {data["iri"]: data for _, _, data in graph.edges(data=True)}
    assert claim_iris <= set(read)
    assert all(data["id"] == iri for iri, data in read.items())


def test_igraph_keeps_the_iri_of_each_claim(kg, claim_iris, tmp_path):
    import igraph

    from rlsgraph.formats.graph import to_graphml

    file = tmp_path / "graph.graphml"
    file.write_text(to_graphml(kg), "utf-8")
    graph = igraph.Graph.Read_GraphML(str(file))
    assert claim_iris <= set(graph.es["iri"])
    assert set(graph.vs["id"]) == {entity.iri for entity in kg.entities()}


def test_sssom_is_read_by_sssom_pydantic(kg, written, tmp_path):
    import sssom_pydantic

    file = tmp_path / "graph.sssom.tsv"
    file.write_bytes(written["sssom"][""])
    mappings, *_ = sssom_pydantic.read(file)
    wanted = {(match.relation.value, match.curie) for entity in kg.entities() for match in entity.matches}
    assert {(mapping.predicate.identifier, mapping.object.curie) for mapping in mappings} == wanted
    assert len(mappings) == sum(len(entity.matches) for entity in kg.entities())


def test_nanopubs_are_valid_and_one_a_claim(kg, written):
    from nanopub import Nanopub
    from rdflib import Dataset

    quads = list(ox.parse(written["nanopub"][""], format=ox.RdfFormat.TRIG))
    by_nanopub = {}
    for quad in quads:
        by_nanopub.setdefault(quad.graph_name.value.partition("#")[0], []).append(quad)
    assert len(by_nanopub) == len(kg.claims())
    for name in sorted(by_nanopub)[::150]:
        rdf = Dataset()
        rdf.parse(data=ox.serialize(by_nanopub[name], format=ox.RdfFormat.N_QUADS), format="nquads")
        assert Nanopub(rdf=rdf).is_valid, name
    parts = {name: {quad.graph_name.value.partition("#")[2] for quad in quads} for name, quads in by_nanopub.items()}
    assert set(map(frozenset, parts.values())) == {frozenset({"Head", "assertion", "provenance", "pubinfo"})}


@pytest.fixture(scope="module")
def profile(tmp_path_factory):
    """Return the file of a profile with a key of its own."""
    from nanopub import Profile

    folder = tmp_path_factory.mktemp("profile")
    return Path(Profile("0000-0002-1825-0097", "Josiah Carberry").store(folder))


@pytest.fixture
def no_network(monkeypatch):
    """Let every connection fail."""

    def refuse(*_arguments):
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)


def test_signed_nanopubs_are_verified_by_nanopub_and_read_back(graph_is_read, kg, profile, no_network, tmp_path):
    from nanopub import Nanopub
    from nanopub.sign_utils import verify_trusty
    from rdflib import ConjunctiveGraph

    out = tmp_path / "graph.nanopub.trig"
    arguments = ["export", str(out), "--around", "gut dysbiosis", "--min-score", "0.3", "--sign", "--signer", str(profile)]
    answer = CliRunner().invoke(main, arguments)
    assert answer.exit_code == 0, answer.output
    claims = select_claims(kg, around="gut dysbiosis", min_score=0.3)
    by_nanopub = {}
    for quad in ox.parse(path=out, format=ox.RdfFormat.TRIG):
        by_nanopub.setdefault(quad.graph_name.value.partition("#")[0], []).append(quad)
    assert len(by_nanopub) == len(claims) > 1
    for name, quads in by_nanopub.items():
        rdf = ConjunctiveGraph()
        rdf.parse(data=ox.serialize(quads, format=ox.RdfFormat.TRIG), format="trig")
        read = Nanopub(rdf=rdf)
        assert read.is_valid
        assert read.has_valid_signature
        assert verify_trusty(rdf, name, read.metadata.namespace)
        assert "https://orcid.org/0000-0002-1825-0097" in {str(end) for end in rdf.objects()}
    assert reading.readings()["nanopub"].read(out).kept["claim"] == len(claims)


def changed(profile, folder, old, new):
    """Return a copy of a profile's file with something else in it."""
    path = folder / "profile.yml"
    path.write_text(profile.read_text("utf-8").replace(old, new), "utf-8")
    return path


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("0097", "0098", "is no ORCID"),
        ("private_key:", "key:", "is no profile"),
        ("orcid_id:", "[", "is no profile"),
        ("/id_rsa\n", "/no_such_key\n", "is no profile"),
        ("/id_rsa\n", "/profile.yml\n", "is no RSA key"),
        ("/id_rsa\n", "/id_rsa.pub\n", "is a public one"),
        ("/id_rsa.pub", "/profile.yml", "is not that of its private key"),
    ],
)
def test_a_profile_that_cannot_sign_is_told_by_name(content, profile, tmp_path, old, new, says):
    path = changed(profile, tmp_path, old, new)
    with pytest.raises(DataError, match=says) as error:
        signed_nanopubs(content, path)
    assert error.value.path == path


def test_who_has_no_profile_is_told_where_one_comes_from(content, tmp_path, monkeypatch):
    monkeypatch.setenv("NANOPUB_PROFILE", str(tmp_path / "none.yml"))
    with pytest.raises(DataError, match=r"none\.yml.*np setup"):
        signed_nanopubs(content)


def test_who_lacks_the_package_nanopub_is_told_to_install_it(content, monkeypatch):
    monkeypatch.setitem(sys.modules, "nanopub", None)
    with pytest.raises(MissingPackageError, match="pip install nanopub"):
        signed_nanopubs(content)


def test_only_nanopubs_are_signed():
    for arguments, says in (
        (["x.bib", "--sign"], "nanopub only"),
        (["x.trig", "--format", "nanopub", "--signer", "p"], "--sign"),
    ):
        answer = CliRunner().invoke(main, ["export", *arguments])
        assert (answer.exit_code, says in answer.output) == (2, True)


def test_no_nanopub_states_a_claim_as_a_fact(kg, written):
    plain = {ox.Triple(*map(ox.NamedNode, (c.subject.iri, c.predicate.iri, c.object.iri))) for c in kg.claims()}
    assert not plain & {quad.triple for quad in ox.parse(written["nanopub"][""], format=ox.RdfFormat.TRIG)}


def test_sepio_has_a_line_for_each_item(kg, written):
    store = ox.Store()
    store.load(written["sepio"][""], format=ox.RdfFormat.TURTLE)
    prefix = "PREFIX obo: <http://purl.obolibrary.org/obo/> SELECT * WHERE { "
    lines = {
        direction: f"?claim obo:SEPIO_{number} ?item"
        for direction, number in zip(Direction, ("0000007", "0000008", "0000009"), strict=True)
    }
    for direction, pattern in lines.items():
        assert len(list(store.query(f"{prefix}{pattern} . ?item a obo:SEPIO_0000002 }}"))) == sum(
            c.count(direction) for c in kg.claims()
        )


def test_bel_holds_each_supporting_item_and_counts_the_rest(kg, written):
    text = text_of(written, "bel")
    supporting = [
        item for c in kg.claims() for item in c.evidence if item.direction is Direction.SUPPORTS and not item.source.retracted
    ]
    assert text.count("SET Citation = ") == len(supporting)
    assert f"{sum(c.count(Direction.DISPUTES) for c in kg.claims())} disputes items" in text


def test_bibliographies_are_read_by_their_parsers(content, written):
    import bibtexparser
    import rispy

    library = bibtexparser.parse_string(text_of(written, "bibtex"))
    assert not library.failed_blocks
    assert len(library.entries) == len(content.sources)
    records = rispy.loads(text_of(written, "ris"))
    assert [record["doi"] for record in records if "doi" in record] == [s.doi for s in content.sources if s.doi]
    assert len(records) == len(content.sources)


def test_the_evidence_table_holds_each_item_with_its_document(content, written):
    rows = list(csv.DictReader(io.StringIO(text_of(written, "evidence"))))
    items = [item for claim in content.claims for item in claim.evidence]
    assert [row["evidence"] for row in rows if row["evidence"]] == [item.iri for item in items]
    assert {row["claim"] for row in rows} == {claim.iri for claim in content.claims}
    assert {row["doi"] for row in rows} - {""} == {source.doi for source in content.sources} - {""}


def test_the_dataset_description_counts_what_is_there(content, written):
    store = ox.Store()
    store.load(written["dataset"][""], format=ox.RdfFormat.TURTLE)
    question = (
        "PREFIX void: <http://rdfs.org/ns/void#> PREFIX rls: <https://w3id.org/rlsgraph/ontology#>"
        " SELECT ?n WHERE { ?part void:class rls:Claim ; void:entities ?n }"
    )
    (row,) = store.query(question)
    assert int(row["n"].value) == len(content.claims)


def test_hostile_texts_end_nothing(hostile):
    import networkx

    texts = {name: each.write(hostile) for name, each in table.formats().items()}
    assert len(texts["kgx"]["_edges.tsv"].decode().splitlines()) == 2
    assert len(json.loads(texts["cx2"][""])) == 7
    assert len(networkx.read_gexf(io.BytesIO(texts["gexf"][""]), version="1.2draft")) == len(hostile.entities)
    list(ox.parse(texts["nanopub"][""], format=ox.RdfFormat.TRIG))
    (statement,) = [line for line in texts["bel"][""].decode().splitlines() if " increases " in line]
    assert statement.count('"') == 4
    for name in ("dot", "bel", "ris", "bibtex"):
        assert "\x01" not in texts[name][""].decode()
        assert "\u202e" not in texts[name][""].decode()


def test_a_part_of_the_graph_goes_to_a_file_by_its_ending(graph_is_read, tmp_path):
    out = tmp_path / "sources.bib"
    answer = CliRunner().invoke(main, ["export", str(out), "--around", "gut dysbiosis"])
    assert answer.exit_code == 0, answer.output
    assert out.read_text("utf-8").startswith("% rlsgraph")


def test_a_format_of_two_files_has_no_place_on_standard_output(graph_is_read):
    answer = CliRunner().invoke(main, ["export", "-", "--format", "kgx"])
    assert answer.exit_code == 2
    assert "2 files" in answer.output


def test_every_format_is_listed_once_and_described(graph_is_read):
    answer = CliRunner().invoke(main, ["formats", "--format", "json"])
    listed = {each["name"]: each for each in json.loads(answer.output)}
    assert list(listed) == list(dict.fromkeys([*table.formats(), *reading.readings(), *(each.name for each in TABLE_FORMATS)]))
    assert {name for name, each in listed.items() if each["reads"]} == {
        *reading.readings(),
        *(each.name for each in TABLE_FORMATS),
        "evidence",
    }
    assert set(table.formats()) < {name for name, each in listed.items() if each["writes"]}
    page = (Path(__file__).parent.parent / "docs" / "exchange.md").read_text("utf-8")
    assert [name for name in table.formats() if f"`{name}`" not in page] == []


def test_the_help_of_import_tells_of_every_format_that_is_read():
    told = CliRunner().invoke(main, ["import", "--help"]).output
    for each in (*reading.OWN, *TABLE_FORMATS):
        assert f"    {each.name} " in told
        assert each.summary in told


class Added:
    """An entry point that adds a format."""

    def __init__(self, value):
        self.name, self.value = "shout", value

    def load(self):
        return self.value


@pytest.fixture
def add_format(monkeypatch):
    """Let another package add a format to the formats that are written, or to those that are read."""

    def add(value, of=table):
        monkeypatch.setattr(added, "entry_points", lambda group: [Added(value)] if group == of.ENTRY_POINTS else [])
        for known in (table.formats, reading.readings):
            known.cache_clear()
        return table.formats() if of is table else reading.readings()

    yield add
    monkeypatch.undo()
    for known in (table.formats, reading.readings):
        known.cache_clear()


def test_another_package_adds_a_format(add_format, content):
    shout = table.Format("shout", "claims in capitals", {"": lambda content: str(content.claims[0]).upper()}, (".shout",))
    assert add_format(shout)["shout"].write(content)[""].decode() == str(content.claims[0]).upper()
    assert table.format_of("x.shout") is shout


def test_another_package_adds_a_format_that_is_read(add_format, tmp_path):
    page = (Path(__file__).parent.parent / "docs" / "exchange.md").read_text("utf-8")
    code = next(block for block in page.split("```python\n") if "ARROWS" in block and "def " in block).partition("```")[0]
    plugin = {}
    exec(code, plugin)  # the example of the documents
    assert add_format(plugin["ARROWS"], reading)["arrows"] is plugin["ARROWS"]
    source, out = tmp_path / "x.arrows", tmp_path / "x.ttl"
    source.write_text("sleep loss -> migraine attack\nnonsense\n", "utf-8")
    answer = CliRunner().invoke(main, ["import", str(source), str(out)])
    assert answer.exit_code == 0, answer.output
    assert "lines without an arrow" in answer.output
    (claim,) = rlsgraph.load(out).claims()
    assert (str(claim), len(claim.evidence)) == ("sleep loss raises migraine attack", 1)


@pytest.mark.parametrize("value", ["no format", table.Format("kgx", "", {})])
def test_what_is_no_format_of_its_own_is_refused(add_format, value):
    with pytest.raises(FormatError, match="shout"):
        add_format(value)
    with pytest.raises(FormatError, match="must be a Reading"):
        add_format(value, reading)
