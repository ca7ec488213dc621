// Place boxes and the arrows between them in layers, by causal order: the same drawing as layout.py makes (a test holds
// this), for what is chosen only once the page is open. layout.py says how it works and where it is from.

const SEPARATION = 16;
const LEAST_GAP = { plain: 12, headed: 24 };
const MOST_GAP = 64;
const SLANT = 0.3;
const MARGIN = 10;
const SWEEPS = 24;

/** Round halves to the even number, as Python does. */
const evenly = (value) => {
  const floor = Math.floor(value);
  if (value - floor !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
};

const mean = (values, otherwise) => (values.length ? values.reduce((sum, value) => sum + value, 0) / values.length : otherwise);

/** Boxes and badges are { key, width, height }, arrows { start, end, badge }; most important arrows first. */
function layOut(boxes, arrows, downwards = false) {
  if (downwards) {
    const turn = (box) => ({ ...box, width: box.height, height: box.width });
    const flat = layOut(boxes.map(turn), arrows.map((arrow) => ({ ...arrow, badge: turn(arrow.badge) })));
    const places = new Map([...flat.places].map(([key, place]) => [key, { ...turn(place), x: place.y, y: place.x }]));
    return { places, routes: flat.routes, width: flat.height, height: flat.width };
  }
  const layers = assignLayers(boxes.map((box) => box.key), arrows);
  const sizes = new Map([...boxes, ...arrows.map((arrow) => arrow.badge)].map((box) => [box.key, box]));
  const { slots, routes } = makeSlots(layers, arrows);
  const around = neighboursOf(slots, routes);
  const ordered = reduceCrossings(slots, around);
  const ys = placeAcross(ordered, around, sizes);
  return placeAlong(ordered, around, routes, sizes, ys, new Set(arrows.map((arrow) => arrow.badge.key)));
}

/** Return how many lines meet at that side of each box where most do. */
function countBeside(keys, arrows) {
  const layers = assignLayers(keys, arrows);
  const sides = { before: new Map(keys.map((key) => [key, 0])), after: new Map(keys.map((key) => [key, 0])) };
  const add = (side, key) => sides[side].set(key, sides[side].get(key) + 1);
  for (const { start, end } of arrows) {
    const isOnward = layers.get(start) < layers.get(end);
    add(isOnward ? "after" : "before", start);
    add(isOnward ? "before" : "after", end);
  }
  return new Map(keys.map((key) => [key, Math.max(sides.before.get(key), sides.after.get(key))]));
}

function assignLayers(keys, arrows) {
  const after = new Map(keys.map((key) => [key, []]));
  const before = new Map(keys.map((key) => [key, []]));
  const leads = (from, to) => {
    const seen = new Set([from]);
    const waiting = [from];
    while (waiting.length) {
      const here = waiting.pop();
      if (here === to) return true;
      for (const next of after.get(here)) {
        if (!seen.has(next)) {
          seen.add(next);
          waiting.push(next);
        }
      }
    }
    return false;
  };
  for (const { start, end } of arrows) {
    if (leads(end, start) || after.get(start).includes(end)) continue;
    after.get(start).push(end);
    before.get(end).push(start);
  }
  const generations = new Map();
  const generation = (key) => {
    if (!generations.has(key)) generations.set(key, Math.max(-1, ...before.get(key).map(generation)) + 1);
    return generations.get(key);
  };
  const ordered = inGenerations(keys, before, after);
  const layers = new Map(ordered.map((key) => [key, generation(key)]));
  for (const key of keys) {
    if (before.get(key).length === 0 && after.get(key).length > 0) {
      layers.set(key, Math.min(...after.get(key).map((next) => layers.get(next))) - 1);
    }
  }
  return layers;
}

/** Return the keys generation by generation; within one, in the order in which their last predecessor frees them. */
function inGenerations(keys, before, after) {
  const waitsFor = new Map(keys.map((key) => [key, before.get(key).length]));
  let free = keys.filter((key) => waitsFor.get(key) === 0);
  const ordered = [];
  while (free.length) {
    ordered.push(...free);
    const next = [];
    for (const key of free) {
      for (const follower of after.get(key)) {
        waitsFor.set(follower, waitsFor.get(follower) - 1);
        if (waitsFor.get(follower) === 0) next.push(follower);
      }
    }
    free = next;
  }
  return ordered;
}

function makeSlots(layers, arrows) {
  const slots = Array.from({ length: 2 * Math.max(0, ...layers.values()) + 1 }, () => []);
  for (const [key, layer] of layers) slots[2 * layer].push(key);
  const routes = arrows.map(({ start, end, badge }) => {
    const [first, last] = [2 * layers.get(start), 2 * layers.get(end)].sort((one, other) => one - other);
    const between = [badge.key];
    for (let slot = first + 2; slot < last; slot += 1) between.push(`${badge.key}~${slot}`);
    between.forEach((key, index) => slots[first + 1 + index].push(key));
    if (layers.get(end) < layers.get(start)) between.reverse();
    return [start, ...between, end];
  });
  return { slots, routes };
}

function neighboursOf(slots, routes) {
  const slotOf = new Map(slots.flatMap((slot, index) => slot.map((key) => [key, index])));
  const [before, after] = [new Map(), new Map()];
  const add = (known, key, other) => (known.has(key) ? known.get(key).push(other) : known.set(key, [other]));
  for (const route of routes) {
    for (let index = 1; index < route.length; index += 1) {
      const [one, other] = [route[index - 1], route[index]];
      const [left, right] = slotOf.get(one) < slotOf.get(other) ? [one, other] : [other, one];
      add(after, left, right);
      add(before, right, left);
    }
  }
  return { before, after };
}

function reduceCrossings(slots, around) {
  let current = slots.map((slot) => [...slot]);
  let best = current;
  let fewest = countCrossings(current, around);
  for (let sweep = 0; sweep < SWEEPS && fewest > 0; sweep += 1) {
    const forwards = sweep % 2 === 0;
    current = current.map((slot) => [...slot]);
    const indices = current.map((_, index) => index);
    for (const index of forwards ? indices.slice(1) : indices.slice(0, -1).reverse()) {
      const rank = new Map(current[forwards ? index - 1 : index + 1].map((key, position) => [key, position]));
      const towards = forwards ? around.before : around.after;
      const wanted = new Map(current[index].map((key, position) => (
        [key, mean((towards.get(key) || []).map((other) => rank.get(other)), position)]
      )));
      current[index].sort((one, other) => wanted.get(one) - wanted.get(other));
    }
    const crossings = countCrossings(current, around);
    if (crossings < fewest) [best, fewest] = [current, crossings];
  }
  return best;
}

function countCrossings(slots, around) {
  let crossings = 0;
  for (let index = 1; index < slots.length; index += 1) {
    const rank = new Map(slots[index].map((key, position) => [key, position]));
    const flat = slots[index - 1].flatMap((start) => (
      (around.after.get(start) || []).map((key) => rank.get(key)).sort((one, other) => one - other)
    ));
    for (let one = 0; one < flat.length; one += 1) {
      for (let other = one + 1; other < flat.length; other += 1) if (flat[one] > flat[other]) crossings += 1;
    }
  }
  return crossings;
}

function placeAcross(slots, around, sizes) {
  const heightOf = (key) => (sizes.has(key) ? sizes.get(key).height : 0);
  const ys = new Map();
  for (const slot of slots) {
    const offsets = offsetsOf(slot, heightOf);
    slot.forEach((key, index) => ys.set(key, offsets[index] - offsets[offsets.length - 1] / 2));
  }
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    for (const slot of sweep % 2 === 0 ? slots : [...slots].reverse()) {
      const wanted = slot.map((key) => wantedY(key, around, ys, sizes));
      separate(wanted, offsetsOf(slot, heightOf)).forEach((y, index) => ys.set(slot[index], y));
    }
  }
  return ys;
}

