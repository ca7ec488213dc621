// Show where a score comes from as a waterfall: from the prior, factor by factor, to the score, on the scale of ln odds. The served pages
// have the same (explorer/plots.py); a test holds them equal.

const FALL_HEIGHT = 18;
const FALL_TICKS = [0.001, 0.003, 0.01, 0.03, 0.1, 0.25, 0.5, 0.75, 0.9, 0.97, 0.99, 0.997, 0.999];

const logitOf = (probability) => Math.log(probability / (1 - probability));

/** The steps from prior to score: what each adds to the ln odds, from where to where. */
function waterfallSteps(ledger) {
  const steps = [];
  let at = logitOf(ledger.prior);
  const add = (step) => {
    steps.push({ ...step, start: at, end: at + step.after });
    at += step.after;
  };
  for (const kind of ledger.kinds) add(kind);
  for (const each of ledger.lendings) add({ ...each, lender: each.id });
  const bound = ledger.lent - ledger.lentBefore;
  if (Math.abs(bound) > 1e-9) add({ isBound: true, after: bound });
  return steps;
}

/** The range of ln odds that all rows share. */
function waterfallRange(ledger, steps) {
  const reach = W.interval_z * ledger.logitSd;
  const found = [logitOf(ledger.prior), ledger.logit - reach, ledger.logit + reach, ...steps.map(({ end }) => end)];
  return [Math.min(...found), Math.max(...found)];
}

const fallPlace = (value, [low, high]) => 6 + ((value - low) / (high - low)) * (PLOT_WIDTH - 12);

function fallSvg(...parts) {
  return makeSvg("svg", { class: "fall", viewBox: `0 0 ${PLOT_WIDTH} ${FALL_HEIGHT}`, width: PLOT_WIDTH, height: FALL_HEIGHT, "aria-hidden": "true" }, ...parts);
}

/** One factor as a bar from where the odds stood to where they stand: full where it raises them, hollow where it lowers them. */
function fallBar({ start, end }, range) {
  const [from, to] = [fallPlace(start, range), fallPlace(end, range)];
  return fallSvg(
    makeSvg("path", { class: "axis", d: `M${px(from)} 0V14M${px(to)} 4V${FALL_HEIGHT}` }),
    makeSvg("rect", { class: end < start ? "against" : "for", x: px(Math.min(from, to)), y: 4, width: px(Math.abs(to - from)), height: 10 }),
  );
}

const fallPoint = (value, range) => fallSvg(
  makeSvg("path", { class: "axis", d: `M${px(fallPlace(value, range))} 9V${FALL_HEIGHT}` }),
  makeSvg("circle", { class: "open", cx: px(fallPlace(value, range)), cy: 9, r: 4 }),
);

function fallScore({ logit, logitSd }, range) {
  const [low, at, high] = [-1, 0, 1].map((side) => fallPlace(logit + side * W.interval_z * logitSd, range));
  return fallSvg(
    makeSvg("path", { class: "axis", d: `M${px(at)} 0V9` }),
    makeSvg("path", { class: "whisker", d: `M${px(low)} 9H${px(high)}M${px(low)} 5V13M${px(high)} 5V13` }),
    makeSvg("circle", { class: "for", cx: px(at), cy: 9, r: 4.5 }),
  );
}

/** Probabilities below the rows, as many as there is room for. */
function fallAxis(range) {
  const ticks = [];
  for (const tick of FALL_TICKS) {
    const x = fallPlace(logitOf(tick), range);
    if (x >= 6 && x <= PLOT_WIDTH - 6 && (ticks.length === 0 || x - ticks.at(-1).x > 30)) ticks.push({ tick, x });
  }
  return fallSvg(
    makeSvg("path", { class: "axis", d: `M6 1H${PLOT_WIDTH - 6}${ticks.map(({ x }) => `M${px(x)} 1V4`).join("")}` }),
    ticks.map(({ tick, x }) => makeSvg("text", { x: px(x), y: 15, "text-anchor": "middle" }, String(tick))),
  );
}

function waterfall(ledger) {
  const steps = waterfallSteps(ledger);
  const range = waterfallRange(ledger, steps);
  const odds = (probability) => `odds ${three(probability / (1 - probability))}`;
  const row = (term, figure, plot, details) => make(
    "tr", {},
    make("th", { scope: "row" }, term, details && make("span", { class: "small soft" }, details)),
    make("td", { class: "figure" }, figure),
    make("td", { class: "plot" }, plot),
  );
  const rowOf = (step) => row(stepTerm(step), times(step.after), fallBar(step, range), stepDetails(step));
  return make(
    "table", { class: "sums" },
    make("thead", { class: "unseen" }, make("tr", {}, ["What", "Factor", "From prior to score"].map((head) => make("th", { scope: "col" }, head)))),
    make(
      "tbody", {},
      row(`prior ${two(ledger.prior)}`, odds(ledger.prior), fallPoint(logitOf(ledger.prior), range)),
      steps.map(rowOf),
      row(make("b", {}, `score ${two(ledger.score)}`), odds(ledger.score), fallScore(ledger, range), `${percent(data.profile.mass)} interval ${two(ledger.low)} to ${two(ledger.high)}`),
      make("tr", { class: "scale" }, make("td", { colspan: 2 }), make("td", { class: "plot" }, fallAxis(range))),
    ),
  );
}

/** What a row of the waterfall is called. */
function stepTerm(step) {
  if (step.isBound) return "bound of what is lent";
  return step.lender ? ["lent by ", claimLink(step.lender)] : step.kind;
}

/** How many studies stand behind a factor, and what it was before its ceiling. */
function stepDetails(step) {
  if (step.isBound) return ` ${times(W.most_lent)} or its inverse at most, and no more than the same studies would tell here`;
  const known = step.known > 0 && `${countOf(step.known, "study", "studies")} of it counted already`;
  if (step.reason) return ` ${[`nothing, since ${step.reason}`, known].filter(Boolean).join("; ")}`;
  const before = times(step.before) !== times(step.after) && `${times(step.before)} ${step.lender ? "there" : "before its ceiling"}`;
  return ` ${[step.lender && W.relations[step.relation], countOf(studiesOf(step.lines).size, "study", "studies"), before, known].filter(Boolean).join("; ")}`;
}
