/* Search over published posts, in the browser. The index is files, made with the pages:
   <folder>/index.json    {"months": ["2026-11", …]}
   <folder>/2026-11.json  [{"u": url, "t": text, "p": place, "a": time}, …], newest first */
(() => {
  "use strict";
  const form = document.getElementById("search");
  const field = form.elements.q;
  const found = document.getElementById("found");
  const results = document.getElementById("results");
  const MOST = 50;
  const months = new Map();
  const timeZone = document.documentElement.dataset.zone; // times as they stand on the pages
  let turn = 0;

  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const get = async (name) => {
    const answer = await fetch(form.dataset.index + name);
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  };
  const month = (name) => {
    if (!months.has(name)) months.set(name, get(`${name}.json`).catch((e) => { months.delete(name); throw e; }));
    return months.get(name);
  };

  function marked(text, words) {
    const parts = document.createDocumentFragment();
    const low = plain(text);
    let from = 0;
    while (low.length === text.length) {
      const hits = words.map((w) => [low.indexOf(w, from), w.length]).filter((h) => h[0] >= 0);
      if (!hits.length) break;
      const [at, size] = hits.sort((a, b) => a[0] - b[0])[0];
      const mark = document.createElement("mark");
      mark.textContent = text.slice(at, at + size);
      parts.append(text.slice(from, at), mark);
      from = at + size;
    }
    parts.append(text.slice(from));
    return parts;
  }

  function row(post, words) {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = post.u;
    const when = new Date(post.a);
    const day = when.toLocaleDateString("en-GB", { weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone });
    link.textContent = `${day}, ${when.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", timeZone })}, ${post.p}`;
    const text = document.createElement("p");
    text.append(marked(post.t, words));
    item.append(link, text);
    return item;
  }

  async function search() {
    const mine = ++turn;
    const words = plain(field.value).split(/[^\p{L}\p{N}#]+/u).filter((w) => w.length > 1);
    results.replaceChildren();
    if (!words.length) { found.textContent = ""; return; }
    found.textContent = "Searching …";
    let count = 0;
    const names = (await get("index.json")).months;
    for (const [i, name] of names.entries()) {
      const posts = await month(name);
      if (mine !== turn) return;
      for (const post of posts) {
        const all = plain(`${post.t} ${post.p}`);
        if (words.every((w) => all.includes(w)) && ++count <= MOST) results.append(row(post, words));
      }
      if (count >= MOST) break;
      found.textContent = `${count} so far, ${i + 1} of ${names.length} months searched`;
    }
    found.textContent = count === 0 ? "Nothing found. Try fewer words, or the archive below."
      : count >= MOST ? `The newest ${MOST} are shown. Add a word to find older ones.` : `${count} found`;
  }
  const run = () => search().catch(() => {
    found.textContent = "The search could not be loaded. The archive below works without it.";
  });

  let typing = 0;
  field.addEventListener("input", () => { clearTimeout(typing); typing = setTimeout(run, 250); });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    history.replaceState(null, "", "?q=" + encodeURIComponent(field.value));
    run();
  });
  field.value = new URLSearchParams(location.search).get("q") || "";
  if (field.value) run();
})();
