// Find entities by label or synonym. Arrow keys walk the results, Escape closes them.

const MOST_FOUND = 10;

const index = [...entities].map(([id, entity]) => ({
  id,
  label: entity.label,
  names: [entity.label, ...(entity.synonyms || [])].map((text) => ({ text, folded: folded(text) })),
}));

/** Return the entities one of whose names holds every word asked for; those that begin so first, labels before synonyms. */
function search(query) {
  const words = folded(query).split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const hits = index.map(({ id, label, names }) => {
    const at = names.findIndex((each) => words.every((word) => each.folded.includes(word)));
    if (at < 0) return null;
    const begins = names[at].folded.startsWith(words[0]);
    return { id, label, by: at > 0 ? names[at].text : "", rank: (begins ? 0 : 2) + (at > 0 ? 1 : 0) };
  });
  return hits.filter(Boolean).sort((one, other) => one.rank - other.rank || (one.label < other.label ? -1 : 1));
}

/** Return the entity that a reader means by a text: one of its names, or the first that the text finds. */
function entityNamed(text) {
  const wanted = folded(text.trim());
  const exact = index.find(({ names }) => names.some((each) => each.folded === wanted));
  return (exact || search(text)[0])?.id || "";
}

function startSearch() {
  const [query, found] = [byId("query"), byId("found")];
  const close = () => { found.hidden = true; };
  const take = (id) => {
    close();
    query.value = "";
    query.focus();
    choose("entity", id);
  };
  query.addEventListener("input", () => showFound(query.value, take));
  query.addEventListener("focus", () => { if (query.value) showFound(query.value, take); });
  query.closest("search").addEventListener("keydown", (event) => {
    const stops = [query, ...found.querySelectorAll("button")];
    const here = stops.indexOf(document.activeElement);
    const next = stops[here + ({ ArrowDown: 1, ArrowUp: -1 }[event.key] ?? NaN)];
    if (event.key === "Escape") {
      close();
      query.focus();
    } else if (event.key === "Enter" && here === 0) {
      const [first] = search(query.value);
      if (first) take(first.id);
    } else if (next && !found.hidden) {
      event.preventDefault();
      next.focus();
    }
  });
  document.addEventListener("pointerdown", (event) => { if (!event.target.closest("search")) close(); });
}

function showFound(query, take) {
  const hits = search(query);
  const isAsked = query.trim() !== "";
  const more = hits.length > MOST_FOUND ? `, the first ${MOST_FOUND} shown` : "";
  const words = hits.length === 0 ? "No entity goes by that name." : `${hits.length} found${more}`;
  byId("found").hidden = !isAsked;
  byId("found-count").textContent = words;
  byId("found-list").replaceChildren(...hits.slice(0, MOST_FOUND).map((hit) => make(
    "li", {},
    make(
      "button", { type: "button", on: { click: () => take(hit.id) } },
      name(hit.label), hit.by && make("span", { class: "small soft" }, " also ", name(hit.by)),
    ),
  )));
  byId("status").textContent = isAsked ? words : "";
}
