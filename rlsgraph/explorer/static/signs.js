// Show a route as a small chain: names, and between them each step's sign and score on a chip that is filled as far as its score.

/** The claim that a step of a hypothesis is read by: its own, or an association where it has no item of its own. */
const readOf = (hypothesis, id) => hypothesis.reads?.[id] || id;

/** What a chip says aloud: sign, level and score, and the flags that change how a step is read. */
function chipWords({ kind, value }) {
  if (kind === "assumed") return `as its class does, assumed ${two(value.score)}`;
  const flags = ["untested", "contested", "not-human"].filter((flag) => hasFlag(value, flag)).map((flag) => FLAG_WORDS[flag]);
  return [`${value.verb}, ${standing(value)}`, ...flags].join(", ");
}

const FLAG_WORDS = { untested: "untested", contested: "contested", "not-human": "not studied in people" };

/** A step as a chip that opens it: dashed where untested, with ⚡ where contested and ☍ where nothing is seen in people. */
function chip(stepId, hasInterval = false) {
  const step = splitStep(stepId);
  const { kind, id, value } = step;
  const flags = kind === "claim" ? `${hasFlag(value, "contested") ? "⚡" : ""}${hasFlag(value, "not-human") ? "☍" : ""}` : "";
  const link = make(
    "a", {
      class: "chip", "data-step": stepId, "data-untested": kind === "claim" && hasFlag(value, "untested"), href: addressWith({ ...NO_PANEL, [kind]: id }),
      title: `${plainSentence(value)}: ${chipWords(step)}`,
    },
    stepMark(step), make("span", { class: "unseen" }, ` ${chipWords(step)} `), make("span", { "aria-hidden": "true" }, two(value.score), flags, hasInterval && kind === "claim" && make("span", { class: "soft" }, ` ${two(value.low)}–${two(value.high)}`)),
  );
  link.style.setProperty("--share", percent(value.score));
  return link;
}

/** What is folded into a name; a link between opposites turns the sign of what follows, so it stays in sight. */
const PLACE_WORDS = { partOf: "part of", broader: "a kind of" };

/** A route, its steps as [step, start, end]: what holds by definition is folded into the name that it leads from. */
function smallChain(route, hasIntervals = false) {
  const nodes = [make("span", {}, labelNode(route[0][1]))];
  for (const [stepId, , end] of route) {
    const { kind, value } = splitStep(stepId);
    if (kind === "link" && value.kind === "oppositeOf") {
      nodes.push(make("span", { class: "soft" }, " ⇄ ", make("span", { class: "unseen" }, "the opposite of ")), labelNode(end));
    } else if (kind === "link") {
      nodes.push(make("span", { class: "soft" }, ` (${PLACE_WORDS[value.kind]} `, labelNode(end), ")"));
    } else {
      nodes.push(" ", chip(stepId, hasIntervals), " ", make("span", {}, labelNode(end)));
    }
  }
  return make("span", { class: "small-chain" }, nodes);
}

/** How many items speak for, against and neither way, as a bar with its numbers. */
function tally(counts, most) {
  const words = counts.map((count, index) => `${count} ${["for", "against", "open"][index]}`).join(", ");
  const bar = make("span", { class: "tally", "aria-hidden": "true" }, counts.map((count, index) => {
    const part = make("span", { class: ["for", "against", "open"][index] });
    part.style.width = `${(60 * count) / most}px`;
    return part;
  }));
  return [make("span", { class: "unseen" }, words), make("span", { class: "figure", "aria-hidden": "true" }, explained(counts.join(" · "), "items")), bar];
}
