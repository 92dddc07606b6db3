/* What an officer wrote, kept on the phone until the server has it: once and only once.
   Runs in the page and in the service worker; one lock decides which of them sends.
   Entry: key, officer, the FIELDS, pictures [{blob, name, alt}],
   written_at, expires_at, state (draft | waiting | refused), reason, tries, next_try. */
(() => {
  "use strict";
  const NAME = "hue-queue";
  const HOUR = 3600000;
  const FIELDS = ["text", "neighbourhood", "incident", "event", "parent", "kind", "publish_at", "holds_from", "holds_until", "written_at", "action", "question", "share"];
  const LONGEST_PAUSE = 5 * 60000;

  let opened;
  let wiped = false; // a wiped queue stays shut until the page is loaded anew
  const open = () => (opened ||= new Promise((resolve, reject) => {
    if (wiped) return reject(new Error("wiped"));
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("entries", { keyPath: "key" });
      request.result.createObjectStore("about");
    };
    request.onsuccess = () => {
      // Another tab may have to wipe: let go of the database when asked.
      request.result.onversionchange = () => { request.result.close(); opened = undefined; };
      // Any answer may have told the browser to forget this site (Clear-Site-Data): so does the page.
      request.result.onclose = () => { wiped = true; opened = undefined; changed({ wiped: true }); };
      resolve(request.result);
    };
    request.onerror = () => reject(request.error);
  }));

  async function on(store, mode, work) {
    const db = await open();
    return new Promise((resolve, reject) => {
      const transaction = db.transaction(store, mode);
      const request = work(transaction.objectStore(store));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onerror = transaction.onabort = () => reject(transaction.error);
    });
  }
  const put = (entry) => on("entries", "readwrite", (s) => s.put(entry));
  const remove = (key) => on("entries", "readwrite", (s) => s.delete(key));
  const get = (key) => on("entries", "readonly", (s) => s.get(key));
  const all = () => on("entries", "readonly", (s) => s.getAll());
  const about = (name) => on("about", "readonly", (s) => s.get(name));
  const setAbout = (name, value) => on("about", "readwrite", (s) => s.put(value, name));

  const channel = "BroadcastChannel" in self ? new BroadcastChannel(NAME) : null;
  const listeners = new Set();
  function changed(news) {
    channel?.postMessage(news);
    for (const listener of listeners) listener(news);
  }
  if (channel) channel.onmessage = (m) => { for (const listener of listeners) listener(m.data); };

  async function mine() {
    const officer = await about("officer");
    const entries = (await all()).filter((e) => e.officer === officer);
    return entries.sort((a, b) => a.written_at.localeCompare(b.written_at));
  }

  // Words and pictures that are too old say nothing true any more: they go, whoever holds the phone.
  async function expire(now) {
    let gone = 0;
    for (const entry of await all()) {
      if (Date.parse(entry.expires_at) > now) continue;
      await remove(entry.key);
      if (entry.state !== "draft") gone += 1;
    }
    if (!gone) return;
    await setAbout("expired", gone + ((await about("expired")) || 0));
    changed({ expired: gone });
  }

  // What happened while nobody looked, and that it was said now.
  async function told(name) {
    const what = await about(name);
    if (what) await setAbout(name, 0);
    return what;
  }

  async function add(fields) {
    const now = Date.now();
    const hours = (await about("expire_hours")) || 12;
    const entry = {
      key: crypto.randomUUID(), officer: await about("officer"), state: "waiting", tries: 0, next_try: 0, reason: "",
      written_at: new Date(now).toISOString(), expires_at: new Date(now + hours * HOUR).toISOString(), ...fields,
    };
    await put(entry);
    changed({ added: entry.key });
    return entry;
  }

  async function wipe() {
    const db = await open();
    wiped = true;
    db.close();
    opened = undefined;
    await new Promise((resolve) => {
      const request = indexedDB.deleteDatabase(NAME);
      request.onsuccess = request.onerror = request.onblocked = resolve;
    });
    for (const name of await caches.keys()) await caches.delete(name);
    changed({ wiped: true });
  }

  function body(entry) {
    const form = new FormData();
    for (const name of FIELDS) {
      form.append(name, entry[name] || "");
    }
    form.append("idempotency_key", entry.key);
    for (const picture of entry.pictures || []) {
      form.append("pictures", picture.blob, picture.name);
      form.append("alts", picture.alt);
    }
    return form;
  }

  // Taken back while it was on its way: it does not return by being written down once more.
  async function change(entry, what) {
    const now = await get(entry.key);
    if (now) await put({ ...now, ...what });
  }

  async function later(entry, answer) {
    const asked = Number(answer?.headers.get("Retry-After")) * 1000;
    const tries = entry.tries + 1;
    const pause = Math.min(LONGEST_PAUSE, 2000 * 2 ** Math.min(tries, 8)) * (0.75 + Math.random() / 2);
    await change(entry, { tries, next_try: Date.now() + Math.max(pause, asked || 0) });
    return "later";
  }

  async function refuse(entry, reason) {
    await change(entry, { state: "refused", reason });
    changed({ refused: entry.key, reason });
    return "refused";
  }

  async function read(answer, entry) {
    const said = await answer.json().catch(() => ({}));
    if (answer.ok) {
      await remove(entry.key);
      changed({ sent: entry.key, said });
      return "sent";
    }
    if (answer.status === 403 && said.wipe) {
      await wipe();
      return "wiped";
    }
    if (answer.status === 401) {
      changed({ signed_out: true });
      return later(entry, answer);
    }
    if (answer.status === 413) return refuse(entry, "The pictures are too large. Send fewer.");
    if ([400, 403, 409, 422].includes(answer.status)) {
      return refuse(entry, said.reason || "The server did not take this post. Check it and send it again.");
    }
    return later(entry, answer);
  }

  async function send(entry) {
    // The device's name beside its cookie: what a foreign page could not send.
    const headers = { "X-Hue-Device": (await about("device")) || "" };
    let answer;
    try {
      const door = entry.action === "ask" ? "/api/questions" : "/api/posts";
      answer = await fetch(door, { method: "POST", body: body(entry), headers, credentials: "same-origin" });
    } catch {
      return later(entry, null);
    }
    return read(answer, entry);
  }

  async function run(force) {
    await expire(Date.now());
    for (const entry of await mine()) {
      if (entry.state !== "waiting" || (!force && entry.next_try > Date.now())) continue;
      const end = await send(entry);
      if (end === "wiped") return;
      if (end === "later") break; // the next would meet the same signal
    }
  }

  // One sender at a time, in whichever window or worker; the key makes a repeat harmless all the same.
  async function flush(force = false) {
    if (!("locks" in navigator)) return run(force);
    return navigator.locks.request(NAME, { ifAvailable: true }, (lock) => (lock ? run(force) : undefined));
  }

  async function nextTry() {
    const waiting = (await mine()).filter((e) => e.state === "waiting");
    return waiting.length ? Math.min(...waiting.map((e) => e.next_try)) : null;
  }

  self.hueQueue = {
    add, put, remove, get, mine, setAbout, told, flush, nextTry, wipe, expire,
    onChange: (listener) => listeners.add(listener),
  };
})();
