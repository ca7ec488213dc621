// Say what the middle of the page shows: a hypothesis, the paths between two entities, what lies around one, or everything.

const MOST_PATHS = 5;
/** What the tabs say, in this order. */
const VIEW_NAMES = { answer: "Answer", hypothesis: "Chain", between: "Between", around: "Around", everything: "Everything" };
const VIEW_TITLES = { between: "Between two entities", around: "Around an entity", everything: "Everything" };

/**
 * Return a view: its head (nodes), the steps that are drawn or listed, the drawing (null: none), the claims of its table,
 * the steps that are faded, a name for the picture, and what the panel opens on as long as nothing is chosen. One that is all
 * text (`isText`) has its whole content in its head: no drawing, no filters.
 */
function viewOf(address, passing) {
  const fits = fitting(address, passing);
  return { answer: answerView, hypothesis: hypothesisView, between: betweenView, around: aroundView, everything: everythingView }[address.view](address, fits);
}

/** What passes the filters: claims by their own right, and links that touch one of them or the entity in the middle. */
function fitting({ filter, around }, passing) {
  if (!isFiltering(filter)) return () => true;
  const touched = new Set([around, ...[...passing].flatMap((id) => [claims.get(id).subject, claims.get(id).object])]);
  return (stepId) => {
    const { kind, id, value } = splitStep(stepId);
    return kind === "claim" ? passing.has(id) : touched.has(value.subject) || touched.has(value.object);
  };
}

const claimsOf = (stepIds, fits) => stepIds.filter((stepId) => stepId.startsWith("claim:") && fits(stepId)).map((stepId) => splitStep(stepId).id);

/** The step that most needs evidence. */
const weakestStep = (id, of) => (id ? { kind: "claim", id, chosenAs: `The weakest step of ${of}` } : null);

function hypothesisView({ hypothesis }, fits) {
  const steps = hypothesis.steps || [];
  return {
    key: `hypothesis ${hypothesis.id}`,
    head: chainHead(hypothesis),
    opens: weakestStep(hypothesis.weakest, "this hypothesis"),
    drawing: hypothesis.drawing, steps, listed: steps, listTitle: "Step by step",
    faded: new Set(steps.filter((stepId) => !fits(stepId))),
    ids: claimsOf(steps, fits),
    name: `the hypothesis ${hypothesis.label}`,
  };
}

function betweenView({ start, end, path: chosen }, fits) {
  const found = start && end ? pathsBetween(start, end) : [];
  const path = found[chosen - 1];
  const { legs, leftOut } = withinRoom(found.flatMap((each) => each.legs), MOST_ENTITIES);
  const steps = legs.map((leg) => leg.stepId);
  const listed = path ? path.legs.map((leg) => leg.stepId) : steps;
  const lit = new Set(listed);
  return {
    key: `between ${start} ${end}`,
    head: betweenHead(start, end, found, chosen, leftOut),
    opens: weakestStep((path || found[0])?.weakest, path ? "this path" : "the best path"),
    drawing: legs.length ? sketch(legs) : null, steps,
    listed,
    listTitle: path ? `Path ${chosen}, step by step` : "Steps of these paths",
    faded: new Set(steps.filter((stepId) => !lit.has(stepId) || !fits(stepId))),
    ids: claimsOf(listed, fits),
    name: start && end ? `the best paths from ${labelOf(start)} to ${labelOf(end)}` : "the best paths",
  };
}

const knownPaths = new Map();

function pathsBetween(start, end) {
  const key = `${start} ${end}`;
  if (!knownPaths.has(key)) knownPaths.set(key, bestPaths(start, end, MOST_PATHS));
  return knownPaths.get(key);
}

