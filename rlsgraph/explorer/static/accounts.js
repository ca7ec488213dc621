// Say where a score comes from: the prior, each kind of evidence before and after its ceiling, what is lent, and every item.

function accounts(claim, ledger) {
  return make(
    "details", { class: "accounts" },
    make("summary", {}, `Where ${two(claim.score)} comes from`),
    make("p", { class: "small" }, "The odds of the prior times each factor after its bound give the odds of the score."),
    make("table", { class: "small sums" }, make("thead", {}, make("tr", {}, ["", "together", "after its bound"].map((head) => make(head ? "th" : "td", head ? { scope: "col" } : {}, head)))), make("tbody", {}, sums(claim, ledger))),
    make("p", { class: "small soft" }, bounds(ledger)),
    ledger.lendings.length > 0 && make("ul", { class: "plain small" }, ledger.lendings.map((lending) => make("li", {}, lent(lending)))),
    make("p", { class: "small" }, `${capital(countOf(ledger.linesFor, "independent study", "independent studies"))} in people for it, ${ledger.linesAgainst || "none"} against, those lent among them. ${capital(ledger.level)}: ${whyLevel(ledger)}.`),
    ledger.counted.length > 0 ? itemTable(ledger.counted) : make("p", { class: "small" }, "No evidence of its own."),
  );
}

/** The sum in rows: what multiplies the odds, alone and after the ceiling of its kind or the bound of what may be lent. */
function sums(claim, ledger) {
  const row = (term, before, after) => make("tr", {}, make("th", { scope: "row" }, term), [before, after].map((cell) => make("td", { class: "figure" }, cell)));
  const kinds = ledger.kinds.map(({ kind, lines, before, after }) => row(`${kind} (${studiesOf(lines).size})`, times(before), times(after)));
  const odds = (probability) => `odds ${three(probability / (1 - probability))}`;
  return [
    row("prior", two(claim.prior), odds(claim.prior)),
    ...kinds,
    ledger.lendings.length > 0 && row("lent by related claims", times(ledger.lentBefore), times(ledger.lent)),
    row("score", two(claim.score), odds(claim.score)),
    row(`${percent(data.profile.mass)} interval`, `ln odds ± ${two(claim.logit_sd)} (sd)`, `${two(claim.low)} to ${two(claim.high)}`),
  ].filter(Boolean);
}

/** Why a factor may be less after its bound than before. */
const bounds = ({ lendings }) => [
  "In brackets how many studies, each once. Studies of one kind share its doubts, so together they tell no more than its ceiling.",
  lendings.length > 0 && ` What related claims lend is bound to ${times(W.most_lent)} or its inverse, and to what the same studies would tell here.`,
].filter(Boolean);

/** What one claim lends, or why it lends nothing. */
function lent(lending) {
  const known = lending.known > 0 && ` ${countOf(lending.known, "study", "studies")} of it counted already, and not lent again.`;
  return [
    "Lent by ", claimLink(lending.id), ` (${W.relations[lending.relation]}): `,
    lending.reason ? `nothing, since ${lending.reason}.` : `${countOf(studiesOf(lending.lines).size, "study", "studies")}, ${times(lending.before)} there, ${times(lending.after)} here.`,
    known,
  ];
}

function itemTable(items) {
  const heads = ["Item", "Bears", "Found", "Factor", "Counts"];
  return make(
    "table", { class: "small items" },
    make("thead", {}, make("tr", {}, heads.map((head) => make("th", { scope: "col" }, head)))),
    make("tbody", {}, items.flatMap((item) => [itemRow(item), howRow(item)])),
  );
}

function itemRow({ item, factor, reason }) {
  const side = SIDES.find(({ direction }) => direction === item.direction);
  return make(
    "tr", { class: "open" },
    make("th", { scope: "row", class: "figure" }, name(item.id)),
    make("td", { class: "figure" }, `${side.mark} ${side.word.toLowerCase()}`),
    make("td", {}, factor.result),
    make("td", { class: "figure" }, times(factor.weight)),
    make("td", {}, reason ? "no" : "yes"),
  );
}

/** Below an item: why it does not count, and on demand what made its factor. */
function howRow({ item, factor, reason }) {
  const how = factor.power === undefined ? [] : [
    `π ${three(factor.power)}: power, the chance to see the smallest effect that matters`,
    `u ${three(factor.bias)}: bias, the chance that a study like this reports the finding where there is none`,
    `v ${three(factor.miss)}: insensitivity, the chance that it misses what is there`,
    factor.alpha !== null && `α ${three(factor.alpha)}: its p-value, from ${W.smallest_p} to ${W.largest_p}; ${W.largest_p} where none is known`,
    item.made && `stated: ${item.made.join(", ")}`,
    `Bayes factor × ${three(factor.factor)}${factor.indirect.length ? `; ${times(factor.weight)} once it is taken off that it is indirect (${factor.indirect.join(", ")})` : ""}`,
  ].filter(Boolean);
  return make("tr", {}, make(
    "td", { colspan: 5, class: "soft" },
    reason && `not counted: ${reason}`,
    how.length > 0 && make("details", {}, make("summary", { class: "small" }, `how: ${[factor.kind, item.design].filter(Boolean).join(", ")}`), make("ul", { class: "plain" }, how.map((line) => make("li", {}, line)))),
  ));
}
