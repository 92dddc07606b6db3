/* The desk's keys, its toasts, and lists that keep themselves true. htmx fills the panes. */
(() => {
  "use strict";
  const list = () => document.getElementById("list");
  const links = () => [...(list()?.querySelectorAll("a") || [])];
  const item = document.getElementById("item");
  const wide = matchMedia("(min-width: 60em)");

  // ---- j k Enter, and the letter that an action names ----
  function step(by) {
    const all = links();
    const now = all.indexOf(document.activeElement);
    const from = now >= 0 ? now : all.findIndex((a) => a.hasAttribute("aria-current")) - (by > 0 ? 0 : -1);
    all[Math.max(0, Math.min(all.length - 1, from + by))]?.focus();
  }
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
    else if (event.key.length === 1) document.querySelector(`#item [data-key="${CSS.escape(event.key)}"]`)?.focus();
    else return;
    if (event.key === "j" || event.key === "k") event.preventDefault();
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("#list a");
    if (!link) return;
    for (const other of links()) other.removeAttribute("aria-current");
    link.setAttribute("aria-current", "true");
  });
  document.addEventListener("htmx:after:swap", () => {
    const head = item?.querySelector("h2[tabindex]");
    if (head && document.activeElement !== head) head.focus({ preventScroll: wide.matches });
    toasts();
  });
  document.addEventListener("htmx:error", () => {
    toast("The server could not be reached. Nothing was changed; try again.");
  });

  // ---- toasts: ten seconds, and as long as somebody is on them ----
  function toast(text) {
    const box = document.createElement("div");
    box.className = "toast";
    box.dataset.seconds = "10";
    box.textContent = text;
    document.getElementById("toasts").append(box);
    toasts();
  }
  function toasts() {
    for (const box of document.querySelectorAll(".toast:not([data-timed])")) {
      box.dataset.timed = "yes";
      const leave = () => {
        if (box.matches(":hover, :focus-within")) setTimeout(leave, 1000);
        else box.remove();
      };
      setTimeout(leave, Number(box.dataset.seconds || 10) * 1000);
    }
  }

  // ---- the panes are fetched again when the stream says so, without moving the reader ----
  async function again(ids) {
    const answer = await fetch(location.href, { headers: { "X-Hue-Renew": "yes" } });
    if (!answer.ok) return;
    const next = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const selector of ids) {
      const old = document.querySelector(selector);
      const fresh = next.querySelector(selector);
      if (!old || !fresh || old.innerHTML === fresh.innerHTML) continue;
      const focus = old.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
      old.innerHTML = fresh.innerHTML;
      self.htmx?.process(old);
      if (focus) old.querySelector(`a[href="${CSS.escape(focus)}"]`)?.focus({ preventScroll: true });
    }
  }
  let waiting = 0;
  function soon() {
    clearTimeout(waiting);
    waiting = setTimeout(() => again([".queues", "#list", "#list-count", "#banners", "#next-usual"]).catch(() => undefined), 300);
  }
  // A page without a list hears of banners alone, and only while it is looked at: a browser
  // has few connections to one server.
  let source = null;
  function listen() {
    if (!("EventSource" in window) || source) return;
    source = new EventSource("/stream/desk");
    const all = ["added", "changed", "waiting", "decided", "banner", "presence", "reminder"];
    for (const kind of list() ? all : ["banner"]) source.addEventListener(kind, soon);
    source.onopen = () => { reached(true); soon(); };
    source.onerror = () => reached(false);
  }
  function rest() {
    if (list() || !source) return;
    source.close();
    source = null;
  }

  // ---- what only this browser can know: no way to the server, a clock that is wrong ----
  const PATIENCE = 5000; // a stream that is renewed is silent for a moment
  const DRIFT = 2; // minutes
  const here = document.getElementById("here");
  function banner(kind, text) {
    const old = here?.querySelector(`.banner-${kind}`);
    if (!text) return old?.remove();
    const box = old || here.appendChild(document.createElement("p"));
    box.className = `banner banner-${kind}`;
    box.textContent = text;
  }
  let silent = 0;
  function reached(yes) {
    if (yes) { clearTimeout(silent); silent = 0; return banner("network", ""); }
    if (silent || document.getElementById("offline")) return; // the phone says it beside its queue
    const at = new Date().toTimeString().slice(0, 5);
    const says = `No connection since ${at}: what you see may be old. It comes back by itself; what you typed stays here.`;
    silent = setTimeout(() => banner("network", says), navigator.onLine ? PATIENCE : 0);
  }
  async function clock() {
    const before = Date.now();
    const answer = await fetch(here.dataset.asked, { cache: "no-store" });
    const told = Date.parse(answer.headers.get("Date"));
    const minutes = Math.round(((before + Date.now()) / 2 - told) / 60000);
    const wrong = Math.abs(minutes) >= DRIFT ? `This device's clock is ${Math.abs(minutes)} minutes ${minutes > 0 ? "fast" : "slow"}` : "";
    banner("clock", wrong && `${wrong}. Set it right: posts that wait for a signal carry its time.`);
  }
  const checkClock = () => clock().catch(() => undefined);

  // ---- who is on what: told while an item is open and the page is looked at ----
  function looking() {
    const subject = item?.querySelector("[data-subject]")?.dataset.subject;
    const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value;
    if (!subject || !token || document.hidden) return;
    const body = new URLSearchParams({ subject, csrfmiddlewaretoken: token });
    fetch(item.dataset.presence, { method: "POST", body }).catch(() => undefined);
  }
  if (item) {
    looking();
    setInterval(looking, 45000);
    document.addEventListener("htmx:after:swap", looking);
  }

  // ---- several at once: a button says the number first ----
  const ticked = document.querySelector("form.together");
  function count() {
    const n = ticked.querySelectorAll("[name=posts]:checked").length;
    for (const button of ticked.querySelectorAll("[data-count]")) {
      button.textContent = n ? `${button.dataset.count}: ${n} post${n === 1 ? "" : "s"}` : `${button.dataset.count} what is ticked`;
    }
  }
  ticked?.addEventListener("change", count);

  // ---- the wall ----
  async function renew(wall) {
    const old = new Map([...wall.querySelectorAll("[data-key]")].map((e) => [e.dataset.key, e.textContent]));
    const lines = new Set([...wall.querySelectorAll(".line")].map((e) => e.id));
    await again(["#main", "#banners"]);
    for (const figure of wall.querySelectorAll("[data-key]")) {
      if (old.get(figure.dataset.key) !== figure.textContent) figure.classList.add("fresh");
    }
    for (const line of wall.querySelectorAll(".line")) if (!lines.has(line.id)) line.classList.add("fresh");
  }
  const wall = document.querySelector("[data-renew]");
  if (wall) setInterval(() => renew(wall).catch(() => undefined), Number(wall.dataset.renew) * 1000);

  addEventListener("offline", () => reached(false));
  addEventListener("online", () => { reached(true); checkClock(); });
  document.addEventListener("visibilitychange", () => { 
    if (document.hidden) return rest();
    checkClock();
    listen();
  });
  checkClock();
  toasts();
  listen();
})();
