// Let the reader suppose: a tick box on each study, and a form that imagines one.

/** A tick box that takes a source out of the graph, in all that it bears on. */
function countedBox({ item, factor }) {
  const source = sources.get(item.source);
  if (item.claim || source?.retracted || !factor.weight) return undefined;
  const isOut = change.without.has(item.source);
  const box = make("input", { type: "checkbox", "data-source": item.source, checked: !isOut, on: { change: () => go(withoutSource(item.source, !isOut)) } });
  return make("label", { class: "counted small" }, box, " count it", make("span", { class: "unseen" }, ": ", name(citedAs(item))));
}

const QUESTIONS = { design: "Design", result: "Result", comparator: "Compared with", blinding: "Blinding", measure: "Scale" };

/** The form that adds a study that nobody has done to a claim. */
function imagineForm(id) {
  const part = make("details", { class: "imagine" });
  const choice = (field, blank) => {
    const key = `imagine-${field}`;
    const options = [blank && make("option", { value: "" }, blank), ...W.asked[field].map((word) => make("option", { value: word }, word))];
    return make("p", {}, make("label", { for: key }, QUESTIONS[field]), make("select", { id: key, name: field }, options.filter(Boolean)));
  };
  const figure = (field, words, limits) => make(
    "p", {}, make("label", { for: `imagine-${field}` }, words), make("input", { id: `imagine-${field}`, name: field, type: "number", inputmode: "decimal", ...limits }),
  );
  const note = make("p", { class: "small note", hidden: true, role: "alert" });
  const form = make(
    "form", { class: "small" },
    choice("design"), choice("result"),
    figure("n", "People (n)", { min: 1, step: 1, max: 999999999 }),
    figure("p", "p-value", { min: 0, max: 1, step: "any" }),
    choice("measure", "no interval"), figure("low", "Interval from", { step: "any" }), figure("high", "to", { step: "any" }),
    choice("comparator", "not stated"), choice("blinding", "not stated"),
    note,
    make("p", { class: "buttons" }, make("button", { class: "quiet", type: "button", on: { click: () => form.requestSubmit() } }, "Add this study")),
  );
  form.elements.design.value = "randomised controlled trial";
  form.elements.n.value = "100";
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const { study, fault } = studyOfForm(form, id);
    note.hidden = !fault;
    note.textContent = fault || "";
    if (study) go(asAddress([...change.added, study]));
  });
  part.append(make("summary", {}, "What if there were another study?"), make("p", { class: "small soft" }, "An imagined study, independent of all others. Nothing is stored; the address holds it."), form);
  return part;
}

/** The study that a form describes, or what is wrong with it. */
function studyOfForm({ elements }, id) {
  const said = { claim: id, design: elements.design.value, result: elements.result.value };
  const figures = Object.fromEntries(["n", "p", "low", "high"].map((field) => [field, elements[field].value === "" ? undefined : Number(elements[field].value)]));
  if (figures.n !== undefined) said.sample_size = figures.n;
  if (figures.p !== undefined) said.p_value = figures.p;
  for (const field of ["comparator", "blinding"]) if (elements[field].value) said[field] = elements[field].value;
  const hasInterval = figures.low !== undefined || figures.high !== undefined;
  if (hasInterval) Object.assign(said, { measure: elements.measure.value, interval: [figures.low, figures.high] });
  const study = checkedStudy(said);
  const lost = study && hasInterval && !study.interval;
  const fault = !study ? "This study cannot be read."
    : lost ? "An interval needs a scale and two ends, the lower first; those of a ratio lie above 0."
      : figures.p !== undefined && study.p_value === undefined ? "A p-value lies between 0 and 1."
        : figures.n !== undefined && study.sample_size === undefined ? "The number of people is a whole number from 1 on." : "";
  return fault ? { fault } : { study };
}
