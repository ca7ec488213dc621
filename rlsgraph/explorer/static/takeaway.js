// Put what is shown into files that other programs read: claims as CSV and Turtle, their sources as BibTeX and RIS.
// Every function returns text; `save` hands it to the reader. The page's numbers have six decimals, and so have these.

const CSV_COLUMNS = [
  "claim", "subject", "predicate", "object", "polarity", "score", "low", "high", "level",
  "contested", "untested", "single_study", "not_in_people", "only_lent", "prior", "support_weight", "dispute_weight",
  "logit", "logit_sd", "lines_for", "lines_against", "supports", "disputes", "inconclusive",
];

/** Characters that break a line, cannot stand in a file, or turn the direction of the text around them. */
const UNSEEN = /[\p{Cc}\p{Cs}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]+/gu;

/** Return a text on one line, without unseen characters. */
const onOneLine = (text) => String(text).replace(UNSEEN, " ").replace(/\s+/g, " ").trim();

/** Return claims as CSV (RFC 4180), with the columns of `rlsgraph claims --format csv`. */
function claimsCsv(ids) {
  const rows = ids.map((id) => {
    const claim = claims.get(id);
    const count = (direction) => (claim.items || []).filter((item) => item.direction === direction).length;
    const truth = (flag) => (hasFlag(claim, flag) ? "True" : "False");
    return [
      iriOf("claim", id), labelOf(claim.subject), claim.predicate, labelOf(claim.object), claim.polarity,
      claim.score, claim.low, claim.high, claim.level,
      ...Object.values(TERMS).map(truth), claim.prior, claim.support, claim.dispute,
      claim.logit, claim.logit_sd, ...claim.lines, count("supports"), count("disputes"), count("inconclusive"),
    ];
  });
  return csvOf(CSV_COLUMNS, rows);
}

/** Columns of the table of evidence that `rlsgraph export` writes (formats/exchange/evidence_table.py), as far as the page knows them. */
const EVIDENCE_COLUMNS = [
  "claim", "subject", "predicate", "object", "score", "level", "evidence", "direction", "result", "design", "sample_size", "species",
  "measure", "estimate", "low", "high", "p_value", "finding", "limitations", "locator", "source", "citation", "year", "doi", "pmid",
  "pmcid", "url", "retracted", "title", "first_author", "journal",
];

/** Return the evidence of claims as CSV: a row an item, and one without item for each claim that has none. */
function evidenceCsv(ids) {
  const rows = ids.flatMap((id) => {
    const claim = claims.get(id);
    const said = [iriOf("claim", id), labelOf(claim.subject), claim.predicate, labelOf(claim.object), claim.score, claim.level];
    const items = (claim.items || []).filter((item) => isHeard(item, change) && !change.without.has(item.source));
    return items.length ? items.map((item) => [...said, ...evidenceCells(item)]) : [[...said, ...EVIDENCE_COLUMNS.slice(said.length).map(() => "")]];
  });
  return csvOf(EVIDENCE_COLUMNS, rows);
}

function evidenceCells(item) {
  const source = sources.get(item.source);
  const { doi, pmid, pmcid, web } = bibliographic(item.source);
  const [low, high] = item.interval || [];
  return [
    itemName(item), item.direction, item.result, item.design, item.sample_size, (item.species || "").replaceAll(", ", "; "),
    item.measure, item.estimate, low, high, item.p_value, item.finding, item.limitations, item.locator,
    iriOf("source", item.source), source.citation, source.year, doi, pmid, pmcid, web, source.retracted ? "True" : "False",
    source.title, source.author, source.journal,
  ].map((value) => value ?? "");
}

/** Rows as CSV; under a change each says it in a last column. */
function csvOf(columns, rows) {
  const supposed = changeLine();
  const said = supposed ? [[...columns, "supposed"], ...rows.map((row) => [...row, supposed])] : [columns, ...rows];
  return said.map((row) => `${row.map(csvCell).join(",")}\r\n`).join("");
}

