"use strict";
(() => {
  const box = document.getElementById("search");
  const field = document.getElementById("search-words");
  const told = document.getElementById("search-told");
  const list = document.getElementById("search-found");
  const MOST = 40, AROUND = 70;

  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").replace(/ß/g, "ss").toLowerCase();

  const titled = (...headings) =>
    [...new Set(headings)].filter(Boolean).map((each) => each.textContent.trim()).join(" – ");

  /* What can be found: each heading and each piece of text below it, as the page shows it. */
  const entries = [];
  let place = null, chapter = null;
  for (const node of document.querySelectorAll("main :is(h2, h3, h4, h5, p, li, tr, caption)")) {
    if (node.closest("#search, .cover, .contents, .index, .running")) continue;
    const isHeading = /^H\d$/.test(node.tagName);
    if (isHeading) place = node;
    if (node.tagName === "H2") chapter = node;
    if (place === null || node.querySelector("p, li, tr")) continue;
    const anchor = node.id || node.querySelector("[id]")?.id || node.closest("[id]:not(main)")?.id || place.id;
    const text = node.textContent.replace(/\s+/g, " ").trim();
    if (text) entries.push({ anchor, text, folded: fold(text), isHeading, title: titled(chapter, place) });
  }

  /* Folding may change the length of a text, so places are looked for letter by letter. */
  const spans = (text, words) => {
    const found = [];
    const letters = [...text];
    const folded = letters.map(fold);
    for (const word of words) {
      for (let start = 0; start < letters.length; start += 1) {
        let joined = "", end = start;
        while (end < letters.length && joined.length < word.length) joined += folded[end++];
        if (joined === word) found.push([start, end]);
      }
    }
    return { letters, found: found.sort((a, b) => a[0] - b[0]) };
  };

  const excerpt = (entry, words) => {
    const line = document.createElement("span");
    line.className = "search-text";
    const { letters, found } = spans(entry.text, words);
    const first = found.length ? found[0][0] : 0;
    let at = Math.max(0, first - AROUND);
    const last = Math.min(letters.length, first + 2 * AROUND);
    const put = (end) => line.append(letters.slice(at, end).join(""));
    if (at > 0) line.append("… ");
    for (const [start, end] of found) {
      if (start < at || end > last) continue;
      put(start);
      const mark = document.createElement("mark");
      mark.textContent = letters.slice(start, end).join("");
      line.append(mark);
      at = end;
    }
    put(last);
    if (last < letters.length) line.append(" …");
    return line;
  };

  const item = (entry, words) => {
    const link = document.createElement("a");
    link.href = "#" + encodeURIComponent(entry.anchor);
    link.textContent = entry.title;
    const row = document.createElement("li");
    row.append(link);
    if (!entry.isHeading) row.append(excerpt(entry, words));
    return row;
  };

  const look = () => {
    const words = fold(field.value).split(/\s+/).filter((word) => word.length > 1);
    const found = words.length ? entries.filter((entry) => words.every((word) => entry.folded.includes(word))) : [];
    found.sort((a, b) => Number(b.isHeading) - Number(a.isHeading));
    list.replaceChildren(...found.slice(0, MOST).map((entry) => item(entry, words)));
    list.hidden = found.length === 0;
    if (!words.length) told.textContent = "";
    else if (!found.length) told.textContent = box.dataset.none;
    else if (found.length === 1) told.textContent = box.dataset.one;
    else told.textContent = box.dataset.many.replace("{}", found.length > MOST ? `${MOST}/${found.length}` : found.length);
  };

  let waiting = 0;
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(look, 120);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      field.value = "";
      look();
    }
  });
  list.addEventListener("click", () => { list.hidden = true; });
  field.addEventListener("focus", () => { list.hidden = list.childElementCount === 0; });
  box.hidden = false;
})();
