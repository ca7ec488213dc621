// Turn legs (steps as they are walked) into a drawing: the same as drawing.py makes, with labels, sizes and places.

const MOST_ENTITIES = 40;
const CHARACTERS = 20;
const MOST_LINES = 5;
const USUAL_LINES = 3;
const FONT = 13;
const LINE_HEIGHT = 16;
const PADDING = 7;
const NARROW_LETTERS = new Set("fijlrtI.,:;'’|()[]-/ ");
const BROAD_LETTERS = new Set("mwMW@%—…▲▼⚡☍");
const LINK_WORDS = { broader: "is a\nkind of", partOf: "is\npart of", oppositeOf: "opposite\nof" };
const HEADS = { "1": "arrow", "-1": "bar", "0": "diamond" };

/**
 * Fold links that hold by definition into the name of the entity that they lead from, as folding.py does: where nothing else leaves
 * the entity before one, and nothing else enters the one after it.
 */
function foldLegs(legs) {
  const count = (side) => legs.reduce((counts, leg) => counts.set(leg[side], (counts.get(leg[side]) || 0) + 1), new Map());
  const [leaving, entering] = [count("start"), count("end")];
  const folded = legs.filter(({ stepId, start, end }) => stepId.startsWith("link:") && PLACE_WORDS[splitStep(stepId).value.kind] && leaving.get(start) === 1 && entering.get(end) === 1);
  if (folded.length === legs.length) return { legs, labels: new Map(), folded: new Set() };
  const into = new Map(folded.map((leg) => [leg.end, leg.start]));
  const root = (id) => {
    const seen = new Set([id]);
    let here = id;
    while (into.has(here) && !seen.has(into.get(here))) {
      here = into.get(here);
      seen.add(here);
    }
    return here;
  };
  const labels = new Map();
  for (const { stepId, start, end } of folded) {
    const first = root(start);
    labels.set(first, `${labels.get(first) ?? labelOf(first)} (${PLACE_WORDS[splitStep(stepId).value.kind]} ${labelOf(end)})`);
  }
  const gone = new Set(folded.map(({ stepId }) => stepId));
  return { legs: legs.filter(({ stepId }) => !gone.has(stepId)).map((leg) => ({ ...leg, start: root(leg.start), end: root(leg.end) })), labels, folded: gone };
}

/**
 * Return a drawing of legs, each { stepId, start, end }: nodes and edges with places in two directions, as in the data; `labels` names
 * what is not called by its own label alone.
 */
function sketch(legs, labels = new Map()) {
  const named_ = (id) => labels.get(id) ?? labelOf(id);
  const ids = [...new Set(legs.flatMap((leg) => [leg.start, leg.end]))];
  const arrows = legs.map((leg) => ({ start: leg.start, end: leg.end, badge: badgeBox(leg.stepId) }));
  const beside = countBeside(ids, arrows);
  const boxes = (side) => ids.map((id) => {
    const box = entityBox(id, named_(id));
    return { ...box, [side]: Math.max(box[side], (beside.get(id) - 1) * PORT_GAP + 2 * PORT_MARGIN) };
  });
  const [across, down] = [layOut(boxes("height"), arrows), layOut(boxes("width"), arrows, true)];
  const badges = new Set(legs.map((leg) => leg.stepId));
  const inside = new Set(ids);
  const nameOf = (key) => (inside.has(key) ? `entity:${key}` : key);
  const seat = (place) => [place.x, place.y, place.width, place.height];
  const nodes = [...across.places].map(([key, place]) => {
    const [x, y, w, h] = seat(place);
    const kind = place.isWaypoint ? "waypoint" : badges.has(key) ? "badge" : "entity";
    const label = { entity: () => wrapLabel(named_(key)), badge: () => badgeLabel(key), waypoint: () => " " }[kind]();
    return { id: nameOf(key), label, kind, x, y, w, h, down: seat(down.places.get(key)) };
  });
  const edges = legs.flatMap((leg, index) => {
    const keys = across.routes[index].map(nameOf);
    return keys.slice(1).map((to, at) => (
      { from: keys[at], to, step: leg.stepId, look: lookOf(leg.stepId), arrows: at === keys.length - 2 ? "to" : "" }
    ));
  });
  return { nodes, edges, size: [across.width, across.height], down: [down.width, down.height] };
}

function entityBox(id, label) {
  const lines = wrapLabel(label).split("\n");
  return { key: id, width: textWidth(lines) + 2 * PADDING, height: lines.length * LINE_HEIGHT + 2 * PADDING };
}

const badgeBox = (stepId) => ({ key: stepId, width: textWidth(badgeLabel(stepId).split("\n")) + 12, height: 2 * LINE_HEIGHT + 6 });

function badgeLabel(stepId) {
  const { kind, value } = splitStep(stepId);
  if (kind === "assumed") return `assumed\n${two(value.score)}`;
  if (kind === "link") return LINK_WORDS[value.kind];
  const marks = `${hasFlag(value, "contested") ? " ⚡" : ""}${hasFlag(value, "not-human") ? " ☍" : ""}`;
  return `${MARKS[value.polarity]}${marks}\n${two(value.score)}`;
}

function lookOf(stepId) {
  const { kind, value } = splitStep(stepId);
  if (kind === "assumed") return "vee assumed";
  if (kind === "link") return `${value.polarity < 0 ? "none" : "vee"} by definition`;
  return `${HEADS[value.polarity]}${value.causal ? "" : "-both"} ${value.pattern || value.level}`;
}

/** Return a label in few short lines, without control characters, cut with … where it is too long. */
function wrapLabel(label) {
  const text = withoutControls(label);
  const longest = Math.max(1, ...text.split(/\s+/).flatMap((word) => word.split("-")).map((part) => [...part].length));
  for (let width = Math.min(longest, CHARACTERS); width <= CHARACTERS; width += 1) {
    const lines = wrapText(text, width);
    if (lines.length <= USUAL_LINES) return lines.join("\n") || "…";
  }
  return cutText(text, CHARACTERS, MOST_LINES);
}

const withoutControls = (text) => text.replace(/\p{C}/gu, " ");

/** Break text into so many lines at most, the last cut with … where there are more. */
function cutText(text, width, most) {
  const lines = wrapText(text, width);
  if (lines.length <= most) return lines.join("\n") || "…";
  const last = [...lines[most - 1]].slice(0, width - 1).join("");
  return [...lines.slice(0, most - 1), `${last}…`].join("\n");
}

/** Break text at spaces and after hyphens; words longer than a line are cut. */
function wrapText(text, width) {
  const lines = [];
  let line = "";
  for (const word of text.trim().split(/\s+/)) {
    const parts = word.split(/(?<=[^\s-]-)(?=[^\s-])/);
    parts.forEach((part, index) => {
      let rest = part;
      const joint = index === 0 && line ? " " : "";
      if ([...(line + joint + rest)].length <= width) {
        line += joint + rest;
        return;
      }
      if (line) lines.push(line);
      while ([...rest].length > width) {
        lines.push([...rest].slice(0, width).join(""));
        rest = [...rest].slice(width).join("");
      }
      line = rest;
    });
  }
  if (line) lines.push(line);
  return lines;
}

/** A generous estimate of the widest line in a system font. */
const textWidth = (lines) => evenly(Math.max(...lines.map((line) => [...line].reduce((sum, letter) => sum + emOf(letter), 0))) * FONT);

function emOf(letter) {
  if (NARROW_LETTERS.has(letter)) return 0.38;
  if (BROAD_LETTERS.has(letter) || /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]/.test(letter)) return 1;
  return letter !== letter.toLowerCase() ? 0.72 : 0.61;
}
