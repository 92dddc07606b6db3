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
  const preview = document.getElementById("preview");
  const $ = (id) => document.getElementById(id);
  const KEPT = ["text", "neighbourhood", "incident", "parent", "kind", "publish_at", "holds_from", "holds_until", "question"];
  const TICKED = ["event", "share"];
  let pictures = [];
  let draftKey = "";
  let sendKey = crypto.randomUUID(); // one for what is in the form, however often it is handed in
  let adding = false;

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
    const waiting = entries.filter((e) => e.state === "waiting").length;
    const refused = entries.filter((e) => e.state === "refused");
    const silent = entries.some((e) => e.state === "waiting" && e.tries > 0);
    const away = !navigator.onLine || silent;
    offline.hidden = !away && !waiting;
    offline.textContent = !away ? `sending ${waiting}` : waiting ? `offline: ${waiting} waiting` : "offline";
    waitingList?.replaceChildren(...refused.map(refusedRow), ...entries.filter((e) => e.state === "waiting").map(waitingRow));
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
    item.append(act("Take back", async () => { await queue.remove(entry.key); restore(entry); show(); }));
    return item;
  };
  const refusedRow = (entry) => {
    const item = rowOf(entry, `Not sent: ${entry.reason}`, "is-refused");
    item.append(act("Mend it", async () => { await queue.remove(entry.key); restore(entry); show(); }));
    return item;
  };

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
    said.textContent = text;
  }
  // Said once, by whichever page is open first: it may have happened while none was.
  async function lost() {
    const posts = await queue.told("expired");
    if (!posts) return;
    const which = posts === 1 ? "A post was not sent in time. It was" : `${posts} posts were not sent in time. They were`;
    tell(`${which} erased from this phone, with all pictures. Write again what is still true.`, "amber");
  }
  const NEWS = {
    refused: () => tell("A post was not taken. It is kept below with the reason.", "amber"),
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
    saving = setTimeout(async () => {
      if (!form.elements.text.value && !pictures.length) return;
      const kept = draftKey && (await queue.get(draftKey));
      if (kept) await queue.put({ ...kept, ...fields() });
      else draftKey = (await queue.add({ ...fields(), state: "draft" })).key;
    }, 400);
  }
  function restore(entry) {
    for (const name of KEPT) {
      if (form.elements[name] && entry[name]) form.elements[name].value = entry[name];
    }
    for (const name of TICKED) if (form.elements[name]) form.elements[name].checked = Boolean(entry[name]);
    if (entry.question) $("ask").open = true;
    pictures = entry.pictures || [];
    drawPictures();
    count();
    form.elements.text.focus();
    changed();
    save();
  }
  function shown(image, picture) {
    image.src = URL.createObjectURL(picture.blob);
    image.onload = () => URL.revokeObjectURL(image.src);
  }
  function drawPictures() {
    $("pictures").replaceChildren(...pictures.map((picture, i) => {
      const item = $("picture-row").content.cloneNode(true).firstElementChild;
      shown(item.querySelector("img"), picture);
      const alt = item.querySelector("input");
      alt.id = `alt-${i}`;
      item.querySelector("label").htmlFor = alt.id;
      alt.value = picture.alt;
      alt.addEventListener("input", () => { picture.alt = alt.value; save(); });
      item.querySelector("button").addEventListener("click", () => { pictures.splice(i, 1); drawPictures(); save(); });
      return item;
    }));
    drawPreview();
  }

  // ---- how the public will see it: the public's own line, filled in while somebody looks ----
  const LINKED = /(https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]]|#\w+)/;
  function word(text) {
    const tag = form.elements.event?.checked && `#${form.elements.event.value}`;
    if (!/^https?:/.test(text) && text.toLowerCase() !== tag) return text;
    const link = document.createElement("a");
    link.textContent = text;
    return link;
  }
  function words(text) {
    const lines = text.trim().split("\n").map((line) => line.split(LINKED).map(word));
    return lines.flatMap((line, i) => (i ? [document.createElement("br"), ...line] : line));
  }
  function when() {
    const planned = form.elements.publish_at.value;
    if (!planned) return "now";
    return dayAndTime(planned);
  }
  function dayAndTime(local) {
    const day = new Date(local).toLocaleDateString("en-GB", { weekday: "long", day: "numeric", month: "long" });
    return `${day.replace(",", "")}, ${local.slice(11, 16)}`;
  }
  // Of a notice: the day again only where it is another, as the public page says it.
  function span() {
    const [from, until] = [form.elements.holds_from.value, form.elements.holds_until.value];
    if (!from || !until) return "";
    const sameDay = from.slice(0, 10) === until.slice(0, 10);
    return `${dayAndTime(from)} to ${sameDay ? until.slice(11, 16) : dayAndTime(until)}`;
  }
  function drawPreview() {
    if (!preview.open) return;
    const line = preview.querySelector("template").content.cloneNode(true);
    const mine = line.getElementById("p-preview");
    for (const link of line.querySelectorAll("[href]")) link.removeAttribute("href"); // nobody leaves by accident
    mine.querySelector("time").textContent = when();
    const place = mine.querySelector(".line-place");
    if (place) place.textContent = form.elements.neighbourhood.selectedOptions[0]?.text || "";
    mine.querySelector(".line-text").replaceChildren(...words(form.elements.text.value || "Your words appear here."));
    const announced = mine.querySelector(".line-when");
    if (span()) announced.querySelector("time").textContent = span();
    else announced.remove();
    const frame = mine.querySelector(".line-pictures");
    const blank = frame.firstElementChild;
    frame.replaceChildren(...pictures.map((picture) => {
      const one = blank.cloneNode(true);
      const image = one.querySelector("img");
      for (const name of ["width", "height", "loading"]) image.removeAttribute(name);
      image.alt = picture.alt;
      shown(image, picture);
      return one;
    }));
    preview.querySelector(".lines").replaceChildren(line);
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
    if (!entry.text.trim()) { tell("Say what happened first.", "amber"); form.elements.text.focus(); return; }
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
      await queue.add({ ...entry, action, key: sendKey });
    } catch {
      return byForm(action, event.submitter);
    }
    if (draftKey) await queue.remove(draftKey);
    draftKey = "";
    sendKey = crypto.randomUUID();
    adding = false;
    pictures = [];
    form.elements.text.value = form.elements.question.value = "";
    $("ask").open = form.elements.share.checked = false;
    drawPictures();
    count();
    changed();
    tell(navigator.onLine ? "Sending …" : "Kept on this phone. It is sent when the signal is back.", navigator.onLine ? "" : "amber");
    (await navigator.serviceWorker?.getRegistration?.("/desk/"))?.sync?.register("hue-queue").catch(() => undefined);
    go(true);
  }

  function prepare() {
    const place = form.elements.neighbourhood;
    const last = localStorage.getItem("hue-neighbourhood");
    if (last && !place.dataset.fixed && [...place.options].some((o) => o.value === last)) place.value = last;
    place.addEventListener("change", () => localStorage.setItem("hue-neighbourhood", place.value));
    form.elements.text.addEventListener("input", count);
    form.addEventListener("input", save);
    preview.hidden = false;
    preview.addEventListener("toggle", () => {
      drawPreview();
      if (preview.open) preview.scrollIntoView();
    });
    form.addEventListener("input", drawPreview);
    form.addEventListener("submit", submit);
    form.elements.pictures.addEventListener("change", (event) => {
      for (const file of event.target.files) pictures.push({ blob: file, name: file.name, alt: "" });
      event.target.value = "";
      drawPictures();
      save();
      $(`alt-${pictures.length - 1}`)?.focus();
    });
    count();
  }

  async function start() {
    if (form) prepare();
    await introduce();
    queue.onChange(news);
    await lost();
    const draft = form && !form.elements.text.value && (await queue.mine()).find((e) => e.state === "draft");
    if (draft) { draftKey = draft.key; restore(draft); }
    addEventListener("online", () => go(true));
    addEventListener("offline", show);
    document.addEventListener("visibilitychange", () => { if (!document.hidden) go(true); });
    await go(true);
  }
  start();
})();
