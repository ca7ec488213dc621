// How to read this: a drawer that says what every word and number means, and what a score is not. A term opens it at its place.

const LEVELS_UP = ["established", "supported", "emerging", "speculative", "doubtful", "refuted"];

/** What each term of the page means, by the name that a term is linked by. */
const MEANINGS = {
  score: "The probability that a claim holds, given what is recorded here. Each study multiplies the odds by what its finding is worth; “Where 0.31 comes from” beside a claim shows every factor.",
  interval: `The central ${percent(data.profile.mass)} of what the evidence leaves open about a score.`,
  prior: "The score of a claim before any evidence.",
  factor: "What a study, a kind of study or related claims do to the odds of a claim: × 2 doubles them, × 0.5 halves them.",
  anchor: "The best tie of an entity on a mechanism's path to its end that is seen in people, associations too, effects of treatments not.",
  "weakest step": "The step of a mechanism with the lowest score. A step without an item of its own is read by an association of its two ends, and says so.",
  place: "Mechanisms stand by the level of their anchor, then that of their weakest step, then the share of steps seen in people. What is context stands apart.",
  "in people": "How many steps have a study of people with data of its own.",
  opposed: "Steps on which studies disagree, and claims that give a step the opposite sign.",
  "newest study": "The year of the newest study with data of its own on any step.",
  "joint probability": "The product of the scores on a path, and of what is assumed on it; it falls with every step, so it ranks no mechanism and has no level.",
  assumed: `That a kind does what its class does, where nothing is recorded of the kind itself: ${two(data.inheritance)}.`,
  support: "The probability that at least one causal path holds between two entities, claims taken as independent.",
  floor: "The same question with every claim at its prior, as if nobody had ever studied anything.",
  "evidence factor": "Odds of support ÷ odds of its floor: what all evidence together does to the question.",
  verdict: `Raises or lowers where the support of that side is at least ${data.verdict.times} times that of the other and its evidence factor at least ${data.verdict.factor}; else undetermined.`,
  "would settle": "The share of the variance of a probability that the next study can be expected to remove; the mean over its outcomes is what it is now.",
  chance: "How likely the next study is to find what is claimed: so that its outcomes, each by its chance, come to what the score is now.",
  ceiling: "Studies of one kind share their doubts, so together they tell no more than a bound of that kind; what is lent is bounded too.",
  odds: "A probability divided by what it lacks to 1; a factor multiplies it.",
  items: "How many evidence items speak for a claim, against it, and neither way; a chain counts each once.",
  figures: "What a study reports: its estimate with its interval, or a p-value, as the source has it.",
  contested: "Evidence moves the odds strongly to either side.",
  untested: "No study with data of its own bears on it.",
};

const NOT_A_SCORE = [
  "no effect size: a claim can be sure and its effect small",
  "none for a given person, and no advice",
  "not the share of papers that agree: a study counts by its design, size and bias",
  "not final: a claim that nobody studied stays near its prior, which says that little is known, not that it is false",
  "not fitted to what experts think: their gradings are a yardstick, never evidence",
];

/** A term as a button that opens the drawer at what it means. */
function term(words, key = words.toLowerCase()) {
  return make("button", { type: "button", class: "term", on: { click: () => openDrawer(key) } }, words);
}

/** A number as a way to what it means. The keyboard passes it by: a head beside it, or the drawer itself, explains the same. */
const explained = (words, key) => make("button", { type: "button", class: "term of-number", tabindex: -1, on: { click: () => openDrawer(key) } }, words);

function openDrawer(key) {
  const drawer = byId("drawer");
  if (!drawer.open) drawer.showModal();
  const place = key && byId(`term-${key.replaceAll(" ", "-")}`);
  if (place) {
    place.scrollIntoView({ block: "center" });
    place.focus();
  } else {
    drawer.scrollTop = 0;
    drawer.querySelector("h2").focus();
  }
}

/** All levels on one axis from 0 to 1; those below the prior have no place of their own on it. */
function levelAxis() {
  const at = (share) => 10 + share * 460;
  const cuts = [0, ...data.profile.thresholds, 1];
  const names = LEVELS_UP.slice(0, 4).reverse();
  return makeSvg(
    "svg", { class: "axis-of-levels", viewBox: "0 0 480 62", role: "img", "aria-label": `Levels by score: ${names.map((level, index) => `${level} from ${cuts[index]}`).join(", ")}` },
    makeSvg("path", { class: "axis", d: `M${at(0)} 34H${at(1)}${cuts.map((cut) => `M${at(cut)} 28V40`).join("")}` }),
    cuts.map((cut) => makeSvg("text", { x: at(cut), y: 56, "text-anchor": "middle" }, String(cut))),
    names.map((level, index) => makeSvg("text", { x: at((cuts[index] + cuts[index + 1]) / 2), y: 18, "text-anchor": "middle" }, level)),
  );
}

function levelTable() {
  const worth = data.worth || {};
  const hasWorth = Object.keys(worth).length > 0;
  const row = (level) => make(
    "tr", {}, make("th", { scope: "row" }, level), make("td", {}, data.profile.levels[level] || ""),
    hasWorth && make("td", { class: "figure" }, worth[level] ? `${worth[level][0]} of ${worth[level][1]}` : "none graded"),
  );
  return [
    make("table", { class: "small" }, make("thead", {}, make("tr", {}, ["Level", "Means", ...(hasWorth ? ["Graded strong"] : [])].map((head) => make("th", { scope: "col" }, head)))), make("tbody", {}, LEVELS_UP.map(row))),
    make("p", { class: "small soft" }, hasWorth
      ? "Graded strong: of the claims of this level that guidelines or consensus graded, so many got B or better. The numbers are small, and a low level is no verdict."
      : "What each level has been worth against gradings of experts: rlsgraph calibrate."),
  ];
}

function startDrawer() {
  byId("drawer").replaceChildren(
    make("button", { type: "button", class: "quiet close", on: { click: () => byId("drawer").close() } }, "Close"),
    make("h2", { tabindex: "-1" }, "How to read this"),
    make("p", {}, "A claim says that one thing raises, lowers or goes with another. What was recorded for and against it gives its score; chains of claims make mechanisms. Whatever is underlined leads to what it stands on."),
    make("h3", {}, "Levels"), levelAxis(), ...levelTable(),
    make("h3", {}, "What a score is not"), make("ul", {}, NOT_A_SCORE.map((words) => make("li", {}, words))),
    make("h3", {}, "Marks"),
    make("p", {}, mark(1), " raises, ", mark(-1), " lowers, ", mark(0), " direction open; dashed: untested; dotted: by definition; ≈ assumed; ⚡ contested; ☍ data, none in people; ◎ to study next."),
    make("h3", {}, "Words and numbers"),
    make("dl", { id: "meanings", class: "meanings" }, Object.entries(MEANINGS).flatMap(([key, meaning]) => [make("dt", { id: `term-${key.replaceAll(" ", "-")}`, tabindex: "-1" }, key), make("dd", {}, meaning)])),
  );
  byId("drawer").addEventListener("click", (event) => { if (event.target === byId("drawer")) byId("drawer").close(); });
  byId("reading").addEventListener("click", () => openDrawer(""));
}
