// Show the chosen hypothesis: its heading, its legend, and its chain as an ordered list of sentences.

function showChain(hypothesis) {
  byId("chain-head").replaceChildren(...chainHead(hypothesis));
  byId("steps").replaceChildren(...hypothesis.steps.map((stepId) => make("li", {}, stepButton(stepId))));
  byId("legend").replaceChildren(...legend(hypothesis));
}

function showNoChain() {
  byId("chain-head").replaceChildren(make("h2", { id: "chain-title" }, "No hypothesis yet"));
  byId("steps-title").hidden = true;
}

function chainHead(hypothesis) {
  const source = sources.get(hypothesis.source);
  const first = source && source.links && source.links[0];
  const nodes = [
    make("h2", { id: "chain-title" }, name(hypothesis.label)),
    hypothesis.definition ? make("p", {}, name(hypothesis.definition)) : undefined,
    make(
      "p", { class: "small soft" },
      "If every step holds, a rise in ", eitherOf(hypothesis.starts), " ", outcome(hypothesis), ". ",
      `Best of ${hypothesis.paths === 1 ? "one path" : `${hypothesis.paths || 0} paths`}: ${standing(hypothesis)} (90% interval ${two(hypothesis.low)}–${two(hypothesis.high)}), ${hypothesis.status}`,
      ...(source ? [" in ", first ? outside(source.citation, first[1]) : name(source.citation), hypothesis.locator ? `, ${hypothesis.locator}` : ""] : []),
      ".",
    ),
  ];
  if (hypothesis.left_out) {
    nodes.push(make("p", { class: "note" }, `${hypothesis.left_out} further steps are left out of the drawing for want of room.`));
  }
  return nodes.filter(Boolean);
}

function stepButton(stepId) {
  const { kind, id, value } = splitStep(stepId);
  return make(
    "button", { type: "button", class: "step", "data-step": stepId, on: { click: () => choose(kind, id) } },
    mark(value.polarity),
    make("span", { class: "step-words" }, sentence(value)),
    make("span", { class: "small soft" }, kind === "link" ? "by definition" : [standing(value), ...tags(value)]),
  );
}

/** The flags that change how a step is read, each in a word. */
function tags(claim) {
  const shown = { contested: "⚡ contested", untested: "untested", retracted: "retracted source", "no-study": "no study yet" };
  return (claim.flags || []).filter(([flag]) => shown[flag]).map(([flag]) => make("span", { class: "tag" }, shown[flag]));
}

function markStep(panel) {
  const chosen = panel ? `${panel.kind}:${panel.id}` : "";
  for (const button of byId("steps").querySelectorAll("button")) {
    if (button.dataset.step === chosen) button.setAttribute("aria-current", "true");
    else button.removeAttribute("aria-current");
  }
}

/** Explain only the marks that the drawing shows. */
function legend(hypothesis) {
  const steps = hypothesis.steps.map((stepId) => splitStep(stepId));
  const drawn = steps.filter((step) => step.kind === "claim").map((step) => step.value);
  const rows = [make("span", { class: "key" }, ...["1", "-1", "0"].flatMap((sign) => [mark(sign), ` ${EFFECTS[sign]}  `]))];
  const levels = Object.keys(data.widths).filter((level) => drawn.some((claim) => claim.level === level && !claim.pattern));
  for (const level of levels) rows.push(make("span", { class: "key" }, lineSample(data.widths[level]), ` ${level}`));
  for (const [pattern, dashes] of Object.entries(data.patterns)) {
    const isDrawn = pattern === "definitional" ? steps.some((step) => step.kind === "link") : drawn.some((claim) => claim.pattern === pattern);
    if (isDrawn) rows.push(make("span", { class: "key" }, lineSample(1.5, dashes), ` ${pattern === "definitional" ? "by definition" : pattern}`));
  }
  if (drawn.some((claim) => (claim.flags || []).some(([flag]) => flag === "contested"))) rows.push(make("span", { class: "key" }, "⚡ contested"));
  const groups = new Set(steps.flatMap((step) => [step.value.subject, step.value.object]).map((id) => entities.get(id)?.group).filter(Boolean));
  for (const group of [...groups].sort()) rows.push(make("span", { class: "key" }, swatch(group), ` ${group}`));
  return rows;
}

const swatch = (group) => make("span", { class: "swatch", "data-group": group, "aria-hidden": "true" });
