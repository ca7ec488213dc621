"""Measure how long pages take to open and to follow a filter in headless Chromium, beside pyvis's own page of the same claims."""

from __future__ import annotations

import math
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from synthetic import synthetic_graph

import rlsgraph

ROUNDS = 5
SIZES = {2_000: 3.0, 10_000: 8.0}
"""Claims of a synthetic graph, and the seconds within which its page must be usable."""

PATIENCE = 40
"""A page that shows no second frame within so many seconds is given up."""

SHOWN = "requestAnimationFrame(() => requestAnimationFrame(() => { window.shown = true; }));"
OPEN = "() => window.shown && (!document.querySelector('#chain') || document.documentElement.dataset.ready)"
USABLE = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
FILTERS = ("level=supported", "level=supported,emerging", "causal=1", "score=0.50-1.00")
FILTER = """(address) => new Promise((done) => {
  const begin = performance.now();
  const finish = () => setTimeout(() => done(performance.now() - begin));
  addEventListener("hashchange", () => requestAnimationFrame(finish), { once: true });
  location.hash = address;
})"""


LEAST_FRAMES = 30
"""So many frames a second at least, while everything is zoomed by the wheel and dragged."""

COUNT = """() => {
  window.frames_ = [];
  const count = (now) => { window.frames_.push(now); requestAnimationFrame(count); };
  requestAnimationFrame(count);
}"""
NEXT = "() => new Promise(requestAnimationFrame)"
RATE = "() => (1000 * (window.frames_.length - 1)) / (window.frames_.at(-1) - window.frames_[0])"


@contextmanager
def chromium() -> Iterator[Any]:
    """Give a headless browser."""
    from playwright.sync_api import sync_playwright

    arguments = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=arguments)
        yield browser
        browser.close()


def pyvis_page(kg: rlsgraph.KnowledgeGraph) -> str:
    """Return pyvis's own page of the same claims, with its scripts within; it simulates forces until they settle."""
    from pyvis.network import Network

    network = Network(directed=True, cdn_resources="in_line")
    for entity in kg.entities():
        network.add_node(entity.iri, entity.label)
    for claim in kg.claims():
        network.add_edge(claim.subject.iri, claim.object.iri, title=str(claim))
    return str(network.generate_html())


def opening_seconds(path: Path) -> float:
    """Return how long a page takes from its address to its second frame; infinite where that does not come in time.

    Each time in a browser of its own: a page that freezes takes its browser with it.
    """
    from playwright.sync_api import TimeoutError as NotInTimeError

    with chromium() as browser:
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.add_init_script(f'addEventListener("load", () => {{ {SHOWN} }})')
        page.set_default_timeout(PATIENCE * 1000)
        page.route(lambda url: not url.startswith("file:"), lambda route: route.abort())
        begin = time.perf_counter()
        try:
            page.goto(path.as_uri(), wait_until="domcontentloaded")
            page.wait_for_function(OPEN, timeout=PATIENCE * 1000)
        except NotInTimeError:
            return math.inf
        return time.perf_counter() - begin


def filter_seconds(path: Path) -> float:
    """Return the median time from a change of the filter to the next frame, in the view of everything."""
    with chromium() as browser:
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.goto(path.as_uri() + "#view=everything&show=graph")
        page.evaluate(USABLE)
        return statistics.median(page.evaluate(FILTER, f"#view=everything&show=graph&{chosen}") / 1000 for chosen in FILTERS * 2)


def frame_rates(path: Path) -> tuple[float, float]:
    """Return the frames a second while everything, as far as it is drawn, is zoomed by the wheel, and while it is dragged."""
    with chromium() as browser:
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.goto(path.as_uri() + "#view=everything&show=graph")
        page.evaluate(USABLE)
        box = page.locator("#drawing canvas").bounding_box()
        middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        page.mouse.move(*middle)
        page.evaluate(COUNT)
        for turn in range(60):
            page.mouse.wheel(0, -40 if turn % 30 < 15 else 40)
            page.evaluate(NEXT)
        wheel = page.evaluate(RATE)
        page.evaluate("() => { window.frames_.length = 0; }")
        page.mouse.down()
        for step in range(60):
            page.mouse.move(middle[0] + 3 * (step % 30), middle[1] + 2 * (step % 20))
            page.evaluate(NEXT)
        drag = page.evaluate(RATE)
        page.mouse.up()
        return wheel, drag


def print_page(folder: Path, name: str, kg: rlsgraph.KnowledgeGraph, bound: float) -> bool:
    """Print the rows of one graph; tell whether its bounds hold."""
    ours, theirs = folder / "ours.html", folder / "pyvis.html"
    ours.write_text(kg.to_html(), "utf-8")
    theirs.write_text(pyvis_page(kg), "utf-8")
    rounds = ROUNDS if len(kg) <= 2_000 else 1
    pairs = [(opening_seconds(ours), opening_seconds(theirs)) for _ in range(rounds)]
    mine, other = (statistics.median(column) for column in zip(*pairs, strict=True))
    filtering = filter_seconds(ours)
    wheel, drag = frame_rates(ours)
    beside = f"{other:.2f} s" if math.isfinite(other) else f"more than {PATIENCE} s"
    size = ours.stat().st_size / 1e6
    print(f"| {name}, {len(kg):,} claims: open to usable | {mine:.2f} s | pyvis, not settled: {beside} | ≤ {bound:g} s |")
    print(f"| {name}: a filter changes | {filtering * 1000:.0f} ms | – | {'≤ 100 ms' if len(kg) <= 2_000 else '–'} |")
    print(f"| {name}: zoom and drag in everything | {wheel:.0f} and {drag:.0f} frames/s | – | ≥ {LEAST_FRAMES} |")
    print(
        f"| {name}: size | {size:.2f} MB | pyvis: {theirs.stat().st_size / 1e6:.2f} MB | {'≤ 1.5 MB' if bound < 2 else '–'} |",
        flush=True,
    )
    return (
        mine <= bound
        and min(wheel, drag) >= LEAST_FRAMES
        and (len(kg) > 2_000 or filtering <= 0.1)
        and (bound >= 2 or size <= 1.5)
    )


def main() -> None:
    """Print a row for each bound."""
    print("| what | ours | beside it | bound |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        met = [print_page(folder, "the shipped graph", rlsgraph.load(), 1.5)]
        os.environ["RLSGRAPH_CACHE"] = ""
        for claims, bound in SIZES.items():
            path = folder / "graph.nt"
            path.write_text("".join(synthetic_graph(claims, complete=True)))
            met.append(print_page(folder, "a synthetic graph", rlsgraph.load(path), bound))
    sys.exit(not all(met))


if __name__ == "__main__":
    main()
