// Say things in words: the same words everywhere on the page.

const MARKS = { "1": "▲", "-1": "▼", "0": "?" };
const EFFECTS = { "1": "raises", "-1": "lowers", "0": "affects, direction open" };
const TONES = { "1": "raises", "-1": "lowers", "0": "open" };
const SIDES = [
  { direction: "supports", mark: "●", word: "For" },
  { direction: "disputes", mark: "○", word: "Against" },
  { direction: "inconclusive", mark: "◌", word: "Inconclusive" },
];

const two = (value) => value.toFixed(2);

const percent = (share) => `${Math.round(share * 100)}%`;

/** What an item of evidence weighs (a natural logarithm of a Bayes factor), 0 where it does not count. */
const weightOf = (item) => (item.reason ? 0 : item.weight || 0);

/** A Bayes factor as people read it: × 3.2, or ÷ 3.2 where it speaks against. */
const factorOf = (weight) => (weight < 0 ? `÷ ${digits(Math.exp(-weight))}` : `× ${digits(Math.exp(weight))}`);

const digits = (value) => (value >= 9.95 ? value.toFixed(0) : value.toFixed(value >= 1.995 ? 1 : 2));

const signed = (value) => `${value < 0 ? "−" : "+"}${two(Math.abs(value))}`;

const labelOf = (id) => (entities.has(id) ? entities.get(id).label : id);

/** The sentence of a claim or link, as nodes. */
const sentence = (value) => [name(labelOf(value.subject)), ` ${value.verb} `, name(labelOf(value.object))];

const plainSentence = (value) => `${labelOf(value.subject)} ${value.verb} ${labelOf(value.object)}`;

/** What a hypothesis would do to its end, in words. */
function outcome(hypothesis) {
  const end = labelOf(hypothesis.end);
  return {
    "1": ["would raise ", name(end)],
    "-1": ["would lower ", name(end)],
    "0": ["would change ", name(end), "; whether up or down is open"],
  }[hypothesis.polarity];
}

/** “a, b or c” as nodes. */
function eitherOf(ids) {
  return ids.flatMap((id, index) => {
    const joint = index === 0 ? "" : index === ids.length - 1 ? " or " : ", ";
    return joint ? [joint, name(labelOf(id))] : [name(labelOf(id))];
  });
}

/** Whether a hypothesis stands anywhere: one whose claims do not connect does not. */
const hasStanding = (hypothesis) => hypothesis.joint !== undefined;

/** The mark of a polarity, coloured, with its word for those who do not see it. */
const mark = (polarity) => make("span", { class: `mark ${TONES[polarity]}`, "aria-hidden": "true" }, MARKS[polarity]);

/** The mark of a step; a link by definition has a sign of its own. */
const stepMark = ({ kind, value }) =>
  kind === "link" ? make("span", { class: "mark open", "aria-hidden": "true" }, value.polarity < 0 ? "⇄" : "⊂") : mark(value.polarity);

const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/** Level and score, e.g. “speculative 0.26”. */
const standing = (value) => `${value.level} ${two(value.score)}`;

/** Fold case and accents, so that "Beta" and "bêta" meet. */
const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

const hasFlag = (claim, flag) => (claim.flags || []).includes(flag);

/** “one claim”, “12 claims”. */
const countOf = (number, one, many) => (number === 1 ? `one ${one}` : `${number} ${many}`);