function betweenHead(start, end, found, chosen, leftOut) {
  return [
    make("h2", { id: "chain-title" }, VIEW_TITLES.between),
    make("p", { class: "fields" }, entityField("From", "start", start), entityField("to", "end", end)),
    start && end && start !== end && supportTable(start, end),
    start && end && found.length === 0 && make("p", { class: "empty" }, start === end
      ? "Start and end are the same entity; choose two."
      : `No causal path of at most ${MOST_STEPS} steps leads from the one to the other${layOutQuestion(start, end).isByDefinition ? "; it does so by definition alone" : ""}. Associations are never walked as causes.`),
    found.length > 0 && make("p", { class: "small soft" }, "The best paths by joint probability, which is no claim's score:"),
    found.length > 0 && make("ol", { class: "paths" }, found.map((path, index) => make("li", {}, pathButton(path, index + 1, chosen)))),
    leftOut > 0 && make("p", { class: "note" }, `The drawing leaves out ${countOf(leftOut, "step", "steps")} for want of room.`),
    !(start && end) && make("p", { class: "empty" }, "Choose two entities, and the best causal paths from the one to the other light up."),
  ].filter(Boolean);
}

function pathButton(path, number, chosen) {
  const stops = [path.legs[0].start, ...path.legs.map((leg) => leg.end)];
  return make(
    "button", {
      type: "button", class: "path", "aria-pressed": String(chosen === number),
      on: { click: () => go({ ...NO_PANEL, path: chosen === number ? "" : number }) },
    },
    mark(path.polarity),
    make("span", { class: "step-words" }, stops.flatMap((id, index) => [index ? " → " : "", name(labelOf(id))])),
    make("span", { class: "small" }, make("b", {}, joint(path.score)), make("span", { class: "soft" }, ` ${pathNotes(path)}`)),
  );
}

/** The sign of a path, and what on it is assumed or was never tested. */
function pathNotes({ legs, polarity }) {
  const kinds = legs.map(({ stepId }) => splitStep(stepId));
  const assumed = kinds.filter(({ kind }) => kind === "assumed").length;
  const untested = kinds.filter(({ kind, value }) => kind === "claim" && hasFlag(value, "untested")).length;
  return [EFFECTS[polarity], assumed && `${assumed} assumed`, untested && `${untested} untested`].filter(Boolean).join(" · ");
}

/** A field that takes an entity by any of its names, with completion. */
function entityField(words, parameter, id) {
  const field = make("input", {
    type: "search", id: `field-${parameter}`, list: "names", autocomplete: "off", maxlength: 200, value: id ? labelOf(id) : "",
    placeholder: "entity, e.g. ferritin",
    on: { change: () => {
      const found = entitiesNamed(field.value);
      const isUnknown = Boolean(field.value.trim() && found.length !== 1);
      unknown.hidden = !isUnknown;
      unknown.replaceChildren(...(found.length > 1 ? ["This may mean ", ...eitherOf(found.slice(0, MOST_FOUND)), "."] : [UNKNOWN_NAME]));
      field.setAttribute("aria-invalid", String(isUnknown));
      if (isUnknown) byId("status").textContent = unknown.textContent;
      else go({ ...NO_PANEL, path: "", [parameter]: found[0] || "" });
    } },
  });
  const unknown = make("span", { class: "note", hidden: true }, UNKNOWN_NAME);
  return [make("label", { for: `field-${parameter}` }, words), field, unknown];
}

function aroundView({ around, reach }, fits) {
  const { legs, leftOut } = around ? legsAround(around, reach, fits, MOST_ENTITIES) : { legs: [], leftOut: 0 };
  const steps = legs.map((leg) => leg.stepId);
  return {
    key: `around ${around} ${reach} ${steps.join(" ")}`,
    head: aroundHead(around, reach, claimsOf(steps, fits).length, leftOut),
    centre: around,
    opens: around ? { kind: "entity", id: around, chosenAs: "In the middle of the drawing" } : null,
    drawing: legs.length ? sketch(legs) : null, steps, listed: steps, listTitle: "Claims and links around it",
    faded: new Set(),
    ids: claimsOf(steps, fits),
    name: around ? `what lies around ${labelOf(around)}` : "an entity",
  };
}

