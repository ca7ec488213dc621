// Start the page, and show anew what the address asks for whenever it changes.

const shown = { said: undefined, drawing: undefined, panel: undefined, current: undefined };
const PANELS = { claim: claimPanel, link: linkPanel, entity: entityPanel };

function show() {
  const address = readAddress();
  const { hypothesis, missing } = address;
  const panel = address.panel || (address.view === "hypothesis" ? weakestStep(hypothesis) : null);
  const sifted = sift(address.filter);
  const view = viewOf(address, sifted.passing);
  shown.current = view;
  showFilters(address.filter, sifted);
  markCard(hypothesis, address.view);
  const said = JSON.stringify([view.key, location.hash.replace(/(^#|&)(claim|link|entity)=[^&]*/g, "")]);
  if (said !== shown.said) {
    shown.said = said;
    const field = document.activeElement?.id;
    showView(view, address);
    if (field) byId(field)?.focus();
  }
  const drawing = address.isTable ? "" : view.key;
  if (drawing !== shown.drawing) {
    shown.drawing = drawing;
    if (drawing) showDrawing(view, panel);
  } else {
    paint(panel, view.faded);
  }
  markStep(panel);
  markRow(panel);
  showPanel(panel, missing);
}

/** What the panel shows as long as nothing is chosen: the step that most needs evidence. */
const weakestStep = (hypothesis) => (hypothesis?.weakest ? { kind: "claim", id: hypothesis.weakest, isDefault: true } : null);

function showPanel(panel, missing) {
  const key = JSON.stringify([panel, missing]);
  if (key === shown.panel) return;
  const isFirst = shown.panel === undefined;
  shown.panel = key;
  const frame = byId("panel");
  frame.replaceChildren(...[
    missing && make("p", { class: "note" }, name(missing)),
    panel && panel.isDefault && make("p", { class: "note" }, "The weakest step of this hypothesis"),
    ...(panel ? PANELS[panel.kind](panel.id) : [make("p", { class: "empty" }, "Choose a step, or search an entity.")]),
  ].filter(Boolean));
  frame.scrollTop = 0;
  byId("status").textContent = isFirst ? "" : [missing, panel && spoken(panel)].filter(Boolean).join(" ");
  if (panel && !panel.isDefault && isStacked()) frame.scrollIntoView({ block: "start" });
}

/** What a screen reader hears when the panel changes; the whole panel would be too much. */
function spoken({ kind, id }) {
  if (kind === "entity") return `Entity: ${labelOf(id)}`;
  if (kind === "link") return `Link by definition: ${plainSentence(links.get(id))}`;
  const claim = claims.get(id);
  return `Claim: ${plainSentence(claim)}, ${standing(claim)}, ${claim.counts}`;
}

function showFooter() {
  const { counts, version } = data;
  const said = [`${counts.entities} entities`, `${counts.claims} claims`, `${counts.evidence} evidence items`, `${counts.sources} sources`];
  byId("facts").textContent = `version ${version} · ${said.join(", ")}`;
  byId("citation").append(citation());
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
    "Picture (PNG)": async () => save("rlsgraph.png", "image/png", await scenePng(sceneOf(shown.current), shown.current.drawing === "everything" ? 1 : 2)),
    "Picture (SVG)": () => save("rlsgraph.svg", "image/svg+xml", sceneSvg(sceneOf(shown.current))),
    "Claims (CSV)": () => save("rlsgraph-claims.csv", "text/csv;charset=utf-8", claimsCsv(ids())),
    "Claims (Turtle)": () => save("rlsgraph-claims.ttl", "text/turtle;charset=utf-8", claimsTurtle(ids())),
    "Sources (BibTeX)": () => save("rlsgraph-sources.bib", "application/x-bibtex;charset=utf-8", bibtex(sourceIds(ids()))),
    "Sources (RIS)": () => save("rlsgraph-sources.ris", "application/x-research-info-systems;charset=utf-8", ris(sourceIds(ids()))),
  };
  byId("offers").replaceChildren(...Object.entries(offers).map(([words, take]) => make("li", {}, make("button", { type: "button", on: { click: take } }, words))));
  const menu = byId("take-away");
  menu.addEventListener("keydown", (event) => { if (event.key === "Escape") { menu.open = false; menu.querySelector("summary").focus(); } });
  document.addEventListener("pointerdown", (event) => { if (!event.target.closest("#take-away")) menu.open = false; });
}

function start() {
  showCards();
  showFooter();
  startSearch();
  startFilters();
  startViews();
  startTakeAway();
  startZoom();
  byId("skip").addEventListener("click", () => byId("chain").focus());
  addEventListener("hashchange", show);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => paint(readAddress().panel, shown.current.faded));
  watchRoom();
  show();
}

start();
