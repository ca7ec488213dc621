// Say things in words: the same words everywhere on the page.

const MARKS = { "1": "▲", "-1": "▼", "0": "?" };
const EFFECTS = { "1": "raises", "-1": "lowers", "0": "affects, direction open" };
const TONES = { "1": "raises", "-1": "lowers", "0": "open" };
const SIDES = [
  { direction: "supports", mark: "●", word: "For" },
  { direction: "disputes", mark: "○", word: "Against" },
  { direction: "inconclusive", mark: "◌", word: "Inconclusive" },
];

const percent = (share) => `${Math.round(share * 100)}%`;

/** A number with two decimals, or, where it is small, with one digit that says something. */
function two(value) {
  if (value >= 0.01 || value <= 0) return value.toFixed(2);
  return value >= 0.0001 ? String(Number(value.toPrecision(1))) : "< 0.0001";
}

const joint = two;

/** A weight of evidence (natural logarithm) as the factor by which it multiplies the odds; no line breaks within. */
const times = (weight) => `×\u00a0${three(Math.exp(weight))}`;

/** A number in three digits that tell. */
const three = (value) => (value >= 1000 ? value.toFixed(0) : String(Number(value.toPrecision(3))));

const labelOf = (id) => (entities.has(id) ? entities.get(id).label : id);

/** The label of an entity, as a node. */
const labelNode = (id) => name(labelOf(id), LONGEST_LABEL);

/** The sentence of a claim, link or assumption, as nodes. */
const sentence = (value) => (value.isAssumed
  ? ["assumed: ", labelNode(value.subject), " does as ", labelNode(value.object), " does"]
  : [labelNode(value.subject), ` ${value.verb} `, labelNode(value.object)]);

/** The same as text, on one line. */
function plainSentence(value) {
  const [subject, object] = [value.subject, value.object].map((id) => onOneLine(labelOf(id)));
  return value.isAssumed ? `assumed: ${subject} does as ${object} does` : `${subject} ${value.verb} ${object}`;
}

/** Whether a step (by its id) is no claim: it holds by definition, or is assumed. */
const isUnscored = (stepId) => /^(link|assumed):/.test(stepId);

/** What a hypothesis would do to its end, in words. */
function outcome(hypothesis) {
  const end = labelOf(hypothesis.end);
  return {
    "1": ["would raise ", name(end, LONGEST_LABEL)],
    "-1": ["would lower ", name(end, LONGEST_LABEL)],
    "0": ["would change ", name(end, LONGEST_LABEL), "; whether up or down is open"],
  }[hypothesis.polarity];
}

/** “a, b or c” as nodes. */
function eitherOf(ids) {
  return ids.flatMap((id, index) => {
    const joint = index === 0 ? "" : index === ids.length - 1 ? " or " : ", ";
    return joint ? [joint, labelNode(id)] : [labelNode(id)];
  });
}

/** Whether a hypothesis can stand: one whose claims do not connect cannot. */
const hasStanding = (hypothesis) => hypothesis.joint !== undefined;

/** The mark of a polarity, coloured, with its word for those who do not see it. */
const mark = (polarity) => make("span", { class: `mark ${TONES[polarity]}`, "aria-hidden": "true" }, MARKS[polarity]);

const LINK_MARKS = { broader: "⊂", partOf: "◔", oppositeOf: "⇄" };

/** The mark of a step; a link by definition and an assumption have signs of their own. */
const stepMark = ({ kind, value }) => (kind === "claim"
  ? mark(value.polarity)
  : make("span", { class: "mark open", "aria-hidden": "true" }, kind === "assumed" ? "≈" : LINK_MARKS[value.kind]));

const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/** What a score was before a change, where that shows. */
const wasWords = ({ score, was }) => (was && two(was.score) !== two(score) ? ` (was ${two(was.score)})` : "");

/** Beside a number that no change moves: whose it is. */
const ofLoaded = () => isChanged() && make("span", { class: "tag" }, "of the loaded graph");

/** Level and score of a claim, e.g. “speculative 0.26”. */
const standing = (value) => `${value.level} ${two(value.score)}${wasWords(value)}`;

/** The same as a way to the claim, beside a link that is one already. */
const standingLink = (id) => make("a", { class: "name", tabindex: -1, href: addressWith({ ...NO_PANEL, claim: id }) }, standing(claims.get(id)));

/** Fold case, accents, blanks, hyphens and apostrophes, so that "Beta" and "bêta" meet, however they are encoded. */
const folded = (text) => text.normalize("NFKD").replace(/[\p{M}\p{Cf}]/gu, "").replace(/[\p{Pd}\u2212]/gu, "-").replace(/[\u2018\u2019\u02bc]/g, "'")
  .replace(/\s+/g, " ").trim().toLowerCase();

const hasFlag = (claim, flag) => (claim.flags || []).some(([known]) => known === flag);

/** “one claim”, “12 claims”. */
const countOf = (number, one, many) => (number === 1 ? `one ${one}` : `${number} ${many}`);

/** The fills of the style sheet, by name. */
const FILLS = [
  "biomarker", "brain", "circadian", "comorbidity", "exposure", "genetics", "gut", "inflammation", "intervention", "iron",
  "metabolism", "neurotransmitter", "outcome", "symptom",
];

/** The fill of a group: the one of its name, else one that no group of this graph has by name, in the order of the groups. */
const fillOf = (() => {
  const groups = [...new Set([...entities.values()].map(({ group }) => group).filter(Boolean))].sort();
  const free = FILLS.filter((fill) => !groups.includes(fill));
  const others = groups.filter((group) => !FILLS.includes(group));
  const fills = new Map(groups.map((group) => [group, FILLS.includes(group) ? group : (free.length ? free : FILLS)[others.indexOf(group) % (free.length || FILLS.length)]]));
  return (group) => fills.get(group) || "";
})();
