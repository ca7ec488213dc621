// Start the page, and show anew what the address asks for whenever it changes.

const shown = { hypothesis: undefined, panel: "" };

function show() {
  const { hypothesis, panel: asked, missing } = readAddress();
  const panel = asked || (hypothesis && hypothesis.weakest ? { kind: "claim", id: hypothesis.weakest, isDefault: true } : null);
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

function showPanel(panel, missing) {
  const key = panel ? `${panel.kind}:${panel.id}:${Boolean(panel.isDefault)}` : "";
  const isNew = key !== shown.panel;
  shown.panel = key;
  const make_ = { claim: claimPanel, link: linkPanel, entity: entityPanel };
  const nodes = panel ? make_[panel.kind](panel.id) : [make("p", { class: "empty" }, "Choose a step to read its evidence.")];
  if (panel && panel.isDefault) nodes.unshift(make("p", { class: "note" }, "The weakest step of this hypothesis"));
  if (missing) nodes.unshift(make("p", { class: "note" }, missing));
  const frame = byId("panel");
  frame.replaceChildren(...nodes);
  if (isNew) frame.scrollTop = 0;
  byId("status").textContent = panel ? spoken(panel) : missing;
  if (isNew && panel && !panel.isDefault && isStacked() && frame.getBoundingClientRect().top > innerHeight * 0.8) frame.scrollIntoView({ block: "start" });
}

/** What a screen reader hears when the panel changes; the panel itself would be too much. */
function spoken(panel) {
  if (panel.kind === "entity") return `Entity ${labelOf(panel.id)}`;
  if (panel.kind === "link") return `Link by definition: ${plainSentence(links.get(panel.id))}`;
  const claim = claims.get(panel.id);
  return `Claim: ${plainSentence(claim)}, ${standing(claim)}, ${claim.counts}`;
}

function showFooter() {
  const { entities: things, claims: said, evidence: items, sources: texts } = data.counts;
  byId("facts").textContent = `version ${data.version} · ${things} entities, ${said} claims, ${items} evidence items, ${texts} sources`;
  byId("citation").append(`rlsgraph: mechanisms hypothesised in restless legs syndrome. Version ${data.version}. `, outside(data.base, data.base));
}

function start() {
  showCards();
  showFooter();
  startSearch();
  byId("skip").addEventListener("click", () => byId("chain").focus());
  addEventListener("hashchange", show);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => show());
  let waiting;
  addEventListener("resize", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      if (byId("drawing").clientWidth === drawn.width) return;
      shown.hypothesis = undefined;
      show();
    }, 150);
  });
  show();
}

start();
