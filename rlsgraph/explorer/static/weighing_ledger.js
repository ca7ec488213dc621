// Add up what reaches a claim: its own kinds of evidence, each with its ceiling, and what relatives lend. As model/weighing/ledger.py.
// A change takes sources out (`without`), puts imagined studies in (`added`), or leaves out what later or undated sources say (`asOf`).

const NO_CHANGE = { without: new Set(), added: [], asOf: null };

/** The change that the address asks for, as it is read and as it is written. */
let change = NO_CHANGE;
let changeText = "";
const isChanged = () => changeText !== "";

const SIGNED_RELATION = 0;
const ASSOCIATION_RELATION = 3;

const studyOf = (source) => iriOf("source", data.studies.joined[source] ?? source);
const pools = new Map(Object.entries(data.studies.pools).map(([review, pooled]) => [iriOf("source", review), pooled.map((study) => iriOf("source", study))]));
const itemName = (item) => iriOf("evidence", item.name ?? item.id);

/** The factor of an item, worked out once. */
const factors = new WeakMap();
function factorOf(item) {
  if (!factors.has(item)) factors.set(item, weigh(item));
  return factors.get(item);
}

/** Whether an item speaks at all under a change. */
const isHeard = (item, { asOf }) => asOf === null || sources.get(item.source)?.year <= asOf;

function itemsUnder(id, change) {
  const own = (claims.get(id).items || []).filter((item) => isHeard(item, change)).map((item) => {
    const isTakenOut = change.without.has(item.source);
    return { item, name: itemName(item), study: studyOf(item.source), factor: factorOf(item), isTakenOut, isRetracted: isTakenOut || Boolean(sources.get(item.source)?.retracted) };
  });
  const added = change.added.map((item, index) => [item, `what-if-${index + 1}`]).filter(([item]) => item.claim === id);
  return [...own, ...added.map(([item, made]) => ({ item, name: iriOf("evidence", made), study: iriOf("source", made), factor: weigh(item), isTakenOut: false, isRetracted: false }))];
}

/** The whole sum behind a claim's score, under a change. */
function ledgerOf(id, change = NO_CHANGE) {
  const claim = claims.get(id);
  const { counted, ...own } = countOnce(itemsUnder(id, change));
  const lenders = (claim.kin || []).map(([lender, relation]) => {
    const { lines } = countOnce(itemsUnder(lender, change));
    return { id: lender, iri: iriOf("claim", lender), relation, isCausal: claims.get(lender).causal, lines };
  }).filter(({ lines }) => lines.length > 0).sort((one, other) => one.relation - other.relation || byName(one.iri, other.iri));
  return { counted, ...makeLedger(own, lenders, claim.causal, claim.prior) };
}

/** Each kind with lines: their sum, and what the kind tells of the claim: for, against and (slope) of a little more. */
function sumKinds(lines, isCausal) {
  return Object.entries(W.kinds).flatMap(([kind, assumed]) => {
    const found = lines.filter((line) => line.kind === kind);
    if (found.length === 0) return [];
    const rates = isCausal ? assumed.cause : assumed.association;
    const pro = total(found.map(({ weight }) => Math.max(weight, 0)));
    const con = total(found.map(({ weight }) => Math.min(weight, 0)));
    const after = tell(rates, pro + con);
    const { support, dispute } = bothSides(after, tell(rates, pro), tell(rates, con));
    return [{ kind, before: pro + con, after, support, dispute, slope: slopeOf(rates, pro + con), lines: found }];
  });
}

/** Share a bounded sum out to its two sides: what each adds, on average over which of them is heard first. */
function bothSides(together, pro, con) {
  const support = (pro + together - con) / 2;
  return { support, dispute: support - together };
}

const studiesOf = (lines) => new Set(lines.map(({ study }) => study));

function makeLedger(own, lenders, isCausal, prior) {
  const kinds = sumKinds(own.lines, isCausal);
  const lendings = lend(own, lenders);
  const sides = [1, -1].map((sign) => lentSide(own, kinds, lendings, isCausal, sign));
  const bounded = (value) => within(value, -W.most_lent, W.most_lent);
  const lent = lendings.length ? bounded(sides[0] + sides[1]) : 0;
  const lentSides = lendings.length ? bothSides(lent, bounded(sides[0]), bounded(sides[1])) : { support: 0, dispute: 0 };
  const support = lentSides.support + total(kinds.map((kind) => kind.support));
  const dispute = lentSides.dispute + total(kinds.map((kind) => kind.dispute));
  let variance = W.prior_sd ** 2 + (W.relative_error * lent) ** 2;
  for (const { slope, lines } of kinds) variance += slope ** 2 * total(lines.map(({ weight }) => (W.relative_error * weight) ** 2));
  const logit = Math.log(prior / (1 - prior)) + support - dispute;
  return {
    kinds, lendings, lent, lentBefore: total(lendings.map(({ after }) => after)), logit, logitSd: Math.sqrt(variance), prior,
    support: Math.max(support, 0), dispute: Math.max(dispute, 0), ...standingUnder(own, lendings, logit, Math.sqrt(variance), prior, support, dispute),
  };
}

