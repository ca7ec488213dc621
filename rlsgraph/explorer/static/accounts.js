// Say where a score comes from: every item of evidence with its weight, what is lent, the prior, and the sum.

function accounts(claim, items) {
  return make(
    "details", { class: "accounts" },
    make("summary", {}, `Where ${two(claim.score)} comes from`),
    items.length > 0 ? weightTable(items) : make("p", { class: "small" }, "No evidence of its own."),
    claim.lendings && make("ul", { class: "plain small" }, claim.lendings.map((lending) => make("li", {}, lent(lending)))),
    make("dl", { class: "sum small" }, sums(claim, items).map(([term, meaning]) => [make("dt", {}, term), make("dd", {}, meaning)])),
  );
}

function weightTable(items) {
  const heads = ["Evidence", "Bears", "Design × size", "Weight", "Counts"];
  return make(
    "table", { class: "small" },
    make("thead", {}, make("tr", {}, heads.map((head) => make("th", { scope: "col" }, head)))),
    make("tbody", {}, items.map((item) => [weightRow(item), item.reason && reasonRow(item)])),
  );
}

function weightRow(item) {
  const side = SIDES.find(({ direction }) => direction === item.direction);
  return make(
    "tr", { class: item.reason && "open" },
    make("th", { scope: "row", class: "figure" }, name(item.id)),
    make("td", { class: "figure" }, `${side.mark} ${side.word.toLowerCase()}`),
    make("td", { class: "figure" }, `${item.design_weight} × ${two(item.size_factor)}`),
    make("td", { class: "figure" }, two(weightOf(item))),
    make("td", {}, item.reason ? "no" : "yes"),
  );
}

const reasonRow = (item) => make("tr", {}, make("td", { class: "soft", colspan: 5 }, `not counted: ${item.reason}`));

const lent = (lending) => [
  `Lent ${two(lending.for)} for and ${two(lending.against)} against: ${lending.reason} (`,
  claims.has(lending.claim) ? sentence(claims.get(lending.claim)) : name(lending.claim),
  ").",
];

/** The sum in rows of two: what is reckoned, and how. */
function sums(claim, items) {
  const { alpha, beta, mass } = data.profile;
  const [own, other, all] = [claim.alpha, claim.beta, claim.alpha + claim.beta].map(two);
  return [
    ["for", `S = ${total(items, claim, "supports", "for", claim.support)}`],
    ["against", `R = ${total(items, claim, "disputes", "against", claim.dispute)}`],
    ["prior", `alpha ${alpha}, beta ${beta}: doubted until shown`],
    ["alpha", `${alpha} + S = ${own}`],
    ["beta", `${beta} + R = ${other}`],
    ["score", `alpha / (alpha + beta) = ${own} / ${all} = ${two(claim.score)}`],
    ["interval", `the central ${percent(mass)} of Beta(${own}, ${other}): ${two(claim.low)} to ${two(claim.high)}`],
  ];
}

/** “0.20 + 0.75 + lent 0.30 = 1.25”; the total alone where the row would be long. */
function total(items, claim, direction, side, value) {
  const counted = items.filter((item) => !item.reason && item.direction === direction).map((item) => two(weightOf(item)));
  const lentTo = (claim.lendings || []).filter((lending) => lending[side] > 0).map((lending) => `lent ${two(lending[side])}`);
  const parts = [...counted, ...lentTo];
  return parts.length > 1 && parts.length <= 8 ? `${parts.join(" + ")} = ${two(value)}` : two(value);
}
