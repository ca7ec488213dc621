// Start the page, and show anew what the address asks for whenever it changes.

const shown = { key: undefined, drawing: undefined, panel: undefined, current: undefined, chosen: null };
const PAGE_TITLE = document.title;
const PANELS = { claim: claimPanel, link: linkPanel, assumed: assumptionPanel, entity: entityPanel, source: sourcePanel };

function show() {
  const hasChanged = followChange();
  if (hasChanged || shown.panel === undefined) byId("citation").replaceChildren(citation());
  if (hasChanged) {
    Object.assign(shown, { key: undefined, drawing: undefined, panel: undefined });
    showChange();
  }
  const address = readAddress();
  const { missing } = address;
  const filtered = filterClaims(address.filter);
  const view = viewOf(address, filtered.passing);
  const panel = address.panel || view.opens || null;
  Object.assign(shown, { current: view, chosen: panel });
  showFilters(address.filter, filtered);
  showPart(address, panel);
  const key = JSON.stringify([view.key, location.hash.replace(/(^#|&)(claim|link|assumed|entity|source)=[^&]*/g, "")]);
  if (key !== shown.key) {
    shown.key = key;
    const keepFocus = focusKeeper();
    showView(view, address);
    keepFocus();
    document.title = `${capital(view.name)} · ${PAGE_TITLE}`;
  }
  const drawing = address.isTable || view.isText || view.isList ? "" : view.key;
  const room = byId("drawing").clientWidth;
  if (drawing && room === 0) {
    shown.drawing = undefined; // out of sight: drawn when it comes into it
  } else if (drawing !== shown.drawing || (drawing && room !== drawn.width)) {
    shown.drawing = drawing;
    if (drawing) showDrawing(view, panel);
  } else {
    paint(panel, view.faded);
  }
  markStep(panel);
  markRow(panel);
  showPanel(panel, missing);
}

function showPanel(panel, missing) {
  const key = JSON.stringify([panel, missing]);
  if (key === shown.panel) return;
  const isFirst = shown.panel === undefined;
  shown.panel = key;
  const frame = byId("panel");
  const keepFocus = focusKeeper();
  frame.replaceChildren(...[
    missing && make("p", { class: "note" }, name(missing)),
    panel && panel.chosenAs && make("p", { class: "note" }, panel.chosenAs),
    ...(panel ? PANELS[panel.kind](panel.id) : [make("p", { class: "empty" }, "Choose a step, or search an entity.")]),
  ].filter(Boolean));
  keepFocus();
  frame.scrollTop = 0;
  byId("status").textContent = isFirst ? "" : [missing, panel && panelInWords(panel)].filter(Boolean).join(" ");
}

/** What a screen reader hears when the panel changes; the whole panel would be too much. */
function panelInWords({ kind, id }) {
  if (kind === "entity") return `Entity: ${labelOf(id)}`;
  if (kind === "source") return `Paper: ${sources.get(id).citation}`;
  if (kind === "assumed") return capital(plainSentence(assumptions.get(id)));
  if (kind === "link") return `Link by definition: ${plainSentence(links.get(id))}`;
  const claim = claims.get(id);
  return `Claim: ${plainSentence(claim)}, ${standing(claim)}, ${claim.counts}`;
}

function showFooter() {
  const { counts, version } = data;
  const amounts = [`${counts.entities} entities`, `${counts.claims} claims`, `${counts.evidence} evidence items`, `${counts.sources} sources`];
  byId("facts").textContent = `version ${version} · ${amounts.join(", ")}`;
}

/** Draw anew where the room has changed, once it has stopped changing. */
function watchRoom() {
  let waiting;
  addEventListener("resize", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      if (byId("drawing").clientWidth === drawn.width) return;
      shown.drawing = undefined;
      show();
    }, 150);
  });
}

function startTakeAway() {
  const ids = () => shown.current.ids;
  const offers = {
    "Picture (PNG)": async () => save("rlsgraph.png", "image/png", await scenePng(sceneOf(shown.current, shown.chosen), isEverything() ? 1 : 2)),
    "Picture (SVG)": () => save("rlsgraph.svg", "image/svg+xml", sceneSvg(sceneOf(shown.current, shown.chosen))),
    "Claims (CSV)": () => save("rlsgraph-claims.csv", "text/csv;charset=utf-8", claimsCsv(ids())),
    "Evidence (CSV)": () => save("rlsgraph-evidence.csv", "text/csv;charset=utf-8", evidenceCsv(ids())),
    "Claims (Turtle)": () => save("rlsgraph-claims.ttl", "text/turtle;charset=utf-8", claimsTurtle(ids())),
    "Sources (BibTeX)": () => save("rlsgraph-sources.bib", "application/x-bibtex;charset=utf-8", bibtex(sourceIds(ids()))),
    "Sources (RIS)": () => save("rlsgraph-sources.ris", "application/x-research-info-systems;charset=utf-8", ris(sourceIds(ids()))),
  };
  const menu = byId("take-away");
  const close = () => {
    menu.open = false;
    menu.querySelector("summary").focus();
  };
  const offer = ([words, take]) => make("li", {}, make("button", { type: "button", on: { click: () => { take(); close(); } } }, words));
  byId("offers").replaceChildren(...Object.entries(offers).map(offer));
  menu.addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });
  document.addEventListener("pointerdown", (event) => { if (!event.target.closest("#take-away")) menu.open = false; });
}

/** Paper takes the drawing as lines that keep their sharpness, in light colours, and every row of a table. */
function watchPrinting() {
  addEventListener("beforeprint", () => {
    byId("table").querySelector(".all-rows")?.click();
    if (!readAddress().isTable && shown.current.drawing) byId("printed").replaceChildren(pictureOf(shown.current, shown.chosen));
  });
  addEventListener("afterprint", () => byId("printed").replaceChildren());
}

/** What is copied out of the page under a change says the change. */
function watchCopying() {
  document.addEventListener("copy", (event) => {
    const copied = String(getSelection());
    if (!changeLine() || copied.length < LEAST_MARKED || event.target.closest?.("input, textarea")) return;
    event.clipboardData.setData("text/plain", `${copied}\n(${changeLine()})`);
    event.preventDefault();
  });
}

const LEAST_MARKED = 30;

function start() {
  showFooter();
  startDrawer();
  startSearch();
  startFilters();
  startViews();
  startParts();
  startTakeAway();
  startZoom();
  byId("skip").addEventListener("click", () => byId("chain").focus());
  addEventListener("hashchange", show);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => paint(shown.chosen, shown.current.faded));
  watchRoom();
  watchPrinting();
  watchCopying();
  show();
  document.documentElement.dataset.ready = "true";
}

start();
