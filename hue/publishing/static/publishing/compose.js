/* The compose form on a phone: counter, drafts, pictures, and the queue instead of a lost form.
   Without this script the form is an ordinary one and posts to /desk/posts/new/. */
(() => {
  "use strict";
  const queue = self.hueQueue;
  const page = document.body;
  const form = document.getElementById("compose");
  const offline = document.getElementById("offline");
  const said = document.getElementById("said");
  const waitingList = document.getElementById("waiting");
  const refusedList = document.getElementById("refused") || waitingList;
  const $ = (id) => document.getElementById(id);
  const KEPT = ["text", "neighbourhood", "incident", "parent", "kind", "publish_at", "holds_from", "holds_until", "question"];
  const TICKED = ["event", "share"];
  const PHONE = "/desk/phone/";
  const asked = new URLSearchParams(location.search); // the kept page is the same for every address
  let pictures = [];
  let draftKey = "";
  let sendKey = crypto.randomUUID(); // one for what is in the form, however often it is handed in
  let adding = false;
  let wanting = false; // words were asked for, and nothing else was said since

  async function introduce() {
    const officer = page.dataset.officer;
    if (officer) await queue.setAbout("officer", officer);
    await queue.setAbout("device", page.dataset.device || "");
    await queue.setAbout("expire_hours", Number(page.dataset.expireHours) || 12);
    if ("serviceWorker" in navigator && page.dataset.worker) {
      await navigator.serviceWorker.register(page.dataset.worker, { scope: "/desk/" });
    }
    await navigator.storage?.persist?.();
  }

  // ---- what waits ----
  async function show() {
    const entries = await queue.mine();
    const [waiting, refused] = ["waiting", "refused"].map((state) => entries.filter((e) => e.state === state));
    const drafts = entries.filter((e) => e.state === "draft" && e.key !== draftKey);
    const away = !navigator.onLine || waiting.some((e) => e.tries > 0);
    offline.hidden = !away && !waiting.length;
    offline.textContent = !away ? `sending ${waiting.length}` : waiting.length ? `offline: ${waiting.length} waiting` : "offline";
    if (form) $("next-away").textContent = away ? "No signal: it is kept on this phone and sent when there is one." : "";
    refusedList?.replaceChildren(...refused.map(refusedRow));
    waitingList?.replaceChildren(...(refusedList === waitingList ? refused.map(refusedRow) : []), ...waiting.map(waitingRow), ...drafts.map(draftRow));
  }
  function rowOf(entry, note, kind) {
    const item = document.createElement("li");
    item.className = kind;
    const text = document.createElement("p");
    text.textContent = entry.text;
    const why = document.createElement("p");
    why.className = "why-not";
    why.textContent = note;
    item.append(text, why);
    return item;
  }
  function act(label, what) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button-quiet";
    button.textContent = label;
    button.addEventListener("click", what);
    return button;
  }
  const waitingRow = (entry) => {
    const item = rowOf(entry, "Waiting for a signal. It is sent once, by itself.", "is-waiting");
    item.append(act("Take back", () => mend(entry)));
    return item;
  };
  const refusedRow = (entry) => {
    const item = rowOf(entry, `Not sent: ${entry.reason}`, "is-refused");
    item.append(act("Mend it", () => mend(entry)));
    return item;
  };
  const draftRow = (entry) => {
    const what = entry.kind === "outcome" ? ", what came of an earlier post" : entry.parent ? ", follows up an earlier post" : "";
    const item = rowOf(entry, `A draft from ${written(entry)}${what}.`, "is-draft");
    item.append(act("Go on with it", () => goOn(entry)), act("Drop it", async () => { await queue.remove(entry.key); show(); }));
    return item;
  };
  function written(entry) {
    const at = new Date(entry.written_at);
    const day = at.toDateString() === new Date().toDateString() ? "" : `${at.toLocaleDateString("en-GB", { weekday: "long", day: "numeric", month: "long" }).replace(",", "")}, `;
    return day + at.toTimeString().slice(0, 5);
  }

  // ---- which form a draft belongs to: what it follows, and the incident that the address named ----
  const belongs = (entry) => entry.belongs ?? [entry.parent, entry.kind, ""].join("|");
  const here = () => [asked.get("parent") || "", asked.get("kind") || "", asked.get("incident") || ""].join("|");
  function addressOf(entry) {
    const [parent, kind, incident] = belongs(entry).split("|");
    const query = Object.entries({ parent, kind, incident, draft: entry.key }).filter(([, value]) => value);
    return `${PHONE}?${new URLSearchParams(query)}`;
  }
  async function goOn(entry) {
    if (form) await keep();
    if (!form || belongs(entry) !== here()) return location.assign(addressOf(entry));
    draftKey = entry.key;
    fill(entry);
    form.elements.text.focus();
    return show();
  }
  // Out of the queue; kept as a draft first, so that nothing is lost on the way.
  async function mend(entry) {
    const draft = { ...entry, key: crypto.randomUUID(), state: "draft", belongs: belongs(entry) };
    await queue.put(draft);
    await queue.remove(entry.key);
    await goOn(draft);
  }

  let timer = 0;
  async function soon() {
    clearTimeout(timer);
    const next = await queue.nextTry();
    if (next !== null) timer = setTimeout(go, Math.max(1000, next - Date.now()));
  }
  async function go(force) {
    try {
      await queue.flush(force === true);
      await show();
      await soon();
    } catch (fault) {
      if (fault.message !== "wiped") throw fault;
    }
  }
  function tell(text, kind) {
    said.className = kind ? `told told-${kind}` : "told";
    said.setAttribute("role", kind === "amber" ? "alert" : "status");
    said.textContent = text;
    wanting = false;
  }
  // Said once, by whichever page is open first: it may have happened while none was.
  async function lost() {
    const posts = await queue.told("expired");
    if (!posts) return;
    const which = posts === 1 ? "A post was not sent in time. It was" : `${posts} posts were not sent in time. They were`;
    tell(`${which} erased from this phone, with all pictures. Write again what is still true.`, "amber");
  }
  async function notTaken(reason) {
    tell(`A post was not taken: ${reason} It is kept on this phone.`, "amber");
    await show();
    if (!form || !form.elements.text.value) refusedList?.firstElementChild?.scrollIntoView({ block: "nearest" });
  }
  const NEWS = {
    refused: (n) => notTaken(n.reason),
    expired: lost,
    wiped: () => { form?.reset(); location.replace("/sign-in/"); },
    signed_out: () => tell("Sign in again to send what waits. Nothing is lost.", "amber"),
    sent: (n) => tell(n.said.next || "Sent.", n.said.state === "draft" ? "amber" : "green"),
  };
  function news(what) {
    for (const kind of Object.keys(NEWS)) if (kind in what) NEWS[kind](what);
    if (!what.wiped) show();
  }

  // ---- the form ----
  function count() {
    const left = Number(form.dataset.limit) - [...form.elements.text.value].length;
    $("left").textContent = left < 0 ? `${-left} too many` : `${left} left`;
    $("left").classList.toggle("over-limit", left < 0);
    for (const button of form.querySelectorAll("[name=action]")) button.disabled = adding || left < 0;
  }
  // The words changed without a key: the guard reads them too.
  const changed = () => document.dispatchEvent(new Event("hue:words"));
  function fields() {
    const data = new FormData(form);
    const out = { pictures };
    for (const name of [...KEPT, ...TICKED]) out[name] = String(data.get(name) || "");
    return out;
  }
  let saving = 0;
  function save() {
    clearTimeout(saving);
    saving = setTimeout(keep, 400);
  }
  let keeping = Promise.resolve();
  function keep() {
    clearTimeout(saving);
    return (keeping = keeping.then(keepNow));
  }
  async function keepNow() {
    const kept = draftKey && (await queue.get(draftKey));
    if (adding) return; // what is in the form is on its way
    if (!form.elements.text.value.trim() && !pictures.length) {
      if (kept) await queue.remove(draftKey);
      draftKey = "";
    } else if (kept) await queue.put({ ...kept, ...fields() });
    else draftKey = (await queue.add({ ...fields(), belongs: belongsHere(), state: "draft" })).key;
  }
  const belongsHere = () => [form.elements.parent.value, form.elements.kind.value, asked.get("incident") || ""].join("|");

  function about(id) {
    const select = form.elements.incident;
    if (id && ![...select.options].some((o) => o.value === id)) select.add(new Option("the incident you came from", id));
    select.value = id;
  }
  // The same for a page from the server and for the one that this phone keeps.
  function asAddressed() {
    const [parent, kind, incident] = here().split("|");
    if (/^[a-z0-9]+$/.test(parent) && !form.elements.parent.value) form.elements.parent.value = parent;
    if (kind && !form.elements.kind.value) form.elements.kind.value = kind;
    if (/^\d+$/.test(incident) && !form.elements.incident.value) about(incident);
    follows();
  }
  function follows() {
    $("follows").hidden = !form.elements.parent.value;
    $("asks").textContent = form.elements.kind.value === "outcome" ? "What came of it?" : "What happened?";
  }
  // Leaves what it followed; the words go along.
  async function noLonger(event) {
    event.preventDefault();
    form.elements.parent.value = form.elements.kind.value = "";
    await keep();
    const entry = draftKey && (await queue.get(draftKey));
    const alone = { belongs: `||${asked.get("incident") || ""}` };
    if (entry) await queue.put({ ...entry, ...alone });
    location.assign(addressOf({ ...alone, key: draftKey }));
  }

  function fill(entry) {
    for (const name of KEPT) {
      const value = entry[name] || "";
      if (name === "incident") about(value);
      else if (name !== "neighbourhood" || [...form.elements[name].options].some((o) => o.value === value)) form.elements[name].value = value;
    }
    for (const name of TICKED) if (form.elements[name]) form.elements[name].checked = Boolean(entry[name]);
    for (const fold of form.querySelectorAll("details.later")) fold.open = [...fold.querySelectorAll("input, textarea")].some((e) => e.type !== "checkbox" && e.value);
    pictures = entry.pictures || [];
    sendKey = crypto.randomUUID();
    follows();
    drawPictures();
    count();
    changed();
    save();
  }
  // What was sent leaves nothing behind for the next post.
  function empty() {
    for (const name of ["parent", "kind", "incident"]) asked.delete(name);
    if (location.search) history.replaceState(null, "", location.pathname);
    const event = form.elements.event?.defaultChecked;
    draftKey = "";
    fill({ neighbourhood: lastPlace() || form.elements.neighbourhood.dataset.home, event });
    $("ask").open = false;
  }
  function drawPictures() {
    $("pictures").replaceChildren(...pictures.map((picture, i) => {
      const item = $("picture-row").content.cloneNode(true).firstElementChild;
      self.huePreview.shown(item.querySelector("img"), picture);
      const alt = item.querySelector("input");
      alt.id = `alt-${i}`;
      item.querySelector("label").htmlFor = alt.id;
      alt.value = picture.alt;
      alt.addEventListener("input", () => { picture.alt = alt.value; save(); });
      item.querySelector("button").addEventListener("click", () => { pictures.splice(i, 1); drawPictures(); save(); });
      return item;
    }));
    self.huePreview.draw(pictures);
  }

  // A browser that keeps nothing (private window, full phone) still has the plain form.
  function byForm(action, button) {
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name: "action", value: action });
    const key = Object.assign(field.cloneNode(), { name: "idempotency_key", value: sendKey });
    form.append(field, key);
    if (button?.hasAttribute("formaction")) form.action = button.formAction;
    if (pictures.length) tell("This browser keeps no pictures: add them again after sending.", "amber");
    form.submit();
  }

  async function submit(event) {
    event.preventDefault();
    if (adding) return;
    const entry = fields();
    if (!entry.text.trim()) {
      tell("Say what happened first.", "amber");
      wanting = true;
      form.elements.text.focus();
      return;
    }
    const bare = pictures.findIndex((p) => !p.alt.trim());
    if (bare >= 0) {
      tell("Say what the picture shows, for those who cannot see it.", "amber");
      $(`alt-${bare}`).focus();
      return;
    }
    const action = event.submitter?.value || "review";
    if (action === "ask" && !entry.question.trim()) {
      tell("Say what you want to know.", "amber");
      form.elements.question.focus();
      return;
    }
    if (Number(form.dataset.stops) && !["override", "ask"].includes(action)) {
      $("findings").querySelector(".finding-stop").scrollIntoView({ block: "center" });
      form.elements.text.focus({ preventScroll: true });
      return;
    }
    clearTimeout(saving);
    adding = true;
    count();
    try {
      await keeping;
      await queue.add({ ...entry, action, key: sendKey });
    } catch {
      return byForm(action, event.submitter);
    }
    if (draftKey) await queue.remove(draftKey);
    adding = false;
    empty();
    tell(navigator.onLine ? "Sending …" : "Kept on this phone. It is sent when the signal is back.", navigator.onLine ? "" : "amber");
    (await navigator.serviceWorker?.getRegistration?.("/desk/"))?.sync?.register("hue-queue").catch(() => undefined);
    go(true);
  }

  function lastPlace() {
    const place = form.elements.neighbourhood;
    const last = localStorage.getItem("hue-neighbourhood");
    return last && [...place.options].some((o) => o.value === last) ? last : "";
  }
  // Of what a phone takes for a picture: the server reads these, and says what it is they are not.
  const READ = /^image\/(jpeg|png|webp|heic|heif)$/;
  async function isPicture(file) {
    if (!file.type && /\.hei[cf]$/i.test(file.name)) return true; // some systems know no name for it
    if (!READ.test(file.type)) return false;
    if (/hei[cf]/.test(file.type)) return true; // few browsers can open it themselves
    return createImageBitmap(file).then((image) => { image.close(); return true; }, () => false);
  }
  async function choose(event) {
    const chosen = [...event.target.files];
    event.target.value = "";
    const refused = [];
    for (const file of chosen) {
      if (await isPicture(file)) pictures.push({ blob: file, name: file.name, alt: "" });
      else refused.push(file.name);
    }
    drawPictures();
    save();
    if (refused.length) return tell(`${refused.join(", ")}: not a picture that can be read here. Choose a JPEG, PNG, WebP or HEIC.`, "amber");
    tell("");
    return $(`alt-${pictures.length - 1}`)?.focus();
  }

  function prepare() {
    const place = form.elements.neighbourhood;
    if (!place.dataset.fixed) place.value = lastPlace() || place.value;
    asAddressed();
    $("no-longer").addEventListener("click", noLonger);
    place.addEventListener("change", () => localStorage.setItem("hue-neighbourhood", place.value));
    form.elements.text.addEventListener("input", () => { count(); if (wanting) tell(""); });
    form.addEventListener("input", save);
    form.addEventListener("submit", submit);
    form.elements.pictures.addEventListener("change", choose);
    count();
  }

  async function start() {
    if (form) prepare();
    await introduce();
    queue.onChange(news);
    await lost();
    const mine = form && !form.elements.text.value ? (await queue.mine()).filter((e) => e.state === "draft" && belongs(e) === here()) : [];
    const draft = mine.find((e) => e.key === asked.get("draft")) || mine[0];
    if (draft) { draftKey = draft.key; fill(draft); form.elements.text.focus(); }
    addEventListener("online", () => go(true));
    addEventListener("offline", show);
    document.addEventListener("visibilitychange", () => { if (!document.hidden) go(true); });
    await go(true);
  }
  start();
})();
