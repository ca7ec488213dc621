// Show one entity: what it is, by what names, and the claims about it.

const MOST_CLAIMS = 12;
const MATCHES = {
  exactMatch: "same as", closeMatch: "close to", broadMatch: "narrower than", narrowMatch: "broader than", relatedMatch: "related to",
};

function entityPanel(id) {
  const entity = entities.get(id);
  const ranked = [...claims.entries()].sort(([, one], [, other]) => other.score - one.score);
  const those = (fits) => ranked.filter(([, claim]) => fits(claim)).map(([key]) => key);
  return [
    make("p", { class: "kind" }, "Entity"),
    make("h2", {}, name(entity.label)),
    make("p", { class: "small" }, entity.group && [swatch(entity.group), ` ${entity.group}`], entity.category && ` · ${entity.category}`),
    make("p", { class: "buttons" }, entityViews(id)),
    entity.synonyms && make("p", { class: "small soft" }, "Also: ", listed(entity.synonyms)),
    entity.definition && make("p", {}, name(entity.definition)),
    entity.matches && make("ul", { class: "plain small" }, entity.matches.map((match) => make("li", {}, matched(match)))),
    ...[["1", "Claimed to raise it"], ["-1", "Claimed to lower it"], ["0", "Claimed to affect it, direction open"]].map(([sign, title]) => (
      claimList(title, those((claim) => claim.causal && claim.object === id && String(claim.polarity) === sign))
    )),
    claimList("What it is claimed to do", those((claim) => claim.causal && claim.subject === id)),
    claimList("Claimed to go with it", those((claim) => !claim.causal && (claim.subject === id || claim.object === id))),
    definitions(id),
    ownPage("entity", id),
  ].filter(Boolean);
}

/** Buttons that put the entity into one of the views. */
const entityViews = (id) => [
  ["Look around it", { view: "around", around: id }],
  ["Start paths here", { view: "between", start: id, path: "" }],
  ["End paths here", { view: "between", end: id, path: "" }],
].map(([words, changes]) => make("button", { type: "button", class: "quiet", on: { click: () => go(changes) } }, words));

const listed = (words) => words.flatMap((word, index) => [index ? ", " : "", name(word)]);

const matched = ([relation, curie, label]) => [
  make("span", { class: "soft" }, `${MATCHES[relation] || relation} `), outside(curie, expanded(curie)), label && [" ", name(label)],
];

/** The address that a CURIE such as MONDO:0005391 abbreviates. */
function expanded(curie) {
  const cut = curie.indexOf(":");
  const base = data.vocabularies[curie.slice(0, cut)];
  return base ? base + curie.slice(cut + 1) : curie;
}

function claimList(title, ids) {
  if (ids.length === 0) return undefined;
  return make(
    "section", {},
    make("h3", {}, title, make("span", { class: "soft" }, ` · ${ids.length}`)),
    shortened(ids.map((id) => make("li", {}, claimButton(id))), MOST_CLAIMS),
  );
}

function definitions(id) {
  const found = [...links.values()].filter((link) => link.subject === id || link.object === id);
  if (found.length === 0) return undefined;
  return make("section", {}, make("h3", {}, "By definition"), shortened(found.map((link) => make("li", {}, sentence(link))), MOST_CLAIMS));
}
