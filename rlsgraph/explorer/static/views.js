// Say what the middle of the page shows: a hypothesis, the paths between two entities, what lies around one, or everything.

const MOST_PATHS = 5;
/** What the tabs say, in this order. */
const VIEW_NAMES = { answer: "Answer", compare: "Compare", hypothesis: "Chain", study: "What to study", timeline: "Timeline", between: "Between", around: "Around", everything: "Everything" };
const VIEW_TITLES = { between: "Between two entities", around: "Around an entity", everything: "Everything" };

/**
 * Return a view: its head (nodes), the steps that are drawn or listed, the drawing (null: none), the claims of its table,
 * the steps that are faded, a name for the picture, and what the panel opens on as long as nothing is chosen. One that is all
 * text (`isText`) has its whole content in its head: no drawing, no filters; a list (`isList`) has no drawing on the page, but filters.
 */
function viewOf(address, passing) {
  const fits = fitting(address, passing);
  return { answer: answerView, compare: compareView, hypothesis: hypothesisView, study: studyView, timeline: timelineView, between: betweenView, around: aroundView, everything: everythingView }[address.view](address, fits);
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
  const folded = new Set(hypothesis.folded || []);
  const steps = (hypothesis.steps || []).filter((stepId) => !folded.has(stepId));
  return {
    key: `hypothesis ${hypothesis.id}`,
    head: chainHead(hypothesis), foot: chainFoot(hypothesis),
    opens: weakestStep(hypothesis.weakest, "this hypothesis"),
    drawing: withNextMark(hypothesis), steps, listed: steps, listTitle: "Step by step",
    faded: new Set(steps.filter((stepId) => !fits(stepId))),
    next: studiedNext(hypothesis),
    ids: claimsOf(steps, fits),
    name: `the hypothesis ${hypothesis.label}`,
  };
}

/** The drawing of a hypothesis, with a mark on the badge of the step to study next; its signs move together, so that it stays as wide. */
function withNextMark(hypothesis) {
  const next = `claim:${studiedNext(hypothesis)}`;
  const marked = (label) => label.replace(/^[^\n]*/, (signs) => (signs.includes(" ") ? signs.replaceAll(" ", "") : `${signs} `) + NEXT_MARK);
  const drawing = movedDrawing(hypothesis.drawing);
  return { ...drawing, nodes: drawing.nodes.map((node) => (node.id === next ? { ...node, label: marked(node.label) } : node)) };
}

function betweenView({ start, end, path: chosen }, fits) {
  const found = start && end ? pathsBetween(start, end) : [];
  const path = found[chosen - 1];
  const { legs, leftOut } = withinRoom(found.flatMap((each) => each.legs), MOST_ENTITIES);
  const steps = legs.map((leg) => leg.stepId);
  const folding = foldLegs(legs);
  const listed = path ? path.legs.map((leg) => leg.stepId) : steps;
  const lit = new Set(listed);
  return {
    key: `between ${start} ${end}`,
    head: betweenHead(start, end, found, chosen, leftOut),
    opens: weakestStep((path || found[0])?.weakest, path ? "this path" : "the best path"),
    drawing: legs.length ? sketch(folding.legs, folding.labels) : null, steps: steps.filter((stepId) => !folding.folded.has(stepId)),
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

/** A path: a button that lights it up with its numbers, and below it the steps as chips with their intervals. */
function pathButton(path, number, chosen) {
  return [
    make(
      "button", {
        type: "button", class: "path", "aria-pressed": String(chosen === number),
        on: { click: () => go({ ...NO_PANEL, path: chosen === number ? "" : number }) },
      },
      mark(path.polarity),
      make("span", { class: "small" }, make("span", { class: "soft" }, `${number}. `), make("b", {}, joint(path.score)), make("span", { class: "soft" }, ` ${pathNotes(path)}`)),
    ),
    smallChain(path.legs.map(({ stepId, start, end }) => [stepId, start, end]), true),
  ];
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
    placeholder: `entity, e.g. ${onOneLine(labelOf(EXAMPLE)).slice(0, 40)}`,
    on: { change: () => {
      const { exact, near } = field.value.trim() ? entityNamed(field.value) : { exact: "", near: [] };
      const isUnknown = Boolean(field.value.trim() && !exact);
      const offer = ({ id: one, label }) => make("button", { type: "button", class: "quiet", on: { click: () => go({ ...NO_PANEL, path: "", [parameter]: one }) } }, name(label));
      unknown.replaceChildren(...(near.length ? ["No entity has just that name. Do you mean ", ...near.map(offer)] : ["No entity goes by that name."]));
      unknown.hidden = !isUnknown;
      field.setAttribute("aria-invalid", String(isUnknown));
      if (isUnknown) byId("status").textContent = unknown.textContent;
      else go({ ...NO_PANEL, path: "", [parameter]: exact });
    } },
  });
  const unknown = make("span", { class: "note buttons", hidden: true });
  return [make("label", { for: `field-${parameter}` }, words), field, unknown];
}

