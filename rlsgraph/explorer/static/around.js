// What lies around one entity: a drawing where it has few neighbours, else two ranked lists, of what acts on it and what it acts on.

const MOST_DRAWN_AROUND = 15;
const FIRST_AROUND = 20;

function aroundView({ around, reach }, fits) {
  const { legs, leftOut } = around ? legsAround(around, reach, fits, MOST_ENTITIES) : { legs: [], leftOut: 0 };
  const steps = legs.map((leg) => leg.stepId);
  const near = around && reach === 1 ? (touching.get(around) || []).filter(({ stepId }) => fits(stepId)) : [];
  const neighbours = new Set(near.flatMap(({ start, end }) => [start, end]));
  const isList = neighbours.size > MOST_DRAWN_AROUND + 1;
  const ids = claimsOf(isList ? near.map(({ stepId }) => stepId) : steps, fits);
  return {
    key: `around ${around} ${reach} ${steps.join(" ")}`,
    isList,
    head: [...aroundHead(around, reach, ids.length, isList ? 0 : leftOut), isList && aroundLists(around, near)].filter(Boolean),
    centre: around,
    opens: around ? { kind: "entity", id: around, chosenAs: isList ? "In the middle of the lists" : "In the middle of the drawing" } : null,
    drawing: legs.length ? sketch(legs) : null, steps, listed: isList ? [] : steps, listTitle: "Claims and links around it",
    faded: new Set(),
    ids,
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
  ];
}

/** What acts on an entity beside what it acts on; below, what goes with it, and what holds of it by definition. */
function aroundLists(centre, near) {
  const known = near.map(({ stepId }) => ({ stepId, ...splitStep(stepId) }));
  const causal = known.filter(({ kind, value }) => kind === "claim" && value.causal);
  const list = (title, steps, otherEnd) => steps.length > 0 && make("section", {}, make("h3", {}, title, make("span", { class: "soft" }, ` · ${steps.length}`)), rankedList(steps, otherEnd));
  const other = ({ value }) => (value.subject === centre ? value.object : value.subject);
  return make(
    "div", { class: "two-sided" },
    list("Acts on it", causal.filter(({ value }) => value.object === centre), ({ value }) => value.subject),
    list("It acts on", causal.filter(({ value }) => value.subject === centre), ({ value }) => value.object),
    list("Goes with it, cause open", known.filter(({ kind, value }) => kind === "claim" && !value.causal), other),
    list("By definition", known.filter(({ kind }) => kind === "link"), other),
  );
}

function rankedList(steps, otherEnd) {
  const ordered = [...steps].sort((one, two_) => (two_.value.score ?? 0) - (one.value.score ?? 0) || (one.stepId < two_.stepId ? -1 : 1));
  return shortened(ordered.map((step) => make("li", {}, sidedRow(step, otherEnd(step)))), FIRST_AROUND);
}

/** One neighbour: the sign, its name, its score as a bar with its interval. */
function sidedRow(step, id) {
  const { kind, value } = step;
  const isClaim = kind === "claim";
  return make(
    "button", { type: "button", class: "sided", "data-step": step.stepId, title: isClaim ? `${plainSentence(value)}: ${standing(value)}` : plainSentence(value), on: { click: () => choose(kind, step.id) } },
    stepMark(step),
    make("span", { class: "step-words" }, make("span", { class: "unseen" }, `${value.verb} `), labelNode(id), isClaim && shortFlags(value)),
    isClaim ? [scoreBar(value), make("span", { class: "figure" }, two(value.score))] : [make("span"), make("span", { class: "soft small" }, "holds")],
  );
}

/** The flags that change how a neighbour is read, as short as can be. */
const shortFlags = (value) => Object.entries({ contested: "⚡", "not-human": "☍", untested: "untested" })
  .filter(([flag]) => hasFlag(value, flag))
  .map(([flag, sign]) => make("span", { class: "soft small", title: FLAG_WORDS[flag] }, ` ${sign}`, sign !== flag && make("span", { class: "unseen" }, ` ${FLAG_WORDS[flag]}`)));

/** A score as a bar from 0 to 1, with its interval over it. */
function scoreBar(value) {
  const at = (share) => share * 90;
  return makeSvg(
    "svg", { class: "share", viewBox: "0 0 90 12", width: 90, height: 12, role: "img", "aria-label": describe(value) },
    makeSvg("rect", { class: "ground", y: 2, width: 90, height: 8 }), makeSvg("rect", { class: "filled", y: 2, width: at(value.score), height: 8 }),
    makeSvg("path", { class: "whisker", d: `M${at(value.low)} 6H${at(value.high)}` }),
  );
}
