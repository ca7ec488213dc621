// Find entities by label or synonym. Arrow keys walk the results, Escape closes them.

const MOST_FOUND = 10;
const UNKNOWN_NAME = "No entity goes by that name.";

const index = [...entities].map(([id, entity]) => ({
  id,
  label: entity.label,
  names: [entity.label, ...(entity.synonyms || [])].map((text) => ({ text, folded: folded(text) })),
}));

/** How well a name answers a query, both folded, from 0: the name itself, its words, its beginning; past 4 it shares letters alone. */
function distance(name, query, words) {
  if (name === query) return 0;
  const [spaced, phrase] = [` ${name} `, ` ${query} `];
  if (spaced.startsWith(phrase)) return 1;
  if (spaced.includes(phrase)) return 2;
  if (words.every((word) => spaced.includes(` ${word} `))) return 3;
  if (name.startsWith(query)) return 4;
  if (words.every((word) => spaced.includes(` ${word}`))) return 5;
  return words.every((word) => name.includes(word)) ? 6 : null;
}

/** Return the entities one of whose names holds every word asked for: the nearest first, labels before synonyms. */
function search(query) {
  const asked = folded(query);
  const words = asked.split(" ").filter(Boolean);
  if (words.length === 0) return [];
  const hits = index.map(({ id, label, names }) => {
    const found = names.map((each, at) => ({ at, far: distance(each.folded, asked, words) })).filter(({ far }) => far !== null);
    if (found.length === 0) return null;
    const { at, far } = found.reduce((one, other) => (other.far < one.far ? other : one));
    return { id, label, by: at > 0 ? names[at].text : "", far, rank: 2 * far + (at > 0 ? 1 : 0) };
  });
  return hits.filter(Boolean).sort((one, other) => one.rank - other.rank || (one.label < other.label ? -1 : 1));
}

/** Return the ids of the entities that a reader may mean by a text: one only where it is sure; none where only letters agree. */
function entitiesNamed(text) {
  const hits = search(text);
  const near = hits.filter(({ far }) => far < 4 && far === hits[0].far);
  const labelled = near.filter(({ by }) => !by);
  return (near[0]?.far === 0 && labelled.length > 0 ? labelled : near).map(({ id }) => id);
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
      const sure = entitiesNamed(query.value);
      if (sure.length === 1) take(sure[0]);
      else stops[1]?.focus(); // the reader chooses
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
  const words = hits.length === 0 ? UNKNOWN_NAME : `${hits.length} found${more}`;
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
