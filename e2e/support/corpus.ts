//! Texts that would run, load or escape if anything ever took them for markup, a template, an address or a style.
//! Law: every one calls `tripped` or asks for `x` if it is taken for more than text, so whoever shows them only has to
//! listen for those names.

/** Ways to make markup run something, with a place for what is run. */
const shells: ((run: string) => string)[] = [
  (run) => `<script>${run}</script>`,
  (run) => `<img src=x onerror=${run}>`,
  (run) => `<img src="x" onerror="${run}" alt='>'>`,
  (run) => `<svg/onload=${run}>`,
  (run) => `<svg><script>${run}</script></svg>`,
  (run) => `<svg><animate onbegin=${run} attributeName=x dur=1s>`,
  (run) => `<body onload=${run}>`,
  (run) => `<details open ontoggle=${run}>`,
  (run) => `<video><source onerror=${run}></video>`,
  (run) => `<audio src=x onerror=${run}>`,
  (run) => `<iframe srcdoc="<script>parent.${run}</script>"></iframe>`,
  (run) => `<iframe src="javascript:parent.${run}"></iframe>`,
  (run) => `<object data="javascript:${run}"></object>`,
  (run) => `<embed src="javascript:${run}">`,
  (run) => `<a href="javascript:${run}">here</a>`,
  (run) => `<form action="javascript:${run}"><button>go</button></form>`,
  (run) => `<input autofocus onfocus=${run}>`,
  (run) => `<math><mtext><img src=x onerror=${run}></mtext></math>`,
  (run) => `<template><img src=x onerror=${run}></template>`,
  (run) => `<noscript><p title="</noscript><img src=x onerror=${run}>">`,
  (run) => `<style>@import 'javascript:${run}';</style>`,
  (run) => `<link rel=stylesheet href="data:text/css,*{x:expression(${run})}">`,
  (run) => `<meta http-equiv=refresh content="0;url=javascript:${run}">`,
  (run) => `<base href="javascript:${run}//">`,
];

/** Ways out of the place where a text might have been put. */
const escapes = ["\">", "'>", "-->", "</textarea>", "</title>", "]]>"];

/** What only some parsers, or only the second reading, take for markup. */
const oddities = [
  "<image src=x onerror=tripped()>",
  "<img srcset=x onerror=tripped()>",
  "<input type=image src=x onerror=tripped()>",
  "<select autofocus onfocus=tripped()>",
  "<marquee onstart=tripped()>",
  "<xss tabindex=1 autofocus onfocus=tripped()>",
  "<frameset onload=tripped()>",
  "<svg><foreignObject><img src=x onerror=tripped()></foreignObject></svg>",
  "<svg><use href=\"data:image/svg+xml,<svg id=x onload=tripped()>#x\">",
  "<a href=\"java&#10;script:tripped()\">here</a>",
  "<iframe src=\"data:text/html,<script>tripped()</script>\"></iframe>",
  "<svg></p><style><a id=\"</style><img src=x onerror=tripped()>\">",
  "<math><mtext><table><mglyph><style><!--</style><img src=x onerror=tripped()>",
  "<img src=x onerror=&#116;ripped()>",
  "<img/src=x/onerror=tripped()>",
  "<<img src=x onerror=tripped()>",
  "<!--><img src=x onerror=tripped()>",
  "<![CDATA[><img src=x onerror=tripped()>]]>",
  "<?xml version=\"1.0\"?><img src=x onerror=tripped()>",
  "<xmp><img src=\"</xmp><img src=x onerror=tripped()>\">",
];

/** What is no markup and might still be read as something. */
const others = [
  "javascript:tripped()",
  "JaVaScRiPt:tripped()",
  "data:text/html,<script>tripped()</script>",
  "vbscript:tripped()",
  "{{constructor.constructor('tripped()')()}}",
  "${tripped()}",
  "#{tripped()}",
  "<%= tripped() %>",
  "\\u003cimg src=x onerror=tripped()\\u003e",
  "&lt;img src=x onerror=tripped()&gt;",
  "&#60;script&#62;tripped()&#60;/script&#62;",
  "';tripped();//",
  "\";tripped();//",
  "\\\";tripped();//",
  "`;tripped();//",
  "\\",
  "</script><script>tripped()</script>",
  "*/tripped()/*",
  "url(javascript:tripped())",
  "expression(tripped())",
  "}*{background:url(x)}",
  "https://example.org/\"onmouseover=\"tripped()",
  "https://example.org/<img src=x onerror=tripped()>",
  "[click](javascript:tripped())",
  "<b>bold</b> &amp; <i>slanted</i>",
  "{name} {count} {{name}} %s %(name)s $1",
];

/** In capitals, save for what is run: names of elements and attributes have no case, names of functions have one. */
const loud = (text: string) => text.replace(/tripped\(\)|parent\.|[^]/g, (part) => (part.length > 1 ? part : part.toUpperCase()));

/** Every shell bare, in capitals and with odd spaces, every other one behind each way out, and whatever else is known. */
export const corpus: string[] = [
  ...shells.map((shell) => shell("tripped()")),
  ...escapes.flatMap((escape) => shells.filter((_, number) => number % 2 === 1).map((shell) => escape + shell("tripped()"))),
  ...shells.map((shell) => loud(shell("tripped()"))),
  ...shells.map((shell) => shell("tripped()").replaceAll(" ", "\t")),
  ...oddities,
  ...others,
];

/** Texts for a field of one line: together they hold what breaks out of an attribute, an element, a script, a style. */
export const fieldful = [
  "<img src=x onerror=tripped()>",
  "\"><svg/onload=tripped()>",
  "</script><script>tripped()</script>",
  "{{constructor.constructor('tripped()')()}}",
];

/** Those that a field of this many characters holds, as it keeps them: on one line, single spaces between words, each once. */
export function fitting(most: number): string[] {
  const kept = corpus.map((text) => text.replace(/\s+/g, " ").trim());
  return [...new Set(kept)].filter((text) => text.length <= most);
}

/** Whether what follows would be read as something else. */
const leavesOpen = (text: string) => /<(math|noscript|select|frameset|form|table|xmp|!|\?)|<svg(?!.*<\/svg>)/i.test(text);

/** Many texts in few, each one on a line of its own; none follows one that would keep it from being read. */
export function packs(texts: string[], most: number): string[] {
  const last = texts.filter(leavesOpen);
  const before = texts.filter((text) => !leavesOpen(text));
  const count = Math.max(last.length, Math.ceil(texts.length / most));
  const pack = (number: number) => [...before.filter((_, place) => place % count === number), ...last.slice(number, number + 1)];
  return Array.from({ length: count }, (_, number) => pack(number).join("\n"));
}
