"""What Sphinx builds the site from (`make docs`): the Markdown beside this file, the notebooks, and what the code itself says."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from pygments.lexers.special import TextLexer
from sphinx.application import Sphinx

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

import rlsgraph  # noqa: E402
from reference_pages import columns, commands, formats, library, ontology, profile  # noqa: E402

project = "rlsgraph"
author = "the rlsgraph contributors"
version = release = rlsgraph.__version__
language = "en"
smartquotes = False  # --profile is no –profile

extensions = ["myst_nb", "sphinx.ext.autodoc"]
exclude_patterns = ["reference_pages"]
nitpicky = True
nitpick_ignore_regex = [("py:.*", r".*")]  # inner types are named in signatures, and have no page

myst_enable_extensions = ["deflist"]
myst_heading_anchors = 3
nb_execution_mode = "force"
nb_execution_raise_on_error = True
nb_execution_timeout = 120

default_role = "code"  # docstrings write code in single backticks, as Markdown does
autodoc_member_order = "bysource"
autodoc_class_signature = "separated"
autodoc_typehints_format = "short"
python_use_unqualified_type_names = True
add_module_names = False

html_theme = "furo"  # system fonts and no script from elsewhere: the site works from a disk
html_title = f"rlsgraph {version}"
html_static_path = ["static"]
html_css_files = ["site.css"]
html_show_sourcelink = False
html_copy_source = False

MADE = {
    "api": library.markdown,
    "columns": columns.markdown,
    "commands": commands.markdown,
    "formats": formats.markdown,
    "ontology": ontology.markdown,
    "profile": profile.markdown,
}
"""The pages of the reference that are made from the code and the Turtle."""
MARK = "<!-- made -->"
"""What is made stands here; what follows in the file is for readers on a code host."""


def fill(_app: Sphinx, page: str, source: list[str]) -> None:
    """Put what is made into the page that it is of."""
    if page in MADE:
        before, mark, _ = source[0].partition(MARK)
        assert mark, f"docs/{page}.md must say {MARK}"
        source[0] = before + MADE[page]()


def link_names(*said: Any) -> None:
    """Let a docstring lead to the classes that it names."""
    lines = said[-1]
    lines[:] = map(library.linked, lines)


def setup(app: Sphinx) -> None:
    """Let Sphinx fill the pages as it reads them, link what docstrings name, and show tables as they are."""
    app.add_lexer("csv", TextLexer)
    app.connect("source-read", fill)
    app.connect("autodoc-process-docstring", link_names)
