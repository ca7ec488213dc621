// Say where a score comes from: as a waterfall from the prior, and on demand by every item and its numbers.

function accounts(ledger, was) {
  return make(
    "section", { class: "accounts" },
    make("h3", {}, `Where ${two(ledger.score)} comes from`),
    waterfall(ledger, was),
    make("p", { class: "small soft" }, "The odds of the prior times each factor give those of the score. Studies of one kind share its doubts, so together they tell no more than its ceiling."),
    make("p", { class: "small" }, `${capital(countOf(ledger.linesFor, "independent study", "independent studies"))} in people for it, ${ledger.linesAgainst || "none"} against, those lent among them. ${capital(ledger.level)}: ${whyLevel(ledger)}.`),
    ledger.counted.length > 0
      ? make("details", {}, make("summary", { class: "small" }, "Each item, with its numbers"), itemTable(ledger.counted))
      : make("p", { class: "small" }, "No evidence of its own."),
  );
}

function itemTable(items) {
  const heads = ["Item", "Bears", "Found", "Factor", "Counts"];
  return make(
    "table", { class: "small items" },
    make("thead", {}, make("tr", {}, heads.map((head) => make("th", { scope: "col" }, head)))),
    make("tbody", {}, items.flatMap((item) => [itemRow(item), howRow(item)])),
  );
}

function itemRow({ item, factor, reason }) {
  const side = SIDES.find(({ direction }) => direction === item.direction);
  return make(
    "tr", { class: "open" },
    make("th", { scope: "row", class: "figure" }, name(item.id || "imagined")),
    make("td", { class: "figure" }, `${side.mark} ${side.word.toLowerCase()}`),
    make("td", {}, factor.result),
    make("td", { class: "figure" }, explained(times(factor.weight), "factor")),
    make("td", {}, reason ? "no" : "yes"),
  );
}

/** Below an item: why it does not count, and on demand what made its factor. */
function howRow({ item, factor, reason }) {
  const how = factor.power === undefined ? [] : [
    `π ${three(factor.power)}: power, the chance to see the smallest effect that matters`,
    `u ${three(factor.bias)}: bias, the chance that a study like this reports the finding where there is none`,
    `v ${three(factor.miss)}: insensitivity, the chance that it misses what is there`,
    factor.alpha !== null && `α ${three(factor.alpha)}: its p-value, from ${W.smallest_p} to ${W.largest_p}; ${W.largest_p} where none is known`,
    item.made && `stated: ${item.made.join(", ")}`,
    `Bayes factor × ${three(factor.factor)}${factor.indirect.length ? `; ${times(factor.weight)} once it is taken off that it is indirect (${factor.indirect.join(", ")})` : ""}`,
  ].filter(Boolean);
  return make("tr", {}, make(
    "td", { colspan: 5, class: "soft" },
    reason && `not counted: ${reason}`,
    how.length > 0 && make("details", {}, make("summary", { class: "small" }, `how: ${[factor.kind, item.design].filter(Boolean).join(", ")}`), make("ul", { class: "plain" }, how.map((line) => make("li", {}, line)))),
  ));
}
