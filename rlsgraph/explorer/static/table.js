// Show claims as a table: the same ones as the drawing, for reading aloud, sorting and copying.

const FIRST_ROWS = 200;
const COLUMNS = {
  subject: { title: "Subject", of: (claim) => labelOf(claim.subject) },
  predicate: { title: "Says", of: (claim) => claim.verb },
  object: { title: "Object", of: (claim) => labelOf(claim.object) },
  score: { title: "Score", of: (claim) => claim.score },
  interval: { title: `${percent(data.profile.mass)} interval`, of: (claim) => claim.high - claim.low },
  level: { title: "Level", of: (claim) => Object.keys(data.widths).indexOf(claim.level) },
  for: { title: "For", of: (claim) => itemsOf(claim, "supports") },
  against: { title: "Against", of: (claim) => itemsOf(claim, "disputes") },
  open: { title: "Open", of: (claim) => itemsOf(claim, "inconclusive") },
};

const itemsOf = (claim, direction) => (claim.items || []).filter((item) => item.direction === direction).length;

/** Fill the table with claims by id, sorted as the address says (`-score`: descending). */
function showTable(ids, sort) {
  const isDown = sort.startsWith("-");
  const wanted = sort.replace("-", "");
  const column = Object.hasOwn(COLUMNS, wanted) ? wanted : "score";
  const rows = [...ids].map((id) => ({ id, value: COLUMNS[column].of(claims.get(id)) }));
  const order = (one, other) => (one < other ? -1 : one > other ? 1 : 0);
  rows.sort((one, other) => (isDown ? -1 : 1) * order(one.value, other.value) || order(one.id, other.id));
  byId("table").replaceChildren(
    rows.length === 0
      ? make("p", { class: "empty" }, "No claim fits. Loosen a filter, or choose another view. ", clearButton())
      : make("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Table of claims" }, make(
        "table", { class: "small" },
        make("caption", { class: "unseen" }, "Claims of this view; the heads of the columns sort it"),
        make("thead", {}, make("tr", {}, Object.keys(COLUMNS).map((key) => head(key, column, isDown)))),
        tableBody(rows),
      )),
  );
}

function head(key, column, isDown) {
  const isSorted = key === column;
  const next = isSorted && isDown ? key : isSorted ? `-${key}` : ["subject", "predicate", "object"].includes(key) ? key : `-${key}`;
  return make(
    "th", { scope: "col", "aria-sort": isSorted ? (isDown ? "descending" : "ascending") : "none" },
    make("button", { type: "button", id: `sort-${key}`, on: { click: () => go({ sort: next === "-score" ? "" : next }) } }, COLUMNS[key].title, make("span", { "aria-hidden": "true" }, isSorted ? (isDown ? " ▾" : " ▴") : "")),
  );
}

function tableBody(rows) {
  const body = make("tbody", {}, rows.slice(0, FIRST_ROWS).map(({ id }) => tableRow(id)));
  if (rows.length > FIRST_ROWS) {
    const more = make("button", { type: "button", class: "quiet all-rows", on: { click: () => {
      const rest = rows.slice(FIRST_ROWS).map(({ id }) => tableRow(id));
      more.closest("tr").remove();
      body.append(...rest);
      rest[0].querySelector("button").focus();
    } } }, `Show all ${rows.length} rows`);
    body.append(make("tr", {}, make("td", { colspan: Object.keys(COLUMNS).length }, more)));
  }
  return body;
}

function tableRow(id) {
  const claim = claims.get(id);
  return make(
    "tr", { "data-claim": id },
    make("td", {}, name(labelOf(claim.subject))),
    make("td", { class: "figure" }, make("button", { type: "button", class: "name", on: { click: () => choose("claim", id) } }, mark(claim.polarity), ` ${claim.verb}`)),
    make("td", {}, name(labelOf(claim.object))),
    make("td", { class: "figure" }, explained(two(claim.score), "score")),
    make("td", { class: "figure" }, explained(`${two(claim.low)}–${two(claim.high)}`, "interval")),
    make("td", {}, claim.level, " ", tags(claim)),
    ["supports", "disputes", "inconclusive"].map((direction) => make("td", { class: "figure" }, String(itemsOf(claim, direction)))),
  );
}

/** Mark the row of the claim that the panel shows. */
function markRow(panel) {
  for (const row of byId("table").querySelectorAll("tr[data-claim]")) {
    if (panel?.kind === "claim" && row.dataset.claim === panel.id) row.setAttribute("aria-current", "true");
    else row.removeAttribute("aria-current");
  }
}
