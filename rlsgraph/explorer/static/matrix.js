// Everything at a glance: a matrix of groups, rows act on columns; a cell tells how many claims there are, and how sure they are.

const MOST_DRAWN = 60;

/** The group that an entity is counted under. */
const groupOf = (id) => entities.get(id)?.group || "no group";

/** Groups from those that mostly act to those mostly acted on: the order of the drawing's columns. */
const groupOrder = [...new Set([...data.everything.heads.map(([title]) => title), ...[...claims.values()].flatMap(({ subject, object }) => [groupOf(subject), groupOf(object)])])];

const cellKey = (from, to) => `${from} > ${to}`;

/** Which cell a claim is counted in; an association in that of its group that comes first. */
function cellOf({ subject, object, causal }) {
  const [from, to] = [groupOf(subject), groupOf(object)];
  return causal || groupOrder.indexOf(from) <= groupOrder.indexOf(to) ? cellKey(from, to) : cellKey(to, from);
}

/** The claims of one cell of the matrix; all where none is asked for. */
const inCell = (ids, cell) => (cell ? ids.filter((id) => cellOf(claims.get(id)) === cell) : ids);

function matrixTable(ids) {
  const cells = new Map();
  for (const id of ids) listUnder(cells, cellOf(claims.get(id)), claims.get(id).score);
  const used = groupOrder.filter((group) => [...cells.keys()].some((key) => key.startsWith(`${group} > `) || key.endsWith(` > ${group}`)));
  return make("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Matrix of groups" }, make(
    "table", { class: "matrix small" },
    make("caption", { class: "unseen" }, "Claims by the groups of their entities: rows act on columns"),
    make("thead", {}, make("tr", {}, make("td", {}, ""), used.map((group) => make("th", { scope: "col" }, name(group))))),
    make("tbody", {}, used.map((from) => make("tr", {}, make("th", { scope: "row" }, swatch(from), " ", name(from)), used.map((to) => matrixCell(from, to, cells.get(cellKey(from, to))))))),
  ));
}

function matrixCell(from, to, scores) {
  if (!scores) return make("td", { class: "none" });
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
  const show = scores.length > MOST_DRAWN ? "table" : "graph";
  const mass = make("span", { class: "mass", "aria-hidden": "true" });
  mass.style.width = percent(mean);
  return make("td", {}, make(
    "button", { type: "button", on: { click: () => go({ ...NO_PANEL, cell: cellKey(from, to), show }) } },
    make("b", {}, String(scores.length)), make("span", { class: "unseen" }, ` from ${from} to ${to}, mean score`), ` ${two(mean)}`, mass,
  ));
}

/** Few enough claims for a drawing of their own. */
function fewDrawn(ids) {
  const all = ids.map((id) => ({ stepId: `claim:${id}`, start: claims.get(id).subject, end: claims.get(id).object, score: claims.get(id).score }));
  const { legs, leftOut } = withinRoom(all.filter(({ start, end }) => start !== end).sort((one, other) => other.score - one.score), MOST_ENTITIES);
  return { drawing: sketch(legs), steps: legs.map(({ stepId }) => stepId), leftOut };
}

/** What of everything is shown: the matrix, one cell of it, or all as a drawing. */
function everythingView({ show, cell, isTable }, fits) {
  const passing = [...claims.keys()].filter((id) => fits(`claim:${id}`));
  const ids = inCell(passing, cell);
  const drawable = new Set(data.everything.claims ?? claims.keys());
  const left = claims.size - drawable.size;
  const isList = show !== "graph" && !isTable && ids.length > 0;
  const isKept = cell ? new Set(ids) : null;
  const keeps = (stepId) => fits(stepId) && (!isKept || isKept.has(stepId.slice("claim:".length)));
  const few = cell && ids.length <= MOST_DRAWN ? fewDrawn(ids) : null;
  const steps = [...[...drawable].map((id) => `claim:${id}`), ...data.everything.links.map((id) => `link:${id}`)];
  return {
    key: few ? `everything ${cell} ${few.steps.join(" ")}` : "everything",
    isList,
    head: [
      make("h2", { id: "chain-title" }, VIEW_TITLES.everything),
      cell && make("p", { class: "buttons" }, make("span", {}, `Only ${cell.replace(" > ", " → ")}: ${countOf(ids.length, "claim", "claims")}.`), make("button", { type: "button", class: "quiet", on: { click: () => go({ cell: "", show: "" }) } }, "Back to the matrix")),
      ids.length === 0
        ? make("p", { class: "empty" }, "No claim fits the filters. ", clearButton())
        : !cell && make("p", { class: "small soft" }, `${countOf(ids.length, "claim passes", "claims pass")} the filters, by group from causes to effects.${show === "graph" ? " Drag or the arrow keys move it; the buttons, the wheel, + and − zoom." : ""}`),
      few?.leftOut > 0 && make("p", { class: "note" }, `The drawing leaves out ${countOf(few.leftOut, "claim of lower score", "claims of lower score")} for want of room.`),
      show === "graph" && !few && left > 0 && make("p", { class: "note" }, `The drawing holds the ${drawable.size} claims of highest score of ${claims.size}; the table holds all.`),
      isList && make("p", { class: "small soft" }, "Rows act on columns. A cell: number of claims, their mean score, which is the length of the bar. It leads to its claims."),
      isList && matrixTable(ids),
    ].filter(Boolean),
    ...(few ? { drawing: few.drawing, steps: few.steps, listed: few.steps, faded: new Set() } : { drawing: "everything", steps: steps.filter(keeps), listed: [], faded: new Set(steps.filter((stepId) => !keeps(stepId))) }),
    listTitle: "Its claims",
    ids, name: cell ? `everything, ${cell.replace(" > ", " → ")}` : "everything",
  };
}
