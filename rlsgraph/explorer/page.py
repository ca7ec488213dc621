"""Fill the page's template: one HTML file that carries its data, style and scripts, and asks the network for nothing."""

from __future__ import annotations

import hashlib
import html
import json
import zlib
from base64 import b64encode
from collections import Counter
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from rlsgraph.errors import DataError
from rlsgraph.explorer.page_data import page_data

if TYPE_CHECKING:
    from rlsgraph.graph.knowledge_graph import KnowledgeGraph

_SERVED_LINKS = '\n  <a class="quiet" href="/query">Query</a>'

_LONGEST_NAME = 100
"""So many letters of an entity's label stand in the page's title."""

_STYLES = ("explorer.css", "answer.css", "panel.css")

_SCRIPTS = (
    "dom.js",
    "state.js",
    "words.js",
    "weighing.js",
    "weighing_once.js",
    "weighing_ledger.js",
    "plots.js",
    "question.js",
    "routes.js",
    "layout.js",
    "sketch.js",
    "filters.js",
    "signs.js",
    "hypothesis_sum.js",
    "drawer.js",
    "chain.js",
    "table.js",
    "drawing.js",
    "everything.js",
    "picture.js",
    "scene.js",
    "takeaway.js",
    "forest.js",
    "waterfall.js",
    "accounts.js",
    "what_if.js",
    "support.js",
    "claim_panel.js",
    "entity_panel.js",
    "source_panel.js",
    "search.js",
    "around.js",
    "matrix.js",
    "ranking.js",
    "answer.js",
    "compare.js",
    "study.js",
    "timeline.js",
    "views.js",
    "standing.js",
    "next_study.js",
    "changes.js",
    "parts.js",
    "explorer.js",
)
"""In this order; each uses at its top level only what stands before it."""


def render_page(kg: KnowledgeGraph, *, title: str | None = None, opening: str = "", is_served: bool = False) -> str:
    """Return the interactive page of a graph as HTML text.

    The same graph gives the same text. `title` names the page in the browser's tab and head line;
    `opening` is the fragment of its address (without #) that it opens on where the address has none.
    Where the page `is_served` by the endpoint it links to the query page, and to the page of each thing.
    """
    style = "".join(_own_file(name) for name in _STYLES)
    vis, script = _vis_network(), _own_script()
    heading = title or title_of(kg)
    supposed = f" · what if: {'; '.join(kg.changes)}" if kg.changes else ""
    # string.Template reads each value once and never its content; the title is the only value that is text, and is escaped here.
    return Template(_own_file("template.html")).substitute(
        policy=_policy(style, (vis, script)),
        title=html.escape(f"rlsgraph: {heading}"),
        icon=f"data:image/svg+xml,{quote(_own_file('icon.svg').strip())}",
        subtitle=html.escape(heading + supposed),
        style=style,
        links=_SERVED_LINKS if is_served else "",
        data=packed_json(_data(kg) | {"opening": opening} | ({"served": True} if is_served else {})),
        vis=vis,
        script=script,
    )


def _data(kg: KnowledgeGraph) -> dict[str, Any]:
    """Return what the page knows, from an earlier time where the graph is kept: most of a page's time goes there."""
    found: dict[str, Any] = json.loads(kg.graph_source.kept("page", lambda: json.dumps(page_data(kg)).encode()))
    return found


def title_of(kg: KnowledgeGraph) -> str:
    """Return what a graph is about, in its own words; where it has none, by what most of its hypotheses end in."""
    if kg.about.title:
        return kg.about.title
    ends = Counter(ranked.hypothesis.end.label for ranked in kg.hypotheses())
    if not ends:
        return "Claims and their evidence"
    most = max(ends.values())
    leading = next(label for label, count in ends.items() if count == most)
    shown = leading if len(leading) <= _LONGEST_NAME else f"{leading[: _LONGEST_NAME - 1]}…"
    return f"Mechanisms hypothesised behind {shown}{' and more' if len(ends) > 1 else ''}"


def packed_json(value: Any) -> str:
    """Return JSON, deflated and in base64: a quarter of its size, and no text that could end the script element around it."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return b64encode(zlib.compress(text.encode(), 9)).decode()


def to_script_json(value: Any) -> str:
    r"""Return JSON that can stand in a script element: nothing in it can end the element or a JavaScript line.

    >>> to_script_json("</script>")
    '"\\u003c/script\\u003e"'
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def _policy(style: str, scripts: tuple[str, ...]) -> str:
    """Return the Content-Security-Policy: these scripts and this style, data images, and nothing else.

    vis-network sets its sizes through the style objects of elements, which a policy does not govern; so the style
    needs no 'unsafe-inline'.
    """
    hashes = " ".join(_hash(script) for script in scripts)
    rules = ("default-src 'none'", f"script-src {hashes}", f"style-src {_hash(style)}", "img-src data:")
    return "; ".join((*rules, "base-uri 'none'", "form-action 'none'"))


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _own_file(name: str) -> str:
    return files("rlsgraph.explorer").joinpath("static", name).read_text(encoding="utf-8")


def _own_script() -> str:
    body = "\n".join(_own_file(name) for name in _SCRIPTS)
    return _for_script_element(f'(async () => {{\n"use strict";\n{body}}})();\n', "the explorer's scripts")


def _vis_network() -> str:
    """Return the smallest vis-network that pyvis bundles.

    Its style sheet stays out: it dresses buttons, editing and tooltips, none of which the page uses, in 220 kB.
    """
    pyvis = find_spec("pyvis")  # to import it takes a fifth of a second
    lib = Path((pyvis and pyvis.origin) or "pyvis/none").parent / "lib"
    folders = [folder for folder in lib.iterdir() if folder.name.startswith("vis-")] if lib.is_dir() else []
    found = [build for folder in folders if (build := folder.joinpath("vis-network.min.js")).is_file()]
    if not found:
        raise DataError("pyvis carries no vis-network.min.js; install pyvis 0.3.2", path=str(lib))
    texts = [build.read_text(encoding="utf-8").replace("\r\n", "\n") for build in found]
    return _for_script_element(min(texts, key=lambda text: (len(text), text)), "vis-network")


def _for_script_element(text: str, name: str) -> str:
    lowered = text.lower()
    if "</script" in lowered or "<!--" in lowered:
        raise DataError(f"{name} holds a text that would end its script element")
    return text
