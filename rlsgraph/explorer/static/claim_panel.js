// Show one claim: what it says, how sure it is, and what bears on it.

function claimPanel(id) {
  const claim = claims.get(id);
  const ledger = ledgerOf(id, change);
  const later = unheard(id);
  return [
    make("p", { class: "kind" }, claim.causal ? "Claim" : "Claim (association, not walked as a cause)"),
    make("h2", {}, mark(claim.polarity), " ", entityLink(claim.subject), ` ${claim.verb} `, entityLink(claim.object)),
    make(
      "p", {},
      make("span", { class: "level" }, claim.level), " ", explained(make("span", { class: "number" }, two(claim.score)), "score"), make("span", { class: "soft" }, wasWords(claim)),
      make("span", { class: "soft" }, ` · ${percent(data.profile.mass)} interval `, explained(`${two(claim.low)}–${two(claim.high)}`, "interval"), " · prior ", explained(two(claim.prior), "prior")),
    ),
    intervalPlot(claim),
    make("p", { class: "small soft" }, `${capital(claim.level)}: ${whyLevel(ledger)}.`),
    claim.flags && make("ul", { class: "flags" }, claim.flags.map(flagRow)),
    make("p", {}, capital(claim.counts), isChanged() && " in the loaded graph", "."),
    ledger.counted.length + later.length > 0 && make("section", {}, make("h3", {}, "Studies"), forestPlot([...ledger.counted, ...later])),
    ...SIDES.map((side) => evidenceGroup(side, ledger.counted.filter(({ item }) => item.direction === side.direction))),
    accounts(ledger, isChanged() ? ledgerOf(id) : null),
    imagineForm(id),
    usedIn(id),
    ownPage("claim", id),
  ].filter(Boolean);
}

/** The items that are not heard as of the year that is asked for, as the studies show them. */
const unheard = (id) => (claims.get(id).items || []).filter((item) => !isHeard(item, change))
  .map((item) => ({ item, name: itemName(item), factor: factorOf(item), reason: `not heard as of ${change.asOf}`, isTakenOut: true }));

/** A link by definition has no evidence, but a reason. */
function linkPanel(id) {
  const link = links.get(id);
  return [
    make("p", { class: "kind" }, "Link by definition"),
    make("h2", {}, entityLink(link.subject), ` ${link.verb} `, entityLink(link.object)),
    make("p", {}, "Holds by what the two words mean, so it needs no evidence and lowers no joint probability."),
    link.kind === "broader" && make("p", {}, "At the end of a path it always holds: what raises the kind raises its class. Before a claim about the class it is an assumption, that the kind does what the class does."),
    link.reason && make("p", {}, name(link.reason)),
    ownPage("link", id),
  ].filter(Boolean);
}

/** The assumption that a kind does what its class does. */
function assumptionPanel(id) {
  const assumption = assumptions.get(id);
  return [
    make("p", { class: "kind" }, "Assumption"),
    make("h2", {}, "Assumed: ", entityLink(assumption.subject), " does as ", entityLink(assumption.object), ` does, ${two(assumption.score)}`),
    make("p", {}, sentence(links.get(id)), " by definition; that it also does what the class does is no definition. Where nothing is recorded of the kind itself, a path may assume it, with this probability, whatever the claim."),
    assumption.reason && make("p", {}, name(assumption.reason)),
    ownPage("link", id),
  ].filter(Boolean);
}

/** Where the page comes from a server, the way to a thing's own page there. */
function ownPage(kind, id) {
  return data.served && make("p", { class: "small" }, make("a", { href: `/${kind}/${encodeURIComponent(id)}` }, "Its own page, and its RDF"));
}

const flagRow = ([flag, words]) => make("li", { "data-flag": flag }, flag === "contested" && "⚡ ", words);

const entityLink = (id) => make("a", { class: "name", href: entityAddress(id) }, labelNode(id));

function claimButton(id) {
  const claim = claims.get(id);
  return make(
    "button", { type: "button", class: "step", on: { click: () => choose("claim", id) } },
    mark(claim.polarity),
    make("span", { class: "step-words" }, sentence(claim)),
    make("span", { class: "small soft" }, standing(claim)),
  );
}

function evidenceGroup(side, items) {
  if (items.length === 0) return undefined;
  const glyph = make("span", { "aria-hidden": "true" }, `${side.mark} `);
  return make(
    "section", { class: "evidence" },
    make("h3", {}, glyph, side.word, make("span", { class: "soft" }, items.length === 1 ? " · one item" : ` · ${items.length} items`)),
    make("ul", { class: "plain" }, items.map((weighed) => make("li", {}, evidence(side, weighed)))),
  );
}

function evidence(side, weighed) {
  const { item } = weighed;
  const size = item.sample_size === undefined ? "n not shown" : `n ${item.sample_size}`;
  const read = [item.text_read, item.locator !== item.text_read && item.locator].filter(Boolean).join(", ");
  return make(
    "article", {},
    make(
      "p", { class: "small design" },
      make("span", {}, make("span", { "aria-hidden": "true" }, `${side.mark} `), make("b", {}, item.design), ` · ${[item.species, size].filter(Boolean).join(" · ")}`),
      weightBar(weighed),
    ),
    make("p", {}, name(item.finding || "")),
    row("Effect", item.effect),
    row("Who", item.population),
    row("Limits", item.limitations),
    countedBox(weighed),
    item.claim ? make("p", { class: "small soft" }, "An imagined study; the banner takes it back.") : make(
      "p", { class: "small" },
      reference(sources.get(item.source) || { title: item.source }),
      read && make("span", { class: "soft" }, ` · read: ${read}`),
    ),
  );
}

const row = (word, text) => text && make("p", { class: "small" }, make("span", { class: "soft" }, `${word}: `), name(text));

/** A source as a reference: author and year, title, journal, where to open it. */
function reference(source) {
  const parts = [
    [source.author, source.year].filter(Boolean).join(" "),
    source.title && make("cite", {}, name(source.title)),
    source.journal && name(source.journal),
  ];
  return [
    parts.filter(Boolean).flatMap((part, index) => [index ? ". " : "", part]),
    source.descriptive && make("span", { class: "soft" }, " (title described, not quoted)"),
    source.retracted && make("span", { class: "tag" }, "retracted"),
    (source.links || []).map((link) => [" ", outside(link[0], addressOf(link))]),
  ];
}

/** The hypotheses that take this step, each a way to see it there. */
function usedIn(id) {
  const users = data.hypotheses.filter((hypothesis) => hypothesis.steps?.includes(`claim:${id}`));
  if (users.length === 0) return undefined;
  const address = (hypothesis) => addressWith({ ...NO_PANEL, view: "", path: "", hypothesis: hypothesis.id, claim: id });
  const link = (hypothesis) => make("li", {}, make("a", { href: address(hypothesis) }, name(hypothesis.label)));
  return make("section", {}, make("h3", {}, "A step of"), make("ul", { class: "plain" }, users.map(link)));
}
