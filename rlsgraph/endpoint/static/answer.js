"use strict";
// YASGUI's view of rows as a table of this project: sorted by its heads, filtered by words, names leading to their pages.

/** Return the view for a page's `data`: the base of things, the kinds that have pages, the prefixes. */
function answerTable({ base, things, prefixes }) {
  const ROWS_AT_ONCE = 500;
  const NUMBERS = /#(double|decimal|float|integer|int|long|nonNegativeInteger)$/;

  const make = (tag, properties, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children.filter(Boolean));
    return element;
  };

  const isNumber = (term) => term?.type === "literal" && NUMBERS.test(term.datatype || "");

  /** The CURIE of an IRI, by the longest base that fits. */
  function compress(iri) {
    const fits = Object.entries(prefixes).filter(([, start]) => iri.startsWith(start));
    const [prefix, start] = fits.sort(([, one], [, other]) => other.length - one.length)[0] || [];
    return prefix === undefined ? iri : `${prefix}:${iri.slice(start.length)}`;
  }

  /** What a term is shown and sorted as. */
  function wordsOf(term) {
    if (!term) return "";
    if (term.type === "uri") return compress(term.value);
    if (term.type === "bnode") return `_:${term.value}`;
    if (term.type === "triple") return `<<( ${["subject", "predicate", "object"].map((part) => wordsOf(term.value[part])).join(" ")} )>>`;
    return String(term.value);
  }

  /** Where the name of a thing leads: to its page here, else to the web. */
  function addressOf(iri) {
    const [kind, ...name] = iri.startsWith(base) ? iri.slice(base.length).split("/") : [];
    if (things.includes(kind)) return `/${kind}/${encodeURIComponent(name.join("/"))}`;
    return /^https?:/i.test(iri) ? iri : "";
  }

  function cell(term) {
    const words = wordsOf(term);
    if (term?.type === "uri") {
      const href = addressOf(term.value);
      if (!href) return make("td", {}, words);
      const isOutside = !href.startsWith("/");
      return make("td", {}, make("a", { href, ...(isOutside ? { target: "_blank", rel: "noopener noreferrer" } : {}) }, words));
    }
    if (!isNumber(term)) return make("td", {}, make("bdi", {}, words));
    const short = /[.eE]/.test(words) ? String(Number(Number(words).toPrecision(4))) : words;
    return make("td", { className: "figure right", title: short === words ? "" : words }, short);
  }

  const collator = new Intl.Collator("en", { numeric: true });
  const compare = (one, other) =>
    isNumber(one) && isNumber(other) ? one.value - other.value : collator.compare(wordsOf(one), wordsOf(other));

  return class {
    label = "Table";
    priority = 10;

    constructor(results) {
      this.results = results;
    }

    canHandleResults() {
      return Boolean(this.results.results?.getVariables()?.length);
    }

    getIcon() {}

    draw() {
      this.names = this.results.results.getVariables();
      this.rows = this.results.results.getBindings() || [];
      this.sorted = { name: "", isDown: false };
      const label = make("label", { htmlFor: "row-filter", className: "small" }, "Only rows with ");
      const rowFilter = make("input", { id: "row-filter", type: "search", autocomplete: "off", oninput: () => this.fill(rowFilter.value) });
      this.body = make("tbody");
      this.head = make("tr", {}, ...this.names.map((name) => this.headCell(name)));
      const table = make("table", { id: "rows" }, make("caption", { className: "unseen" }, "Answer"), make("thead", {}, this.head), this.body);
      const scroll = make("div", { className: "scroll", tabIndex: 0, role: "region", ariaLabel: "Rows of the answer" }, table);
      this.more = make("p", { className: "small" });
      this.results.resultsEl.append(make("p", { className: "row-filter" }, label, rowFilter), scroll, this.more);
      this.fill("");
    }

    headCell(name) {
      const isOfNumbers = this.rows.some((row) => isNumber(row[name])) && this.rows.every((row) => !row[name] || isNumber(row[name]));
      const button = make("button", { type: "button", onclick: () => this.sort(name) }, name);
      const head = make("th", { scope: "col", className: isOfNumbers ? "right" : "" }, button);
      head.dataset.name = name;
      return head;
    }

    sort(name) {
      this.sorted = { name, isDown: this.sorted.name === name && !this.sorted.isDown };
      for (const head of this.head.children) {
        if (head.dataset.name === name) head.ariaSort = this.sorted.isDown ? "descending" : "ascending";
        else head.removeAttribute("aria-sort");
      }
      const sign = this.sorted.isDown ? -1 : 1;
      this.rows = [...this.rows].sort((one, other) => sign * compare(one[name], other[name]));
      this.fill(document.getElementById("row-filter").value);
    }

    /** Show the rows that hold the words; a long list in parts. */
    fill(words) {
      const wanted = words.trim().toLowerCase();
      const fits = (row) => this.names.some((name) => wordsOf(row[name]).toLowerCase().includes(wanted));
      const found = wanted ? this.rows.filter(fits) : this.rows;
      this.body.replaceChildren();
      this.append(found, 0);
    }

    append(rows, from) {
      const part = rows.slice(from, from + ROWS_AT_ONCE);
      this.body.append(...part.map((row) => make("tr", {}, ...this.names.map((name) => cell(row[name])))));
      const shown = from + part.length;
      const left = rows.length - shown;
      const button = make("button", { type: "button", className: "quiet", onclick: () => this.append(rows, shown) }, "Show more");
      this.more.replaceChildren(...(left ? [`${shown} of ${rows.length} rows `, button] : rows.length ? [] : ["No row."]));
    }
  };
}
