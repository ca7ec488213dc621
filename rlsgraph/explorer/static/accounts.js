// Say where a score comes from: the prior, each kind of evidence before and after its ceiling, what is lent, and every item.

function accounts(claim, items) {
  return make(
    "details", { class: "accounts" },
    make("summary", {}, `Where ${two(claim.score)} comes from`),
    make("p", { class: "small" }, "The odds of the prior times each factor after its bound give the odds of the score."),
    make("table", { class: "small sums" }, make("thead", {}, make("tr", {}, ["", "together", "after its bound"].map((head) => make(head ? "th" : "td", head ? { scope: "col" } : {}, head)))), make("tbody", {}, sums(claim))),
    make("p", { class: "small soft" }, bounds(claim)),
    claim.lendings && make("ul", { class: "plain small" }, claim.lendings.map((lending) => make("li", {}, lent(lending)))),
    make("p", { class: "small" }, `${capital(countOf(claim.lines[0], "independent study", "independent studies"))} in people for it, ${claim.lines[1] || "none"} against, those lent among them. ${capital(claim.level)}: ${claim.level_reason}.`),
    items.length > 0 ? itemTable(items) : make("p", { class: "small" }, "No evidence of its own."),
  );
}

/** The sum in rows: what multiplies the odds, alone and after the ceiling of its kind or the bound of what may be lent. */
function sums(claim) {
  const row = (term, before, after) => make("tr", {}, make("th", { scope: "row" }, term), [before, after].map((cell) => make("td", { class: "figure" }, cell)));
  const kinds = (claim.kinds || []).map(([kind, studies, before, after]) => row(`${kind} (${studies})`, times(before), times(after)));
  const odds = (probability) => `odds ${three(probability / (1 - probability))}`;
  return [
    row("prior", two(claim.prior), odds(claim.prior)),
    ...kinds,
    claim.lent && row("lent by related claims", times(claim.lent[0]), times(claim.lent[1])),
    row("score", two(claim.score), odds(claim.score)),
    row(`${percent(data.profile.mass)} interval`, `ln odds ± ${two(claim.logit_sd)} (sd)`, `${two(claim.low)} to ${two(claim.high)}`),
  ].filter(Boolean);
}

/** Why a factor may be less after its bound than before. */
const bounds = ({ lent }) => [
  "In brackets how many studies, each once. Studies of one kind share its doubts, so together they tell no more than its ceiling.",
  lent && ` What related claims lend is bound to ${times(data.profile.most_lent)} or its inverse, and to what the same studies would tell here.`,
].filter(Boolean);

/** What one claim lends, or why it lends nothing. */
function lent(lending) {
  const lender = claims.get(lending.claim);
  const known = lending.known > 0 && ` ${countOf(lending.known, "study", "studies")} of it counted already, and not lent again.`;
  return [
    "Lent by ", lender ? claimLink(lending.claim) : name(lending.claim), ` (${lending.relation}): `,
    lending.reason ? `nothing, since ${lending.reason}.` : `${countOf(lending.studies, "study", "studies")}, ${times(lending.before)} there, ${times(lending.after)} here.`,
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

function itemRow(item) {
  const side = SIDES.find(({ direction }) => direction === item.direction);
  return make(
    "tr", { class: "open" },
    make("th", { scope: "row", class: "figure" }, name(item.id)),
    make("td", { class: "figure" }, `${side.mark} ${side.word.toLowerCase()}`),
    make("td", {}, item.result),
    make("td", { class: "figure" }, times(item.weight)),
    make("td", {}, item.reason ? "no" : "yes"),
  );
}

/** Below an item: why it does not count, and on demand what made its factor. */
function howRow(item) {
  const how = item.power === undefined ? [] : [
    `π ${three(item.power)}: power, the chance to see the smallest effect that matters`,
    `u ${three(item.bias)}: bias, the chance that a study like this reports the finding where there is none`,
    `v ${three(item.miss)}: insensitivity, the chance that it misses what is there`,
    item.alpha !== undefined && `α ${three(item.alpha)}: its p-value, from 0.0001 to 0.05; 0.05 where none is known`,
    item.made && `stated: ${item.made.join(", ")}`,
    `Bayes factor × ${three(item.factor)}${item.indirect ? `; ${times(item.weight)} once it is taken off that it is indirect (${item.indirect.join(", ")})` : ""}`,
  ].filter(Boolean);
  return make("tr", {}, make(
    "td", { colspan: 5, class: "soft" },
    item.reason && `not counted: ${item.reason}`,
    how.length > 0 && make("details", {}, make("summary", { class: "small" }, `how: ${[item.kind, item.design].filter(Boolean).join(", ")}`), make("ul", { class: "plain" }, how.map((line) => make("li", {}, line)))),
  ));
}
