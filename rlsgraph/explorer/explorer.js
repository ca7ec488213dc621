// Start the page, and show anew what the address asks for whenever it changes.

const shown = { hypothesis: undefined, panel: undefined };
const PANELS = { claim: claimPanel, link: linkPanel, entity: entityPanel };

function show() {
  const { hypothesis, panel: asked, missing } = readAddress();
  const panel = asked || weakestStep(hypothesis);
  if (hypothesis !== shown.hypothesis) {
    markCard(hypothesis);
    if (hypothesis) {
      showChain(hypothesis);
      showDrawing(hypothesis, panel);
    } else {
      showNoChain();
    }
  } else {
    paint(panel);
  }
  markStep(panel);
  showPanel(panel, missing);
  shown.hypothesis = hypothesis;
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
  const { counts, version, base } = data;
  const said = [`${counts.entities} entities`, `${counts.claims} claims`, `${counts.evidence} evidence items`, `${counts.sources} sources`];
  byId("facts").textContent = `version ${version} · ${said.join(", ")}`;
  byId("citation").append(`rlsgraph: mechanisms hypothesised in restless legs syndrome. Version ${version}. `, outside(base, base));
}

/** Draw anew where the room has changed, once it has stopped changing. */
function watchRoom() {
  let waiting;
  addEventListener("resize", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      if (byId("drawing").clientWidth === drawn.width) return;
      shown.hypothesis = undefined;
      show();
    }, 150);
  });
}

function start() {
  showCards();
  showFooter();
  startSearch();
  byId("skip").addEventListener("click", () => byId("chain").focus());
  addEventListener("hashchange", show);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", show);
  watchRoom();
  show();
}

start();
