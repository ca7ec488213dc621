// Find anything by its names: entities, hypotheses, claims, papers. Arrow keys walk the results, Escape closes them.

const FIRST_FOUND = 6;
const MOST_FOUND = 40;
const LEAST_FOR_SLIP = 4;

/** How a name meets what was asked for, the best first. */
const RANKS = { exact: 0, begins: 1, word: 2, within: 3, slip: 4 };

const named = (text) => ({ text, folded: folded(text) });

const index = [...entities].map(([id, entity]) => ({ kind: "entity", id, label: entity.label, names: [entity.label, ...(entity.synonyms || [])].map(named) }));

/** Everything that can be found, by the head of its group; made when something is first asked for. */
const searchable = (() => {
  let known;
  const doi = ({ links: ways }) => (ways || []).filter(([place]) => place === "DOI").map(([, rest]) => rest);
  return () => {
    known ??= {
      Entities: index,
      Hypotheses: data.hypotheses.map(({ id, label }) => ({ kind: "hypothesis", id, label, names: [named(label)] })),
      Claims: [...claims].map(([id, claim]) => ({ kind: "claim", id, label: plainSentence(claim), names: [named(plainSentence(claim))] })),
      Papers: [...sources].map(([id, source]) => ({
        kind: "source", id, label: [source.citation, source.title].filter(Boolean).join(": "),
        names: [source.citation, [source.author, source.year].filter(Boolean).join(" "), source.title, ...doi(source)].filter(Boolean).map(named),
      })),
    };
    return known;
  };
})();

/** Return how a folded name meets a folded query: one of RANKS, or Infinity. */
function rankOf(name_, asked, words) {
  if (name_ === asked) return RANKS.exact;
  if (name_.startsWith(asked)) return RANKS.begins;
  const starts = name_.split(/[^\p{L}\p{N}]+/u);
  if (words.every((word) => starts.some((start) => start.startsWith(word)))) return RANKS.word;
  if (words.every((word) => name_.includes(word))) return RANKS.within;
  return Infinity;
}

/** Whether one letter more, less, other, or two swapped make one text of the other. */
function isOneSlip(one, other) {
  if (Math.abs(one.length - other.length) > 1 || one === other) return false;
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  const [a, b] = [one.slice(at), other.slice(at)];
  if (a.length === b.length) return a.slice(1) === b.slice(1) || (a[0] === b[1] && a[1] === b[0] && a.slice(2) === b.slice(2));
  return a.length > b.length ? a.slice(1) === b : a === b.slice(1);
}

/** Whether a name meets a query but for one slip in one of its words. */
function isSlip(name_, words) {
  const known = name_.split(/[^\p{L}\p{N}]+/u);
  const meets = (word) => known.some((one) => one.startsWith(word));
  const slips = words.filter((word) => !meets(word));
  return slips.length === 1 && slips[0].length >= LEAST_FOR_SLIP
    && known.some((one) => isOneSlip(one, slips[0]) || isOneSlip(one.slice(0, slips[0].length), slips[0]));
}

/** Return the things one of whose names meets a query, the best first; of equals labels before synonyms, then by label. */
function searchIn(things, query) {
  const asked = folded(query);
  const words = asked.split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const find = (rank) => things.flatMap((thing) => {
    let best = { rank: Infinity, at: 0 };
    for (const [at, { folded: name_ }] of thing.names.entries()) {
      const found = rank(name_);
      if (found < best.rank) best = { rank: found, at };
    }
    return best.rank < Infinity ? [{ ...thing, rank: best.rank, at: best.at, by: best.at > 0 && thing.kind === "entity" ? thing.names[best.at].text : "" }] : [];
  });
  const hits = find((name_) => rankOf(name_, asked, words));
  const all = hits.length ? hits : find((name_) => (isSlip(name_, words) ? RANKS.slip : Infinity));
  return all.sort((one, other) => one.rank - other.rank || Math.sign(one.at) - Math.sign(other.at) || one.label.length - other.label.length || (one.label < other.label ? -1 : 1));
}

/** Return the one entity that has a text as its label, or else among its names; and those to ask about where there is not just one. */
function entityNamed(text) {
  const wanted = folded(text);
  const labelled = index.filter(({ names }) => names[0].folded === wanted);
  const exact = labelled.length ? labelled : index.filter(({ names }) => names.some((each) => each.folded === wanted));
  return exact.length === 1 ? { exact: exact[0].id, near: [] } : { exact: "", near: (exact.length ? exact : searchIn(index, text)).slice(0, 3) };
}

function openFound({ kind, id }) {
  if (kind === "hypothesis") location.hash = hypothesisAddress(id);
  else choose(kind, id);
}

function startSearch() {
  const [query, found] = [byId("query"), byId("found")];
  query.placeholder = EXAMPLE ? `Search, e.g. ${onOneLine(labelOf(EXAMPLE)).slice(0, 40)}` : "Search";
  const close = () => { found.hidden = true; };
  const take = (hit) => {
    close();
    query.value = "";
    query.focus();
    openFound(hit);
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
      event.preventDefault();
      const exact = Object.values(searchable()).flatMap((things) => searchIn(things, query.value)).filter(({ rank }) => rank === RANKS.exact);
      const labelled = exact.filter(({ at }) => at === 0);
      if (labelled.length === 1 || exact.length === 1) take(labelled[0] || exact[0]);
      else stops[1]?.focus(); // what is not exact is asked for, not taken
    } else if (next && !found.hidden) {
      event.preventDefault();
      next.focus();
    }
  });
  document.addEventListener("pointerdown", (event) => { if (!event.target.closest("search")) close(); });
}

function showFound(query, take) {
  const isAsked = query.trim() !== "";
  const groups = isAsked ? Object.entries(searchable()).map(([head, things]) => [head, searchIn(things, query)]).filter(([, hits]) => hits.length) : [];
  const total = groups.reduce((sum, [, hits]) => sum + hits.length, 0);
  const isNear = total > 0 && groups.every(([, hits]) => hits[0].rank === RANKS.slip);
  const words = total === 0 ? "Nothing goes by that name." : isNear ? `Nothing goes by just that name; ${total} near it` : `${total} found`;
  byId("found").hidden = !isAsked;
  byId("found-count").textContent = words;
  byId("found-list").replaceChildren(...groups.sort(([, one], [, other]) => one[0].rank - other[0].rank).map(([head, hits]) => foundGroup(head, hits, take)));
  byId("status").textContent = isAsked ? words : "";
}

function foundGroup(head, hits, take) {
  const rows = hits.slice(0, MOST_FOUND).map((hit) => make("li", {}, make(
    "button", { type: "button", on: { click: () => take(hit) } },
    name(hit.label), hit.by && make("span", { class: "small soft" }, " also ", name(hit.by)),
  )));
  const more = hits.length > MOST_FOUND && make("p", { class: "small soft" }, `and ${hits.length - MOST_FOUND} more`);
  return make("li", {}, make("p", { class: "found-head" }, head, make("span", { class: "soft" }, ` · ${hits.length}`)), shortened(rows, FIRST_FOUND), rows.length > FIRST_FOUND && more);
}
