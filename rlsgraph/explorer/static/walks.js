// Lay out the causal graph of one question, from a start to an end, by the rules of reasoning that docs/reasoning.md tells.

const MOST_STEPS = 8;

const grouped = (pairs) => {
  const found = new Map();
  for (const [key, value] of pairs) {
    if (!found.has(key)) found.set(key, []);
    found.get(key).push(value);
  }
  return found;
};

const claimsFrom = grouped([...claims].filter(([, claim]) => claim.causal).map(([id, claim]) => [claim.subject, { id, claim }]));

/** The links that hold of each entity (and, of opposites, both ways), and those that lead to it. */
const [linksUp, linksDown] = [["subject", "object"], ["object", "subject"]].map(([here, there]) => grouped(
  [...links].flatMap(([id, link]) => {
    const way = (from, to) => [link[from], { id, link, there: link[to] }];
    return link.kind === "oppositeOf" ? [way(here, there), way(there, here)] : [way(here, there)];
  }),
));

function spread(first, onward) {
  const reached = new Set(first);
  for (const here of reached) onward(here).forEach((there) => reached.add(there));
  return reached;
}

const thereBy = (way, kinds) => (here) => (way.get(here) || []).filter(({ link }) => !kinds || kinds.includes(link.kind)).map(({ there }) => there);

/** What an entity leads to by definition, itself among it. */
const above = (entity) => spread([entity], thereBy(linksUp));

/** An entity's wholes and opposites, and the parts, kinds and opposites of all these. */
const familyOf = (entity) => spread(spread([entity], thereBy(linksUp, ["partOf", "oppositeOf"])), thereBy(linksDown));

/** The effects that claims give an entity, or its opposite: sign and object. */
function effectsOf(entity) {
  const sides = [[1, entity], ...(linksUp.get(entity) || []).filter(({ link }) => link.kind === "oppositeOf").map(({ there }) => [-1, there])];
  return sides.flatMap(([side, id]) => (claimsFrom.get(id) || []).map(({ claim }) => `${side * claim.polarity || 0} ${claim.object}`));
}

/** Return the first and the last node of a question, and the legs that leave each node, by its name. */
function layOutQuestion(start, end) {
  const family = familyOf(end);
  const enter = (entity, isInside) => ({
    name: family.has(entity) && !isInside ? `${entity} before` : entity, entity, isInside, kinds: [], taken: new Set(), sign: 1,
  });
  const first = enter(start, start !== end && above(start).has(end));
  const leaving = new Map();
  const nodes = new Map([[first.name, first]]);
  let frontier = [first];
  for (let depth = 0; depth < MOST_STEPS && frontier.length > 0; depth += 1) {
    const next = [];
    for (const here of frontier) {
      const legs = here.isInside ? insideLegs(here, family, enter) : [...effectLegs(here, family, enter), ...onwardLegs(here, enter)];
      leaving.set(here.name, legs);
      for (const { node } of legs) {
        if (nodes.has(node.name)) continue;
        nodes.set(node.name, node);
        next.push(node);
      }
    }
    frontier = next;
  }
  return { first, last: end, leaving };
}

const legOf = (here, node, stepId, score, polarity, assumed = false) => ({
  start: here.entity, end: node.entity, node, stepId, cost: -Math.log(score), score, polarity, ...(assumed && { assumed }),
});

const insideLegs = (here, family, enter) => (linksUp.get(here.entity) || [])
  .filter(({ there }) => family.has(there))
  .map(({ id, link, there }) => legOf(here, enter(there, true), `link:${id}`, 1, link.polarity));

/** The causal claims of an entity that are not refuted; of one that stands in, but those that its kinds have themselves. */
const effectLegs = (here, family, enter) => (claimsFrom.get(here.entity) || [])
  .filter(({ claim }) => claim.level !== "refuted" && claim.score > 0 && !here.taken.has(`${here.sign * claim.polarity || 0} ${claim.object}`))
  .map(({ id, claim }) => legOf(here, enter(claim.object, family.has(claim.object)), `claim:${id}`, claim.score, claim.polarity));

/** The definitional links that a path may take before its last causal step; a class is entered by assumption. */
const onwardLegs = (here, enter) => (linksUp.get(here.entity) || [])
  .filter(({ there }) => !here.kinds.includes(there))
  .map(({ id, link, there }) => {
    const kinds = [...here.kinds, here.entity];
    if (link.kind === "broader") {
      const taken = new Set([...here.taken, ...effectsOf(here.entity).map((effect) => turned(effect, here.sign))]);
      return legOf(here, { ...here, name: `${here.name} as ${there}`, entity: there, kinds, taken }, `link:${id}`, data.inheritance, link.polarity, true);
    }
    if (link.kind === "oppositeOf" && here.kinds.length > 0) {
      return legOf(here, { ...here, name: `${here.name}, its opposite ${there}`, entity: there, kinds, sign: -here.sign }, `link:${id}`, 1, link.polarity);
    }
    return legOf(here, enter(there, false), `link:${id}`, 1, link.polarity);
  });

function turned(effect, sign) {
  const [polarity, object] = effect.split(" ");
  return `${sign * Number(polarity) || 0} ${object}`;
}
