// Show how a claim or a hypothesis came to where it stands: studies by year, up for and down against, as large as they weigh, and above
// them the score (of a hypothesis the joint probability of its route) as a step line. A slider asks for the graph as of a year.

const TIME = { left: 58, right: 14, undated: 84, top: 10, score: 130, gap: 22, side: 70, foot: 24, most: 16, least: 3 };

/** The claims that a timeline is about: that of the panel, or the steps of the hypothesis. */
function timelineSubject({ panel, hypothesis }) {
  if (panel?.kind === "claim") return { ids: [panel.id], title: sentence(claims.get(panel.id)), words: plainSentence(claims.get(panel.id)), isClaim: true };
  const ids = hypothesis?.route ? [...new Set(hypothesis.route.map(([stepId]) => splitStep(stepId)).filter(({ kind }) => kind === "claim").map(({ id }) => id))] : [];
  return { ids, title: [name(hypothesis?.label || "")], words: hypothesis?.label || "", route: hypothesis?.route, isClaim: false };
}

/** What is heard of a subject in a year: the score of a claim, or the product over a route. */
function scoreAsOf({ ids, route, isClaim }, asOf) {
  const score = (id) => ledgerOf(id, { ...change, asOf }).score;
  if (isClaim) return score(ids[0]);
  const scores = new Map(ids.map((id) => [id, score(id)]));
  return route.reduce((product, [stepId]) => {
    const { kind, id, value } = splitStep(stepId);
    return kind === "claim" ? product * scores.get(id) : kind === "assumed" ? product * value.score : product;
  }, 1);
}

/** Every study that reaches the subject, its own or lent: when, which way, how heavy, and by which claim. */
function timelineStudies({ ids }) {
  const found = new Map();
  for (const id of ids) {
    const ledger = ledgerOf(id, { ...change, asOf: null });
    const lent = new Set(ledger.lendings.filter(({ after }) => after).flatMap(({ id: lender, lines }) => lines.map(({ study }) => `${lender} ${study}`)));
    const lenders = [...new Set(ledger.lendings.map(({ id: lender }) => lender))];
    const own = ledger.counted.map((weighed) => ({ ...weighed, by: id, isLent: false }));
    const others = lenders.flatMap((lender) => countOnce(itemsUnder(lender, { ...change, asOf: null })).counted
      .filter(({ study, reason }) => !reason && lent.has(`${lender} ${study}`)).map((weighed) => ({ ...weighed, by: lender, isLent: true })));
    for (const weighed of [...own, ...others]) {
      const key = `${weighed.by} ${weighed.name}`;
      if (!found.has(key) || found.get(key).isLent) found.set(key, { ...weighed, year: sources.get(weighed.item.source)?.year ?? null });
    }
  }
  return [...found.values()].filter(({ item }) => !item.claim);
}

/** The moments that changed the score: the prior, years in order, and at the end what is undated. */
function timelineTurns(subject, studies) {
  const years = [...new Set(studies.map(({ year }) => year).filter((year) => year !== null))].sort((one, other) => one - other);
  const turns = [{ label: "prior", year: null, score: scoreAsOf(subject, -1), studies: [] }];
  const add = (label, year, score) => {
    if (Math.abs(score - turns.at(-1).score) > 1e-9) turns.push({ label, year, score, studies: studies.filter((each) => each.year === year && !each.reason) });
  };
  for (const year of years) add(String(year), year, scoreAsOf(subject, year));
  add("undated", null, scoreAsOf(subject, null));
  return turns;
}

function timelineView(address) {
  const subject = timelineSubject(address);
  const studies = timelineStudies(subject);
  const dated = studies.filter(({ year }) => year !== null);
  return {
    key: `timeline ${subject.words} ${changeText}`, isText: true, drawing: null, steps: [], listed: [], listTitle: "", faded: new Set(),
    opens: subject.isClaim ? null : weakestStep(address.hypothesis?.weakest, "this hypothesis"),
    ids: subject.ids, name: `the timeline of ${subject.words}`,
    head: [
      make("h2", { id: "chain-title" }, "Timeline"),
      subject.words && make("p", {}, subject.isClaim ? "Of the claim that " : "Of the mechanism ", make("b", {}, subject.title), "."),
      make("p", { class: "small soft" }, subject.isClaim && address.hypothesis?.steps?.includes(`claim:${subject.ids[0]}`)
        ? [make("a", { class: "name", href: addressWith(NO_PANEL) }, "The whole mechanism ", name(address.hypothesis.label))]
        : subject.isClaim ? "" : "Choose a step to see its own."),
      ...(dated.length > 0 ? timelineParts(subject, studies) : [make("p", { class: "empty" }, subject.words ? "No dated study reaches it." : "Choose a claim to see its timeline.")]),
    ].filter(Boolean),
  };
}

