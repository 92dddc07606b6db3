/* "Is this really us?" for a link or an account's name: held against the signed list of our
   accounts, or looked for among our own pages. Without this script the form leads to the list. */
(() => {
  "use strict";
  const form = document.getElementById("ours");
  const said = document.getElementById("ours-said");
  if (!form || !said) return;

  function address(text) {
    if (/\s/.test(text) || !text.includes(".")) return null;
    try {
      const url = new URL(text.includes("://") ? text : `https://${text}`);
      return url.protocol.startsWith("http") ? url : null;
    } catch {
      return null;
    }
  }
  const host = (url) => url.host.toLowerCase().replace(/^www\./, "");
  const path = (url) => url.pathname.toLowerCase().replace(/\/+$/, "");
  // The account itself, or what stands below it: never a name that only begins alike.
  const within = (url, ours) => host(url) === host(ours) && `${path(url)}/`.startsWith(`${path(ours)}/`);

  // As the fediverse writes a name: @name@server. Other names are nobody's without their network.
  const handle = /^@[\w.-]+@[\w.-]+(:\d+)?$/;

  async function accounts() {
    const told = await (await fetch(form.dataset.list)).json();
    // What is open again counts before what was closed.
    return JSON.parse(told.signed).accounts.sort((a, b) => Boolean(a.closed) - Boolean(b.closed));
  }

  async function named(name) {
    return about((await accounts()).find((one) => one.handle.toLowerCase() === name.toLowerCase()));
  }

  async function linked(url) {
    const found = (await accounts()).find((one) => one.url && within(url, new URL(one.url)));
    if (found || url.host !== location.host) return about(found);
    const page = await fetch(url.pathname, { method: "HEAD" });
    return page.ok ? "Yes: this page is ours." : "No: there is no such page on our site.";
  }

  function about(found) {
    if (!found) return "No: that is none of our accounts. Whoever speaks there in our name is not us.";
    const which = `${found.network} ${found.handle}`;
    if (!found.closed) return `Yes: ${which} is our account. What we say there stands on this site too.`;
    const day = new Date(found.closed).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });
    const moved = found.moved_to ? ` It moved to ${found.moved_to}.` : "";
    return `Not any more: ${which} was ours until ${day}.${moved} What it says since then is not from us.`;
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const text = form.elements.link.value.trim();
    const url = address(text);
    if (!url && !handle.test(text)) {
      said.textContent = "That is no link: copy it from the address line, or from “share”.";
      return;
    }
    try {
      said.textContent = await (handle.test(text) ? named(text) : linked(url));
    } catch {
      said.textContent = "It cannot be checked right now: compare it with the list of our accounts.";
    }
  });
})();
