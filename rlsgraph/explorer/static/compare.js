// Compare two hypotheses: how each stands, their steps side by side with shared ones joined, and the evidence that tells them apart.

const FIRST_TELLING = 8;

/** The rival to compare with where the address names none: a named rival, else the neighbour in the order. */
function rivalOf(hypothesis) {
  const others = data.hypotheses.filter((one) => one !== hypothesis && hasStanding(one));
  return others.find(({ id }) => hypothesis.rivals?.includes(id)) || others[0] || null;
}

function compareView({ hypothesis, rival: asked }) {
  const rival = asked && asked !== hypothesis ? asked : rivalOf(hypothesis);
  const both = rival && hasStanding(hypothesis) && hasStanding(rival);
  return {
    key: `compare ${hypothesis.id} ${rival?.id}`,
    isText: true,
    head: [
      make("h2", { id: "chain-title" }, "Compare two mechanisms"),
      rival && make("p", { class: "fields" }, hypothesisField("Compare", "hypothesis", hypothesis), hypothesisField("with", "with", rival)),
      both ? sideBySide(hypothesis, rival) : make("p", { class: "empty" }, "Two mechanisms whose claims connect are needed to compare."),
      ...(both ? [opposedClaims(hypothesis, rival), tellingTable(hypothesis, rival)] : []),
    ].filter(Boolean),
    opens: weakestStep(hypothesis.weakest, "the first of the two"),
    drawing: null, steps: [], listed: [], listTitle: "",
    faded: new Set(),
    ids: [...new Set([hypothesis, rival].filter((one) => one?.route).flatMap(readingsOf))],
    name: rival ? `${hypothesis.label} and ${rival.label}` : "two mechanisms",
  };
}

/** What each stands on, and below it the steps of the one beside those of the other. */
function sideBySide(one, other) {
  const row = (head, cells, isShared) => make(
    "tr", { class: isShared && "shared" }, make("th", { scope: "row" }, head),
    isShared ? make("td", { colspan: 2 }, cells[0]) : cells.map((cell) => make("td", {}, cell)),
  );
  const each = (head, words) => row(head, [words(one), words(other)]);
  const counted = ({ counts }) => tally(counts, MOST_ITEMS);
  const rowOf = (hypothesis) => ranking.find((known) => known.hypothesis === hypothesis);
  return make(
    "table", { class: "beside" },
    make("thead", {}, make("tr", {}, make("td"), [one, other].map((each_) => make("th", { scope: "col" }, hypothesisLink(each_))))),
    make(
      "tbody", {},
      each("Place", (hypothesis) => placeWords(hypothesis)),
      each("Best tie in people", ({ anchor }) => (anchor ? [claimLink(anchor), " ", standingLink(anchor)] : "none")),
      each("Weakest step", (hypothesis) => weakestOf(hypothesis)),
      each("Steps seen in people", ({ in_people: [seen, steps] }) => explained(`${seen} of ${steps}`, "in people")),
      each("For · against · open", (hypothesis) => counted(rowOf(hypothesis))),
      each("Newest study", ({ newest }) => (newest ? String(newest) : "none with a year")),
      each("Joint probability", (hypothesis) => [explained(`${joint(hypothesis.joint)}${wasJoint(hypothesis)}`, "joint probability"), " (", explained(`${joint(hypothesis.low)} to ${joint(hypothesis.high)}`, "interval"), ")"]),
      aligned(stopsOf(one), stopsOf(other)).map(([mine, theirs], index) => {
        const isShared = Boolean(mine && theirs && mine.entity === theirs.entity && mine.stepId === theirs.stepId);
        return row(isShared ? "both" : index ? "then" : "from", [mine, theirs].map((stop) => (stop ? stopWords(stop) : "")), isShared);
      }),
    ),
  );
}

/** The stops of a route: each entity with the step that leads to it. */
const stopsOf = ({ route }) => [{ entity: route[0][1], stepId: "" }, ...route.map(([stepId, , entity]) => ({ entity, stepId }))];

function stopWords({ entity, stepId }) {
  if (!stepId) return labelNode(entity);
  const { kind, value } = splitStep(stepId);
  if (kind === "link") return [make("span", { class: "soft" }, `${PLACE_WORDS[value.kind] || "⇄ the opposite of"} `), labelNode(entity)];
  return [chip(stepId), " ", labelNode(entity)];
}