function aroundHead(around, reach, count, leftOut) {
  const choice = [1, 2].map((steps) => make(
    "button", { type: "button", class: "quiet", "aria-pressed": String(reach === steps), on: { click: () => go({ steps: steps === 1 ? "" : steps }) } },
    steps === 1 ? "one step" : "two steps",
  ));
  return [
    make("h2", { id: "chain-title" }, VIEW_TITLES.around),
    make("p", { class: "fields" }, entityField("Around", "around", around), make("span", { class: "buttons", role: "group", "aria-label": "How far" }, choice)),
    around && count === 0 && make("p", { class: "empty" }, "No claim touches it that passes the filters. ", clearButton()),
    leftOut > 0 && make("p", { class: "note" }, `The drawing leaves out ${countOf(leftOut, "claim of lower score", "claims of lower score")} for want of room; filter, or see the table of everything.`),
    !around && make("p", { class: "empty" }, "Choose an entity to see what raises and lowers it, and what it does."),
  ].filter(Boolean);
}

function everythingView({ isTable }, fits) {
  const drawn = data.everything.claims;
  const shown = new Set(drawn ?? claims.keys());
  const ids = [...claims.keys()].filter((id) => fits(`claim:${id}`));
  const left = claims.size - shown.size;
  const steps = [...[...shown].map((id) => `claim:${id}`), ...data.everything.links.map((id) => `link:${id}`)];
  return {
    key: "everything",
    head: [
      make("h2", { id: "chain-title" }, VIEW_TITLES.everything),
      ids.length === 0
        ? make("p", { class: "empty" }, "No claim fits the filters. ", clearButton())
        : make("p", { class: "small soft" }, `${countOf(ids.length, "claim passes", "claims pass")} the filters, by group from causes to effects.${isTable ? "" : " Drag to move, use the buttons or the wheel to zoom."}`),
      left > 0 && make("p", { class: "note" }, `The drawing holds the ${shown.size} claims of highest score of ${claims.size}; the table holds all.`),
    ].filter(Boolean),
    drawing: "everything", steps: steps.filter(fits), listed: [], listTitle: "",
    faded: new Set(steps.filter((stepId) => !fits(stepId))),
    ids, name: "everything",
  };
}

/** Fill the middle of the page with a view. */
function showView(view, address) {
  byId("chain-head").replaceChildren(...view.head);
  const isTable = address.isTable && !view.isText;
  byId("table").hidden = !isTable;
  byId("picture").hidden = byId("legend").hidden = byId("listed").hidden = isTable || Boolean(view.isText);
  document.querySelector(".bar-of-choices").hidden = Boolean(view.isText);
  for (const button of document.querySelectorAll("#views button, #ways button")) {
    const isChosen = button.dataset.view ? button.dataset.view === address.view : (button.dataset.show === "table") === isTable;
    button.setAttribute("aria-pressed", String(isChosen));
  }
  if (view.isText) return;
  if (isTable) {
    showTable(view.ids, address.sort);
    return;
  }
  byId("legend").replaceChildren(...legend(view.steps));
  byId("listed").hidden = view.listed.length === 0;
  byId("steps-title").textContent = view.listTitle;
  byId("steps").replaceChildren(...view.listed.map((stepId) => make("li", { class: view.faded.has(stepId) && "faded" }, stepButton(stepId))));
}

/** What the address becomes where a view is chosen; the hypothesis on screen stays. */
function viewChange(view) {
  if (view === "hypothesis") return { ...NO_PANEL, view: "", path: "", hypothesis: readAddress().hypothesis.id };
  return { ...NO_PANEL, view, path: "" };
}

function startViews() {
  const button = (key, words, changes, set) => make("button", { type: "button", [`data-${set}`]: key, "aria-pressed": "false", on: { click: () => go(changes()) } }, words);
  const kinds = Object.entries(VIEW_NAMES).filter(([view]) => data.hypotheses.length > 0 || !OF_HYPOTHESES.includes(view));
  byId("views").replaceChildren(...kinds.map(([view, words]) => button(view, words, () => viewChange(view), "view")));
  byId("ways").replaceChildren(button("graph", "Graph", () => ({ show: "" }), "show"), button("table", "Table", () => ({ show: "table" }), "show"));
  byId("names").replaceChildren(...[...new Set(index.flatMap(({ names }) => names.map(({ text }) => text)))].map((text) => make("option", { value: text })));
}