/** What the lenders of one side lend: kin no more than the same studies would tell if they stood at the claim itself. */
function lentSide(own, kinds, lendings, isCausal, sign) {
  const side = lendings.filter(({ after }) => after * sign > 0);
  const kin = side.filter(({ relation }) => relation !== ASSOCIATION_RELATION);
  const lent = total(side.map(({ after }) => after));
  if (kin.length === 0) return lent;
  const after = (sums) => total(sums.map((kind) => kind.after));
  const gain = Math.max((after(sumKinds([...own.lines, ...kin.flatMap(({ lines }) => lines)], isCausal)) - after(kinds)) * sign, 0) * sign;
  const excess = after(kin) - gain;
  return excess * sign > 0 ? lent - excess : lent;
}

/** What each lender lends, a study once over all of them: the first that has it lends it. */
function lend(own, lenders) {
  const known = new Set([...own.aside, ...studiesOf(own.lines)]);
  const hear = ({ lines }) => { for (const { study } of lines) known.add(study); };
  const signed = lenders.filter(({ relation }) => relation === SIGNED_RELATION).map((lender) => lending(lender, known));
  const larger = signed.reduce((best, next) => (best && best.after >= next.after ? best : next), undefined);
  if (larger) hear(larger);
  return [
    ...signed.map((each) => (each === larger ? each : silent(each, "the other signed claim says more"))),
    ...lenders.filter(({ relation }) => relation !== SIGNED_RELATION).map((lender) => {
      const found = lending(lender, known);
      hear(found);
      return found;
    }),
  ];
}

function lending({ id, relation, isCausal, lines: all }, known) {
  const lines = all.filter(({ study }) => !known.has(study));
  const shared = [...studiesOf(all)].filter((study) => known.has(study)).length;
  const before = total(sumKinds(lines, isCausal).map(({ after }) => after));
  const found = { id, relation, before, lines, known: shared, reason: "" };
  if (relation !== SIGNED_RELATION) return { ...found, after: tell(W.lending[relation], before) };
  return before < 0 ? silent(found, "evidence against a sign is none against an effect") : { ...found, after: before };
}

const silent = (found, reason) => ({ ...found, after: 0, lines: [], reason });

function standingUnder(own, lendings, logit, sd, prior, support, dispute) {
  const score = probability(logit);
  const lines = [...own.lines, ...lendings.filter(({ after }) => after).flatMap((each) => each.lines)];
  const heavy = lines.filter(({ weight, kind }) => Math.abs(weight) >= W.line_weight && W.kinds[kind].people);
  const [linesFor, linesAgainst] = [1, -1].map((sign) => studiesOf(heavy.filter(({ weight }) => weight * sign > 0)).size);
  const data = lines.filter(({ kind }) => kind !== W.kind_of.opinion);
  return {
    score, low: probability(logit - W.interval_z * sd), high: probability(logit + W.interval_z * sd),
    level: levelOf(score, linesFor, linesAgainst, prior), linesFor, linesAgainst,
    flags: {
      contested: Math.min(support, dispute) >= W.contested_weight,
      untested: !own.hasData,
      "only-lent": own.lines.length === 0 && lendings.some(({ after }) => after),
      single: studiesOf(data).size === 1,
      "not-human": (own.hasData || data.length > 0) && !own.inPeople && !lines.some(({ kind }) => W.kinds[kind].people),
    },
  };
}

/** The level of a score; one that lacks lines is the next lower. */
function levelOf(score, linesFor, linesAgainst, prior) {
  if (score < W.doubtful_share * prior) return score < W.refuted_share * prior && linesAgainst >= W.refuted_lines ? "refuted" : "doubtful";
  const found = W.levels.find(([, least, lines]) => score >= least && linesFor >= lines);
  return found ? found[0] : "speculative";
}

const probability = (logit) => 1 / (1 + Math.exp(-logit));

/** A number as it is recorded, in six digits at most; a tiny one as a power of ten. */
function plainNumber(value) {
  const short = Number(value.toPrecision(6));
  return value !== 0 && Math.abs(value) < 1e-4 ? short.toExponential() : String(short);
}

/** Why a claim has its level, in words. */
function whyLevel({ level, score, prior }) {
  if (level === "refuted") return `the score is below ${plainNumber(W.refuted_share)} × the prior, with ${W.refuted_lines} lines against or more`;
  if (level === "doubtful") return `the score is below ${plainNumber(W.doubtful_share)} × the prior (${(W.doubtful_share * prior).toFixed(3)})`;
  const at = W.levels.findIndex(([known]) => known === level);
  const above = W.levels.slice(0, at < 0 ? undefined : at).filter(([, least]) => score >= least).at(-1);
  if (above) return `the score is at least ${plainNumber(above[1])}, but fewer than ${above[2]} independent lines in people are for it`;
  if (at < 0) return `the score is below ${plainNumber(W.levels.at(-1)[1])}`;
  const [, least, lines] = W.levels[at];
  return `the score is at least ${plainNumber(least)}${lines ? `, with ${lines} independent lines in people or more` : ""}`;
}
