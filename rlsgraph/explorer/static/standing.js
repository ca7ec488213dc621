// Say how each hypothesis stands under a change, and put them in order: by the rules of the library (reasoning/standing.py, hypotheses.py).
// Which claims may tie a route to its end follows from the graph alone, so the library says; which of them does, from the change.

const LOADED_ORDER = [...data.hypotheses];
const MOVED_FIELDS = ["place", "joint", "low", "high", "polarity", "anchor", "weakest", "read", "reads", "in_people", "opposed", "newest", "route", "study", "own_support"];
const DRAWS = 2000;

/** What each hypothesis was in the loaded graph, while a change holds. */
const recordedHypotheses = new Map();

const levelRank = (level) => LEVELS_UP.length - 1 - LEVELS_UP.indexOf(level);
const isStudy = ({ design }) => data.next_study.studies.includes(design);
const seenInPeople = (id) => itemsUnder(id, change).some(({ item, isRetracted }) => item.people && !isRetracted);

/** The associations of a causal claim's sign on its two ends; of one without a sign, the signed claims: those lend to it. */
const relatedTo = (id) => (claims.get(id).kin || []).filter(([, relation]) => [SIGNED_RELATION, ASSOCIATION_RELATION].includes(relation)).map(([other]) => other);

/** Let every hypothesis stand anew under the change, given the claims that it touches; or stand as it was loaded. */
function standAnew(touched) {
  for (const [hypothesis, was] of recordedHypotheses) Object.assign(hypothesis, was, { was: undefined });
  recordedHypotheses.clear();
  data.hypotheses.splice(0, data.hypotheses.length, ...LOADED_ORDER);
  const near = new Set(touched);
  if (near.size === 0) return;
  for (const hypothesis of LOADED_ORDER) {
    if (!hypothesis.ways?.length || !hypothesis.ways.some((way) => isTouched(way, near))) continue;
    recordedHypotheses.set(hypothesis, Object.fromEntries(MOVED_FIELDS.map((field) => [field, hypothesis[field]])));
    moveHypothesis(hypothesis);
  }
  orderAnew();
}

const claimsOfRoute = (route) => route.map(([stepId]) => splitStep(stepId)).filter(({ kind }) => kind === "claim").map(({ id }) => id);

function isTouched({ route, ties }, near) {
  return [...claimsOfRoute(route).flatMap((id) => [id, ...relatedTo(id), ...opposedTo(id)]), ...ties].some((id) => near.has(id));
}

function moveHypothesis(hypothesis) {
  const before = recordedHypotheses.get(hypothesis);
  const way = hypothesis.ways.reduce((best, one) => (isBetterWay(one, best) ? one : best));
  const steps = claimsOfRoute(way.route);
  const readings = steps.map((id) => [id, readUnder(id)]);
  const [weakest, read] = readings.reduce((least, one) => (claims.get(one[1]).score < claims.get(least[1]).score ? one : least));
  const years = readings.flatMap(([, id]) => itemsUnder(id, change)).filter(({ item }) => isStudy(item)).map(({ item }) => sources.get(item.source)?.year || 0);
  Object.assign(hypothesis, {
    route: way.route, polarity: way.polarity, joint: productOf(way.route), ...intervalOf(way.route),
    anchor: bestTie(way.ties), weakest, read: read === weakest ? undefined : read,
    reads: Object.fromEntries(readings.filter(([id, by]) => id !== by)),
    in_people: [readings.filter(([, id]) => seenInPeople(id)).length, readings.length],
    opposed: steps.flatMap((id) => [...(hasFlag(claims.get(id), "contested") ? [id] : []), ...opposedTo(id).filter((other) => claims.get(other).level !== "refuted")]),
    newest: Math.max(0, ...years) || undefined,
    was: { joint: before.joint, place: before.place },
  });
  if (hypothesis.opposed.length === 0) hypothesis.opposed = undefined;
  if (hypothesis.ways.length === hypothesis.paths) Object.assign(hypothesis, studyUnder(hypothesis));
}

/** The claims that give a step the opposite sign. */
const opposedTo = (id) => {
  const { subject, object, polarity } = claims.get(id);
  return (touching.get(subject) || []).filter(({ stepId, end }) => stepId.startsWith("claim:") && end === object).map(({ stepId }) => splitStep(stepId))
    .filter(({ value }) => value.subject === subject && value.polarity * polarity === -1).map((step) => step.id);
};

