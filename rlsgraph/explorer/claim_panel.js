// Show one claim: what it says, how sure it is, what bears on it, and where its number comes from.

function claimPanel(id) {
  const claim = claims.get(id);
  const items = claim.items || [];
  return [
    make("p", { class: "kind" }, claim.causal ? "Claim" : "Claim (association, not walked as a cause)"),
    make("h2", {}, mark(claim.polarity), " ", entityLink(claim.subject), ` ${claim.verb} `, entityLink(claim.object)),
    make("p", {}, make("span", { class: "level" }, claim.level), " ", make("span", { class: "number" }, two(claim.score)),
      make("span", { class: "soft" }, ` · 90% interval ${two(claim.low)}–${two(claim.high)}`)),
    intervalPlot(claim),
    claim.flags && make("ul", { class: "flags" }, claim.flags.map(([flag, words]) => make("li", { "data-flag": flag }, flag === "contested" && "⚡ ", words))),
    make("p", {}, capital(claim.counts), "."),
    ...SIDES.map((side) => evidenceGroup(side, items.filter((item) => item.direction === side.direction))),
    accounts(claim, items),
    usedIn(id),
  ].filter(Boolean);
}

const entityLink = (id) => make("a", { class: "name", href: entityAddress(id) }, name(labelOf(id)));

const claimButton = (id) => {
  const claim = claims.get(id);
  return make("button", { type: "button", class: "step", on: { click: () => choose("claim", id) } },
    mark(claim.polarity), make("span", { class: "step-words" }, sentence(claim)), make("span", { class: "small soft" }, standing(claim)));
};

function evidenceGroup(side, items) {
  if (items.length === 0) return undefined;
  return make("section", { class: "evidence" },
    make("h3", {}, make("span", { "aria-hidden": "true" }, `${side.mark} `), side.word, make("span", { class: "soft" }, ` · ${items.length}`)),
    make("ul", { class: "plain" }, items.map((item) => make("li", {}, evidence(side, item)))));
}

function evidence(side, item) {
  const source = sources.get(item.source) || { title: item.source };
  const size = item.n === undefined ? "n not shown" : `n ${item.n}`;
  return make("article", {},
    make("p", { class: "facts" }, make("span", { "aria-hidden": "true" }, `${side.mark} `), make("b", {}, item.design), ` · ${[item.species, size].filter(Boolean).join(" · ")}`),
    make("p", {}, name(item.finding || "")),
    row("Effect", item.effect), row("Who", item.population), row("Limits", item.limitations),
    make("p", { class: "small" }, ...reference(source),
      item.read || item.locator ? make("span", { class: "soft" }, ` · read: ${[item.read, item.locator !== item.read && item.locator].filter(Boolean).join(", ")}`) : undefined));
}

const row = (word, text) => (text ? make("p", { class: "small" }, make("span", { class: "soft" }, `${word}: `), name(text)) : undefined);

/** A source as a reference: author and year, title, journal, where to open it. */
function reference(source) {
  const parts = [[source.author, source.year].filter(Boolean).join(" "), source.title && make("cite", {}, name(source.title)), source.journal && name(source.journal)];
  return [
    parts.filter(Boolean).flatMap((part, index) => [index ? ". " : "", part]),
    source.descriptive && make("span", { class: "soft" }, " (title described, not quoted)"),
    source.retracted && make("span", { class: "tag" }, "retracted"),
    (source.links || []).map((link) => [" ", outside(link[0], addressOf(link))]),
  ];
}

/** “Where 0.26 comes from”: every line of evidence with its weight, what is lent, the prior, and the sum. */
function accounts(claim, items) {
  const { alpha, beta, mass } = data.profile;
  const sums = `S = ${sum(items, "supports", claim.lendings, "for", claim.support)}, R = ${sum(items, "disputes", claim.lendings, "against", claim.dispute)}`;
  return make("details", { class: "accounts" },
    make("summary", {}, `Where ${two(claim.score)} comes from`),
    items.length > 0 ? weightTable(items) : make("p", { class: "small" }, "No evidence of its own."),
    claim.lendings && make("ul", { class: "small" }, claim.lendings.map((lending) => make("li", {},
      `Lent ${two(lending.for)} for and ${two(lending.against)} against: ${lending.reason} (`, claims.has(lending.claim) ? sentence(claims.get(lending.claim)) : lending.claim, ").")) ),
    make("dl", { class: "sum small" },
      make("dt", {}, "weights"), make("dd", {}, sums),
      make("dt", {}, "prior"), make("dd", {}, `alpha ${alpha}, beta ${beta}: doubted until shown`),
      make("dt", {}, "alpha"), make("dd", {}, `${alpha} + S = ${two(claim.alpha)}`),
      make("dt", {}, "beta"), make("dd", {}, `${beta} + R = ${two(claim.beta)}`),
      make("dt", {}, "score"), make("dd", {}, `alpha / (alpha + beta) = ${two(claim.alpha)} / ${two(claim.alpha + claim.beta)} = ${two(claim.score)}`),
      make("dt", {}, "interval"), make("dd", {}, `the central ${Math.round(mass * 100)}% of Beta(${two(claim.alpha)}, ${two(claim.beta)}): ${two(claim.low)} to ${two(claim.high)}`)));
}

const weightOf = (item) => item.design_weight * item.size_factor;

/** “0.20 + 0.75 + lent 0.30 = 1.25” */
function sum(items, direction, lendings, side, total) {
  const own = items.filter((item) => !item.reason && item.direction === direction).map((item) => two(weightOf(item)));
  const lent = (lendings || []).filter((lending) => lending[side] > 0).map((lending) => `lent ${two(lending[side])}`);
  const parts = [...own, ...lent];
  return parts.length > 1 && parts.length <= 8 ? `${parts.join(" + ")} = ${two(total)}` : two(total);
}

function weightTable(items) {
  const sideOf = (item) => SIDES.find((side) => side.direction === item.direction);
  return make("table", { class: "small" },
    make("thead", {}, make("tr", {}, ["Evidence", "Bears", "Design × size", "Weight", "Counted"].map((head) => make("th", { scope: "col" }, head)))),
    make("tbody", {}, items.map((item) => make("tr", {},
      make("th", { scope: "row" }, name(item.id)),
      make("td", {}, `${sideOf(item).mark} ${sideOf(item).word.toLowerCase()}`),
      make("td", { class: "figure" }, `${item.design_weight} × ${two(item.size_factor)}`),
      make("td", { class: "figure" }, two(weightOf(item))),
      make("td", {}, item.reason ? `no: ${item.reason}` : "yes")))));
}

function usedIn(id) {
  const users = data.hypotheses.filter((hypothesis) => hypothesis.steps?.includes(`claim:${id}`));
  if (users.length === 0) return undefined;
  const button = (hypothesis) => make("button", { type: "button", class: "quiet", on: { click: () => {
    location.hash = new URLSearchParams({ hypothesis: hypothesis.id, claim: id }).toString();
  } } }, name(hypothesis.label));
  return make("section", {}, make("h3", {}, "A step of"), make("p", { class: "buttons" }, users.map(button)));
}

/** A link by definition has no evidence, but a reason. */
function linkPanel(id) {
  const link = links.get(id);
  return [
    make("p", { class: "kind" }, "Link by definition"),
    make("h2", {}, entityLink(link.subject), ` ${link.verb} `, entityLink(link.object)),
    make("p", {}, "Holds by what the two words mean, so it needs no evidence and lowers no score."),
    link.reason ? make("p", {}, name(link.reason)) : undefined,
  ].filter(Boolean);
}
