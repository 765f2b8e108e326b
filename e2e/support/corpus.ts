//! Texts that would run, load or escape if anything ever took them for markup, a template, an address or a style.
//! Law: every one calls `tripped` if it runs, so whoever shows them only has to listen for that name.

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
const escapes = ["", "\">", "'>", "-->", "</textarea>", "</title>", "]]>"];

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
  "`;tripped();//",
  "</script><script>tripped()</script>",
  "url(javascript:tripped())",
  "expression(tripped())",
  "https://example.org/\"onmouseover=\"tripped()",
  "[click](javascript:tripped())",
  "<b>bold</b> &amp; <i>slanted</i>",
];

/** Some 190 texts: every shell bare, and every fourth one behind each way out. */
export const corpus: string[] = [
  ...shells.map((shell) => shell("tripped()")),
  ...escapes.slice(1).flatMap((escape) => shells.filter((_, number) => number % 4 === 1).map((shell) => escape + shell("tripped()"))),
  ...shells.map((shell) => shell("top.tripped()").toUpperCase().replace("TOP.TRIPPED()", "tripped()")),
  ...shells.map((shell) => shell("tripped()").replace("<", "<\t").replace(" on", "/on")),
  ...others,
];

/** Texts for a field of one line: together they hold what breaks out of an attribute, an element, a script, a style. */
export const fieldful = [
  "<img src=x onerror=tripped()>",
  "\"><svg/onload=tripped()>",
  "</script><script>tripped()</script>",
  "{{constructor.constructor('tripped()')()}}",
];
