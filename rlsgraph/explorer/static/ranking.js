// Show all hypotheses in one table, in the library's order or sorted by a column: names, small chains, and what each stands on.

/** The claims that the steps of a hypothesis are read by. */
const readingsOf = (hypothesis) => (hypothesis.route || [])
  .map(([stepId]) => splitStep(stepId))
  .filter(({ kind }) => kind === "claim")
  .map(({ id }) => readOf(hypothesis, id));

/** How many items bear on the steps of a hypothesis under the change: for, against, open; each once. */
function itemCounts(hypothesis) {
  const seen = new Map();
  for (const id of readingsOf(hypothesis)) for (const { item, name: each, isTakenOut } of itemsUnder(id, change)) if (!isTakenOut) seen.set(each, item.direction);
  return SIDES.map(({ direction }) => [...seen.values()].filter((one) => one === direction).length);
}

const weakestScore = (hypothesis) => claims.get(hypothesis.read || hypothesis.weakest).score;

/** What each hypothesis is shown by, worked out once. */
const rankAll = () => data.hypotheses.map((hypothesis, index) => {
  const isSound = hasStanding(hypothesis);
  const anchor = claims.get(hypothesis.anchor);
  return {
    hypothesis, index,
    place: hypothesis.place ?? Infinity,
    name: hypothesis.label,
    tie: anchor ? anchor.score : -1,
    weakest: isSound ? weakestScore(hypothesis) : -1,
    people: isSound ? hypothesis.in_people[0] / hypothesis.in_people[1] : -1,
    counts: itemCounts(hypothesis),
    newest: hypothesis.newest || 0,
    joint: isSound ? hypothesis.joint : -1,
  };
});
let ranking = rankAll();
const MOST_ITEMS = Math.max(1, ...ranking.map(({ counts }) => counts[0] + counts[1] + counts[2]));

const RANKED_BY = {
  place: { title: "#", words: "Place", of: (row) => row.place, isUp: true },
  name: { title: "Mechanism, step by step", of: (row) => row.name, isUp: true },
  tie: { title: "Best tie in people", of: (row) => row.tie },
  weakest: { title: "Weakest step", of: (row) => row.weakest },
  people: { title: "Steps seen in people", of: (row) => row.people },
  items: { title: "For · against · open", of: (row) => row.counts[0] + row.counts[1] + row.counts[2] },
  newest: { title: "Newest", of: (row) => row.newest },
  joint: { title: "Joint", words: "Joint probability", of: (row) => row.joint },
};

/** The rows in the order that the address asks for (`-tie`: descending); ties as the library has them. */
function rankedRows(order) {
  const key = order.replace("-", "");
  if (!Object.hasOwn(RANKED_BY, key)) return ranking;
  const { of } = RANKED_BY[key];
  const sign = order.startsWith("-") ? -1 : 1;
  return [...ranking].sort((one, other) => {
    const [a, b] = [of(one), of(other)];
    return sign * (a < b ? -1 : a > b ? 1 : 0) || one.index - other.index;
  });
}

function rankingTable(order, hypothesis) {
  const compared = new Set();
  return make(
    "div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Table of mechanisms" },
    make(
      "table", { class: "ranking" },
      make("caption", { class: "unseen" }, "Mechanisms, the best tied to people first; the heads of the columns sort it"),
      make("thead", {}, make("tr", {}, Object.keys(RANKED_BY).map((key) => rankedHead(key, order)), make("th", { scope: "col" }, "Compare"))),
      make("tbody", {}, rankedRows(order).map((row) => rankedRow(row, hypothesis, compared))),
    ),
  );
}

function rankedHead(key, order) {
  const { title, words, isUp } = RANKED_BY[key];
  const [by, isDown] = [order.replace("-", "") || "place", order.startsWith("-")];
  const isSorted = by === key;
  const next = isSorted ? (isDown ? key : `-${key}`) : isUp ? key : `-${key}`;
  return make(
    "th", { scope: "col", "data-column": key, "aria-sort": isSorted ? (isDown ? "descending" : "ascending") : "none" },
    make(
      "button", { type: "button", id: `order-${key}`, on: { click: () => go({ order: next === "place" ? "" : next }) } },
      words ? [make("span", { "aria-hidden": "true" }, title), make("span", { class: "unseen" }, words)] : title,
      make("span", { "aria-hidden": "true" }, isSorted ? (isDown ? " ▾" : " ▴") : ""),
    ),
  );
}

function rankedRow({ hypothesis, counts }, chosen, compared) {
  const cell = (column, ...nodes) => make("td", { "data-column": column }, nodes);
  const told = make(
    "th", { scope: "row", "data-column": "name" },
    make("a", { class: "row-name", href: hypothesisAddress(hypothesis.id) }, name(hypothesis.label)),
    make("br"), hypothesis.route ? smallChain(hypothesis.route) : make("span", { class: "soft" }, "no unbroken chain of claims leads to the end"),
  );
  const known = hasStanding(hypothesis);
  return make(
    "tr", { "data-hypothesis": hypothesis.id, "aria-current": chosen === hypothesis && "true" },
    cell("place", hypothesis.place ? placeWords(hypothesis) : make("span", { class: "soft" }, hypothesis.status)),
    told,
    cell("tie", known && tieOf(hypothesis)),
    cell("weakest", known && figureLink(hypothesis.read || hypothesis.weakest)),
    cell("people", known && explained(`${hypothesis.in_people[0]} of ${hypothesis.in_people[1]}`, "in people")),
    cell("items", known && tally(counts, MOST_ITEMS)),
    cell("newest", known && (hypothesis.newest ? explained(String(hypothesis.newest), "newest study") : "–")),
    cell("joint", known && explained(`${joint(hypothesis.joint)}${wasJoint(hypothesis)}`, "joint probability")),
    cell("compare", known && compareBox(hypothesis, compared)),
  );
}

/** The place of a hypothesis, and the one that it had before a change. */
const placeWords = ({ place, status, was }) => (place ? `${place}${was?.place && was.place !== place ? ` (was ${was.place})` : ""}` : status);
const wasJoint = ({ joint: now, was }) => (was && joint(was.joint) !== joint(now) ? ` (was ${joint(was.joint)})` : "");

const tieOf = (hypothesis) => (hypothesis.anchor ? figureLink(hypothesis.anchor) : make("span", { class: "soft" }, "none"));

/** Level and score of a claim as a way to it. */
function figureLink(id) {
  const claim = claims.get(id);
  return make("a", { class: "name", href: addressWith({ ...NO_PANEL, claim: id }), title: plainSentence(claim) }, standing(claim), make("span", { class: "unseen" }, `, ${plainSentence(claim)}`));
}

/** A box to tick; two ticked ones are compared. */
function compareBox(hypothesis, compared) {
  const box = make("input", {
    type: "checkbox", "aria-label": `compare ${hypothesis.label}`,
    on: { change: () => {
      if (box.checked) compared.add(hypothesis.id);
      else compared.delete(hypothesis.id);
      const [one, other] = compared;
      if (other) go({ ...NO_PANEL, view: "compare", hypothesis: one, with: other });
      else byId("status").textContent = box.checked ? "Choose a second mechanism to compare with." : "";
    } },
  });
  return box;
}
