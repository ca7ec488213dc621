// Show the studies of a claim as a forest plot: estimate and interval where a scale tells what no effect is, else a mark on the side that
// the study speaks for. Right of the middle is for the claim. The served pages have the same (explorer/plots.py); a test holds them equal.

const PLOT_WIDTH = 150;
const FOREST_HEIGHT = 22;
const FOREST_REACH = 64;
const NICE_RATIOS = [1.02, 1.05, 1.1, 1.2, 1.5, 2, 3, 5, 10, 20, 50, 100, 1000];
const SIDE_CLASSES = { supports: "for", disputes: "against", inconclusive: "open" };

const px = (value) => value.toFixed(1);

/** Whether estimate and interval stand on a scale whose point of no effect is known, and which way of it is for the claim. */
const hasScale = (item) => Boolean(item.interval && item.estimate !== undefined && item.measure && !W.no_null.includes(item.measure) && item.favours)
  && (!isRatio(item) || (item.interval[0] > 0 && item.estimate > 0));

const orientation = (item) => (item.favours === "lower" ? -1 : 1);

/** Low end, estimate and high end, from the point of no effect towards the claim. */
function effectsOfItem(item) {
  const values = [item.interval[0], item.estimate, item.interval[1]].map((value) => (isRatio(item) ? Math.log(value) : value) * orientation(item));
  return orientation(item) < 0 ? values.reverse() : values;
}

/** The rows of a forest plot by scale, by year within; those without a scale last. */
function forestGroups(counted) {
  const groups = new Map();
  const yearOf = ({ item }) => sources.get(item.source)?.year ?? 0;
  for (const weighed of [...counted].sort((one, other) => yearOf(one) - yearOf(other) || byName(one.name, other.name))) {
    const { item } = weighed;
    const title = hasScale(item) ? [item.measure, item.unit].filter(Boolean).join(", ") : "";
    const key = title && `${title} ${item.favours}`;
    if (!groups.has(key)) groups.set(key, { title, rows: [] });
    groups.get(key).rows.push(weighed);
  }
  const found = [...groups].sort(([one], [other]) => (one === "") - (other === "") || byName(one, other)).map(([, group]) => group);
  return found.map((group) => ({ ...group, half: group.title ? reachOf(group.rows) : 0 }));
}

/** How far a scale reaches to each side of no effect: the estimates lie within, and a very wide interval is cut. */
function reachOf(rows) {
  const found = rows.map(({ item }) => effectsOfItem(item));
  const far = ([low, , high]) => Math.max(Math.abs(low), Math.abs(high));
  const middle = found.map(far).sort((one, other) => one - other)[Math.floor(found.length / 2)];
  return Math.max(...found.map((each) => Math.min(far(each), Math.max(2 * Math.abs(each[1]), middle)))) || 1;
}

/** The value that is marked on both sides of a scale, and its words from left to right. */
function scaleTicks({ rows: [{ item }], half }) {
  const power = 10 ** Math.floor(Math.log10(half));
  const at = isRatio(item) ? NICE_RATIOS.findLast((ratio) => Math.log(ratio) <= half) : Math.floor(half / power) * power;
  if (!at) return null;
  const words = isRatio(item) ? [three(1 / at), "1", three(at)] : [`−${three(at)}`, "0", three(at)];
  return { at: isRatio(item) ? Math.log(at) : at, words: orientation(item) < 0 ? words.reverse() : words };
}

function forestAxis(group) {
  const middle = PLOT_WIDTH / 2;
  const ticks = scaleTicks(group);
  const offset = ticks ? (ticks.at / group.half) * FOREST_REACH : 0;
  const places = ticks ? [middle - offset, middle, middle + offset] : [];
  return makeSvg(
    "svg", { class: "forest", viewBox: `0 0 ${PLOT_WIDTH} ${FOREST_HEIGHT}`, width: PLOT_WIDTH, height: FOREST_HEIGHT, "aria-hidden": "true" },
    makeSvg("path", { class: "axis", d: `M${px(middle - FOREST_REACH)} 18H${px(middle + FOREST_REACH)}${places.map((x) => `M${px(x)} 15V21`).join("")}` }),
    places.map((x, index) => makeSvg("text", { x: px(x), y: 11, "text-anchor": "middle" }, ticks.words[index])),
  );
}

