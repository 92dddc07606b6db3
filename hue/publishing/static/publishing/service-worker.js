/* Makes the phone page open without a signal, and sends what waits when the signal returns.
   Registered as /desk/service-worker.js?queue=<address of queue.js>: a new queue is a new worker. */
"use strict";
const SHELL = "/desk/phone/";
const CACHE = "hue-phone";
const queue = new URL(self.location).searchParams.get("queue") || "";
if (queue.startsWith("/assets/")) importScripts(queue);

// The shell names its own styles and scripts: no list to keep in step.
async function store() {
  const answer = await fetch(SHELL, { credentials: "same-origin", redirect: "error" });
  if (!answer.ok) throw new Error(`the phone page answered ${answer.status}`);
  const cache = await caches.open(CACHE);
  const html = await answer.clone().text();
  const assets = [...html.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map((m) => m[1]);
  await Promise.allSettled([...new Set(assets)].map((asset) => cache.add(asset)));
  await cache.put(SHELL, answer);
  for (const kept of await cache.keys()) {
    const path = new URL(kept.url).pathname;
    if (path !== SHELL && !assets.includes(path)) await cache.delete(kept);
  }
}

self.addEventListener("install", (event) => {
  event.waitUntil(store().catch(() => undefined).then(() => self.skipWaiting()));
});
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

async function fromStore(path) {
  return (await caches.open(CACHE)).match(path);
}

async function page(request) {
  try {
    const answer = await fetch(request);
    const { pathname, search } = new URL(request.url);
    if (answer.ok && pathname === SHELL && !search) { // kept empty: not what one address asked for
      const copy = answer.clone();
      caches.open(CACHE).then((cache) => cache.put(SHELL, copy));
    }
    return answer;
  } catch (fault) {
    const kept = await fromStore(SHELL);
    if (kept) return kept;
    throw fault;
  }
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (url.pathname.startsWith("/assets/")) {
    event.respondWith(fromStore(url.pathname).then((kept) => kept || fetch(request)));
  } else if (request.mode === "navigate" && url.pathname.startsWith("/desk/")) {
    event.respondWith(page(request));
  }
});

self.addEventListener("sync", (event) => {
  if (event.tag === "hue-queue" && self.hueQueue) event.waitUntil(sendAll());
});
async function sendAll() {
  await self.hueQueue.flush(true);
  // Saying that it failed makes the browser try again later, with its own patience.
  if ((await self.hueQueue.nextTry()) !== null) throw new Error("still waiting");
}
self.addEventListener("message", (event) => {
  if (event.data === "store") event.waitUntil(store().catch(() => undefined));
});
