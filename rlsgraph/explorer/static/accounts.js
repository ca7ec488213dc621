// Say where a score comes from, factor by factor: the prior, each item, each kind of study with its ceiling, what is lent.

function accounts(claim, items) {
  return make(
    "details", { class: "accounts" },
    make("summary", {}, `Where ${two(claim.score)} comes from`),
    make("p", { class: "small soft" }, "Evidence multiplies the odds. A factor of × 3 makes them three times as high; weights are the factors' natural logarithms, which add up."),
    items.length > 0 ? factorTable(items) : make("p", { class: "small" }, "No evidence of its own."),
    claim.kinds && kindTable(claim.kinds),
    claim.lendings && make("ul", { class: "plain small" }, claim.lendings.map((lending) => make("li", {}, lent(lending)))),
    make("dl", { class: "sum small" }, sums(claim).map(([term, meaning]) => [make("dt", {}, term), make("dd", {}, meaning)])),
  );
}

const tableOf = (heads, rows) => make(
  "table", { class: "small" },
  make("thead", {}, make("tr", {}, heads.map((head) => make("th", { scope: "col" }, head)))),
  make("tbody", {}, rows),
);

const factorTable = (items) => tableOf(["Evidence", "Kind", "Found", "Factor", "Counts"], items.map((item) => [factorRow(item), noteRow(item)]));

const factorRow = (item) => make(
  "tr", { class: item.reason && "open" },
  make("th", { scope: "row", class: "figure" }, name(item.id)),
  make("td", {}, item.kind || "no evidence"),
  make("td", {}, item.result),
  make("td", { class: "figure" }, factorOf(Math.log(item.factor))),
  make("td", {}, item.reason ? "no" : "yes"),
);

/** What made the factor so, and why an item that does not count does not. */
function noteRow(item) {
  const rates = [
    ["power", item.power], ["chance that a study like this finds it where it is not", item.bias],
    ["chance that it misses it", item.miss], ["p-value taken", item.alpha],
  ].filter(([, value]) => value !== undefined).map(([word, value]) => `${word} ${rate(value)}`);
  const notes = [
    rates.join(" · "),
    item.indirect && `indirect: ${item.indirect.join(", ")}; what is left is ${factorOf(item.weight)}`,
    item.reason && `not counted: ${item.reason}`,
  ].filter(Boolean);
  return notes.length > 0 && make("tr", {}, make("td", { class: "soft", colspan: 5 }, notes.join(". ")));
}

const rate = (value) => (value < 0.01 ? value.toPrecision(1) : two(value));

const kindTable = (kinds) => tableOf(
  ["Kind of study", "Studies", "Together", "After its ceiling"],
  kinds.map(([kind, studies, before, after]) => make(
    "tr", {}, make("th", { scope: "row" }, kind), make("td", { class: "figure" }, String(studies)),
    make("td", { class: "figure" }, factorOf(before)), make("td", { class: "figure" }, factorOf(after)),
  )),
);

function lent([id, relation, studies, weight, reason]) {
  const from = claims.has(id) ? sentence(claims.get(id)) : name(id);
  if (!weight) return ["Lent nothing by ", from, ` (${relation})`, reason ? `: ${reason}.` : ": its studies count already."];
  return [`Lent ${factorOf(weight)} by `, from, ` (${relation}; ${countOf(studies, "study", "studies")}).`];
}

/** The sum in rows of two: what is reckoned, and how. */
function sums(claim) {
  const [studiesFor, studiesAgainst] = claim.lines;
  const odds = (probability) => Math.log(probability / (1 - probability));
  return [
    ["prior", `${two(claim.prior)}, ln odds ${signed(odds(claim.prior))}: what is doubted until shown`],
    ["for", `${factorOf(claim.support)}, ${signed(claim.support)}`],
    ["against", `${factorOf(-claim.dispute)}, ${signed(-claim.dispute)}`],
    ...(claim.lendings ? [["lent", `${factorOf(claim.lent)} of these, after the bounds on what relatives may lend`]] : []),
    ["score", `ln odds ${signed(claim.logit)}, so ${two(claim.score)}`],
    ["interval", `the central ${percent(data.profile.mass)}, ln odds ± ${two(claim.logit_sd)} (standard deviation): ${two(claim.low)} to ${two(claim.high)}`],
    ["level", `${claim.level}; independent studies in people: ${studiesFor} for, ${studiesAgainst} against`],
  ];
}
