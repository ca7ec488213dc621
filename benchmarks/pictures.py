"""Take a picture of every view of the page, on a phone, a desk and a wide screen, light and dark, and after what a reader does.

    python benchmarks/pictures.py FOLDER [GRAPH …]

Look at them before a release; they are not kept, but for those that README shows.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import rlsgraph
from rlsgraph.explorer.drawing import key_of

SIZES = {"phone": (390, 844), "desk": (1440, 900), "wide": (1920, 1080)}
SCHEMES = ("light", "dark")
READY = "() => document.documentElement.dataset.ready"
STILL = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


@contextmanager
def chromium() -> Iterator[Any]:
    """Give a headless browser."""
    from playwright.sync_api import sync_playwright

    arguments = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=arguments)
        yield browser
        browser.close()


def views(kg: rlsgraph.KnowledgeGraph) -> dict[str, str]:
    """Return the address of every view, of what the graph holds: its first two hypotheses, and its claim with most evidence."""
    claim = max(kg.claims(), key=lambda claim: (len(claim.evidence), claim.iri))
    chosen, subject, source = (key_of(iri) for iri in (claim.iri, claim.subject.iri, claim.evidence[0].source.iri))
    found = {
        "everything": "view=everything",
        "everything-drawn": "view=everything&show=graph",
        "table": "view=everything&show=table",
        "around": f"view=around&around={quote(subject)}",
        "claim": f"claim={quote(chosen)}",
        "entity": f"entity={quote(subject)}",
        "paper": f"source={quote(source)}",
        "timeline-claim": f"view=timeline&claim={quote(chosen)}",
        "what-if": f"claim={quote(chosen)}&without={quote(source)}",
        "as-of": f"view=timeline&claim={quote(chosen)}&asof=2010",
        "filtered": "view=everything&show=graph&contested=1",
    }
    ranked = kg.hypotheses()
    if ranked:
        first = ranked[0].hypothesis
        name = quote(key_of(first.iri))
        rival = quote(key_of(ranked[min(1, len(ranked) - 1)].hypothesis.iri))
        ends = f"start={quote(key_of(first.starts[0].iri))}&end={quote(key_of(first.end.iri))}"
        found |= {
            "answer": "view=answer",
            "chain": f"hypothesis={name}",
            "compare": f"view=compare&hypothesis={name}&with={rival}",
            "study": f"view=study&hypothesis={name}",
            "timeline": f"view=timeline&hypothesis={name}",
            "between": f"view=between&{ends}",
        }
    return found


def click_step(page: Any) -> None:
    """Choose the first step that is listed."""
    page.locator("#steps button:visible, #chain-head a.chip:visible").first.click()


def zoom_in(page: Any) -> None:
    """Zoom the drawing in twice."""
    for _ in range(2):
        page.locator("[data-zoom='in']:visible").first.click()


def filter_causes(page: Any) -> None:
    """Show causal claims alone."""
    page.evaluate("() => { location.hash = `${location.hash}&causal=1`; }")


AFTER: dict[str, tuple[str, Callable[[Any], None]]] = {
    "chain-click": ("chain", click_step),
    "chain-zoom": ("chain", zoom_in),
    "chain-filter": ("chain", filter_causes),
    "between-click": ("between", click_step),
    "everything-zoom": ("everything-drawn", zoom_in),
    "everything-filter": ("everything-drawn", filter_causes),
}


def take(page: Any, path: Path) -> None:
    """Take the picture once two frames have been shown."""
    page.evaluate(STILL)
    page.screenshot(path=path)


def main(folder: Path, graph: list[str]) -> None:
    """Take all pictures into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    kg = rlsgraph.load(*graph)
    known = views(kg)
    file = folder / "page.html"
    file.write_text(kg.to_html(), "utf-8")
    acts = {name: act for name, act in AFTER.items() if act[0] in known}
    with chromium() as browser:
        for size, (width, height) in SIZES.items():
            for scheme in SCHEMES:
                with browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme) as context:
                    page = context.new_page()

                    def show(address: str, page: Any = page) -> None:
                        page.goto("about:blank")
                        page.goto(f"{file.as_uri()}#{address}")
                        page.wait_for_function(READY)

                    for name, address in known.items():
                        show(address)
                        take(page, folder / f"{name}-{size}-{scheme}.png")
                    for name, (view, act) in acts.items():
                        if size == "phone" and "zoom" in name:
                            continue
                        show(known[view])
                        act(page)
                        take(page, folder / f"{name}-{size}-{scheme}.png")
        page = browser.new_page(viewport={"width": 794, "height": 1123})  # A4 at 96 pixels an inch
        for name, address in known.items():
            page.goto("about:blank")
            page.goto(f"{file.as_uri()}#{address}")
            page.wait_for_function(READY)
            page.pdf(path=folder / f"{name}-print.pdf", format="A4")
    print(f"{len(list(folder.glob('*.png')))} pictures and {len(known)} prints in {folder}")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), sys.argv[2:])
