"use strict";
// The query page: YASGUI's editor and result views around a form that works without them.

(() => {
  const { Yasqe, Yasr } = Yasgui;
  const byId = (id) => document.getElementById(id);
  const data = JSON.parse(byId("data").textContent);
  const { tables: TABLES, graphs: GRAPHS } = data; // by name: media type and file ending of each format
  const YES_NO = { JSON: TABLES.JSON };
  const FORMATS = { CONSTRUCT: GRAPHS, DESCRIBE: GRAPHS, ASK: YES_NO };
  const MOST_COMPLETIONS = 50;
  const LONGEST_ADDRESS = 8000;
  const MOST_LINES = 2000;

  /** SPARQL 1.1 as YASGUI knows it, with this server's prefixes, and with annotations: `{| … |}` reads like a `;`. */
  Yasqe.defineMode("sparql-annotated", (options) => {
    const inner = Yasqe.getMode(options, "sparql11");
    return {
      ...inner,
      startState: () => ({ ...inner.startState(), prefixes: { ...data.prefixes } }),
      token(stream, state) {
        if (!state.inLiteral && stream.match("|}")) return "punc";
        if (state.inLiteral || !stream.match("{|")) return inner.token(stream, state);
        inner.token(new Yasqe.StringStream(";"), state);
        return "punc";
      },
    };
  });

  Yasqe.defaults.autocompleters = ["variables"]; // the others would ask servers elsewhere
  Yasqe.registerAutocompleter({
    name: "known",
    bulk: false,
    isValidCompletionPosition: (editor) => /^\w+:?[\w.-]*$/.test(editor.getCompleteToken().string),
    get: (_, token) => (token ? complete(token.string) : []),
  });

  /** The names that go on from what was typed: prefixes and terms are known here, things are asked for. */
  async function complete(typed) {
    const [prefix, rest] = typed.split(":");
    const known = [...Object.keys(data.prefixes).map((name) => `${name}:`), ...data.terms].filter((name) => name.startsWith(typed));
    if (rest === undefined || !data.things.includes(prefix)) return known.slice(0, MOST_COMPLETIONS);
    const begins = data.prefixes[prefix] + rest;
    const query = `SELECT DISTINCT ?s { ?s a [] FILTER(STRSTARTS(STR(?s), "${begins}")) } ORDER BY ?s LIMIT ${MOST_COMPLETIONS}`;
    const response = await ask(query, TABLES.JSON[0]);
    if (!response.ok) return [];
    const found = (await response.json()).results.bindings;
    return found.map((row) => `${prefix}:${row.s.value.slice(data.prefixes[prefix].length)}`);
  }

  const ask = (query, accept) =>
    fetch(data.endpoint, { method: "POST", headers: { Accept: accept, "Content-Type": "application/sparql-query" }, body: query });

  const text = byId("text");
  const stand = document.createElement("div");
  stand.id = "editor";
  text.after(stand);
  text.hidden = true;
  text.required = false;

  const editor = new Yasqe(stand, {
    value: text.value,
    mode: "sparql-annotated",
    screenReaderLabel: "SPARQL query",
    persistenceId: null,
    consumeShareLink: null,
    createShareableLink: null,
    showQueryButton: false,
    resizeable: false,
    editorHeight: "auto",
    prefixCcApi: null,
    extraKeys: { Tab: false, "Shift-Tab": false, "Ctrl-S": false },
    requestConfig: { endpoint: data.endpoint, acceptHeaderGraph: GRAPHS.Turtle[0] },
  });
  Yasr.registerPlugin("table", answerTable(data));
  const results = new Yasr(byId("results"), {
    persistenceId: null,
    prefixes: data.prefixes,
    pluginOrder: ["table", "response"],
    plugins: { response: { dynamicConfig: { maxLines: MOST_LINES } } },
    errorRenderers: [async (error) => problemInWords(error.text)],
  });

  results.on("drawn", () => byId("results").querySelector("textarea")?.setAttribute("aria-label", "The answer as it was sent"));

  byId("ask").addEventListener("submit", (event) => {
    event.preventDefault();
    run();
  });
  byId("stop").addEventListener("click", () => editor.abortQuery());
  byId("ask-label").addEventListener("click", () => editor.focus());
  byId("keys").hidden = false;

  function run() {
    editor.query().catch(() => {}); // what went wrong is shown with the answer
  }

  editor.on("query", () => setBusy(true));
  editor.on("queryAbort", () => {
    setBusy(false);
    setStatus("Stopped.");
  });
  editor.on("queryResponse", (_, response, duration) => {
    setBusy(false);
    if (response.name === "AbortError") return;
    results.setResponse(response, duration);
    setStatus(response instanceof Error ? "This was not answered." : resultInWords(duration));
    offerDownloads(response instanceof Error ? {} : FORMATS[editor.getQueryType()] || TABLES);
    keepInAddress();
  });

  function setBusy(isBusy) {
    byId("answer").hidden = false;
    byId("answer").setAttribute("aria-busy", String(isBusy));
    byId("stop").hidden = !isBusy;
    if (isBusy) setStatus("Asking …");
  }

  const setStatus = (words) => { byId("status").textContent = words; };

  function resultInWords(duration) {
    const rows = results.results.getBindings();
    const seconds = `in ${(duration / 1000).toFixed(2)} s`;
    return rows ? `${rows.length} ${rows.length === 1 ? "row" : "rows"} ${seconds}` : `Answered ${seconds}`;
  }

  /** A problem that the server describes, in words; where it names a line, the cursor goes there. */
  function problemInWords(answer) {
    const place = /line (\d+), column (\d+)/.exec(answer);
    if (place) editor.getDoc().setCursor({ line: place[1] - 1, ch: place[2] - 1 });
    const words = document.createElement("p");
    try {
      const { title, detail } = JSON.parse(answer);
      words.textContent = [title, detail].filter(Boolean).join(": ");
    } catch {
      words.textContent = answer;
    }
    return words;
  }

  // --- links --------------------------------------------------------------------------------------------------------

  const addressOf = (query) => `${location.pathname}?${new URLSearchParams({ query })}`;

  function keepInAddress() {
    const address = addressOf(editor.getValue());
    if (address.length <= LONGEST_ADDRESS) history.replaceState(null, "", address);
  }

  if (navigator.clipboard) {
    byId("link").hidden = false;
    byId("link").addEventListener("click", async () => {
      await navigator.clipboard.writeText(new URL(addressOf(editor.getValue()), location.href).href);
      setStatus("The link is copied.");
      byId("answer").hidden = false;
    });
  }

  byId("questions").addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    editor.setValue(new URL(link.href).searchParams.get("query"));
    mark();
    run();
  });

  /** Mark the stored question that the editor holds. */
  function mark() {
    for (const link of byId("questions").querySelectorAll("a")) {
      const isHeld = new URL(link.href).searchParams.get("query") === editor.getValue();
      if (isHeld) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  }
  editor.on("change", mark);
  mark();

  // --- downloads ----------------------------------------------------------------------------------------------------

  function offerDownloads(formats) {
    const query = editor.getValue();
    const buttons = Object.entries(formats).map(([name, [mediaType, ending]]) => {
      const button = document.createElement("button");
      Object.assign(button, { type: "button", className: "quiet", textContent: name });
      button.setAttribute("aria-label", `Download as ${name}`);
      button.addEventListener("click", () => download(query, mediaType, `answer.${ending}`));
      return button;
    });
    byId("downloads").replaceChildren(...(buttons.length ? ["Download: ", ...buttons] : []));
  }

  async function download(query, mediaType, fileName) {
    const response = await ask(query, mediaType);
    if (!response.ok) {
      setStatus(problemInWords(await response.text()).textContent);
      return;
    }
    const link = document.createElement("a");
    link.href = URL.createObjectURL(await response.blob());
    link.download = fileName;
    link.click();
    URL.revokeObjectURL(link.href);
  }
})();
