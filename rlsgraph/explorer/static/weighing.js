// Weigh one study: from what it found, and how, to a Bayes factor. The same arithmetic as the library's (model/weighing/item.py),
// with the constants of the profile that the page carries.

const W = data.weighing;

/** What a weight of evidence for a noisy sign tells of the thing itself: ln[(s e^w + 1 − s) / (f e^w + 1 − f)]. */
function tell([hit, falseAlarm], weight) {
  if (weight === 0) return 0;
  const small = Math.exp(-Math.abs(weight));
  return weight > 0
    ? Math.log((hit + (1 - hit) * small) / (falseAlarm + (1 - falseAlarm) * small))
    : Math.log((hit * small + 1 - hit) / (falseAlarm * small + 1 - falseAlarm));
}

/** The derivative of `tell`: how much of a small further weight comes through. */
function slopeOf(rates, weight) {
  const small = Math.exp(-Math.abs(weight));
  const [hit, falseAlarm] = rates.map((rate) => (weight > 0 ? rate / (rate + (1 - rate) * small) : (rate * small) / (rate * small + 1 - rate)));
  return hit - falseAlarm;
}

/** The complementary error function, to the last bits: a series near 0, a continued fraction further out. */
function erfc(x) {
  if (x < 0) return 2 - erfc(-x);
  if (x < 2.5) {
    let term = x;
    let sum = x;
    for (let n = 1; Math.abs(term) > 1e-17 * sum; n += 1) {
      term *= (2 * x * x) / (2 * n + 1);
      sum += term;
    }
    return 1 - (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
  }
  let fraction = 0;
  for (let n = 120; n > 0; n -= 1) fraction = n / 2 / (x + fraction);
  return Math.exp(-x * x) / Math.sqrt(Math.PI) / (x + fraction);
}

const normalCdf = (z) => 0.5 * erfc(-z / Math.SQRT2);

const within = (value, least, most) => Math.min(Math.max(value, least), most);

/** Return the factor and the weight (natural logarithm, after indirectness) of an item, with the numbers behind them. */
function weigh(item) {
  const kind = kindOf(item);
  const result = item.result ?? W.results[item.direction];
  const isOpinion = kind === W.kind_of.opinion;
  const plain = (found, factor, note, hasData = false) => ({ kind, result: found, factor, weight: Math.log(factor), indirect: [], note, hasData });
  if (kind === null) return plain(result, 1, "a guideline is a yardstick, not evidence");
  if (isOpinion && item.direction === "supports" && (item.result ?? "no comparison") === "no comparison") {
    return plain("no comparison", W.argument_factor, "argues for the claim without data");
  }
  if (result === "mixed") return plain(result, 1, "mixed: shown, adds nothing", !isOpinion);
  if (result === "no comparison") return plain(result, 1, "no comparison: shown, adds nothing");
  const power = powerOf(item, result);
  const bias = biasOf(item, kind);
  const { miss } = W.kinds[kind];
  const found = power + bias * (1 - power);
  const isNull = result === "no effect found";
  const alpha = isNull ? null : alphaOf(item);
  let factor = isNull
    ? (1 - (1 - miss) * found) / (1 - (1 - miss) * (W.largest_p + bias * (1 - W.largest_p)))
    : found / (alpha + bias * (1 - alpha));
  if (result === "opposite") factor = 1 / factor;
  let weight = Math.log(factor);
  const indirect = [];
  for (const [name, rates, ofKind, values] of W.indirectness) {
    if ((ofKind !== null && ofKind !== kind) || !saysOneOf(item, values)) continue;
    weight = tell(rates, weight);
    indirect.push(name);
  }
  return { kind, result, power, bias, miss, alpha, factor, weight, indirect, note: "", hasData: !isOpinion };
}

/** Whether an item holds one of some values, which are given by field. */
const saysOneOf = (item, values) => Object.entries(values).some(([field, words]) => words.includes(item[field]));

/** The kind of an item: that of its design, or of what it pools; null for no evidence at all. */
function kindOf(item) {
  if (!W.pooling.includes(item.design)) return W.designs[item.design].kind;
  return (item.pooled_design && W.designs[item.pooled_design].kind) || W.kind_of.open;
}

/** u: the chance that a study like this reports the finding where it should have found none. */
function biasOf(item, kind) {
  let { bias } = W.designs[item.design];
  if (item.design === "meta-analysis") {
    const step = W.pooled_bias.find(([studies]) => item.study_count >= studies);
    if (step) [, bias] = step;
    if (kind !== W.kind_of.trial) bias = Math.max(bias, W.pooled_bias_floor);
  }
  let odds = bias / (1 - bias);
  for (const [factor, design, values] of W.multipliers) {
    if ((design === null || design === item.design) && saysOneOf(item, values)) odds *= factor;
  }
  return Math.min(odds / (1 + odds), W.largest_bias);
}

/** π: the chance to see the smallest effect of interest. */
function powerOf(item, result) {
  const effect = smallestEffect(item);
  const error = effect && standardError(item, effect.isRatio);
  if (error) return within(normalCdf(effect.value / error - W.z95), W.least_power, W.most_power);
  const assumed = W.designs[item.design];
  const size = item.sample_size ?? assumed.size ?? W.unknown_size;
  let power = assumed.power ?? normalCdf((W.standardised_effect * Math.sqrt(size)) / 2 - W.z95);
  if (result === "no effect found") power = Math.min(power, item.sample_size === undefined ? W.null_power_size_unknown : W.null_power_size_known);
  return within(power, W.least_power, W.most_power);
}

/** α: the p-value that is reported, or that estimate and interval give, between the profile's bounds. */
const alphaOf = (item) => within(item.p_value ?? pOfInterval(item) ?? W.largest_p, W.smallest_p, W.largest_p);

const isRatio = (item) => W.ratios.includes(item.measure);

function pOfInterval(item) {
  if (!item.measure || W.no_null.includes(item.measure) || item.estimate === undefined) return undefined;
  const error = standardError(item, isRatio(item));
  if (!error || (isRatio(item) && item.estimate <= 0)) return undefined;
  return erfc(Math.abs(isRatio(item) ? Math.log(item.estimate) : item.estimate) / error / Math.SQRT2);
}

/** The standard error that the 95% interval shows; undefined where there is none that can be used. */
function standardError({ interval }, asRatio) {
  if (!interval || (asRatio && interval[0] <= 0)) return undefined;
  const [low, high] = asRatio ? interval.map(Math.log) : interval;
  return high > low ? (high - low) / (2 * W.z95) : undefined;
}

function smallestEffect({ measure, unit = "" }) {
  let best;
  for (const [of, value, asRatio, begins] of W.smallest_effects) {
    const fits = of === measure && unit.toLowerCase().startsWith(begins.toLowerCase());
    if (fits && (!best || begins.length > best.begins.length)) best = { value, isRatio: asRatio, begins };
  }
  return best;
}
