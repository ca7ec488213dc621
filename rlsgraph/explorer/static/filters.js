// Filter claims. The filters combine; each option tells how many claims it would leave, given all the others.

const FACETS = {
  level: { title: "Confidence level", of: (claim) => [claim.level] },
  predicate: { title: "Predicate", of: (claim) => [claim.predicate], word: (value) => data.predicates[value].verb },
  design: { title: "Study design", of: (claim) => [...new Set((claim.items || []).map((item) => item.design))] },
  group: { title: "Group", of: (claim) => endsOf(claim, "group") },
  category: { title: "Category", of: (claim) => endsOf(claim, "category") },
};
const FLAGS = {
  contested: { title: "Contested only", holds: (claim) => hasFlag(claim, "contested") },
  human: { title: "Studied in people", holds: (claim) => (claim.items || []).some((item) => item.people) },
  causal: { title: "Causal claims only", holds: (claim) => claim.causal },
};

const endsOf = (claim, property) => [...new Set([claim.subject, claim.object].map((id) => entities.get(id)?.[property]).filter(Boolean))];

/** What the filters must know of each claim, worked out once. */
const facts = [...claims].map(([id, claim]) => ({
  id,
  score: claim.score,
  facets: Object.fromEntries(Object.entries(FACETS).map(([facet, { of }]) => [facet, of(claim)])),
  flags: Object.fromEntries(Object.entries(FLAGS).map(([flag, { holds }]) => [flag, Boolean(holds(claim))])),
  words: [claim.subject, claim.object].flatMap((end) => [labelOf(end), ...(entities.get(end)?.synonyms || [])]).map(folded).join("\n"),
}));

/** Return the claims that pass a filter, and for each facet and flag how many would pass with each of its options. */
function filterClaims(filter) {
  const wanted = folded(filter.text).split(/\s+/).filter(Boolean);
  const tests = [
    (fact) => fact.score >= filter.least - 1e-9 && fact.score <= filter.most + 1e-9 && wanted.every((word) => fact.words.includes(word)),
    ...LISTED.map((facet) => (fact) => filter[facet].size === 0 || fact.facets[facet].some((value) => filter[facet].has(value))),
    ...FLAGGED.map((flag) => (fact) => !filter[flag] || fact.flags[flag]),
  ];
  const counts = Object.fromEntries([...LISTED, ...FLAGGED].map((facet) => [facet, new Map()]));
  const passing = new Set();
  const count = (known, value) => known.set(value, (known.get(value) || 0) + 1);
  for (const fact of facts) {
    let failed = -1;
    let failures = 0;
    for (let index = 0; index < tests.length && failures < 2; index += 1) {
      if (!tests[index](fact)) [failed, failures] = [index, failures + 1];
    }
    if (failures === 0) passing.add(fact.id);
    LISTED.forEach((facet, index) => {
      if (failures === 0 || (failures === 1 && failed === index + 1)) fact.facets[facet].forEach((value) => count(counts[facet], value));
    });
    FLAGGED.forEach((flag, index) => {
      const at = 1 + LISTED.length + index;
      if ((failures === 0 || (failures === 1 && failed === at)) && fact.flags[flag]) count(counts[flag], true);
    });
  }
  return { passing, counts };
}

/** Whether a filter leaves anything out. */
const isFiltering = (filter) =>
  filter.least > 0 || filter.most < 1 || filter.text !== "" || LISTED.some((facet) => filter[facet].size > 0) || FLAGGED.some((flag) => filter[flag]);

const NO_FILTER = Object.fromEntries(["score", "text", ...LISTED, ...FLAGGED].map((parameter) => [parameter, ""]));

/** Every option of each facet, in a fixed order: levels by rank, the rest by name. */
const options = Object.fromEntries(LISTED.map((facet) => {
  const found = new Set(facts.flatMap((fact) => fact.facets[facet]));
  const order = facet === "level" ? Object.keys(data.widths).reverse() : [...found].sort();
  return [facet, order.filter((value) => found.has(value))];
}));

