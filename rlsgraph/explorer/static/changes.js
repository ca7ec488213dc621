// What if: sources taken out, imagined studies put in, the graph as of a year. The address holds the change, the claims' numbers follow
// it, and what they were before stands beside them. The sums are those of weighing_ledger.js.

/** What each claim's numbers were in the loaded graph, for those that a change has moved. */
const recorded = new Map();

const SEPARATOR = "|";
const CHANGED_FIELDS = ["score", "low", "high", "level", "flags", "logit", "logit_sd", "support", "dispute", "lines", "pattern"];
const YEAR_RANGE = [1000, 9999];

/** The change that the address asks for; what it does not understand is left out. */
function readChange(parameters) {
  const year = Number.parseInt(parameters.get("asof"), 10);
  return {
    without: new Set((parameters.get("without") || "").split(SEPARATOR).filter((id) => sources.has(id))),
    added: readStudies(parameters.get("plus")),
    asOf: year >= YEAR_RANGE[0] && year <= YEAR_RANGE[1] ? year : null,
  };
}

function readStudies(text) {
  try {
    const found = JSON.parse(text || "[]");
    return (Array.isArray(found) ? found : []).map(checkedStudy).filter(Boolean);
  } catch {
    return [];
  }
}

/** A study out of an address, as the arithmetic wants it; nothing where it makes no sense. */
function checkedStudy(said) {
  const { claim, design, result, sample_size: size, p_value: p, measure, interval, comparator, blinding } = Object(said);
  const { asked } = W;
  if (!claims.has(claim) || !asked.design.includes(design) || !asked.result.includes(result)) return null;
  const study = { claim, design, result, direction: asked.directions[result] };
  if (Number.isInteger(size) && size >= 1 && size < 1e9) study.sample_size = size;
  if (Number.isFinite(p) && p >= 0 && p <= 1) study.p_value = p;
  if (asked.comparator.includes(comparator)) study.comparator = comparator;
  if (asked.blinding.includes(blinding)) study.blinding = blinding;
  if (asked.measure.includes(measure) && Array.isArray(interval) && interval.length === 2 && interval.every(Number.isFinite) && interval[0] < interval[1]) {
    const asRatio = W.ratios.includes(measure);
    if (!asRatio || interval[0] > 0) {
      const estimate = asRatio ? Math.sqrt(interval[0] * interval[1]) : (interval[0] + interval[1]) / 2;
      Object.assign(study, { measure, interval, estimate });
    }
  }
  return study;
}

/** Let the claims' numbers follow the address; tell whether they have moved. */
function followChange() {
  const parameters = addressParameters();
  const text = ["without", "plus", "asof"].map((parameter) => parameters.get(parameter) || "").join("\n").trim();
  if (text === changeText) return false;
  changeText = text;
  change = readChange(parameters);
  for (const [id, numbers] of recorded) Object.assign(claims.get(id), numbers, { was: undefined });
  recorded.clear();
  const touched = [...touchedBy(change)];
  touched.forEach(moveClaim);
  standAnew(touched);
  ranking = rankAll();
  knownPaths.clear();
  return true;
}

/** The claims that a change may move: those that it bears on, and those to which these lend. */
function touchedBy({ without, added, asOf }) {
  if (asOf !== null) return claims.keys();
  if (without.size + added.length === 0) return [];
  const own = new Set(added.map(({ claim }) => claim));
  for (const [id, { items = [] }] of claims) if (items.some(({ source }) => without.has(source))) own.add(id);
  return [...claims].filter(([id, { kin = [] }]) => own.has(id) || kin.some(([lender]) => own.has(lender))).map(([id]) => id);
}

function moveClaim(id) {
  const claim = claims.get(id);
  const found = ledgerOf(id, change);
  if (Math.abs(found.score - claim.score) < 1e-9 && Math.abs(found.high - found.low - claim.high + claim.low) < 1e-6) return;
  recorded.set(id, Object.fromEntries(CHANGED_FIELDS.map((field) => [field, claim[field]])));
  const flags = Object.entries(found.flags).filter(([, holds]) => holds).map(([flag]) => flag);
  if (hasFlag(claim, "retracted")) flags.push("retracted");
  Object.assign(claim, {
    score: Number(found.score.toFixed(9)), low: found.low, high: found.high, level: found.level, logit: found.logit, logit_sd: found.logitSd,
    support: found.support, dispute: found.dispute, lines: [found.linesFor, found.linesAgainst],
    flags: flags.map((flag) => [flag, data.flag_words[flag]]),
    pattern: found.flags.untested ? "untested" : Object.hasOwn(data.patterns, found.level) ? found.level : "",
    was: recorded.get(id),
  });
}

