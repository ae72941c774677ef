// SPDX-License-Identifier: Apache-2.0
(() => {
  "use strict";
  const { topics, codes } = window.REFEREE;
  const root = document.body.dataset.root;
  const box = document.getElementById("q");
  const hits = document.getElementById("hits");
  const most = 15;

  const wordsOf = (text) => new Set(text.toLowerCase().split(/[^\p{L}\p{N}]+/u).filter(Boolean));
  const indexed = topics.map(([address, kind, name, title, summary, text]) => ({
    address, kind, title, summary, name,
    fields: [[12, wordsOf(name)], [6, wordsOf(title + " " + kind)], [3, wordsOf(summary)], [1, wordsOf(text)]],
  }));

  const holds = (words, word) => {
    if (words.has(word)) return 1;
    if (word.length >= 3) for (const one of words) if (one.startsWith(word)) return 0.5;
    return 0;
  };
  const score = (topic, word) => topic.fields.reduce((sum, [weight, words]) => sum + weight * holds(words, word), 0);

  // The same order as in the program: most words first, then weight; a rare word weighs more.
  const find = (query) => {
    const words = [...wordsOf(query)];
    const scores = words.map((word) => indexed.map((topic) => score(topic, word)));
    const weights = scores.map((all) => Math.log(1 + indexed.length / (1 + all.filter((one) => one > 0).length)));
    return indexed
      .map((topic, i) => ({
        topic,
        found: scores.filter((all) => all[i] > 0).length,
        score: scores.reduce((sum, all, w) => sum + all[i] * weights[w], 0),
      }))
      .filter((hit) => hit.found > 0 && hit.found * 2 >= words.length)
      .sort((a, b) => b.found - a.found || b.score - a.score || (a.topic.name < b.topic.name ? -1 : 1))
      .map((hit) => hit.topic);
  };

  const comparison = (a, b) => `compare/${Math.min(a, b)}-${Math.max(a, b)}.html`;
  const twoCodes = (query) => {
    const named = [...query.matchAll(/\b[1-6]\d\d\b/g)].map((match) => Number(match[0])).filter((code) => codes.includes(code));
    return named.length === 2 && named[0] !== named[1] ? named : null;
  };

  const item = (address, title, words) => {
    const line = document.createElement("li");
    const link = document.createElement("a");
    const more = document.createElement("small");
    link.href = root + address;
    link.textContent = title;
    more.textContent = words;
    line.append(link, more);
    return line;
  };

  const show = () => {
    const query = box.value.trim();
    hits.replaceChildren();
    hits.hidden = query === "";
    if (query === "") return;
    const found = find(query);
    const pair = twoCodes(query);
    const count = document.createElement("p");
    count.textContent = found.length + (pair ? 1 : 0) === 0 ? "Nothing found: try fewer words."
      : found.length > most ? `The best ${most} of ${found.length}:` : `${found.length} found:`;
    const list = document.createElement("ol");
    if (pair) list.append(item(comparison(...pair), `${pair[0]} and ${pair[1]}, side by side`, "what differs, when to use which"));
    for (const topic of found.slice(0, most)) list.append(item(topic.address, topic.title, `${topic.kind}: ${topic.summary}`));
    hits.append(count, list);
  };

  box.addEventListener("input", show);
  box.addEventListener("keydown", (event) => {
    const first = hits.querySelector("a");
    if (event.key === "Enter" && first) first.click();
    if (event.key === "Escape") { box.value = ""; show(); }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !/^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName)) {
      event.preventDefault();
      box.focus();
    }
  });
  if (location.hash.startsWith("#q=")) {
    box.value = decodeURIComponent(location.hash.slice(3));
    show();
  }

  const form = document.getElementById("compare");
  if (form) {
    form.hidden = false;
    form.b.value = "407";
    form.a.value = "401";
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const [a, b] = [Number(form.a.value), Number(form.b.value)];
      location.href = root + (a === b ? `codes/${a}.html` : comparison(a, b));
    });
  }

  const theme = document.getElementById("theme");
  const stored = (() => { try { return localStorage.getItem("theme"); } catch { return null; } })();
  const isDark = () => (document.documentElement.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  const label = () => { theme.textContent = isDark() ? "Light" : "Dark"; };
  if (stored === "dark" || stored === "light") document.documentElement.dataset.theme = stored;
  theme.hidden = false;
  label();
  theme.addEventListener("click", () => {
    const next = isDark() ? "light" : "dark";
    document.documentElement.dataset.theme = next;
    try { localStorage.setItem("theme", next); } catch { /* the choice lasts for this page */ }
    label();
  });
})();
