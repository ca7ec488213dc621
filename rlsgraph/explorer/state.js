// Hold the data and what the reader has chosen. The address (the part behind #) is the only place of the choice,
// so every choice can be linked to, and Back works.

const data = JSON.parse(byId("data").textContent);
const entities = new Map(Object.entries(data.entities));
const sources = new Map(Object.entries(data.sources));
const claims = new Map(Object.entries(data.claims).map(([id, claim]) => [id, { ...claim, ...data.predicates[claim.predicate] }]));
const links = new Map(Object.entries(data.links));
const hypotheses = new Map(data.hypotheses.map((hypothesis) => [hypothesis.id, hypothesis]));

const KINDS = { claim: claims, link: links, entity: entities };

/** Return what the address asks for: the hypothesis, the thing in the panel (or null), and a word on what is not there. */
function readAddress() {
  const asked = new URLSearchParams(location.hash.slice(1));
  const wanted = asked.get("hypothesis");
  const hypothesis = hypotheses.get(wanted) || data.hypotheses[0] || null;
  let missing = wanted && !hypotheses.has(wanted) ? `No hypothesis goes by the name “${wanted}”.` : "";
  for (const [kind, known] of Object.entries(KINDS)) {
    const id = asked.get(kind);
    if (id && known.has(id)) return { hypothesis, panel: { kind, id }, missing };
    if (id) missing = `No ${kind} goes by the name “${id}”.`;
  }
  return { hypothesis, panel: null, missing };
}

/** The address of an entity beside the hypothesis that is shown. */
function entityAddress(id) {
  const { hypothesis } = readAddress();
  return `#${new URLSearchParams({ ...(hypothesis ? { hypothesis: hypothesis.id } : {}), entity: id })}`;
}

/** Choose a hypothesis (its weakest step then fills the panel). */
function chooseHypothesis(id) {
  location.hash = new URLSearchParams({ hypothesis: id }).toString();
}

/** Choose what the panel shows; the hypothesis stays. */
function choose(kind, id) {
  const { hypothesis } = readAddress();
  location.hash = new URLSearchParams({ ...(hypothesis ? { hypothesis: hypothesis.id } : {}), [kind]: id }).toString();
}

/** The address of a place where a source can be opened. */
const addressOf = ([place, rest]) => (data.places[place] || "") + rest;

/** Split the id of a step, `claim:…` or `link:…`. */
function splitStep(stepId) {
  const cut = stepId.indexOf(":");
  const kind = stepId.slice(0, cut);
  const id = stepId.slice(cut + 1);
  return { kind, id, value: KINDS[kind].get(id) };
}
