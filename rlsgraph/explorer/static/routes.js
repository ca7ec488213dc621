// Walk the causal graph: the best paths between two entities, and what lies around one.

const MOST_TRIED = 50000;

/**
 * Return the best simple paths by joint probability, best first; ties by steps, then by ids, as the library has them. A path passes an
 * entity once, and so does one that stands in for its class.
 */
function bestPaths(start, end, most) {
  if (start === end) return [];
  const { first, last, leaving } = layOutQuestion(start, end);
  const least = leastCosts(leaving, last);
  const queue = new Heap((one, other) => one.bound - other.bound || one.legs.length - other.legs.length || compareNames(one.legs, other.legs));
  const push = (node, legs, cost) => {
    const onward = least[MOST_STEPS - legs.length].get(node);
    if (onward !== undefined) queue.push({ node, legs, cost, bound: rounded(cost + onward) });
  };
  push(first, [], 0);
  const found = [];
  const seen = new Set();
  for (let tried = 0; queue.size > 0 && tried < MOST_TRIED && found.length < most; tried += 1) {
    const { node, legs, cost } = queue.pop();
    if (node === last) {
      const claimLegs = legs.filter((leg) => leg.stepId.startsWith("claim:"));
      const name = claimLegs.map((leg) => leg.stepId).join(" ");
      if (claimLegs.length > 0 && !seen.has(name)) {
        found.push(path(legs, claimLegs));
        seen.add(name);
      }
      continue;
    }
    const passed = new Set([start, ...legs.map((leg) => leg.end)]);
    for (const leg of leaving.get(node) || []) if (!passed.has(leg.end)) push(leg.to, [...legs, leg], cost + leg.cost);
  }
  return found;
}

const rounded = (value) => Math.round(value * 1e9) / 1e9;

/** Order paths by the names of their edges, one after another. */
function compareNames(some, others) {
  const at = some.findIndex((leg, index) => index >= others.length || leg.name !== others[index].name);
  if (at < 0) return some.length - others.length;
  return at >= others.length || some[at].name > others[at].name ? 1 : -1;
}

function path(legs, claimLegs) {
  const values = claimLegs.map((leg) => splitStep(leg.stepId));
  const weakest = values.reduce((worst, one) => (one.value.score < worst.value.score || (one.value.score === worst.value.score && one.id < worst.id) ? one : worst));
  const assumed = new Set(legs.map((leg) => leg.stepId).filter((stepId) => stepId.startsWith("assumed:")));
  return {
    legs,
    score: values.reduce((product, { value }) => product * value.score, data.inheritance ** assumed.size),
    polarity: legs.reduce((sign, leg) => sign * leg.polarity, 1) || 0,
    weakest: weakest.id,
  };
}

/** Return for r = 0, 1, … each place's least cost to the last in at most r steps. */
function leastCosts(leaving, last) {
  const rows = [new Map([[last, 0]])];
  for (let steps = 1; steps <= MOST_STEPS; steps += 1) {
    const row = new Map(rows.at(-1));
    for (const [node, legs] of leaving) {
      for (const leg of legs) {
        const cost = leg.cost + (rows.at(-1).get(leg.to) ?? Infinity);
        if (cost < (row.get(node) ?? Infinity)) row.set(node, cost);
      }
    }
    rows.push(row);
  }
  return rows;
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
