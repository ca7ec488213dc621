// Say what a drawing shows: the heading of a hypothesis, steps as sentences, the legend.

function chainHead(hypothesis) {
  return [
    make("h2", { id: "chain-title" }, name(hypothesis.label)),
    hypothesis.status === "context" && make("p", { class: "note" }, "Context: a truism that stands apart, unranked."),
    hypothesis.definition && make("p", {}, name(hypothesis.definition)),
    make("p", { class: "small soft" }, standingOf(hypothesis), originOf(hypothesis)),
    hypothesis.rivals && make("p", { class: "small soft" }, "Rival: ", hypothesis.rivals.filter((id) => hypotheses.has(id)).map(rivalLink)),
    ownPage("hypothesis", hypothesis.id),
    hypothesis.left_out > 0 && make("p", { class: "note" }, `The drawing leaves out ${hypothesis.left_out} further steps for want of room.`),
  ].filter(Boolean);
}

function standingOf(hypothesis) {
  if (!hasStanding(hypothesis)) return ["Its claims do not connect its start with its end, so it has no joint probability. "];
  const paths = hypothesis.paths === 1 ? "Its path" : `The best of its ${hypothesis.paths} paths`;
  return [
    "If every step holds, a rise in ", eitherOf(hypothesis.starts), " ", outcome(hypothesis), ". ",
    `${paths} has the joint probability ${two(hypothesis.joint)} (${percent(data.profile.mass)} interval ${two(hypothesis.low)}–${two(hypothesis.high)}): `,
    "that all its steps hold, taken as independent. ",
    ...anchorOf(hypothesis), " ", ...weakestOf(hypothesis), " ",
    `${inPeople(hypothesis)}${hypothesis.newest ? `; newest ${hypothesis.newest}` : ""}. `,
  ];
}

/** The best tie of the route to its end in people: what hypotheses are ordered by. */
function anchorOf(hypothesis) {
  const anchor = claims.get(hypothesis.anchor);
  return anchor ? ["Best tie to the end in people: ", sentence(anchor), ` (${standing(anchor)}).`] : ["No entity on it is tied to the end in people."];
}

function weakestOf(hypothesis) {
  const [weakest, read] = [hypothesis.weakest, hypothesis.weakest_read].map((id) => claims.get(id));
  if (!weakest) return ["No unbroken chain of claims leads to the end."];
  if (read) return ["Weakest step: ", sentence(weakest), ", read from the association (", standing(read), ")."];
  return ["Weakest step: ", sentence(weakest), ` (${standing(weakest)}).`];
}

function inPeople({ in_people: [seen, all], opposed }) {
  return `Steps with data in people: ${seen} of ${all}${opposed ? `; opposed: ${opposed}` : ""}`;
}

function originOf(hypothesis) {
  const source = sources.get(hypothesis.source);
  if (!source) return [];
  const [first] = source.links || [];
  const cited = first ? outside(source.citation, addressOf(first)) : name(source.citation);
  return [`${capital(hypothesis.status)} in `, cited, hypothesis.locator && `, ${hypothesis.locator}`, "."];
}

const rivalLink = (id, index) => [
  index ? ", " : "",
  make("a", { class: "name", href: hypothesisAddress(id) }, name(hypotheses.get(id).label)),
];

function stepButton(stepId) {
  const { kind, id, value } = splitStep(stepId);
  return make(
    "button", { type: "button", class: "step", "data-step": stepId, on: { click: () => choose(kind, id) } },
    stepMark({ kind, value }),
    make("span", { class: "step-words" }, sentence(value)),
    make("span", { class: "small soft" }, kind === "link" ? "by definition" : [standing(value), ...tags(value)]),
  );
}

const TAGS = {
  contested: "⚡ contested",
  untested: "untested",
  retracted: "retracted source",
  lent: "only lent",
  "not-human": "not in people",
};

/** The flags that change how a step is read, each in a word. */
const tags = (claim) => (claim.flags || []).filter((flag) => TAGS[flag]).map((flag) => make("span", { class: "tag" }, TAGS[flag]));

function markStep(panel) {
  const chosen = panel ? `${panel.kind}:${panel.id}` : "";
  for (const button of byId("steps").querySelectorAll("button")) {
    if (button.dataset.step === chosen) button.setAttribute("aria-current", "true");
    else button.removeAttribute("aria-current");
  }
}

/** Explain only the marks that the drawing shows. */
function legend(stepIds) {
  const steps = stepIds.map(splitStep);
  const claimSteps = steps.filter((step) => step.kind === "claim").map((step) => step.value);
  const signs = ["1", "-1", "0"].filter((sign) => claimSteps.some((claim) => String(claim.polarity) === sign));
  const levels = Object.entries(data.widths).filter(([level]) => claimSteps.some((claim) => claim.level === level && claim.pattern !== level));
  const isDashed = (pattern) => steps.some(({ kind, value }) => (kind === "link" ? pattern === "by definition" : value.pattern === pattern));
  const patterns = Object.entries(data.patterns).filter(([pattern]) => isDashed(pattern));
  const drawnEntities = steps.flatMap(({ value }) => [value.subject, value.object]);
  const groups = new Set(drawnEntities.map((id) => entities.get(id)?.group).filter(Boolean));
  const key = (...nodes) => make("span", { class: "key" }, nodes);
  return [
    ...signs.map((sign) => key(mark(sign), ` ${EFFECTS[sign]}`)),
    ...levels.map(([level, width]) => key(lineSample(width), ` ${level}`)),
    ...patterns.map(([pattern, dashes]) => key(lineSample(1.5, dashes), ` ${pattern}`)),
    claimSteps.some((claim) => hasFlag(claim, "contested")) && key("⚡ contested"),
    claimSteps.some((claim) => !claim.causal) && key("heads at both ends: association, cause open"),
    ...[...groups].sort().map((group) => key(swatch(group), ` ${group}`)),
  ].filter(Boolean);
}

const swatch = (group) => make("span", { class: "swatch", "data-group": group, "aria-hidden": "true" });
