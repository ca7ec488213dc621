// Show one claim: what it says, how sure it is, and what bears on it.

function claimPanel(id) {
  const claim = claims.get(id);
  const items = claim.items || [];
  return [
    make("p", { class: "kind" }, claim.causal ? "Claim" : "Claim (association, not walked as a cause)"),
    make("h2", {}, mark(claim.polarity), " ", entityLink(claim.subject), ` ${claim.verb} `, entityLink(claim.object)),
    make(
      "p", {},
      make("span", { class: "level" }, claim.level), " ", make("span", { class: "number" }, two(claim.score)),
      make("span", { class: "soft" }, ` · ${percent(data.profile.mass)} interval ${two(claim.low)}–${two(claim.high)}`),
    ),
    intervalPlot(claim),
    claim.flags && make("ul", { class: "flags" }, claim.flags.map(flagRow)),
    make("p", {}, capital(claim.counts), "."),
    ...SIDES.map((side) => evidenceGroup(side, items.filter((item) => item.direction === side.direction))),
    accounts(claim, items),
    usedIn(id),
    ownPage("claim", id),
  ].filter(Boolean);
}

/** A link by definition has no evidence, but a reason. */
function linkPanel(id) {
  const link = links.get(id);
  return [
    make("p", { class: "kind" }, "Link by definition"),
    make("h2", {}, entityLink(link.subject), ` ${link.verb} `, entityLink(link.object)),
    make("p", {}, linkNote(link)),
    link.reason && make("p", {}, name(link.reason)),
    ownPage("link", id),
  ].filter(Boolean);
}

/** What a link does in a path. */
function linkNote({ kind }) {
  const holds = "Holds by what the two words mean, so it needs no evidence.";
  if (kind !== "broader") return `${holds} A path may take it anywhere.`;
  return `${holds} At the end of a path it always holds; before a further step it is an assumption, with probability ${two(data.inheritance)}, that the kind does what its class does.`;
}

/** Where the page comes from a server, the way to a thing's own page there. */
function ownPage(kind, id) {
  return data.served && make("p", { class: "small" }, make("a", { href: `/${kind}/${encodeURIComponent(id)}` }, "Its own page, and its RDF"));
}

const flagRow = (flag) => make("li", { "data-flag": flag }, flag === "contested" && "⚡ ", data.flags[flag]);

const entityLink = (id) => make("a", { class: "name", href: entityAddress(id) }, name(labelOf(id)));

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
    make("ul", { class: "plain" }, items.map((item) => make("li", {}, evidence(side, item)))),
  );
}

function evidence(side, item) {
  const size = item.n === undefined ? "n not shown" : `n ${item.n}`;
  const read = [item.read, item.locator !== item.read && item.locator].filter(Boolean).join(", ");
  return make(
    "article", {},
    make(
      "p", { class: "small design" },
      make("span", {}, make("span", { "aria-hidden": "true" }, `${side.mark} `), make("b", {}, item.design), ` · ${[item.species, size].filter(Boolean).join(" · ")}`),
      weightBar(item),
    ),
    make("p", {}, name(item.finding || "")),
    row("Effect", item.effect),
    row("Who", item.population),
    row("Limits", item.limitations),
    make(
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
