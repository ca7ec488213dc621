// Show one paper: what it is, where it can be opened, and what it says of which claims.

function sourcePanel(id) {
  const source = sources.get(id);
  const found = [...claims].flatMap(([claim, { items }]) => (items || []).filter((item) => item.source === id).map((item) => ({ claim, item })));
  return [
    make("p", { class: "kind" }, "Paper"),
    make("h2", {}, name(source.citation || source.title || id)),
    make("p", {}, reference(source)),
    found.length > 0 && make("h3", {}, "What it says", make("span", { class: "soft" }, ` · ${countOf(found.length, "item", "items")}`)),
    make("ul", { class: "plain" }, found.map(({ claim, item }) => make("li", {}, said(claim, item)))),
    ownPage("source", id),
  ].filter(Boolean);
}

/** One item of a paper: for or against which claim, and what was found. */
function said(claim, item) {
  const side = SIDES.find(({ direction }) => direction === item.direction);
  return make(
    "article", {},
    make("p", { class: "small" }, `${side.word}: `, claimLink(claim), make("span", { class: "soft" }, ` ${[item.design, item.n && `n ${item.n}`].filter(Boolean).join(", ")}`)),
    item.finding && make("p", {}, name(item.finding)),
  );
}
