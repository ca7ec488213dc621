// Walk the causal graph: the best paths between two entities, and what lies around one.

const MOST_STEPS = 8;
const MOST_TRIED = 50000;

/** The steps that a path may take from each entity: causal claims that are not refuted, and links (opposites both ways). */
const onward = (() => {
  const steps = new Map();
  const add = (start, end, stepId, score, polarity) => {
    if (!steps.has(start)) steps.set(start, []);
    steps.get(start).push({ start, end, stepId, cost: -Math.log(score), polarity });
  };
  for (const [id, claim] of claims) {
    if (claim.causal && claim.level !== "refuted" && claim.score > 0) {
      add(claim.subject, claim.object, `claim:${id}`, claim.score, claim.polarity);
    }
  }
  for (const [id, link] of links) {
    add(link.subject, link.object, `link:${id}`, 1, link.polarity);
    if (link.polarity < 0) add(link.object, link.subject, `link:${id}`, 1, link.polarity);
  }
  return steps;
})();

/** Return the best simple paths by product of scores, best first; ties by steps, then by ids, as the library has them. */
function bestPaths(start, end, most) {
  if (start === end) return [];
  const least = leastCosts(end);
  if (!least.has(start)) return [];
  const queue = new Heap((one, other) => one.bound - other.bound || one.legs.length - other.legs.length || (one.key < other.key ? -1 : 1));
  queue.push({ node: start, legs: [], cost: 0, bound: least.get(start), key: "" });
  const found = [];
  const seen = new Set();
  for (let tried = 0; queue.size > 0 && tried < MOST_TRIED && found.length < most; tried += 1) {
    const { node, legs, cost, key } = queue.pop();
    if (node === end) {
      const claimLegs = legs.filter((leg) => leg.stepId.startsWith("claim:"));
      const name = claimLegs.map((leg) => leg.stepId).join(" ");
      if (claimLegs.length > 0 && !seen.has(name)) found.push(path(legs, claimLegs));
      seen.add(name);
      continue;
    }
    if (legs.length === MOST_STEPS) continue;
    const passed = new Set([start, ...legs.map((leg) => leg.end)]);
    for (const leg of onward.get(node) || []) {
      if (passed.has(leg.end) || !least.has(leg.end)) continue;
      const reached = cost + leg.cost;
      queue.push({ node: leg.end, legs: [...legs, leg], cost: reached, bound: rounded(reached + least.get(leg.end)), key: `${key} ${leg.stepId}` });
    }
  }
  return found;
}

const rounded = (value) => Math.round(value * 1e9) / 1e9;

function path(legs, claimLegs) {
  const values = claimLegs.map((leg) => claims.get(leg.stepId.slice("claim:".length)));
  const isWeaker = (one, other) => values[one].score < values[other].score || (values[one].score === values[other].score && claimLegs[one].stepId < claimLegs[other].stepId);
  const weakest = claimLegs.reduce((worst, _, index) => (isWeaker(index, worst) ? index : worst), 0);
  return {
    legs,
    score: values.reduce((product, claim) => product * claim.score, 1),
    polarity: legs.reduce((sign, leg) => sign * leg.polarity, 1) || 0,
    weakest: claimLegs[weakest].stepId.slice("claim:".length),
  };
}

/** Return each entity's least cost to an end (Dijkstra, against the arrows). */
function leastCosts(end) {
  const back = new Map();
  for (const steps of onward.values()) {
    for (const leg of steps) back.set(leg.end, [...(back.get(leg.end) || []), leg]);
  }
  const least = new Map();
  const queue = new Heap((one, other) => one.cost - other.cost);
  queue.push({ node: end, cost: 0 });
  while (queue.size > 0) {
    const { node, cost } = queue.pop();
    if (least.has(node)) continue;
    least.set(node, cost);
    for (const leg of back.get(node) || []) {
      if (!least.has(leg.start)) queue.push({ node: leg.start, cost: cost + leg.cost });
    }
  }
  return least;
}

/** A binary heap: the least item by `compare` comes first. */
class Heap {
  constructor(compare) {
    this.compare = compare;
    this.items = [];
  }

  get size() {
    return this.items.length;
  }

  push(item) {
    const { items, compare } = this;
    let at = items.push(item) - 1;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (compare(items[at], items[above]) >= 0) break;
      [items[at], items[above]] = [items[above], items[at]];
      at = above;
    }
  }

  pop() {
    const { items, compare } = this;
    const first = items[0];
    const last = items.pop();
    if (items.length > 0) {
      items[0] = last;
      let at = 0;
      for (;;) {
        const [left, right] = [2 * at + 1, 2 * at + 2];
        let least = at;
        if (left < items.length && compare(items[left], items[least]) < 0) least = left;
        if (right < items.length && compare(items[right], items[least]) < 0) least = right;
        if (least === at) break;
        [items[at], items[least]] = [items[least], items[at]];
        at = least;
      }
    }
    return first;
  }
}

/** All claims and links by the entities that they touch. */
const touching = (() => {
  const steps = new Map();
  const add = (id, step) => (steps.has(id) ? steps.get(id).push(step) : steps.set(id, [step]));
  for (const [kind, known] of [["claim", claims], ["link", links]]) {
    for (const [id, value] of known) {
      if (value.subject === value.object) continue;
      const step = { stepId: `${kind}:${id}`, iri: iriOf(kind, id), start: value.subject, end: value.object, score: value.score ?? 0 };
      add(value.subject, step);
      add(value.object, step);
    }
  }
  return steps;
})();

/**
 * Return the legs within so many steps of an entity, and how many were left out for want of room: the nearest first, of
 * those the claims by score, then the links, all ties by IRI, as views.py has them.
 */
function legsAround(centre, reach, passes, most) {
  const found = new Map();
  const seen = new Set([centre]);
  let frontier = [centre];
  for (let distance = 0; distance < reach; distance += 1) {
    const next = [];
    for (const leg of frontier.flatMap((id) => touching.get(id) || [])) {
      if (found.has(leg.stepId) || !passes(leg.stepId)) continue;
      found.set(leg.stepId, { ...leg, distance });
      for (const id of [leg.start, leg.end].filter((end) => !seen.has(end))) {
        seen.add(id);
        next.push(id);
      }
    }
    frontier = next;
  }
  const nearest = [...found.values()].sort((one, other) => (
    one.distance - other.distance || other.score - one.score || (one.iri < other.iri ? -1 : 1)
  ));
  return withinRoom(nearest, most);
}

/** Return the legs, in order and each once, that a drawing has room for, and how many are left out. */
function withinRoom(legs, most) {
  const kept = new Map();
  const ids = new Set();
  const leftOut = new Set();
  for (const leg of legs) {
    const fresh = [leg.start, leg.end].filter((id) => !ids.has(id));
    if (kept.has(leg.stepId)) continue;
    if (ids.size + fresh.length > most) {
      leftOut.add(leg.stepId);
      continue;
    }
    kept.set(leg.stepId, leg);
    fresh.forEach((id) => ids.add(id));
  }
  return { legs: [...kept.values()], leftOut: leftOut.size };
}
