// On a narrow screen one part of the page is shown at a time, and a bar at its foot changes it: Answer | Chain | Evidence.

const PARTS = { answer: "Answer", chain: "Chain", evidence: "Evidence" };

/** The part that an address shows: evidence where it names a claim or entity, else what the view is. */
const partOf = ({ view, panel }) => (panel ? "evidence" : view === "answer" ? "answer" : "chain");

/** Show the part of an address where there is room for one only; where that changes, it is read from its start. */
function showPart(address, panel) {
  const root = document.documentElement;
  const [part, before] = [partOf(address), root.dataset.part];
  root.dataset.part = part;
  for (const button of byId("parts").children) {
    button.setAttribute("aria-pressed", String(button.dataset.to === part));
    button.disabled = button.dataset.to === "evidence" && !panel;
  }
  if (before && before !== part && isStacked()) {
    byId(part === "evidence" ? "panel" : "chain").focus({ preventScroll: true });
    scrollTo(0, 0);
  }
}

/** What the address becomes where a part is chosen. */
function partChange(part) {
  if (part === "evidence") return shown.chosen ? { ...NO_PANEL, [shown.chosen.kind]: shown.chosen.id } : {};
  if (part === "answer") return { ...NO_PANEL, view: "answer" };
  const { view } = readAddress();
  return view === "answer" ? viewChange("hypothesis") : NO_PANEL;
}

function startParts() {
  const known = Object.entries(PARTS).filter(([part]) => part !== "answer" || data.hypotheses.length > 0);
  byId("parts").replaceChildren(...known.map(([part, words]) => make("button", { type: "button", "data-to": part, "aria-pressed": "false", on: { click: () => go(partChange(part)) } }, words)));
}