function offsetsOf(slot, heightOf) {
  const offsets = slot.length ? [0] : [];
  for (let index = 1; index < slot.length; index += 1) {
    offsets.push(offsets[index - 1] + (heightOf(slot[index - 1]) + heightOf(slot[index])) / 2 + SEPARATION);
  }
  return offsets;
}

function wantedY(key, around, ys, sizes) {
  const near = [...(around.before.get(key) || []), ...(around.after.get(key) || [])];
  const waypoints = near.filter((other) => !sizes.has(other)).map((other) => ys.get(other));
  return mean([...near.map((other) => ys.get(other)), ...waypoints, ...waypoints], ys.get(key));
}

/** The positions nearest to those wanted that keep their order and distance: isotonic regression by pooling neighbours. */
function separate(wanted, offsets) {
  const pools = [];
  wanted.forEach((want, index) => {
    let pool = { sum: want - offsets[index], count: 1 };
    while (pools.length && pools[pools.length - 1].sum / pools[pools.length - 1].count >= pool.sum / pool.count) {
      const last = pools.pop();
      pool = { sum: last.sum + pool.sum, count: last.count + pool.count };
    }
    pools.push(pool);
  });
  return pools.flatMap(({ sum, count }) => Array(count).fill(sum / count)).map((value, index) => value + offsets[index]);
}

function placeAlong(slots, around, routes, sizes, ys, badges) {
  const tops = slots.flat().map((key) => ys.get(key) - (sizes.get(key)?.height ?? 0) / 2);
  const top = tops.length ? Math.min(...tops) : 0;
  const places = new Map();
  let left = MARGIN;
  slots.forEach((slot, index) => {
    const width = Math.max(0, ...slot.filter((key) => sizes.has(key)).map((key) => sizes.get(key).width));
    for (const key of slot) {
      const isWaypoint = !sizes.has(key);
      places.set(key, {
        key, isWaypoint,
        x: evenly(left + width / 2),
        y: evenly(ys.get(key) - top + MARGIN),
        width: badges.has(key) ? sizes.get(key).width : width,
        height: isWaypoint ? 0 : sizes.get(key).height,
      });
    }
    const steps = slot.flatMap((key) => (around.after.get(key) || []).map((other) => Math.abs(ys.get(key) - ys.get(other))));
    const least = index % 2 === 1 ? LEAST_GAP.headed : LEAST_GAP.plain;
    left += width + Math.ceil(Math.min(least + SLANT * Math.max(0, ...steps), MOST_GAP));
  });
  const all = [...places.values()];
  const right = Math.max(0, ...all.map((place) => place.x + place.width / 2));
  const bottom = Math.max(0, ...all.map((place) => place.y + place.height / 2));
  return { places, routes, width: right + MARGIN, height: bottom + MARGIN };
}
