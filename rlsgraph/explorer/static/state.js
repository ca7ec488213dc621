// Hold the data and what the reader has chosen. The address (the part behind #) is the only place of the choice,
// so every choice can be linked to, and Back works.

const data = await unpacked(byId("data").textContent);
const entities = new Map(Object.entries(data.entities));
const sources = new Map(Object.entries(data.sources));
const claims = new Map(Object.entries(data.claims).map(([id, claim]) => [id, { id, ...claim, ...data.predicates[claim.predicate] }]));
const links = new Map(Object.entries(data.links));
/** Links of kinds, as the assumption that a kind does what its class does. */
const assumptions = new Map([...links].filter(([, link]) => link.kind === "broader").map(([id, link]) => [id, { ...link, isAssumed: true, score: data.inheritance }]));
const hypotheses = new Map(data.hypotheses.map((hypothesis) => [hypothesis.id, hypothesis]));

const KINDS = { claim: claims, link: links, assumed: assumptions, entity: entities, source: sources };
const VIEWS = ["answer", "compare", "hypothesis", "study", "timeline", "between", "around", "everything"];
/** Views of what a graph without hypotheses does not hold. */
const OF_HYPOTHESES = ["answer", "compare", "hypothesis", "study"];
const LISTED = ["level", "group", "category", "predicate", "design"];
const FLAGGED = ["contested", "human", "causal"];

const addressParameters = () => new URLSearchParams(location.hash.slice(1) || data.opening || "");

/** Return what the address asks for; `missing` says which of the names there are not. */
function readAddress() {
  const parameters = addressParameters();
  const missing = [];
  const known = (parameter, things, kind) => {
    const id = parameters.get(parameter);
    if (id && !things.has(id)) missing.push(`No ${kind} goes by the name “${id}”.`);
    return id && things.has(id) ? id : "";
  };
  const hypothesis = hypotheses.get(known("hypothesis", hypotheses, "hypothesis")) || LOADED_ORDER[0] || null;
  const [start, end, around] = ["start", "end", "around"].map((parameter) => known(parameter, entities, "entity"));
  const filter = readFilter(parameters);
  for (const facet of LISTED) {
    const strange = [...filter[facet]].filter((value) => !options[facet].includes(value));
    if (strange.length) missing.push(`No claim has the ${FACETS[facet].title.toLowerCase()} “${strange.join("”, “")}” that the filter asks for.`);
  }
  const panels = Object.entries(KINDS).map(([kind, things]) => ({ kind, id: known(kind, things, kind) }));
  return {
    view: viewAsked(parameters, hypothesis),
    hypothesis, start, end, around,
    rival: hypotheses.get(known("with", hypotheses, "hypothesis")) || null,
    order: parameters.get("order") || "",
    reach: parameters.get("steps") === "2" ? 2 : 1,
    path: Number.parseInt(parameters.get("path"), 10) || 0,
    panel: panels.find((panel) => panel.id) || null,
    missing: missing.join(" "),
    isTable: parameters.get("show") === "table",
    show: parameters.get("show") || "",
    cell: parameters.get("cell") || "",
    sort: parameters.get("sort") || "-score",
    filter,
  };
}

/** The view that an address names, or means: a hypothesis is shown as its chain, and a page opens on the answer. */
function viewAsked(parameters, hypothesis) {
  const view = parameters.get("view");
  if (VIEWS.includes(view) && (hypothesis || !OF_HYPOTHESES.includes(view))) return view;
  if (!hypothesis) return "everything";
  return parameters.has("hypothesis") ? "hypothesis" : "answer";
}

/** A filter: a range of scores, sets of allowed words (empty: all), flags, and words to find. */
function readFilter(parameters) {
  const [least, most] = (parameters.get("score") || "").split("-").map(Number.parseFloat);
  return {
    least: least >= 0 && least <= 1 ? least : 0,
    most: most >= 0 && most <= 1 ? most : 1,
    ...Object.fromEntries(LISTED.map((facet) => [facet, new Set((parameters.get(facet) || "").split(",").filter(Boolean))])),
    ...Object.fromEntries(FLAGGED.map((flag) => [flag, parameters.get(flag) === "1"])),
    text: parameters.get("text") || "",
  };
}

/** The address with some parameters changed; an empty value takes one out. */
function addressWith(changes) {
  const parameters = addressParameters();
  for (const [parameter, value] of Object.entries(changes)) {
    if (value === "" || value === null || value === undefined) parameters.delete(parameter);
    else parameters.set(parameter, value);
  }
  return `#${parameters}`;
}

const NO_PANEL = { claim: "", link: "", assumed: "", entity: "", source: "" };

/** Change the address, as a new place in the history. */
function go(changes) {
  location.hash = addressWith(changes);
}

/** Change the address in place: for what changes with every key or drag. */
function adjust(changes) {
  try {
    history.replaceState(null, "", addressWith(changes));
  } catch {
    go(changes); // a frame without an address of its own, as in a notebook
    return;
  }
  show();
}

/** The address of an entity beside what is shown. */
const entityAddress = (id) => addressWith({ ...NO_PANEL, entity: id });

/** The address of a hypothesis (its weakest step then fills the panel). */
const hypothesisAddress = (id) => addressWith({ ...NO_PANEL, view: "", path: "", hypothesis: id });

/** Choose what the panel shows; the rest stays. */
function choose(kind, id) {
  go({ ...NO_PANEL, [kind]: id });
}

/** The address of a place where a source can be opened. */
const addressOf = ([place, rest]) => (data.places[place] || "") + rest;

/** The IRI of a thing: the page's names are slugs, or whole IRIs for what is not of this project. */
const iriOf = (kind, id) => (/^[a-z][a-z0-9+.-]*:/i.test(id) ? id : `${data.base}${kind}/${id}`);

/** Split the id of a step, `claim:…`, `link:…` or `assumed:…`. */
function splitStep(stepId) {
  const cut = stepId.indexOf(":");
  const kind = stepId.slice(0, cut);
  const id = stepId.slice(cut + 1);
  return { kind, id, value: KINDS[kind].get(id) };
}