function timelineParts(subject, studies) {
  const turns = timelineTurns(subject, studies);
  const years = studies.map(({ year }) => year).filter((year) => year !== null);
  const range = [Math.min(...years), Math.max(...years)];
  const plot = make("div", { class: "timeline" });
  const width = Math.max(300, Math.min(byId("chain").clientWidth - 40 || 700, 1000));
  const draw = (asOf) => plot.replaceChildren(timelinePicture(subject, studies, turns, range, width, asOf));
  draw(change.asOf);
  return [yearSlider(subject, turns, range, draw), plot, timelineKey(subject), timelineTable(turns, subject.isClaim)];
}

/** The slider that asks for the graph as of a year; while it moves the mark moves, and at rest the whole page follows. */
function yearSlider(subject, turns, [first, last], draw) {
  const isNow = change.asOf === null;
  const key = subject.isClaim ? "score" : "joint probability";
  const output = make("output", { for: "as-of" });
  const slider = make("input", { type: "range", id: "as-of", min: first - 1, max: last + 1, step: 1, value: isNow ? last + 1 : Math.min(Math.max(change.asOf, first - 1), last + 1) });
  const year = () => Number(slider.value);
  const say = () => {
    const asOf = year() > last ? null : year();
    output.replaceChildren(`${asOf === null ? "now" : `end of ${asOf}`}: ${key} `, explained(joint(scoreAsOf(subject, asOf)), key));
    slider.setAttribute("aria-valuetext", output.textContent);
  };
  say();
  slider.addEventListener("input", () => { say(); draw(year() > last ? null : year()); });
  slider.addEventListener("change", () => adjust({ asof: year() > last ? "" : year() }));
  return make("p", { class: "fields" }, make("label", { for: "as-of" }, "As of year"), slider, output);
}

