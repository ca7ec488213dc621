// Name the next study of each step of a hypothesis under a change, and what would follow: as reasoning/next_study.py and agenda.py do.

/** The studies that bear on some claims, but for retracted ones. */
const studiesUnder = (ids) => ids.flatMap((id) => itemsUnder(id, change)).filter(({ item, isRetracted }) => !isRetracted && isStudy(item)).map(({ item, study }) => ({ ...item, by: item.source || study }));

/** The design of the next study of a claim, and why that one. */
function nextStudyOf(id) {
  const { intervening, inherited, observing, testing, testing_inherited: testingInherited, reasons } = data.next_study;
  const known = [id, ...relatedTo(id)];
  const studies = studiesUnder(known);
  if (studies.length === 0) return [observing, reasons.UNSTUDIED];
  if (!studies.some(({ people }) => people)) return [observing, reasons.NOT_IN_PEOPLE];
  const design = inherited.includes(entities.get(claims.get(id).subject)?.category) ? testingInherited : testing;
  const tried = studiesUnder(known.filter((one) => claims.get(one).causal)).filter((item) => item.people && intervening.includes(item.design));
  if (tried.length === 0) return [design, reasons.CAUSE_UNTESTED];
  if (hasFlag(claims.get(id), "contested")) return [design, reasons.CONTESTED];
  if (tried.every(({ direction }) => direction === "inconclusive")) return [design, reasons.UNCLEAR];
  return [design, new Set(tried.map(({ by }) => by)).size === 1 ? reasons.ONCE : reasons.OFTEN];
}

/** The score of a claim after a further study of it, if it finds what is claimed, and if it finds no effect. */
function scoresAfter(id, design) {
  const after = (result) => {
    const study = { claim: id, design, result, direction: W.asked.directions[result], sample_size: data.next_study.sizes[design] };
    return ledgerOf(id, { ...change, added: [...change.added, study] }).score;
  };
  const { score } = claims.get(id);
  return [Math.max(after("as claimed"), score), Math.min(after("no effect found"), score)];
}

/** The probability that all steps of one path at least hold, given what each path needs: one step after another holds or fails. */
function anyHolds(paths, probabilityOf) {
  if (paths.some((path) => path.length === 0)) return 1;
  if (paths.length === 0) return 0;
  const [[stepId]] = paths;
  const p = probabilityOf(stepId);
  const without = paths.filter((path) => !path.includes(stepId));
  return p * anyHolds(paths.map((path) => path.filter((one) => one !== stepId)), probabilityOf) + (1 - p) * anyHolds(without, probabilityOf);
}

/** The variance of the probability that one of some paths holds, over draws of its steps, as their numbers are or were. */
function varianceOf(paths, stepIds, numbersOf) {
  const walked = paths.filter((path) => path.every((stepId) => numbersOf(splitStep(stepId).value).level !== "refuted"));
  const drawn = drawsOf(stepIds, (found) => anyHolds(walked, (stepId) => found[stepIds.indexOf(stepId)]), numbersOf);
  const mean = total(drawn) / DRAWS;
  return total(drawn.map((value) => (value - mean) ** 2)) / DRAWS;
}

/** Of a hypothesis under the change: the probability that one of its paths holds, and what to study, by the share that it would settle. */
function studyUnder({ ways, route, variance: loaded }) {
  const paths = ways.filter((way) => way.route[0][1] === route[0][1]).map((way) => [...new Set(way.route.map(([stepId]) => stepId))].filter((stepId) => !stepId.startsWith("link:")));
  const isWalked = (stepId) => splitStep(stepId).value.level !== "refuted";
  const stepIds = [...new Set(paths.flat())];
  const walked = paths.filter((path) => path.every(isWalked));
  const now = new Map(stepIds.map((stepId) => [stepId, splitStep(stepId).value.score]));
  const supportWith = (stepId, p) => anyHolds(walked, (one) => (one === stepId ? p : now.get(one)));
  const support = supportWith("", 0);
  const [here, then] = [(value) => value, (value) => value.was || value].map((numbersOf) => varianceOf(paths, stepIds, numbersOf));
  const variance = then > 0 ? loaded * (here / then) : 0; // the same draws before and after, so that what moves is the change alone
  const gaps = stepIds.filter((stepId) => stepId.startsWith("claim:") && isWalked(stepId)).map((stepId) => {
    const { id, value: { score } } = splitStep(stepId);
    const slope = supportWith(stepId, 1) - supportWith(stepId, 0);
    const [design, reason] = nextStudyOf(id);
    const [positive, none] = scoresAfter(id, design);
    const chance = positive > none ? (score - none) / (positive - none) : 0.5;
    const fall = slope ** 2 * (chance * (positive - score) ** 2 + (1 - chance) * (none - score) ** 2);
    return {
      claim: id, next: `${design}, n=${data.next_study.sizes[design]}`, reason, chance, slope, share: variance > 0 ? fall / variance : 0, scores: [positive, none],
      supports: [positive, none].map((after) => within(support + slope * (after - score), 0, 1)),
    };
  }).filter(({ slope }) => slope > 0).sort((one, other) => other.share - one.share || byName(iriOf("claim", one.claim), iriOf("claim", other.claim)));
  return { own_support: support, study: gaps };
}
