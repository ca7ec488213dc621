// Count each study once on a claim: its heaviest item of each sign; a review, or the studies that it pools. As model/weighing/once.py.

const byName = (one, other) => (one < other ? -1 : one > other ? 1 : 0);

const total = (numbers) => numbers.reduce((sum, number) => sum + number, 0);

/**
 * Return items (name, study, isRetracted, factor) in order, heaviest first, each with the reason why it does not count; and what they
 * come to: a line for each study and sign, the studies set aside, and whether there are data, and data of people.
 */
function countOnce(items) {
  const ranked = [...items].sort((one, other) => Math.abs(other.factor.weight) - Math.abs(one.factor.weight) || byName(one.name, other.name));
  const heaviest = new Map();
  const key = ({ study, factor }) => `${factor.weight > 0} ${study}`;
  for (const item of ranked) if (item.factor.weight && !item.isRetracted && !heaviest.has(key(item))) heaviest.set(key(item), item);
  const kept = [...heaviest.values()].sort((one, other) => byName(one.study, other.study) || one.factor.weight - other.factor.weight);
  const leftOut = kept.length > 1 ? leftOutOfPools(kept) : new Map();
  const data = ranked.filter((item) => item.factor.hasData && !item.isRetracted).map((item) => item.factor.kind);
  return {
    counted: ranked.map((item) => ({ ...item, reason: reasonAgainst(item, heaviest.get(key(item)), leftOut) })),
    lines: kept.filter(({ study }) => !leftOut.has(study)).map(({ study, factor }) => ({ study, weight: factor.weight, kind: factor.kind })),
    aside: new Set(leftOut.keys()),
    hasData: data.length > 0,
    inPeople: data.some((kind) => W.kinds[kind].people),
  };
}

function reasonAgainst(item, first, leftOut) {
  if (item.isRetracted) return item.isTakenOut ? "taken out by you" : "its source is retracted";
  if (!item.factor.weight) return item.factor.note || "says nothing either way";
  if (first !== item) return `same study as ${shortName(first.name)}, which counts already`;
  return leftOut.has(item.study) ? `pooled with ${leftOut.get(item.study).map(shortName).join(", ")}, which says more` : "";
}

const shortName = (iri) => iri.slice(iri.lastIndexOf("/") + 1);

/** The studies that do not count beside a review, or the reviews beside their studies, with those that do; what says most counts. */
function leftOutOfPools(kept) {
  const says = new Map();
  for (const { study, factor } of kept) says.set(study, (says.get(study) || 0) + Math.abs(factor.weight));
  const beside = new Map([...says.keys()].map((study) => [study, (pools.get(study) || []).filter((other) => says.has(other))]));
  const rivals = new Map([...beside].map(([study, others]) => [study, new Set(others)]));
  for (const [study, others] of beside) for (const other of others) rivals.get(other).add(study);
  const leftOut = new Map();
  for (const group of rivalGroups(rivals)) {
    const chosen = chooseStudies(group, group.filter((study) => beside.get(study).length > 0), rivals, says);
    for (const study of group) if (!chosen.has(study)) leftOut.set(study, [...rivals.get(study)].filter((rival) => chosen.has(rival)).sort(byName));
  }
  return leftOut;
}

/** The studies that rivalry joins, directly or through others. */
function rivalGroups(rivals) {
  const seen = new Set();
  const groups = [];
  for (const study of [...rivals.keys()].sort(byName)) {
    if (seen.has(study) || rivals.get(study).size === 0) continue;
    const group = new Set([study]);
    for (const one of group) for (const other of rivals.get(one)) group.add(other);
    for (const one of group) seen.add(one);
    groups.push([...group].sort(byName));
  }
  return groups;
}

/** Of a group, the studies that say most without a rival among them; ties go to more studies, then to the first by name. */
function chooseStudies(group, reviews, rivals, says) {
  const plain = group.filter((study) => !reviews.includes(study));
  const complete = (some) => new Set([...some, ...plain.filter((study) => !some.some((one) => rivals.get(study).has(one)))]);
  const rank = (chosen) => ({ chosen, weight: Math.round(total([...chosen].map((study) => says.get(study))) * 1e12), names: [...chosen].sort(byName) });
  const isBetter = (one, other) => (one.weight - other.weight || one.names.length - other.names.length || -byNames(one.names, other.names)) > 0;
  const isFree = (review, taken) => !taken.some((one) => rivals.get(review).has(one));
  if (reviews.length > W.most_reviews) {
    let taken = [];
    for (const review of [...reviews].sort((one, other) => says.get(other) - says.get(one) || byName(one, other))) {
      if (isFree(review, taken) && isBetter(rank(complete([...taken, review])), rank(complete(taken)))) taken = [...taken, review];
    }
    return complete(taken);
  }
  let sets = [[]];
  for (const review of reviews) sets = [...sets, ...sets.filter((taken) => isFree(review, taken)).map((taken) => [...taken, review])];
  return sets.map((some) => rank(complete(some))).reduce((best, next) => (isBetter(next, best) ? next : best)).chosen;
}

function byNames(one, other) {
  const at = one.findIndex((found, index) => found !== other[index]);
  return at < 0 ? 0 : byName(one[at], other[at]);
}
