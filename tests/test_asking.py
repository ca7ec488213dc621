"""A paper is asked for at a terminal: what cannot be read is asked again, what is known is not asked for."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

import rlsgraph
from rlsgraph.cli.asking import Questions
from rlsgraph.curation.starting import start_folder
from rlsgraph.curation.tables.entries import Entries
from rlsgraph.curation.tables.importing import import_entries
from rlsgraph.errors import CurationError, UnknownNameError

NEW = [
    *(
        "sleep loss",
        "incr",
        "\x15increases",
        "stiff neck",
        "y",
        "A neck that hurts when it turns.",
        "PhenotypicFeature",
        "symptom",
    ),
    *("10.1000/xyz", "", "Sleep and necks", "Doe J", "1021x", "\x152021", "A Journal"),
    *("as claimed", "cohort", "120", "<0.01", "human", "Stiff after short nights.", "", "abstract", "n"),
]
AGAIN = [
    *("Sleep loss", "increases", "stiff neck", "https://doi.org/10.1000/XYZ"),
    *("no effect found", "cohort", "", "", "", "Nothing in men.", "Few men.", "table 2", "y"),
    *("", "", "secondary outcome", *[""] * 14),
]


def answers(folder, lines, given=None):
    """Answer the questions as at a terminal, and return what came of it and what was told."""
    told = []

    def ask():
        with create_pipe_input() as keys, create_app_session(input=keys, output=DummyOutput()):
            keys.send_text("".join(f"{line}\n" for line in lines))
            return Questions(rlsgraph.load(folder), given or {}, told.append).ask()

    with ThreadPoolExecutor(1) as elsewhere:  # a browser's tests leave a loop running in this thread
        entries = elsewhere.submit(ask).result()
    return import_entries(folder, Entries(entries)), told


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """Return a folder into which two findings of one paper were answered, and what was told the second time."""
    place = tmp_path_factory.mktemp("asked")
    start_folder(place / "mine")
    first, _ = answers(place / "mine" / "data", NEW)
    second, told = answers(place / "mine" / "data", AGAIN)
    assert (list(first.problems), list(second.problems)) == ([], [])
    return place / "mine" / "data", told


def test_answers_come_in_as_a_row_does(data):
    folder, _ = data
    assert rlsgraph.check(folder).is_clean
    found, other = sorted(
        rlsgraph.load(folder).claim("sleep loss", "increases", "stiff neck").evidence, key=lambda item: item.finding
    )
    assert (other.sample_size, other.p_value, other.p_is_bound, other.species) == (120, 0.01, True, ("human",))
    assert (found.finding, found.outcome_rank.label) == ("Nothing in men.", "secondary outcome")


def test_a_paper_that_is_known_is_not_asked_for(data):
    folder, told = data
    assert told == ["The graph has it: Doe J 2021"]
    assert [source.title for source in rlsgraph.load(folder).sources() if source.doi] == ["Sleep and necks"]


def test_what_was_given_is_not_asked_for(data):
    folder, _ = data
    given = {"subject": "sleep loss", "predicate": "increases", "object": "stiff neck", "pmid": "7", "title": "Sleep and knees"}
    given |= {"doi": "10.1000/abc", "first_author": "Roe R", "year": "2020", "journal": "J", "result": "as claimed", "n": "9"}
    given |= {
        "design": "cohort",
        "p": "0.04",
        "species": "human",
        "finding": "So it was.",
        "limitations": "Few.",
        "locator": "p. 2",
    }
    report, _ = answers(folder, ["n"], given)
    assert report.count("new item") == 1


def test_the_group_behind_a_new_paper_is_asked_for_with_the_details(data):
    folder, _ = data
    columns = ("subject", "predicate", "object", "pmid", "doi", "title", "first_author", "year", "journal", "result", "design")
    texts = ("sleep loss", "increases", "stiff neck", "8", "10.1000/g", "Shoulders", "Poe P", "2019", "J", "as claimed", "cohort")
    given = dict(zip(columns, texts, strict=True)) | {"n": "9", "p": "0.04", "species": "human", "finding": "So."}
    given |= {"limitations": "Few.", "locator": "p. 2"}
    report, _ = answers(folder, ["y", *[""] * 17, "Poe laboratory; Night cohort"], given)
    assert report, report.problems
    (source,) = (source for source in rlsgraph.load(folder).sources() if source.pmid == "8")
    assert set(source.research_groups) == {"Poe laboratory", "Night cohort"}


def test_what_was_given_is_read_before_anything_is_asked(data):
    with pytest.raises(CurationError, match="year '12021x' is no year"):
        Questions(rlsgraph.load(data[0]), {"year": "12021x"}, print)
    with pytest.raises(UnknownNameError, match="no entity is named 'nobody'"):
        answers(data[0], [], {"subject": "nobody"})
