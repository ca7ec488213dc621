// Say what a drawing shows: the heading of a hypothesis, steps as sentences, the legend.

function chainHead(hypothesis) {
  return [
    make("h2", { id: "chain-title" }, name(hypothesis.label)),
    make("p", { class: "fields" }, hypothesisField("Mechanism", "hypothesis", hypothesis)),
    hypothesis.definition && make("p", {}, name(hypothesis.definition)),
    make("p", {}, effectOf(hypothesis)),
    hypothesis.left_out > 0 && make("p", { class: "note" }, `The drawing leaves out ${hypothesis.left_out} further steps for want of room.`),
  ].filter(Boolean);
}

/** What a hypothesis stands on, below its steps. */
function chainFoot(hypothesis) {
  return [
    make("h3", {}, "What it stands on"),
    hasStanding(hypothesis) && make("dl", { class: "sum small" }, standingOf(hypothesis).flatMap(([word, meaning]) => [make("dt", {}, TERMS_OF_STANDING[word] ? term(word, TERMS_OF_STANDING[word]) : word), make("dd", {}, meaning)])),
    hypothesis.route && hypothesisSum(hypothesis),
    make("p", { class: "small soft" }, originOf(hypothesis)),
    hypothesis.rivals && make("p", { class: "small soft" }, "Rival: ", hypothesis.rivals.filter((id) => hypotheses.has(id)).map(rivalLink)),
    ownPage("hypothesis", hypothesis.id),
  ].filter(Boolean);
}

/** A list to choose a hypothesis from, in the library's order. */
function hypothesisField(words, parameter, chosen) {
  const list = make(
    "select", { id: `choose-${parameter}`, on: { change: () => go({ ...NO_PANEL, path: "", [parameter]: list.value }) } },
    data.hypotheses.map(({ id, label, place }) => make("option", { value: id, selected: id === chosen?.id }, `${place ? `${place}. ` : ""}${onOneLine(label)}`)),
  );
  return [make("label", { for: list.id, class: "small soft" }, words), list];
}

function effectOf(hypothesis) {
  if (!hasStanding(hypothesis)) return "Its claims do not connect its start with its end, so it has no joint probability and no place.";
  return ["If every step holds, a rise in ", eitherOf(hypothesis.starts), " ", outcome(hypothesis), "."];
}

/** What each head of a standing is explained by in the drawer. */
const TERMS_OF_STANDING = {
  Place: "place", Anchor: "anchor", "Weakest step": "weakest step", "In people": "in people", Opposed: "opposed",
  "Newest study": "newest study", "Joint probability": "joint probability", "Any path at all": "support",
};

/** How a hypothesis stands, in the order in which it is ranked. */
function standingOf(hypothesis) {
  const [seen, steps] = hypothesis.in_people;
  const anchor = claims.get(hypothesis.anchor);
  const best = hypothesis.paths === 1 ? "its path" : `the best of its ${hypothesis.paths} paths`;
  return [
    ["Place", hypothesis.place ? explained(`${placeWords(hypothesis)} of ${data.hypotheses.filter(({ place }) => place).length}`, "place") : `${hypothesis.status}: it has none`],
    ["Anchor", anchor ? [claimLink(hypothesis.anchor), ": ", standingLink(hypothesis.anchor), `; the best tie to its end that is seen in people`] : "none: no tie of its entities to its end is seen in people"],
    ["Weakest step", weakestOf(hypothesis)],
    ["In people", [explained(`${seen} of ${countOf(steps, "step", "steps")}`, "in people"), " with data in people"]],
    ["Opposed", hypothesis.opposed ? hypothesis.opposed.map((id, index) => [index ? ", " : "", claimLink(id)]) : "no step"],
    ["Newest study", hypothesis.newest || "none with a year"],
    ["Joint probability", [explained(`${joint(hypothesis.joint)}${wasJoint(hypothesis)}`, "joint probability"), ` (${percent(data.profile.mass)} interval `, explained(`${joint(hypothesis.low)} to ${joint(hypothesis.high)}`, "interval"), `): that every step of ${best} holds, the steps taken as independent. It falls with every step, and ranks nothing.`]],
    ...hypothesis.starts.map((start) => supportOf(start, hypothesis.end)).filter(Boolean).map((support) => ["Any path at all", supportLine(support)]),
  ];
}

