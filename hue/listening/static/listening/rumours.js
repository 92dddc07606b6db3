/* Which answered claim is like what was pasted, looked for in the browser: what is pasted stays
   there. The index is a file: [{"u": address, "q": question, "l": answer, "w": [words, words]}, …].
   The same measure as hue/listening/queries/asked.py; without this script the form asks the desk. */
(() => {
  "use strict";
  const form = document.getElementById("claims");
  const found = document.getElementById("found");
  const results = document.getElementById("results");
  const ENOUGH = 0.34;
  const MOST = 5;
  const COMMON = new Set(("the a an and or of in on at to is are was were be been it its this that there they them he " +
    "she we you i my our your for from by with not no so as if has have had do does did just now " +
    "about what who when where why how").split(" "));
  let index = null;

  const tokens = (text) => {
    const plain = text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "");
    const words = (plain.match(/[\p{L}\p{N}]+/gu) || []).filter((w) => [...w].length > 1 && !COMMON.has(w));
    return new Set(words.map((w) => [...w].slice(0, 5).join("")));
  };
  const likeness = (pasted, claim) => Math.max(0, ...claim.w.map((text) => {
    const own = text.split(" ").filter(Boolean);
    const common = own.filter((w) => pasted.has(w)).length;
    return own.length && (common > 1 || own.length === 1 || pasted.size === 1) ? common / own.length : 0;
  }));
  const load = async () => {
    if (!index) {
      const answer = await fetch(form.dataset.index);
      if (!answer.ok) throw new Error(String(answer.status));
      index = await answer.json();
    }
    return index;
  };
  const row = (claim) => {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = claim.u;
    const heading = document.createElement("b");
    heading.textContent = claim.q;
    link.append(heading);
    item.append(link, document.createElement("br"), claim.l);
    return item;
  };

  form.addEventListener("submit", async (event) => {
    const pasted = tokens(form.elements.q.value);
    if (!pasted.size) { event.preventDefault(); found.textContent = "Paste what you have seen."; return; }
    event.preventDefault();
    try {
      const scored = (await load()).map((claim) => [likeness(pasted, claim), claim])
        .filter(([score]) => score >= ENOUGH).sort((a, b) => b[0] - a[0]).slice(0, MOST);
      results.replaceChildren(...scored.map(([, claim]) => row(claim)));
      found.replaceChildren();
      if (scored.length) { found.textContent = "Perhaps it is one of these. "; }
      else { found.textContent = "We do not know yet: nothing like it is answered. "; }
      const ask = document.createElement("a");
      ask.href = "/ask/?q=" + encodeURIComponent(form.elements.q.value);
      ask.textContent = scored.length ? "It is something else: ask us" : "Ask us to look at it";
      found.append(ask);
    } catch {
      form.submit();
    }
  });
})();
