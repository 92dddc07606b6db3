/* Keeps an open page true: adds, corrects and withdraws lines without a reload.
   Everything here is also in the page itself, so nothing is lost where this does not run. */
(() => {
  "use strict";
  const list = document.getElementById("lines");
  if (!list || !list.dataset.topic) return;
  const bar = document.getElementById("newer");
  const told = document.getElementById("told");
  const updated = document.getElementById("page-updated");
  const elapsed = document.getElementById("elapsed");
  const most = Number(list.dataset.most || 0);
  const POLL = 20000;
  const PATIENCE = 15000;
  const QUIET = 20000;

  const seen = new Map(); // id -> HTML as the server gave it
  const held = new Map(); // id -> element waiting behind the bar
  let etag = "";
  let polling = 0;
  let failures = 0;

  const parse = (html) => {
    const box = document.createElement("template");
    box.innerHTML = html;
    return box.content;
  };
  const timeZone = document.documentElement.dataset.zone; // the force's, wherever the reader is
  const clock = (when) => when.toLocaleTimeString("en-GB", { timeStyle: "short", timeZone });
  for (const line of list.querySelectorAll(".line")) seen.set(line.id, line.outerHTML);

  const button = document.createElement("button");
  button.type = "button";
  button.className = "button";
  button.hidden = true;
  bar.prepend(button);

  const fits = (line) => !list.dataset.place || line.dataset.place === list.dataset.place;

  function summary() {
    const waiting = [...held.values()].filter(fits);
    button.hidden = waiting.length === 0;
    button.textContent = `Show ${waiting.length} newer`;
    if (waiting.length) tell(waiting);
  }

  let toldAt = 0;
  let telling = 0;
  function tell(waiting) {
    // A screen reader hears a summary now and then, never each line.
    clearTimeout(telling);
    telling = setTimeout(() => {
      toldAt = Date.now();
      const newest = waiting.reduce((a, b) => (time(a) > time(b) ? a : b));
      const head = newest.querySelector(".line-head").textContent.trim().replace(/\s+/g, " ");
      told.textContent = `${waiting.length} newer ${waiting.length === 1 ? "line" : "lines"}. The latest: ${head}`;
    }, Math.max(500, toldAt + QUIET - Date.now()));
  }

  function fresh(line) {
    line.classList.add("fresh");
    setTimeout(() => line.classList.remove("fresh"), 3000);
  }

  const time = (line) => Date.parse(line.dataset.at);

  function put(line) {
    // Under the heading of its hour where there is one, else before the first older line.
    const after = [...list.querySelectorAll(".line")].find((other) => time(other) <= time(line));
    const key = (at) => at.slice(0, 13);
    if (list.classList.contains("lines-by-day") && !(after && key(after.dataset.at) === key(line.dataset.at))) {
      const id = "h" + line.dataset.at.slice(0, 13).replace("T", "-");
      let hour = document.getElementById(id);
      if (!hour) {
        hour = document.createElement("h3");
        hour.className = "hour";
        hour.id = id;
        hour.textContent = line.querySelector(".day").textContent + line.dataset.at.slice(11, 13) + ":00";
        const next = after && after.previousElementSibling;
        list.insertBefore(hour, next && next.classList.contains("hour") ? next : after || null);
      }
      hour.after(line);
    } else {
      list.insertBefore(line, after || null);
    }
    fresh(line);
    if (most) [...list.querySelectorAll(".line")].slice(most).forEach((old) => old.remove());
  }

  button.addEventListener("click", () => {
    const waiting = [...held.values()].filter(fits).sort((a, b) => time(a) - time(b));
    for (const line of waiting) {
      held.delete(line.id);
      put(line);
    }
    document.getElementById("nothing")?.remove();
    summary();
    const first = waiting[waiting.length - 1];
    first?.querySelector("a")?.focus({ preventScroll: true });
    told.textContent = `${waiting.length} shown`;
  });

  function take(line) {
    const html = line.outerHTML;
    if (seen.get(line.id) === html) return false;
    const known = seen.has(line.id);
    seen.set(line.id, html);
    const shown = document.getElementById(line.id);
    if (held.has(line.id)) held.set(line.id, line);
    else if (shown) {
      const open = shown.querySelector("details[open]");
      const had = shown.contains(document.activeElement);
      shown.replaceWith(line);
      if (open) line.querySelector("details")?.setAttribute("open", "");
      if (had) line.querySelector("a")?.focus({ preventScroll: true });
      line.hidden = !fits(line);
      fresh(line);
    } else if (!known && !isOld(line)) held.set(line.id, line);
    return true;
  }

  // What is older than the whole page belongs to another page of the log.
  function isOld(line) {
    const lines = list.querySelectorAll(".line");
    return lines.length > 0 && time(line) < time(lines[lines.length - 1]);
  }

  function takeAll(html, at) {
    const box = parse(html);
    if ([...box.querySelectorAll(".line")].filter(take).length) figuresSoon();
    summary();
    good(at || box.firstElementChild?.dataset.built);
  }

  // Totals and charts follow a line after a while: the page must be written first, and not
  // everybody who reads it asks at once.
  let figuring = 0;
  function figuresSoon() {
    if (!list.dataset.figures || figuring) return;
    figuring = setTimeout(figures, 4000 + Math.random() * 8000);
  }
  async function figures() {
    figuring = 0;
    const answer = await fetch(list.dataset.figures, { cache: "no-cache", credentials: "omit" }).catch(() => null);
    if (!answer?.ok) return;
    for (const part of [...parse(await answer.text()).children]) {
      const shown = document.getElementById(part.id);
      if (!shown || shown.contains(document.activeElement)) continue;
      if (shown.querySelector("details[open]")) part.querySelector("details")?.setAttribute("open", "");
      shown.replaceWith(part);
    }
  }

  function good(at) {
    failures = 0;
    const when = at ? new Date(at) : null;
    if (when && !isNaN(when) && !(when < new Date(updated.dateTime))) {
      updated.dateTime = at;
      updated.textContent = clock(when);
      progress(when);
    }
    updated.parentNode.classList.remove("stale");
    if (updated.previousSibling) updated.previousSibling.textContent = "last updated ";
  }

  function bad() {
    failures += 1;
    if (failures < 3) return;
    updated.parentNode.classList.add("stale");
    updated.previousSibling.textContent = "No contact. This page shows what we knew at ";
  }

  // The server's times, never this machine's clock: the two may differ.
  function progress(now) {
    if (!elapsed) return;
    const from = new Date(elapsed.dataset.starts);
    const to = new Date(elapsed.dataset.ends);
    const minutes = Math.max(0, Math.floor((Math.min(now, to) - from) / 60000));
    const all = Math.round((to - from) / 3600000);
    elapsed.textContent = `${Math.floor(minutes / 60)} h ${minutes % 60} min of ${all} h`;
    document.getElementById("progress")?.setAttribute("width", String(Math.min(100, (minutes / 6) * 10 / all)));
  }

  async function poll() {
    try {
      const answer = await fetch(list.dataset.latest, {
        cache: "no-store", credentials: "omit", headers: etag ? { "If-None-Match": etag } : {},
      });
      if (answer.status === 200) {
        etag = answer.headers.get("ETag") || "";
        takeAll(await answer.text());
      } else if (answer.status !== 304) throw new Error(String(answer.status));
      else good();
    } catch {
      bad();
    }
  }

  function startPolling() {
    if (polling) return;
    poll();
    polling = setInterval(poll, POLL);
  }
  function stopPolling() {
    clearInterval(polling);
    polling = 0;
  }

  let source;
  let patience = 0;
  function connect() {
    if (!("EventSource" in window)) return startPolling();
    source?.close();
    source = new EventSource("/stream/" + list.dataset.topic);
    source.onopen = () => {
      clearTimeout(patience);
      patience = 0;
      stopPolling();
      poll(); // what happened between this page being written and the stream being open
    };
    source.onerror = () => {
      patience ||= setTimeout(startPolling, source.readyState === 2 ? 0 : PATIENCE);
      if (source.readyState === 2) setTimeout(connect, 120000);
    };
    for (const kind of ["added", "changed", "withdrawn"]) {
      source.addEventListener(kind, (message) => {
        const data = JSON.parse(message.data);
        takeAll(data.html, data.at);
      });
    }
  }

  list.addEventListener("filter", summary); // from filter.js
  addEventListener("online", connect);
  connect();
})();