/** The address with a source taken out, or back in. */
function withoutSource(id, isOut) {
  const without = new Set(change.without);
  if (isOut) without.add(id);
  else without.delete(id);
  return { without: [...without].sort().join(SEPARATOR) };
}

/** What the address says of an imagined study; the rest follows from it. */
const SAID_OF_STUDY = ["claim", "design", "result", "sample_size", "p_value", "measure", "interval", "comparator", "blinding"];
const asAddress = (added) => ({ plus: added.length ? JSON.stringify(added.map((study) => Object.fromEntries(SAID_OF_STUDY.flatMap((field) => (study[field] === undefined ? [] : [[field, study[field]]]))))) : "" });
const RESET = { without: "", plus: "", asof: "" };

/** Each part of the change, as nodes, with what takes it back. */
function changeParts() {
  const sourceParts = [...change.without].map((id) => [["without ", name(sources.get(id).citation || id)], withoutSource(id, false)]);
  const studyParts = change.added.map((study, index) => [
    ["with ", studyWords(study), " on ", claimLink(study.claim)],
    asAddress(change.added.filter((_, other) => other !== index)),
  ]);
  const yearPart = change.asOf === null ? [] : [[[`as of ${change.asOf}`], { asof: "" }]];
  return [...sourceParts, ...studyParts, ...yearPart];
}

/** The change in a line of text, for all that leaves the page; empty where there is none. */
const changeLine = () => (isChanged() && changeParts().length ? `What if: ${[
  ...[...change.without].map((id) => `without ${sources.get(id).citation || id}`),
  ...change.added.map((study) => `with ${studyWords(study)} on: ${plainSentence(claims.get(study.claim))}`),
  ...(change.asOf === null ? [] : [`as of ${change.asOf}`]),
].map(onOneLine).join("; ")}` : "");

const studyWords = ({ design, result, sample_size: size, p_value: p, interval }) => [
  design, size === undefined ? "" : `n ${size}`, result, p === undefined ? "" : `p ${plainNumber(p)}`, interval && `interval ${interval.map(plainNumber).join(" to ")}`,
].filter(Boolean).join(", ");

/** The banner above the page: what is supposed, what it moved, the way back, and a link to it. */
function showChange() {
  const banner = byId("change");
  const parts = changeParts();
  banner.hidden = parts.length === 0;
  if (parts.length === 0) {
    banner.replaceChildren();
    return;
  }
  const moved = recorded.size === 0 ? "No claim moves." : `${capital(countOf(recorded.size, "claim moves", "claims move"))}; old values stand beside the new.`;
  banner.replaceChildren(
    make("p", {}, make("b", {}, `What if: ${countOf(parts.length, "change", "changes")}`), " · ",
      make("button", { type: "button", class: "quiet", on: { click: () => go(RESET) } }, "Reset"), " ", copyButton()),
    make("ul", { class: "plain small" }, parts.map(([words, back]) => make(
      "li", {}, words, " ", make("button", { type: "button", class: "quiet", on: { click: () => go(back) } }, "take back", make("span", { class: "unseen" }, " this change")),
    ))),
    make("p", { class: "small soft" }, `${moved} The order of the mechanisms, their anchors and what to study follow too; what stays of the loaded graph says so beside it.`),
  );
}

/** Copy the address of what is shown; where the browser forbids it, the address is shown to be copied by hand. */
function copyButton() {
  const button = make("button", { type: "button", class: "quiet" }, "Copy link");
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(location.href);
      button.textContent = "Copied";
      byId("status").textContent = "The link is copied.";
    } catch {
      const field = make("input", { type: "text", readonly: true, value: location.href, "aria-label": "Link to this change" });
      button.replaceWith(field);
      field.select();
    }
  });
  return button;
}

/** A drawing with the scores and lines that its steps have under the change. */
function movedDrawing(drawing) {
  if (recorded.size === 0) return drawing;
  const hasMoved = (stepId) => stepId.startsWith("claim:") && recorded.has(splitStep(stepId).id);
  return {
    ...drawing,
    nodes: drawing.nodes.map((node) => (hasMoved(node.id) ? { ...node, label: badgeLabel(node.id) } : node)),
    edges: drawing.edges.map((edge) => (hasMoved(edge.step) ? { ...edge, look: lookOf(edge.step) } : edge)),
  };
}
