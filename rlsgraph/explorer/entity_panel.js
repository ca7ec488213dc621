// Show one entity: what it is, by what names, and the claims about it.

const MOST_CLAIMS = 12;

function entityPanel(id) {
  const entity = entities.get(id);
  const all = [...claims.entries()].sort(([, one], [, other]) => other.score - one.score);
  const mine = (end, causal) => all.filter(([, claim]) => claim[end] === id && Boolean(claim.causal) === causal).map(([key]) => key);
  const associated = all.filter(([, claim]) => !claim.causal && (claim.subject === id || claim.object === id)).map(([key]) => key);
  const byDefinition = [...links.values()].filter((link) => link.subject === id || link.object === id);
  return [
    make("p", { class: "kind" }, "Entity"),
    make("h2", {}, name(entity.label)),
    make("p", { class: "small" }, entity.group && [swatch(entity.group), ` ${entity.group}`], entity.category && ` · ${entity.category}`),
    entity.synonyms && make("p", { class: "small soft" }, "Also: ", entity.synonyms.flatMap((synonym, index) => [index ? ", " : "", name(synonym)])),
    entity.definition && make("p", {}, name(entity.definition)),
    entity.matches && make("ul", { class: "plain small" }, entity.matches.map(([relation, curie, label]) =>
      make("li", {}, make("span", { class: "soft" }, `${MATCHES[relation] || relation} `), outside(curie, expanded(curie)), label && " ", label && name(label)))),
    claimList("What bears on it", mine("object", true)),
    claimList("What it does", mine("subject", true)),
    claimList("What goes with it", associated),
    byDefinition.length > 0 && make("section", {}, make("h3", {}, "By definition"), make("ul", { class: "plain" }, byDefinition.map((link) => make("li", {}, sentence(link))))),
  ].filter(Boolean);
}

/** The address that a CURIE such as MONDO:0005391 abbreviates. */
function expanded(curie) {
  const cut = curie.indexOf(":");
  const base = data.vocabularies[curie.slice(0, cut)];
  return base ? base + curie.slice(cut + 1) : curie;
}

const MATCHES = { exactMatch: "same as", closeMatch: "close to", broadMatch: "narrower than", narrowMatch: "broader than", relatedMatch: "related to" };

function claimList(title, ids) {
  if (ids.length === 0) return undefined;
  return make("section", {},
    make("h3", {}, title, make("span", { class: "soft" }, ` · ${ids.length}`)),
    shortened(ids.map((id) => make("li", {}, claimButton(id))), MOST_CLAIMS));
}