const scoreOf = ({ kind, value }) => (kind === "link" ? 1 : value.score);
const productOf = (route) => route.reduce((product, [stepId]) => product * scoreOf(splitStep(stepId)), 1);

/** Best first: the joint probability, then fewer steps, then the names of the steps. */
function isBetterWay(one, other) {
  const [a, b] = [one, other].map(({ route }) => rounded(productOf(route)));
  if (a !== b) return a > b;
  if (one.route.length !== other.route.length) return one.route.length < other.route.length;
  const [mine, theirs] = [one, other].map(({ route }) => route.map(([stepId]) => ({ name: iriOfStep(stepId) })));
  return compareNames(mine, theirs) < 0;
}

function iriOfStep(stepId) {
  const { kind, id } = splitStep(stepId);
  return iriOf(kind === "claim" ? "claim" : "link", id);
}

/** The claim that a step is read by: its own, or the best tested association where no item says anything of it. */
function readUnder(id) {
  if (itemsUnder(id, change).some(({ isRetracted }) => !isRetracted)) return id;
  const tested = relatedTo(id).filter((other) => !hasFlag(claims.get(other), "untested"));
  return tested.reduce((best, one) => (best === id || isHigher(one, best) ? one : best), id);
}

const isHigher = (one, other) => {
  const [a, b] = [claims.get(one), claims.get(other)];
  return a.score > b.score || (a.score === b.score && iriOf("claim", one) > iriOf("claim", other));
};

/** The best tie that is seen in people: by level, then by score. */
function bestTie(ties) {
  const rank = (id) => levelRank(claims.get(id).level);
  const better = (one, best) => best === undefined || rank(one) > rank(best) || (rank(one) === rank(best) && isHigher(one, best));
  return ties.filter(seenInPeople).reduce((best, one) => (better(one, best) ? one : best), undefined);
}

/** The order of the mechanisms: bands of anchor and weakest step, share in people, then the two scores; what is context stands below. */
function orderAnew() {
  const key = ({ id, status, anchor, weakest, read, in_people: people }) => {
    const [tie, step] = [claims.get(anchor), claims.get(read || weakest)];
    if (!step) return [2, iriOf("hypothesis", id)];
    return [status === "context" ? 1 : 0, tie ? -levelRank(tie.level) : 0, -levelRank(step.level), -people[0] / people[1], tie ? -tie.score : 0, -step.score, iriOf("hypothesis", id)];
  };
  const keys = new Map(data.hypotheses.map((hypothesis) => [hypothesis, key(hypothesis)]));
  data.hypotheses.sort((one, other) => {
    const [a, b] = [keys.get(one), keys.get(other)];
    const at = a.findIndex((value, index) => value !== b[index]);
    return at < 0 ? 0 : a[at] < b[at] ? -1 : 1;
  });
  let place = 0;
  for (const hypothesis of data.hypotheses) {
    if (keys.get(hypothesis)[0] !== 0) continue;
    place += 1;
    if (hypothesis.place === place) continue;
    if (!recordedHypotheses.has(hypothesis)) recordedHypotheses.set(hypothesis, Object.fromEntries(MOVED_FIELDS.map((field) => [field, hypothesis[field]])));
    hypothesis.was ??= { joint: hypothesis.joint, place: hypothesis.place };
    hypothesis.place = place;
  }
}

/** The central interval of the product over a route, by draws, the steps as independent. */
function intervalOf(route) {
  const product = drawsOf(route.map(([stepId]) => stepId), (probabilities) => probabilities.reduce((all, one) => all * one, 1)).sort((one, other) => one - other);
  const tail = Math.round(((1 - data.profile.mass) / 2) * DRAWS);
  return { low: product[tail], high: product[DRAWS - 1 - tail] };
}

/** What comes out of the steps' probabilities when each is drawn from what its evidence leaves open. */
function drawsOf(stepIds, reckon, numbersOf = (value) => value) {
  const steps = stepIds.map(splitStep).map(({ kind, value }) => ({ kind, value: numbersOf(value) }));
  const draw = drawer();
  const one = ({ kind, value }) => (kind === "claim" ? probability(value.logit + value.logit_sd * draw()) : scoreOf({ kind, value }));
  return Array.from({ length: DRAWS }, () => reckon(steps.map(one)));
}

/** Standard normal numbers, the same every time (mulberry32, Box and Muller). */
function drawer() {
  let state = 1;
  const uniform = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (((mixed ^ (mixed >>> 14)) >>> 0) + 0.5) / 4294967296;
  };
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}
