// Say how probable it is that any causal path holds between two entities, over its floor: as the library found it.

const PART_WORDS = { overall: "any path", raising: "▲ one that raises", lowering: "▼ one that lowers", unknown: "? one of open direction" };

const supportOf = (start, end) => data.supports.find((support) => support.start === start && support.end === end);

const evidenceFactor = (part) => (part.factor === null ? "" : `×\u00a0${three(part.factor)}`);

/** One support in a line, with the way to its paths. */
function supportLine(support) {
  const { overall } = support.parts;
  const address = addressWith({ ...NO_PANEL, view: "between", path: "", start: support.start, end: support.end });
  return [
    make("a", { class: "name", href: address }, "from ", labelNode(support.start), " to ", labelNode(support.end)),
    ": support ", explained(joint(overall.value), "support"), " over a floor of ", explained(joint(overall.floor), "floor"), ", evidence ", explained(evidenceFactor(overall), "evidence factor"), "; verdict ",
    make("b", {}, support.verdict), ` (${support.reason})`, ofLoaded(),
  ];
}

/** Verdict, floors and evidence factors between two entities; how to ask for them where the page does not carry them. */
function supportTable(start, end) {
  const support = supportOf(start, end);
  if (!support) return make("p", { class: "small soft" }, "Support, floor and verdict of these two: ", make("code", {}, `rlsgraph support ${quoted(start)} ${quoted(end)}`));
  const heads = [[""], ["probability", "support"], ["floor", "floor"], ["evidence", "evidence factor"], [`${percent(data.profile.mass)} interval`, "interval"]];
  const parts = Object.entries(support.parts).filter(([part, { value, floor }]) => part === "overall" || value > 0 || floor > 0);
  return make(
    "section", { class: "support" },
    make("p", {}, term("Verdict"), ": ", make("b", {}, support.verdict), `, ${support.reason}.`, ofLoaded()),
    make("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Support and floor" }, make(
      "table", { class: "small" },
      make("thead", {}, make("tr", {}, heads.map(([head, key]) => (head ? make("th", { scope: "col" }, term(head, key)) : make("td", {}))))),
      make("tbody", {}, parts.map(([part, found]) => make(
        "tr", {},
        make("th", { scope: "row" }, PART_WORDS[part]),
        [[joint(found.value), "support"], [joint(found.floor), "floor"], [evidenceFactor(found), "evidence factor"], [`${joint(found.low)} to ${joint(found.high)}`, "interval"]].map(([cell, key]) => make("td", { class: "figure" }, cell && explained(cell, key))),
      ))),
    )),
    make("p", { class: "small soft" }, `That at least one path of at most ${data.support_steps} steps holds (${support.how}), claims taken as independent. Floor: the same with every claim at its prior, as if nobody had studied anything. Evidence: what studies did to the odds.`),
  );
}

/** An entity as a command takes it: its label where a shell reads it as it stands, else its id. */
const quoted = (id) => (/^[\p{L}\p{N} ,.()-]+$/u.test(labelOf(id)) ? `"${labelOf(id)}"` : `entity:${id}`);
