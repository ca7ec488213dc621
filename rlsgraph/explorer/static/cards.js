// Show the hypotheses as cards, in the order of their standing.

const FIRST_CARDS = 5;

function showCards() {
  const cards = byId("cards");
  if (data.hypotheses.length === 0) {
    cards.after(make("p", { class: "empty" }, "This graph holds no hypothesis. Search an entity to read its claims."));
    return;
  }
  cards.append(...data.hypotheses.map((hypothesis) => make("li", {}, card(hypothesis))));
  offerAll(cards, byId("more"));
}

/** Where the panels stand below each other the style sheet keeps the list short; this button shows the rest. */
function offerAll(cards, more) {
  more.hidden = data.hypotheses.length <= FIRST_CARDS;
  more.textContent = `Show all ${data.hypotheses.length} hypotheses`;
  more.addEventListener("click", () => {
    cards.classList.remove("short");
    more.hidden = true;
    cards.children[FIRST_CARDS].querySelector("button").focus();
  });
}

function card(hypothesis) {
  const source = sources.get(hypothesis.source);
  return make(
    "button", { type: "button", class: "card", "data-id": hypothesis.id, on: { click: () => openHypothesis(hypothesis.id) } },
    make("span", { class: "card-name" }, hypothesis.place ? `${hypothesis.place}. ` : "", name(hypothesis.label), hypothesis.status === "context" && make("span", { class: "tag" }, "context")),
    make("span", { class: "small" }, eitherOf(hypothesis.starts), " → ", name(labelOf(hypothesis.end))),
    hasStanding(hypothesis) && cardStanding(hypothesis),
    make("span", { class: "small soft" }, weakestOf(hypothesis), hasStanding(hypothesis) && ` ${inPeople(hypothesis)}.`),
    source && make("span", { class: "small soft" }, "proposed in ", name(source.citation)),
  );
}

function cardStanding(hypothesis) {
  const anchor = claims.get(hypothesis.anchor);
  return make(
    "span", { class: "small" },
    anchor ? ["tie in people: ", make("span", { class: "level" }, anchor.level), ` ${two(anchor.score)}`] : "no tie in people",
    make("span", { class: "soft" }, ` · joint probability ${two(hypothesis.joint)}`),
  );
}

/** Choose a hypothesis; where it stands below the cards, go to it. */
function openHypothesis(id) {
  location.hash = hypothesisAddress(id);
  if (isStacked()) byId("chain").scrollIntoView({ block: "start" });
}

function markCard(hypothesis, view) {
  for (const button of byId("cards").querySelectorAll("button")) {
    const isChosen = view === "hypothesis" && Boolean(hypothesis) && button.dataset.id === hypothesis.id;
    if (isChosen) button.setAttribute("aria-current", "true");
    else button.removeAttribute("aria-current");
  }
}
