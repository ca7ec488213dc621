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
function fallBar({ start, end }, range, before) {
  const [from, to] = [fallPlace(start, range), fallPlace(end, range)];
  return fallSvg(
    before && (Math.abs(before.start - start) > 1e-9 || Math.abs(before.end - end) > 1e-9) && ghostBar(before, range),
    makeSvg("path", { class: "axis", d: `M${px(from)} 0V14M${px(to)} 4V${FALL_HEIGHT}` }),
    makeSvg("rect", { class: end < start ? "against" : "for", x: px(Math.min(from, to)), y: 4, width: px(Math.abs(to - from)), height: 10 }),
  );
}

/** Where a bar stood before a change. */
function ghostBar({ start, end }, range) {
  const [from, to] = [fallPlace(start, range), fallPlace(end, range)];
  return makeSvg("rect", { class: "ghost", x: px(Math.min(from, to)), y: 2, width: px(Math.abs(to - from)), height: 14 });
}

const wasFactor = (old, step) => old && times(old.after) !== times(step.after) && make("span", { class: "small soft" }, ` was ${times(old.after)}`);

const fallPoint = (value, range) => fallSvg(
  makeSvg("path", { class: "axis", d: `M${px(fallPlace(value, range))} 9V${FALL_HEIGHT}` }),
  makeSvg("circle", { class: "open", cx: px(fallPlace(value, range)), cy: 9, r: 4 }),
);

function fallScore({ logit, logitSd }, range, was) {
  const [low, at, high] = [-1, 0, 1].map((side) => fallPlace(logit + side * W.interval_z * logitSd, range));
  const hasMoved = Boolean(was) && Math.abs(was.logit - logit) > 1e-9;
  return fallSvg(
    makeSvg("path", { class: "axis", d: `M${px(at)} 0V9` }),
    hasMoved && makeSvg("circle", { class: "ghost", cx: px(fallPlace(was.logit, range)), cy: 9, r: 4.5 }),
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

/** The same step as it was before a change. */
const stepBefore = (step, before) => before?.find((old) => old.isBound === step.isBound && old.lender === step.lender && old.kind === step.kind);

/** `was` is the ledger before a change: its bars and its score stand behind as ghosts. */
function waterfall(ledger, was = null) {
  const steps = waterfallSteps(ledger);
  const before = was && waterfallSteps(was);
  const [low, high] = waterfallRange(ledger, steps);
  const range = before ? [low, high].map((end, side) => (side ? Math.max : Math.min)(end, waterfallRange(was, before)[side])) : [low, high];
  const odds = (probability) => explained(`odds ${three(probability / (1 - probability))}`, "odds");
  const row = (term, figure, plot, details) => make(
    "tr", {},
    make("th", { scope: "row" }, term, details && make("span", { class: "small soft" }, details)),
    make("td", { class: "figure" }, figure),
    make("td", { class: "plot" }, plot),
  );
  const rowOf = (step) => row(stepTerm(step), [explained(times(step.after), "factor"), wasFactor(stepBefore(step, before), step)], fallBar(step, range, stepBefore(step, before)), stepDetails(step));
  const gone = (before || []).filter((old) => Math.abs(old.after) > 1e-9 && !stepBefore(old, steps));
  const goneRow = (old) => row(stepTerm(old), [explained(times(0), "factor"), wasFactor(old, { after: 0 })], fallSvg(ghostBar(old, range)), " nothing under the change");
  return make(
    "table", { class: "sums" },
    make("thead", { class: "unseen" }, make("tr", {}, ["What", "Factor", "From prior to score"].map((head) => make("th", { scope: "col" }, head)))),
    make(
      "tbody", {},
      row(["prior ", explained(two(ledger.prior), "prior")], odds(ledger.prior), fallPoint(logitOf(ledger.prior), range)),
      steps.map(rowOf),
      gone.map(goneRow),
      row(make("b", {}, "score ", explained(two(ledger.score), "score")), [odds(ledger.score), Boolean(was) && two(was.score) !== two(ledger.score) && make("span", { class: "small soft" }, ` was ${two(was.score)}`)], fallScore(ledger, range, was), [`${percent(data.profile.mass)} interval `, explained(`${two(ledger.low)} to ${two(ledger.high)}`, "interval")]),
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
  const before = times(step.before) !== times(step.after) && [explained(times(step.before), "ceiling"), step.lender ? " there" : " before its ceiling"];
  const said = [step.lender && W.relations[step.relation], countOf(studiesOf(step.lines).size, "study", "studies"), before, known].filter(Boolean);
  return [" ", said.map((words, index) => [index ? "; " : "", words])];
}
