// Answer first, in sentences made from the graph: what is best supported, what is contested, what would change it, what is not known.

/** The question that the graph was made to ask, else the one that most of its hypotheses put, of equals the first: start and end. */
const leadingQuestion = (() => {
  if (data.question.length) {
    const [start, end] = data.question;
    return { start, end, times: data.hypotheses.filter((each) => each.end === end && each.starts.includes(start)).length };
  }
  const counts = new Map();
  for (const { starts, end } of data.hypotheses) for (const start of starts) if (start !== end) listUnder(counts, `${start} ${end}`, { start, end });
  const [first] = [...counts.values()].sort((one, other) => other.length - one.length);
  return first ? { ...first[0], times: first.length } : null;
})();

/** An entity of this graph for the fields to name as an example. */
const EXAMPLE = leadingQuestion?.start || entities.keys().next().value || "";

/** The hypotheses that have a place, the best first. */
const rankedNow = () => data.hypotheses.filter(({ place }) => place);

function answerView({ hypothesis, order }) {
  const sound = data.hypotheses.filter(hasStanding);
  return {
    key: `answer ${order}`,
    isText: true,
    head: [
      make("h2", { id: "chain-title" }, "What is known of ", leadingQuestion ? labelNode(leadingQuestion.end) : "this graph"),
      make("dl", { class: "answers" }, answers().flatMap(([head, ...nodes]) => [make("dt", {}, head), make("dd", {}, nodes)])),
      rankingTable(order, addressParameters().has("hypothesis") ? hypothesis : null),
      rankingKey(),
    ],
    opens: weakestStep(rankedNow()[0]?.weakest, "the mechanism that stands first"),
    drawing: null, steps: [], listed: [], listTitle: "",
    faded: new Set(),
    ids: [...new Set(sound.flatMap(readingsOf))],
    name: "the answer",
  };
}

/** What the marks of the table mean, in a line. */
const rankingKey = () => make(
  "p", { class: "small soft" },
  "In this order: the level of the best tie to the end that is seen in people, then of the weakest step, then the share of steps seen in people. ",
  mark(1), " raises, ", mark(-1), " lowers, ", mark(0), " direction open; a chip is filled as far as its score, and dashed where untested; ⚡ contested, ☍ not studied in people. The joint probability falls with every step, and ranks nothing.",
);

/** Head and words of each answer; a graph that does not hold one leaves it out. */
const answers = () => [bestSupported(), contestedMost(), wouldChange(), notKnown(), asked()].filter(Boolean);

const sidesOf = (claim) => `${claim.counts === "no evidence yet" ? "no study yet" : claim.counts}${claim.was ? " in the loaded graph" : ""}`;

function bestSupported() {
  const ranked = rankedNow();
  const [first] = ranked;
  if (!first) return null;
  const anchor = claims.get(first.anchor);
  const [end, weakest] = [labelNode(first.end), claims.get(first.read || first.weakest)];
  const tied = anchor
    ? [" is best tied to ", end, " in people: ", claimLink(first.anchor), " (", standingLink(first.anchor), `; ${sidesOf(anchor)}).`]
    : [" stands first, though nothing ties it to ", end, " in people."];
  return [
    "Best supported",
    ranked.length === 1 ? "The one mechanism, " : `Of ${ranked.length} mechanisms, `, hypothesisLink(first), ...tied,
    " Its weakest step: ", claimLink(first.weakest), " (", standingLink(first.read || first.weakest), `; ${sidesOf(weakest)}). `,
    endToEnd(ranked),
  ];
}

const hypothesisLink = (hypothesis) => make("a", { class: "name strong", href: hypothesisAddress(hypothesis.id) }, name(hypothesis.label));

/** How far any mechanism is held by every one of its steps. */
function endToEnd(ranked) {
  const levels = Object.keys(data.widths);
  const surest = ranked.reduce((best, one) => (weakestScore(one) > weakestScore(best) ? one : best));
  const whole = ranked.filter((one) => claims.get(one.read || one.weakest).level === levels.at(-1));
  if (whole.length) return [`${capital(countOf(whole.length, "of them is", "of them are"))} established end to end: `, whole.flatMap((one, index) => [index ? ", " : "", hypothesisLink(one)]), "."];
  const none = ranked.length === 1 ? "It is not" : `None of the ${ranked.length} is`;
  return [`${none} ${levels.at(-1)} end to end; the least weak step has `, hypothesisLink(surest), ", ", standingLink(surest.read || surest.weakest), "."];
}

