// Find entities by label or synonym. Arrow keys walk the results, Escape closes them.

const MOST_FOUND = 10;

/** Fold case and accents, so that "Beta" and "bêta" meet. */
const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

const index = [...entities].map(([id, entity]) => ({ id, label: entity.label, names: [entity.label, ...(entity.synonyms || [])].map((text) => [text, folded(text)]) }));

/** Return the entities one of whose names holds every word asked for; names that begin so come first. */
function search(query) {
  const words = folded(query).split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const hits = [];
  for (const { id, label, names } of index) {
    const position = names.findIndex(([, text]) => words.every((word) => text.includes(word)));
    if (position >= 0) hits.push({ id, label, by: position > 0 ? names[position][0] : "", rank: (names[position][1].startsWith(words[0]) ? 0 : 2) + (position > 0 ? 1 : 0) });
  }
  return hits.sort((one, other) => one.rank - other.rank || (one.label < other.label ? -1 : 1));
}

function startSearch() {
  const [query, found] = [byId("query"), byId("found")];
  const close = () => { found.hidden = true; };
  const take = (id) => { close(); choose("entity", id); };
  const show = () => {
    const hits = search(query.value);
    found.hidden = query.value.trim() === "";
    const buttons = hits.slice(0, MOST_FOUND).map((hit) => make("li", {},
      make("button", { type: "button", on: { click: () => take(hit.id) } }, name(hit.label), hit.by && make("span", { class: "small soft" }, " also ", name(hit.by)))));
    const words = hits.length === 0 ? "No entity goes by that name." : `${hits.length} found${hits.length > MOST_FOUND ? `, the first ${MOST_FOUND} shown` : ""}`;
    byId("found-count").textContent = words;
    byId("found-list").replaceChildren(...buttons);
    byId("status").textContent = found.hidden ? "" : words;
  };
  query.addEventListener("input", show);
  query.addEventListener("focus", () => { if (query.value) show(); });
  query.closest("search").addEventListener("keydown", (event) => {
    const stops = [query, ...found.querySelectorAll("button")];
    const here = stops.indexOf(document.activeElement);
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape") { close(); query.focus(); }
    else if (event.key === "Enter" && here === 0 && search(query.value).length > 0) take(search(query.value)[0].id);
    else if (move && !found.hidden && stops[here + move]) { event.preventDefault(); stops[here + move].focus(); }
  });
  document.addEventListener("pointerdown", (event) => { if (!event.target.closest("search")) close(); });
}