/** As what a view is shown: as a matrix (everything alone), a drawing or a table. */
const wayOf = ({ key, isList }, isTable) => (isTable ? "table" : key.startsWith("everything") && isList ? "matrix" : "graph");

/** Fill the middle of the page with a view. */
function showView(view, address) {
  byId("chain-head").replaceChildren(...view.head);
  byId("chain-foot").replaceChildren(...(view.foot || []));
  const isTable = address.isTable && !view.isText;
  const isDrawn = !isTable && !view.isText && !view.isList;
  byId("table").hidden = !isTable;
  byId("picture").hidden = byId("legend").hidden = byId("listed").hidden = !isDrawn;
  document.querySelector(".bar-of-choices").hidden = Boolean(view.isText);
  for (const button of document.querySelectorAll("#views button, #ways button")) {
    const isChosen = button.dataset.view ? button.dataset.view === address.view : button.dataset.show === wayOf(view, isTable);
    button.setAttribute("aria-pressed", String(isChosen));
    if (button.dataset.show === "matrix") button.hidden = address.view !== "everything";
  }
  if (view.isText) return;
  if (isTable) showTable(view.ids, address.sort);
  if (!isDrawn) return;
  byId("legend").replaceChildren(...legend(view.steps, view.next));
  byId("listed").hidden = view.listed.length === 0;
  byId("steps-title").textContent = view.listTitle;
  byId("steps").replaceChildren(...view.listed.map((stepId) => make("li", { class: view.faded.has(stepId) && "faded" }, stepButton(stepId, view.next))));
}

/** What the address becomes where a view is chosen; the hypothesis on screen stays. */
function viewChange(view) {
  if (view === "hypothesis") return { ...NO_PANEL, view: "", path: "", hypothesis: readAddress().hypothesis.id };
  return { ...NO_PANEL, view, path: "", ...(view === "between" ? endsOnScreen() : {}) };
}

/** The ends to look between where the address names none: those of the hypothesis on screen, else of the leading question. */
function endsOnScreen() {
  const { start, end, hypothesis } = readAddress();
  if (start || end || !leadingQuestion) return {};
  const shownOne = addressParameters().has("hypothesis") && hypothesis;
  return shownOne ? { start: shownOne.route?.[0][1] || shownOne.starts[0], end: shownOne.end } : { start: leadingQuestion.start, end: leadingQuestion.end };
}

function startViews() {
  const button = (key, words, changes, set) => make("button", { type: "button", [`data-${set}`]: key, "aria-pressed": "false", on: { click: () => go(changes()) } }, words);
  const kinds = Object.entries(VIEW_NAMES).filter(([view]) => data.hypotheses.length > 0 || !OF_HYPOTHESES.includes(view));
  byId("views").replaceChildren(...kinds.map(([view, words]) => button(view, words, () => viewChange(view), "view")));
  byId("ways").replaceChildren(button("matrix", "Matrix", () => ({ show: "", cell: "" }), "show"), button("graph", "Graph", () => ({ show: readAddress().view === "everything" ? "graph" : "" }), "show"), button("table", "Table", () => ({ show: "table" }), "show"));
  byId("names").replaceChildren(...[...new Set(index.flatMap(({ names }) => names.map(({ text }) => text)))].map((text) => make("option", { value: text })));
}