/** The step of a hypothesis that is least sure, and the association that it is read by where it has no item of its own. */
function weakestOf(hypothesis) {
  const by = hypothesis.read && [" (no item of its own; read by ", claimLink(hypothesis.read), ")"];
  return [claimLink(hypothesis.weakest), by, ": ", standingLink(hypothesis.read || hypothesis.weakest)];
}

const claimLink = (id) => make("a", { class: "name", href: addressWith({ ...NO_PANEL, claim: id }) }, sentence(claims.get(id)));

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

function stepButton(stepId, next) {
  const { kind, id, value } = splitStep(stepId);
  return make(
    "button", { type: "button", class: "step", "data-step": stepId, on: { click: () => choose(kind, id) } },
    stepMark({ kind, value }),
    make("span", { class: "step-words" }, sentence(value)),
    make("span", { class: "small soft" }, { link: () => "by definition", assumed: () => two(value.score), claim: () => [standing(value), ...tags(value), id === next && make("span", { class: "tag" }, `${NEXT_MARK} study next`)] }[kind]()),
  );
}

const PATTERN_WORDS = { assumed: "assumed: a kind does as its class does" };

const TAGS = {
  contested: "⚡ contested",
  untested: "untested",
  "only-lent": "only lent",
  single: "single study",
  "not-human": "☍ not in people",
  retracted: "retracted source",
};

/** The flags that change how a step is read, each in a word. */
const tags = (claim) => (claim.flags || []).filter(([flag]) => TAGS[flag]).map(([flag]) => make("span", { class: "tag" }, TAGS[flag]));

function markStep(panel) {
  const chosen = panel ? `${panel.kind}:${panel.id}` : "";
  for (const button of byId("steps").querySelectorAll("button")) {
    if (button.dataset.step === chosen) button.setAttribute("aria-current", "true");
    else button.removeAttribute("aria-current");
  }
}

/** Explain only the marks that the drawing shows. */
function legend(stepIds, next) {
  const steps = stepIds.map(splitStep);
  const claimSteps = steps.filter((step) => step.kind === "claim").map((step) => step.value);
  const signs = ["1", "-1", "0"].filter((sign) => claimSteps.some((claim) => String(claim.polarity) === sign));
  const levels = Object.entries(data.widths).filter(([level]) => claimSteps.some((claim) => claim.level === level && !claim.pattern));
  const isDashed = (pattern) => steps.some(({ kind, value }) => ({ link: "by definition", assumed: "assumed", claim: value.pattern }[kind] === pattern));
  const patterns = Object.entries(data.patterns).filter(([pattern]) => isDashed(pattern));
  const drawnEntities = steps.flatMap(({ value }) => [value.subject, value.object]);
  const groups = new Set(drawnEntities.map((id) => entities.get(id)?.group).filter(Boolean));
  const key = (...nodes) => make("span", { class: "key" }, nodes);
  return [
    ...signs.map((sign) => key(mark(sign), ` ${EFFECTS[sign]}`)),
    ...levels.map(([level, width]) => key(lineSample(width), ` ${level}`)),
    ...patterns.map(([pattern, dashes]) => key(lineSample(1.5, dashes), ` ${PATTERN_WORDS[pattern] || pattern}`)),
    claimSteps.some((claim) => hasFlag(claim, "contested")) && key("⚡ contested"),
    claimSteps.some((claim) => hasFlag(claim, "not-human")) && key("☍ data, none in people"),
    next && key(`${NEXT_MARK} the step to study next`),
    claimSteps.some((claim) => !claim.causal) && key("heads at both ends: association, cause open"),
    ...[...groups].sort().map((group) => key(swatch(group), ` ${group}`)),
  ].filter(Boolean);
}

const swatch = (group) => make("span", { class: "swatch", "data-group": fillOf(group), "aria-hidden": "true" });