/** The claim on which studies disagree most, of those that touch a mechanism first. */
function contestedMost() {
  const touched = new Set(data.hypotheses.flatMap(({ route }) => (route || []).flatMap(([, start, end]) => [start, end])));
  const found = [...claims].filter(([, claim]) => hasFlag(claim, "contested"));
  if (found.length === 0) return claims.size ? ["Contested", "On no claim do studies speak strongly for and strongly against."] : null;
  const weight = ([, claim]) => (touched.has(claim.subject) || touched.has(claim.object) ? 100 : 0) + Math.min(claim.support, claim.dispute);
  const [[id]] = found.sort((one, other) => weight(other) - weight(one));
  const all = addressWith({ ...NO_PANEL, view: "everything", show: "table", contested: "1" });
  return [
    "Contested",
    found.length > 1 && [make("a", { class: "name", href: all }, `${found.length} claims`), ", foremost "], claimLink(id), " (", standingLink(id), "): ",
    ledBy(id, "supports", "for"), "; ", ledBy(id, "disputes", "against"), ".",
  ];
}

/** How many items speak for one side of a claim, and whose weighs most. */
function ledBy(id, direction, word) {
  const items = ledgerOf(id, change).counted.filter(({ item }) => item.direction === direction);
  const [first] = items.filter(({ reason }) => !reason).sort((one, other) => Math.abs(other.factor.weight) - Math.abs(one.factor.weight));
  const source = first && sources.get(first.item.source);
  return [`${items.length} ${word}`, source && [", above all ", name([source.author, source.year].filter(Boolean).join(" ") || source.title), " (", explained(times(first.factor.weight), "factor"), ")"]];
}

function wouldChange() {
  const first = rankedNow().find(({ study }) => study?.length);
  if (!first) return null;
  const [gap] = first.study;
  const [then, otherwise] = gap.scores;
  return [
    "Would change it",
    "For ", hypothesisLink(first), `: a ${gap.next} of `, claimLink(gap.claim), ` (${gap.reason}). It would take that step `,
    make("a", { class: "name", href: addressWith({ ...NO_PANEL, view: "study", hypothesis: first.id }) }, `from ${two(claims.get(gap.claim).score)} to ${two(then)}, or to ${two(otherwise)}`), " if it finds no effect.",
  ];
}

/** How many steps of the mechanisms nobody has studied, or not in people. */
function notKnown() {
  const steps = [...new Set(rankedNow().flatMap(readingsOf))].map((id) => claims.get(id));
  if (steps.length === 0) return null;
  const [untested, elsewhere] = ["untested", "not-human"].map((flag) => steps.filter((claim) => hasFlag(claim, flag)).length);
  const seen = steps.filter(({ id }) => seenInPeople(id)).length;
  const parts = [
    untested > 0 && `${untested} ${untested === 1 ? "has" : "have"} no study with data`,
    elsewhere > 0 && `${elsewhere} ${elsewhere === 1 ? "has" : "have"} only studies that are not of people`,
    `${seen} ${seen === 1 ? "is" : "are"} seen in people`,
  ];
  return ["Not known", `Of the ${countOf(steps.length, "step", "steps")} of these mechanisms, ${parts.filter(Boolean).join(", ")}.`];
}

/** The leading question: what evidence does to it, which way it points, and what is claimed of its two ends directly. */
function asked() {
  if (!leadingQuestion) return null;
  const { start, end, times: often } = leadingQuestion;
  const support = supportOf(start, end);
  const family = familyOf(end);
  const direct = [...claims].filter(([, { subject, object }]) => (subject === start && family.has(object)) || (object === start && family.has(subject)))
    .sort(([, one], [, other]) => other.score - one.score);
  const address = addressWith({ ...NO_PANEL, view: "between", path: "", start, end });
  return [
    ["From ", labelNode(start)],
    often > 1 && `${capital(countOf(often, "mechanism starts", "mechanisms start"))} there. `,
    support && [
      "That any path leads to ", labelNode(end), ": evidence multiplies the odds by ", make("a", { class: "name", href: address }, `${evidenceFactor(support.parts.overall).slice(2)}, from ${joint(support.parts.overall.floor)} to ${joint(support.parts.overall.value)}`),
      `; which way: ${support.verdict} (${support.reason})`, ofLoaded(), ". ",
    ],
    direct.length === 0 ? "Nothing is claimed of the two directly." : ["Claimed of the two directly: ", direct.slice(0, 3).flatMap(([id, claim], index) => [index ? "; " : "", claimLink(id), " (", standingLink(id), `, ${sidesOf(claim)})`]), "."],
  ];
}
