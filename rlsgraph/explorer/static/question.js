// Lay out the causal graph of one question, from a start to an end, by the rules of the library (docs/reasoning.md).

const MOST_STEPS = 8;

/** Put a value into the list under a key. */
const listUnder = (map, key, value) => (map.has(key) ? map.get(key).push(value) : map.set(key, [value]));

/** The causal claims by their subject; those that are refuted too, for they are known of it. */
const effects = new Map();
/** What holds of an entity by definition, and what each such link leads to: its wholes, its classes, its opposites; and back. */
const upward = new Map();
const downward = new Map();
for (const claim of claims.values()) if (claim.causal) listUnder(effects, claim.subject, claim);
for (const [id, { subject, object, kind, polarity }] of links) {
  const ends = kind === "oppositeOf" ? [[subject, object], [object, subject]] : [[subject, object]];
  for (const [here, there] of ends) {
    listUnder(upward, here, { id, kind, polarity, there });
    listUnder(downward, there, { kind, there: here });
  }
}

/** All that is reached from some entities by links of some kinds, these among them. */
function spread(first, along, kinds) {
  const reached = new Set(first);
  for (const here of reached) {
    for (const { kind, there } of along.get(here) || []) if (!kinds || kinds.includes(kind)) reached.add(there);
  }
  return reached;
}

/** An entity's wholes and opposites, and their parts, kinds and opposites: the same matter seen from another side. */
const familyOf = (id) => spread(spread([id], upward, ["partOf", "oppositeOf"]), downward);

/** The least number of steps from each entity to an end, if all could be walked freely. */
function hopsTo(end) {
  const entering = new Map();
  for (const [here, found] of effects) for (const { object } of found) listUnder(entering, object, here);
  for (const [here, found] of upward) for (const { there } of found) listUnder(entering, there, here);
  const hops = new Map([[end, 0]]);
  for (const [there, count] of hops) for (const here of entering.get(there) || []) if (!hops.has(here)) hops.set(here, count + 1);
  return hops;
}

/** What is known that an entity, or its opposite, does: sign and object. */
function effectsOf(id) {
  const sides = [[1, id], ...(upward.get(id) || []).filter(({ kind }) => kind === "oppositeOf").map(({ there }) => [-1, there])];
  return sides.flatMap(([sign, one]) => (effects.get(one) || []).map((claim) => `${sign * claim.polarity} ${claim.object}`));
}

/**
 * Return first and last place of a question, and the edges that leave each place. An entity of the end's family has two places, before a
 * path has entered the family and after; a kind that stands in for its class has one for each class, with the effects it has itself.
 */
function layOutQuestion(start, end) {
  const family = familyOf(end);
  const hops = hopsTo(end);
  const enter = (entity, isInside) => {
    const isBefore = family.has(entity) && !isInside;
    return { name: `${iriOf("entity", entity)}${isBefore ? " before" : ""}`, entity, isInside, kinds: [], taken: new Set(), sign: 1 };
  };
  const isByDefinition = start !== end && spread([start], upward).has(end);
  const [first, last] = [enter(start, isByDefinition), enter(end, true)];
  const places = new Map([[first.name, first], [last.name, last]]);
  const leaving = new Map();
  let frontier = [first];
  for (let depth = 1; depth <= MOST_STEPS && frontier.length > 0; depth += 1) {
    const next = [];
    for (const here of frontier) {
      const moves = (here.isInside ? movesInside(here, family, enter) : [...movesByClaims(here, family, enter), ...movesByLinks(here, enter)])
        .filter(({ there }) => hops.has(there.entity) && depth + hops.get(there.entity) <= MOST_STEPS);
      leaving.set(here.name, moves.filter(({ score }) => score > 0).map((move) => questionEdge(move, here)));
      for (const { there } of moves) {
        if (places.has(there.name)) continue;
        places.set(there.name, there);
        next.push(there);
      }
    }
    frontier = next;
  }
  return { first: first.name, last: last.name, leaving, isByDefinition };
}

function questionEdge({ stepId, score, polarity, there }, here) {
  const { kind, id } = splitStep(stepId);
  const name = `${iriOf(kind === "assumed" ? "link" : kind, id)} ${here.name}${kind === "assumed" ? " assumed" : ""}`;
  return { name, stepId, start: here.entity, end: there.entity, to: there.name, cost: -Math.log(score), polarity };
}

/** The links by which the end's family leads on to the end. */
const movesInside = (here, family, enter) => (upward.get(here.entity) || []).filter(({ there }) => family.has(there)).map((link) => (
  { stepId: `link:${link.id}`, score: 1, polarity: link.polarity, there: enter(link.there, true) }
));

/** The claims of an entity; of one that stands in for a kind, but those that the kind has itself. */
const movesByClaims = (here, family, enter) => (effects.get(here.entity) || [])
  .filter(({ polarity, object }) => !here.taken.has(`${here.sign * polarity} ${object}`))
  .map(({ id, level, score, polarity, object }) => (
    { stepId: `claim:${id}`, score: level === "refuted" ? 0 : score, polarity, there: enter(object, family.has(object)) }
  ));

/** The links that a path may take before its last claim: a kind's to its class is an assumption. */
const movesByLinks = (here, enter) => (upward.get(here.entity) || []).filter(({ there }) => !here.kinds.includes(there)).map(({ id, kind, polarity, there }) => {
  const kinds = [...here.kinds, here.entity];
  const iri = iriOf("entity", there);
  if (kind === "broader") {
    const taken = new Set([...here.taken, ...effectsOf(here.entity).map((effect) => signed(effect, here.sign))]);
    return { stepId: `assumed:${id}`, score: data.inheritance, polarity, there: { ...here, name: `${here.name} as ${iri}`, entity: there, kinds, taken } };
  }
  if (kind === "oppositeOf" && here.kinds.length > 0) {
    return { stepId: `link:${id}`, score: 1, polarity, there: { ...here, name: `${here.name}, its opposite ${iri}`, entity: there, kinds, sign: -here.sign } };
  }
  return { stepId: `link:${id}`, score: 1, polarity, there: enter(there, false) };
});

/** An effect, `sign object`, as it is seen from the first of the kinds. */
function signed(effect, sign) {
  const cut = effect.indexOf(" ");
  return `${Number(effect.slice(0, cut)) * sign || 0}${effect.slice(cut)}`;
}
