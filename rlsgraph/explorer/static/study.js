// What to study: for each step of a hypothesis the study that would be next, how much it would settle, and what follows from its outcomes.

function studyView({ hypothesis }) {
  const gaps = hypothesis.study || [];
  return {
    key: `study ${hypothesis.id}`,
    isText: true,
    head: [
      make("h2", { id: "chain-title" }, "What to study"),
      make("p", { class: "fields" }, hypothesisField("Mechanism", "hypothesis", hypothesis)),
      ...(gaps.length ? [make("p", {}, firstStudy(hypothesis)), studyTable(hypothesis, gaps), studyNotes(hypothesis)] : [make("p", { class: "empty" }, "Its claims do not connect, so no study can settle whether it holds.")]),
    ],
    opens: gaps.length ? { kind: "claim", id: gaps[0].claim, chosenAs: "The step to study first" } : null,
    drawing: null, steps: [], listed: [], listTitle: "",
    faded: new Set(),
    ids: gaps.map(({ claim }) => claim),
    name: `what to study of ${hypothesis.label}`,
  };
}

/** In words what the first study would be, and what it could change. */
function firstStudy(hypothesis) {
  const [gap] = hypothesis.study;
  const untested = hypothesis.study.filter(({ claim }) => hasFlag(claims.get(claim), "untested")).length;
  return [
    `That ${hypothesis.paths > 1 ? "one of its paths" : "every step"} holds has the probability `, make("b", {}, explained(joint(hypothesis.own_support), "support")), ". First a ",
    make("b", {}, gap.next), " of ", claimLink(gap.claim), ` (${gap.reason}): if it finds what is claimed, `, explained(joint(gap.supports[0]), "support"), "; if it finds no effect, ", explained(joint(gap.supports[1]), "support"), ". ",
    untested ? `${capital(countOf(untested, "step has", "steps have"))} no study with data yet.` : "Every step has a study with data.",
  ];
}

function studyTable(hypothesis, gaps) {
  const heads = ["Step", "Next study", "Would settle", "If it finds it", "If it finds no effect"];
  return make("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Next studies" }, make(
    "table", { class: "study", role: "table" }, // roles said outright: on a phone the style sheet stacks the cells
    make("thead", {}, make("tr", {}, heads.map((head) => make("th", { scope: "col" }, head === "Would settle" ? term(head) : head)))),
    make("tbody", { role: "rowgroup" }, gaps.map((gap) => studyRow(gap, hypothesis))),
  ));
}

function studyRow(gap, { own_support: now }) {
  const claim = claims.get(gap.claim);
  const cell = (head, ...nodes) => make("td", { role: "cell", "data-head": head }, nodes);
  const moves = (what, before, after, key) => make("span", { class: "figure" }, `${what} `, explained([`${before} → `, make("b", {}, after)], key));
  const outcome = (chance, score, support) => [
    make("span", { class: "soft figure" }, explained(`${percent(chance)} likely`, "chance"), ":"), " ",
    moves("step", two(claim.score), two(score), "score"), ", ", moves("mechanism", joint(now), joint(support), "support"),
  ];
  return make(
    "tr", { role: "row" },
    make("th", { scope: "row", role: "rowheader" }, mark(claim.polarity), " ", claimLink(gap.claim), make("br"), make("span", { class: "soft" }, standingLink(gap.claim), tags(claim))),
    cell("Next study", gap.next, make("br"), make("span", { class: "soft" }, gap.reason)),
    cell("Would settle", explained(percent(gap.share), "would settle"), bar(gap.share, 90)),
    cell("If it finds it", outcome(gap.chance, gap.scores[0], gap.supports[0])),
    cell("If it finds no effect", outcome(1 - gap.chance, gap.scores[1], gap.supports[1])),
  );
}

const studyNotes = ({ starts, end, ways, paths }) => make(
  "p", { class: "small soft" },
  ways.length !== paths && [ofLoaded(), " "],
  "Would settle: the share of the variance of the mechanism's probability that the study can be expected to remove. Over all paths between its ends, not these steps alone: ",
  starts.filter((start) => start !== end).map((start, index) => [index ? ", " : "", make("code", {}, `rlsgraph gaps ${quoted(start)} ${quoted(end)}`)]), ".",
);

/** The mark of the step to study next, where the drawing and the list of a hypothesis show it. */
const NEXT_MARK = "◎";
const studiedNext = (hypothesis) => hypothesis.study?.[0]?.claim;