/** A study in a row: whisker and square on its scale, or a round mark on its side; as large as it weighs. */
function forestRow({ item, factor, reason }, half, heaviestHere) {
  const middle = PLOT_WIDTH / 2;
  const size = 4 + 6 * Math.sqrt(Math.abs(factor.weight) / heaviestHere);
  const side = SIDE_CLASSES[item.direction];
  const parts = [];
  if (half) {
    const [low, estimate, high] = effectsOfItem(item).map((value) => middle + within(value / half, -1.06, 1.06) * FOREST_REACH);
    const [cutLow, cutHigh] = effectsOfItem(item).filter((value, index) => index !== 1).map((value) => Math.abs(value / half) > 1.06);
    parts.push(makeSvg("path", { class: "whisker", d: `M${px(low)} 11H${px(high)}${whiskerEnd(low, cutLow, 1)}${whiskerEnd(high, cutHigh, -1)}` }));
    parts.push(makeSvg("rect", { class: side, x: px(estimate - size / 2), y: px(11 - size / 2), width: px(size), height: px(size) }));
  } else {
    const x = middle + { for: 0.5, against: -0.5, open: 0 }[side] * FOREST_REACH;
    parts.push(makeSvg("circle", { class: side, cx: px(x), cy: 11, r: px(size / 2) }));
  }
  return makeSvg(
    "svg", { class: reason ? "forest uncounted" : "forest", viewBox: `0 0 ${PLOT_WIDTH} ${FOREST_HEIGHT}`, width: PLOT_WIDTH, height: FOREST_HEIGHT, "aria-hidden": "true" },
    parts,
  );
}

/** The end of a whisker: a stop, or where it is cut an arrow that points out. */
const whiskerEnd = (x, isCut, inward) => (isCut ? `M${px(x + 4 * inward)} 7L${px(x)} 11L${px(x + 4 * inward)} 15` : `M${px(x)} 7V15`);

/** What a study found, in figures: estimate, interval and p as they are recorded; without the measure where it stands above. */
function figuresOf(item, isScaled = false) {
  const unit = item.unit && !isScaled ? ` ${item.unit}` : "";
  const interval = item.interval && ` (${signedNumber(item.interval[0])} to ${signedNumber(item.interval[1])})`;
  const estimate = item.estimate !== undefined && `${isScaled ? "" : `${item.measure} `}${signedNumber(item.estimate)}${interval || ""}${unit}`;
  return [estimate, item.p_value !== undefined && `p ${item.bound ? "< " : ""}${plainNumber(item.p_value)}`].filter(Boolean).join(", ");
}

const signedNumber = (value) => plainNumber(value).replace("-", "−");

function forestPlot(counted) {
  const heaviestHere = Math.max(0.01, ...counted.map(({ factor }) => Math.abs(factor.weight)));
  const row = (weighed, half) => make(
    "tr", { class: weighed.isTakenOut && "taken-out" },
    make("th", { scope: "row" }, forestName(weighed), make("span", { class: "small soft" }, forestWords(weighed, half > 0))),
    make("td", { class: "plot" }, forestRow(weighed, half, heaviestHere)),
  );
  const body = ({ title, rows, half }) => make(
    "tbody", {},
    half > 0 && make("tr", { class: "scale" }, make("th", { scope: "rowgroup", class: "small soft" }, name(title)), make("td", { class: "plot" }, forestAxis({ rows, half }))),
    rows.map((weighed) => row(weighed, half)),
  );
  return make(
    "table", { class: "studies" },
    make("thead", {}, make("tr", {}, make("th", { scope: "col" }, "Study"), make("th", { scope: "col", class: "plot" }, make("span", { class: "sides" }, make("span", {}, "○ against"), make("span", {}, "for ●"))))),
    forestGroups(counted).map(body),
  );
}

/** What an item is cited as: its source, or that it is imagined. */
const citedAs = (item) => (item.claim ? "imagined study" : sources.get(item.source)?.citation || item.source);

const forestName = ({ item }) => make("span", {}, sources.has(item.source) ? sourceLink(item) : name(citedAs(item)), " ");

const sourceLink = (item) => make("a", { class: "name", href: addressWith({ ...NO_PANEL, source: item.source }) }, name(citedAs(item)));

function forestWords({ item, factor, reason, isTakenOut }, isScaled) {
  const side = SIDES.find(({ direction }) => direction === item.direction).word.toLowerCase();
  const size = item.sample_size === undefined ? "n not shown" : `n ${item.sample_size}`;
  const figures = figuresOf(item, isScaled);
  const worth = reason ? (isTakenOut ? "taken out" : "not counted") : explained(times(factor.weight), "factor");
  return [make("span", { class: "unseen" }, `${side}, `), name(`${item.design}, ${size}`), " · ", figures && [explained(name(figures), "figures"), " · "], worth];
}