/** A text that a spreadsheet would take for a formula gets an apostrophe in front. */
function csvCell(value) {
  if (typeof value === "number") return String(value);
  const text = /^[=+\-@\t\r\n＝＋－＠]/.test(value) ? `'${value}` : value;
  return /[",;\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Return claims as RDF 1.1 Turtle: what they say, their numbers, the names of their evidence, and their entities' labels. */
function claimsTurtle(ids) {
  const ends = new Set(ids.flatMap((id) => [claims.get(id).subject, claims.get(id).object]));
  const prefixes = {
    rdf: "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    rls: `${data.base}ontology#`,
    skos: "http://www.w3.org/2004/02/skos/core#",
    xsd: "http://www.w3.org/2001/XMLSchema#",
  };
  return [
    `# ${onOneLine(citation())}\n\n`,
    ...Object.entries(prefixes).map(([prefix, iri]) => `@prefix ${prefix}: ${turtleIri(iri)} .\n`),
    ...ids.map((id) => `\n${turtleClaim(id, claims.get(id))}`),
    ...[...ends].sort().map((id) => (
      `\n${turtleIri(iriOf("entity", id))} a rls:Entity ;\n    skos:prefLabel ${turtleText(labelOf(id))}@en .\n`
    )),
  ].join("");
}

/** What the ontology calls the flags of a claim. */
const TERMS = { contested: "contested", untested: "untested", singleStudy: "single", notInPeople: "not-human", onlyLent: "only-lent" };

function turtleClaim(id, claim) {
  const double = (value) => `"${value}"^^xsd:double`;
  const items = (claim.items || []).map((item) => turtleIri(iriOf("evidence", item.id)));
  const statements = [
    "a rls:Claim, rdf:Statement",
    `rdf:subject ${turtleIri(iriOf("entity", claim.subject))}`,
    `rdf:predicate rls:${claim.predicate}`,
    `rdf:object ${turtleIri(iriOf("entity", claim.object))}`,
    `rls:score ${double(claim.score)}`,
    `rls:scoreLow ${double(claim.low)}`,
    `rls:scoreHigh ${double(claim.high)}`,
    `rls:confidenceLevel rls:${capital(claim.level)}`,
    ...Object.entries(TERMS).map(([term, flag]) => `rls:${term} ${hasFlag(claim, flag)}`),
    `rls:prior ${double(claim.prior)}`,
    `rls:supportWeight ${double(claim.support)}`,
    `rls:disputeWeight ${double(claim.dispute)}`,
    `rls:linesFor ${claim.lines[0]}`,
    `rls:linesAgainst ${claim.lines[1]}`,
    ...(items.length ? [`rls:hasEvidence ${items.join(",\n        ")}`] : []),
  ];
  return `${turtleIri(iriOf("claim", id))} ${statements.join(" ;\n    ")} .\n`;
}

/** What an IRI may not hold is written as percent codes. */
const turtleIri = (iri) => `<${iri.replace(/[\u0000-\u0020<>"{}|^`\\]/g, encodeURIComponent)}>`;

/** A quoted literal; unseen characters stay, as escapes that show them. */
function turtleText(text) {
  const escaped = text.replace(/["\\\p{C}\u2028\u2029]/gu, (character) => {
    if (character === '"' || character === "\\") return `\\${character}`;
    if (/\p{Cs}/u.test(character)) return "\\uFFFD";
    const code = character.codePointAt(0).toString(16).toUpperCase();
    return code.length > 4 ? `\\U${code.padStart(8, "0")}` : `\\u${code.padStart(4, "0")}`;
  });
  return `"${escaped}"`;
}

/** Return the names of the sources that the evidence of some claims comes from, sorted. */
const sourceIds = (ids) => [...new Set(ids.flatMap((id) => (claims.get(id).items || []).map((item) => item.source)))].sort();

/** Return what a bibliography says of a source. The graph knows the first author alone. */
function bibliographic(id) {
  const source = sources.get(id);
  const places = (source.links || []).map(([place, rest]) => [place, rest, addressOf([place, rest])]);
  const safe = places.filter(([, , address]) => /^https?:\/\//i.test(address));
  const restOf = (wanted) => onOneLine(places.find(([place]) => place === wanted)?.[1] || "").replace(/\/$/, "");
  return {
    title: onOneLine(source.title || source.citation || id),
    author: authorName(onOneLine(source.author || "")),
    journal: onOneLine(source.journal || ""),
    year: source.year ? String(source.year) : "",
    doi: restOf("DOI"),
    pmid: restOf("PubMed"),
    pmcid: restOf("PMC"),
    web: safe.filter(([place]) => !(place in data.places)).map(([, , address]) => onOneLine(address))[0] || "",
    addresses: safe.map(([, , address]) => onOneLine(address)),
    isRetracted: Boolean(source.retracted),
  };
}

/** “Allen RP” as family name and initials; anything else is one name, e.g. that of a group. */
function authorName(author) {
  const [, family, initials] = /^([^,]+) (\p{Lu}{1,4})$/u.exec(author) || [];
  if (!family || / and /i.test(author)) return { whole: author };
  return { family, initials: [...initials].map((initial) => `${initial}.`).join(" ") };
}

/** Return sources as BibTeX, in UTF-8. */
function bibtex(ids) {
  const taken = new Set();
  const head = `% ${onOneLine(citation()).replaceAll("@", " at ")}\n% The graph records the first author of each source alone.\n`;
  return [head, ...ids.map((id) => bibtexEntry(freeKey(id, taken), bibliographic(id)))].join("\n");
}

function bibtexEntry(key, source) {
  const { whole, family, initials } = source.author;
  const notes = [source.isRetracted && "Retracted", source.pmid && `PMID ${source.pmid}`, source.pmcid && `PMCID ${source.pmcid}`];
  const fields = {
    title: `{${texText(source.title)}}`,
    author: family ? `${texText(family)}, ${initials}` : whole && `{${texText(whole)}}`,
    journal: texText(source.journal),
    year: source.year,
    doi: texAddress(source.doi),
    url: texAddress(source.web || (source.doi ? "" : source.addresses[0] || "")),
    note: texText(notes.filter(Boolean).join("; ")),
  };
  const lines = Object.entries(fields).filter(([, value]) => value).map(([field, value]) => `  ${field} = {${value}}`);
  return `@${source.journal ? "article" : "misc"}{${key},\n${lines.join(",\n")}\n}\n`;
}

/** A key of plain letters, for each source another, whatever the case of its letters. */
function freeKey(id, taken) {
  const plain = id.replace(/[^A-Za-z0-9.:+-]+/g, "-").replace(/^-+|-+$/g, "") || "source";
  let key = plain;
  for (let number = 2; taken.has(key.toLowerCase()); number += 1) key = `${plain}-${number}`;
  taken.add(key.toLowerCase());
  return key;
}

const TEX = {
  "\\": "\\textbackslash{}", "{": "\\textbraceleft{}", "}": "\\textbraceright{}", "~": "\\textasciitilde{}",
  "^": "\\textasciicircum{}", "<": "\\textless{}", ">": "\\textgreater{}", "|": "\\textbar{}",
};

/** BibTeX counts braces that are escaped too, so those are written as words. */
const texText = (text) => text.replace(/[\\{}~^<>|&%$#_]/g, (character) => TEX[character] || `\\${character}`);

/** Addresses and DOIs are taken as they stand; only what would end the field is written as percent codes. */
const texAddress = (address) => address.replace(/[\s{}\\]/g, encodeURIComponent);

/** Return sources as RIS, in UTF-8. */
const ris = (ids) => ids.map((id) => risEntry(bibliographic(id))).join("\r\n");

function risEntry(source) {
  const { whole, family, initials } = source.author;
  const author = family ? `${family}, ${initials}` : whole;
  const notes = [source.isRetracted && "Retracted", source.pmid && `PMID ${source.pmid}`, source.pmcid && `PMCID ${source.pmcid}`, author && "First author only"];
  const lines = [
    ["TY", source.journal ? "JOUR" : "GEN"],
    ["AU", author],
    ["TI", source.title],
    ["JO", source.journal],
    ["PY", source.year],
    ["DO", source.doi],
    ...source.addresses.map((address) => ["UR", address]),
    ["N1", [...notes, changeLine()].filter(Boolean).join("; ")],
  ];
  return `${lines.filter(([, value]) => value).map(([tag, value]) => `${tag}  - ${value}\r\n`).join("")}ER  - \r\n`;
}

/** Return how to cite the graph that the page was made from. */
const citation = () => [`${PAGE_TITLE}. Version ${data.version}. ${data.base}`, changeLine()].filter(Boolean).join(". ");

const KEPT_FOR = 20000;

/** Offer a text or blob as a download; its address is given back once every browser has had time to read it. */
function save(filename, type, content) {
  const address = URL.createObjectURL(new Blob([content], { type }));
  const download = onOneLine(filename).replace(/[\\/:*?"<>|]/g, "-").slice(0, 120) || "rlsgraph";
  const link = make("a", { href: address, download, hidden: true });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), KEPT_FOR);
}