function timelinePicture(subject, studies, turns, range, width, asOf) {
  const hasUndated = studies.some(({ year }) => year === null);
  const end = width - TIME.right - (hasUndated ? TIME.undated : 0);
  const x = (year) => (year === null ? width - TIME.right - TIME.undated / 2 : TIME.left + 10 + ((year - range[0]) / Math.max(range[1] - range[0], 1)) * (end - TIME.left - 20));
  const levels = subject.isClaim ? [0, ...data.profile.thresholds, 1] : shares(Math.max(...turns.map(({ score }) => score)));
  const y = (score) => TIME.top + (1 - score / levels.at(-1)) * TIME.score;
  const middle = TIME.top + TIME.score + TIME.gap + TIME.side;
  const height = middle + TIME.side + TIME.foot;
  const text = (at, to, words, anchor = "middle") => makeSvg("text", { x: px(at), y: px(to), "text-anchor": anchor }, words);
  const yearTicks = ticksOf(range, (end - TIME.left) / 56);
  return makeSvg(
    "svg", { class: "time", viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": `${capital(onOneLine(subject.words))}: ${turns.map(({ label, score }) => `${label} ${joint(score)}`).join(", ")}` },
    levels.map((level) => [makeSvg("path", { class: "grid", d: `M${TIME.left} ${px(y(level))}H${width - TIME.right}` }), text(TIME.left - 6, y(level) + 4, String(Number(level.toPrecision(2))), "end")]),
    makeSvg("path", { class: "axis", d: `M${TIME.left} ${px(middle)}H${width - TIME.right}` }),
    text(TIME.left - 6, middle - TIME.side / 2, "for", "end"), text(TIME.left - 6, middle + TIME.side / 2, "against", "end"),
    yearTicks.map((year) => text(x(year), height - 6, String(year))), hasUndated && text(x(null), height - 6, "undated"),
    bubbles(studies, x, middle, asOf),
    makeSvg("path", { class: "score-line", d: stepLine(turns, x, y, width - TIME.right) }),
    asOf !== null && makeSvg("path", { class: "as-of", d: `M${px(x(Math.min(Math.max(asOf, range[0] - 1), range[1])) + 6)} ${TIME.top}V${height - TIME.foot}` }),
  );
}

const ticksOf = ([first, last], most) => {
  const apart = [1, 2, 5, 10, 20, 50, 100, 200, 500].find((step) => (last - first) / step <= most) || 1000;
  return Array.from({ length: last - first + 1 }, (_, index) => first + index).filter((year) => year % apart === 0);
};

/** Marks from 0 to a round number that holds a probability. */
function shares(most) {
  const power = 10 ** Math.floor(Math.log10(most || 1));
  const top = [1, 2, 5, 10].find((step) => step * power >= most) * power;
  return [0, top / 2, top];
}

/** The score from the prior on: level until a moment changes it. */
function stepLine(turns, x, y, end) {
  let d = `M${TIME.left} ${px(y(turns[0].score))}`;
  for (const turn of turns.slice(1)) d += `H${px(x(turn.year))}V${px(y(turn.score))}`;
  return `${d}H${px(end)}`;
}

/** A circle for each study, stacked away from the middle line; full for, hollow against, dashed where lent. */
function bubbles(studies, x, middle, asOf) {
  const heights = new Map();
  const size = (weight) => Math.max(TIME.least, TIME.most * Math.sqrt(Math.min(Math.abs(weight), 4) / 4));
  const sideOf = ({ factor: { weight }, item }) => (weight > 0 || (weight === 0 && item.direction === "supports") ? 1 : -1);
  const key = (study) => `${study.year} ${sideOf(study)}`;
  for (const study of studies) heights.set(key(study), (heights.get(key(study)) || 0) + 2 * size(study.factor.weight) + 1);
  const shrink = Math.min(1, ...[...heights.values()].map((height) => (TIME.side - 4) / height));
  const filled = new Map();
  const late = ({ year }) => asOf !== null && (year === null || year > asOf);
  return [...studies].sort((one, other) => Math.abs(other.factor.weight) - Math.abs(one.factor.weight)).map((study) => {
    const r = size(study.factor.weight) * shrink;
    const from = filled.get(key(study)) || 1;
    filled.set(key(study), from + 2 * r + shrink);
    const side = sideOf(study);
    const tone = study.factor.weight === 0 ? "open" : side > 0 ? "for" : "against";
    const words = `${citedAs(study.item)}: ${study.reason ? "not counted" : times(study.factor.weight)}${study.isLent ? ", lent" : ""}`;
    return makeSvg("circle", { class: [tone, study.isLent && "lent", (study.reason || late(study)) && "pale"].filter(Boolean).join(" "), cx: px(x(study.year)), cy: px(middle - side * (from + r)), r: px(r) }, makeSvg("title", {}, onOneLine(words)));
  });
}

const timelineKey = ({ isClaim }) => make(
  "p", { class: "small soft" },
  `● for, up; ○ against, down; the larger, the more it weighs; dashed: lent by a related claim; pale: not counted${change.asOf === null ? "" : ", or later"}. The line is the ${isClaim ? "score" : "joint probability of the best route"}${isClaim ? ", over the levels' bounds" : ""}.`,
);

function timelineTable(turns, isClaim) {
  const studiesWords = ({ studies }) => studies.map(({ item, factor }, index) => [index ? "; " : "", sources.has(item.source) ? sourceLink(item) : name(citedAs(item)), " (", explained(times(factor.weight), "factor"), ")"]);
  return make(
    "table", { class: "turns small" },
    make("thead", {}, make("tr", {}, ["When", "Then", "Studies of that moment that count now"].map((head) => make("th", { scope: "col" }, head)))),
    make("tbody", {}, turns.map((turn) => make("tr", {}, make("th", { scope: "row" }, turn.label), make("td", { class: "figure" }, explained(joint(turn.score), isClaim ? "score" : "joint probability")), make("td", {}, studiesWords(turn))))),
  );
}