const controls = new Map();

/** Make the form once; `showFilters` then keeps it in step with the address. */
function startFilters() {
  byId("filter-form").replaceChildren(
    textFilter(),
    scoreFilter(),
    make("fieldset", {}, make("legend", {}, "Only"), FLAGGED.map((flag) => box(flag, true, FLAGS[flag].title))),
    ...LISTED.filter((facet) => options[facet].length > 1).map((facet) => make(
      "fieldset", {}, make("legend", {}, FACETS[facet].title),
      options[facet].map((value) => box(facet, value, FACETS[facet].word?.(value) || value)),
    )),
  );
  byId("clear-filters").addEventListener("click", clearFilters);
}

function clearFilters() {
  go(NO_FILTER);
  byId("filters").querySelector("summary").focus();
}

/** A button that clears the filters, for where nothing passes them. */
const clearButton = () => make("button", { type: "button", class: "quiet", on: { click: clearFilters } }, "Clear all filters");

function textFilter() {
  const field = make("input", {
    type: "search", id: "filter-text", list: "names", maxlength: 200, autocomplete: "off",
    on: { input: () => adjust({ text: field.value }) },
  });
  controls.set("text", field);
  return make("p", {}, make("label", { for: "filter-text" }, "About an entity"), field);
}

function scoreFilter() {
  const ends = ["least", "most"].map((end) => {
    const field = make("input", {
      type: "range", id: `filter-${end}`, min: 0, max: 1, step: 0.01,
      on: { input: () => adjust({ score: scoreRange(end) }) },
    });
    controls.set(end, field);
    return make("p", {}, make("label", { for: `filter-${end}` }, end === "least" ? "Score at least" : "Score at most"), field, make("output", { for: `filter-${end}` }));
  });
  return make("fieldset", {}, make("legend", {}, "Score"), ends);
}

/** The range after one end has been moved; it stops at the other, which stays as it was asked for. */
function scoreRange(moved) {
  let { least, most } = readAddress().filter;
  const to = Number(controls.get(moved).value);
  if (moved === "least") least = Math.min(to, most);
  else most = Math.max(to, least);
  return least <= 0 && most >= 1 ? "" : `${least.toFixed(2)}-${most.toFixed(2)}`;
}

function box(facet, value, word) {
  const field = make("input", { type: "checkbox", on: { change: () => go({ [facet]: value === true ? (field.checked ? "1" : "") : chosenOf(facet) }) } });
  const counted = make("span", { class: "soft number-of" });
  controls.set(`${facet} ${value}`, field);
  controls.set(`${facet} ${value} count`, counted);
  return make("label", { class: "option" }, field, " ", name(word), " ", counted);
}

const chosenOf = (facet) => options[facet].filter((value) => controls.get(`${facet} ${value}`).checked).join(",");

function showFilters(filter, { passing, counts }) {
  const field = controls.get("text");
  if (field.value !== filter.text) field.value = filter.text;
  for (const end of ["least", "most"]) {
    controls.get(end).value = filter[end];
    controls.get(end).nextElementSibling.textContent = two(filter[end]);
  }
  const set = (facet, value, isChosen) => {
    const number = counts[facet].get(value) || 0;
    controls.get(`${facet} ${value}`).checked = isChosen;
    controls.get(`${facet} ${value} count`).textContent = `${number}`;
  };
  for (const flag of FLAGGED) set(flag, true, filter[flag]);
  for (const facet of LISTED) if (options[facet].length > 1) options[facet].forEach((value) => set(facet, value, filter[facet].has(value)));
  const counted = isFiltering(filter) ? `${passing.size} of ${claims.size} claims` : `all ${claims.size} claims`;
  const total = byId("filter-count");
  if (total.textContent && total.textContent !== counted) byId("status").textContent = `${counted} pass the filters.`;
  total.textContent = counted;
  byId("clear-filters").hidden = !isFiltering(filter);
}
