// Draw a score with its interval. A point is never drawn without it.

const describe = (value) => `score ${two(value.score)}, ${percent(data.profile.mass)} interval ${two(value.low)} to ${two(value.high)}${wasWords(value)}`;

/** A scale from 0 to 1 with the levels' thresholds, the interval and the point: for the panel. */
function intervalPlot(value) {
  const at = (x) => 6 + x * 308;
  const ticks = [0, ...(data.profile.thresholds || []), 1];
  return makeSvg(
    "svg", { class: "interval", viewBox: "0 0 320 40", role: "img", "aria-label": describe(value) },
    makeSvg("path", { class: "axis", d: `M${at(0)} 22H${at(1)}${ticks.map((tick) => `M${at(tick)} 18V26`).join("")}` }),
    ticks.map((tick) => makeSvg("text", { x: at(tick), y: 38, "text-anchor": { 0: "start", 1: "end" }[tick] || "middle" }, String(tick))),
    value.was && makeSvg("path", { class: "ghost", d: `M${at(value.was.low)} 10H${at(value.was.high)}M${at(value.was.low)} 5V15M${at(value.was.high)} 5V15` }),
    value.was && makeSvg("circle", { class: "ghost", cx: at(value.was.score), cy: 10, r: 4.5 }),
    makeSvg("path", { class: "whisker", d: `M${at(value.low)} 10H${at(value.high)}M${at(value.low)} 5V15M${at(value.high)} 5V15` }),
    makeSvg("circle", { class: "point", cx: at(value.score), cy: 10, r: 4.5 }),
  );
}

/**
 * The factor of an item, over a bar from the middle line: to the right for and to the left against, as long as its weight.
 * Nothing is drawn for one that does not count.
 */
function weightBar({ reason, factor: { weight } }) {
  if (reason) return make("span", { class: "soft" }, "not counted");
  const length = Math.min(Math.abs(weight) / heaviestWeight(), 1) * 44;
  return make(
    "span", { class: "figure" }, make("span", { class: "unseen" }, "factor "), explained(times(weight), "factor"),
    makeSvg(
      "svg", { class: "weight", viewBox: "0 0 90 14", width: 90, height: 14, "aria-hidden": "true" },
      makeSvg("path", { class: "axis", d: "M45 0V14" }),
      makeSvg("rect", { x: weight < 0 ? 45 - length : 45, y: 2, width: length, height: 10 }),
    ),
  );
}

/** The weight that fills a row: the most that any item of this graph says, so that all rows have one scale. */
let heaviest;
function heaviestWeight() {
  heaviest ??= [...claims.values()].reduce((most, { items = [] }) => items.reduce((found, item) => Math.max(found, Math.abs(factorOf(item).weight)), most), 0.01);
  return heaviest;
}

/** A short sample of a step's line, for the legend. */
function lineSample(width, dashes) {
  return makeSvg(
    "svg", { class: "sample", viewBox: "0 0 34 10", width: 34, height: 10, "aria-hidden": "true" },
    makeSvg("path", { d: "M1 5H33", "stroke-width": width, ...(dashes ? { "stroke-dasharray": dashes.join(" ") } : {}) }),
  );
}

/** A bar of a share between 0 and 1. */
function bar(share, width) {
  return makeSvg(
    "svg", { class: "share", viewBox: `0 0 ${width} 8`, width, height: 8, "aria-hidden": "true" },
    makeSvg("rect", { class: "ground", width, height: 8 }), makeSvg("rect", { class: "filled", width: Math.max(0, Math.min(1, share)) * width, height: 8 }),
  );
}