/** Two lists of stops in pairs: those at the same entity beside each other, in the longest common order, the rest between them. */
function aligned(some, others) {
  const best = Array.from({ length: some.length + 1 }, () => new Array(others.length + 1).fill(0));
  for (let at = some.length - 1; at >= 0; at -= 1) {
    for (let by = others.length - 1; by >= 0; by -= 1) {
      best[at][by] = some[at].entity === others[by].entity ? best[at + 1][by + 1] + 1 : Math.max(best[at + 1][by], best[at][by + 1]);
    }
  }
  const pairs = [];
  let [left, right] = [[], []];
  const flush = () => {
    for (let at = 0; at < Math.max(left.length, right.length); at += 1) pairs.push([left[at], right[at]]);
    [left, right] = [[], []];
  };
  let [at, by] = [0, 0];
  while (at < some.length || by < others.length) {
    if (at < some.length && by < others.length && some[at].entity === others[by].entity) {
      flush();
      pairs.push([some[at], others[by]]);
      [at, by] = [at + 1, by + 1];
    } else if (by >= others.length || (at < some.length && best[at + 1][by] >= best[at][by + 1])) {
      left.push(some[at]);
      at += 1;
    } else {
      right.push(others[by]);
      by += 1;
    }
  }
  flush();
  return pairs;
}

/** Claims of the two that give the same pair opposite signs. */
function opposedClaims(one, other) {
  const pairs = one.claims.flatMap((id) => other.claims.filter((rival) => {
    const [a, b] = [claims.get(id), claims.get(rival)];
    return a.subject === b.subject && a.object === b.object && a.polarity * b.polarity === -1;
  }).map((rival) => [id, rival]));
  return pairs.length > 0 && make("p", {}, "Opposed: ", pairs.map(([id, rival], index) => [index ? "; " : "", claimLink(id), " against ", claimLink(rival)]));
}

/** Every item that moves the ratio of the two joint probabilities, the furthest first; above 0 it favours the one. */
function tellingItems(one, other) {
  const moves = new Map();
  for (const [hypothesis, sign] of [[one, 1], [other, -1]]) {
    for (const [stepId] of hypothesis.route) {
      for (const [id, via, shift] of data.influences[stepId.slice("claim:".length)] || []) listUnder(moves, id, { id, via, shift: sign * shift });
    }
  }
  return [...moves.values()]
    .map((all) => ({ ...all.reduce((most, move) => (Math.abs(move.shift) > Math.abs(most.shift) ? move : most)), shift: all.reduce((sum, { shift }) => sum + shift, 0) }))
    .filter(({ shift }) => Math.abs(shift) > 1e-8)
    .sort((a, b) => Math.abs(b.shift) - Math.abs(a.shift) || (a.id < b.id ? -1 : 1));
}

function tellingTable(one, other) {
  const items = tellingItems(one, other);
  if (items.length === 0) return make("p", {}, "No evidence item moves the one more than the other.");
  const most = Math.abs(items[0].shift);
  const rows = items.map((telling) => tellingRow(telling, telling.shift > 0 ? one : other, most));
  const body = make("tbody", {}, rows.slice(0, FIRST_TELLING));
  const more = rows.length > FIRST_TELLING && make("button", { type: "button", class: "quiet", on: { click: () => {
    body.append(...rows.slice(FIRST_TELLING));
    more.remove();
    rows[FIRST_TELLING].querySelector("a").focus();
  } } }, `Show all ${rows.length}`);
  return make(
    "section", {},
    make("h3", {}, "Evidence that tells them apart"),
    make("p", { class: "small soft" }, "By how far each item moves the ratio of the two joint probabilities.", ofLoaded()),
    make("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Evidence that tells them apart" }, make(
      "table", { class: "small telling" },
      make("thead", {}, make("tr", {}, ["Favours", "By", "Finding", "On the claim", "Source"].map((head) => make("th", { scope: "col" }, head)))),
      body,
    )),
    more,
  );
}

function tellingRow({ id, via, shift }, favoured, most) {
  const item = claims.get(via).items.find((each) => each.id === id);
  const source = sources.get(item.source);
  return make(
    "tr", {},
    make("th", { scope: "row" }, name(favoured.label)),
    make("td", { class: "figure" }, explained(times(Math.abs(shift)), "factor"), bar(Math.abs(shift) / most, 60)),
    make("td", {}, name(item.finding || ""), make("span", { class: "soft" }, ` ${[item.design, item.n && `n ${item.n}`].filter(Boolean).join(", ")}`)),
    make("td", {}, claimLink(via)),
    make("td", {}, name(source ? source.citation : item.source)),
  );
}
