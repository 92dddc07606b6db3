// A server of the fediverse on Fedify: does what it is told on its standard input, line by line,
// and says on its standard output what came of it and what came in.
import { createServer } from "node:http";
import { createInterface } from "node:readline";
import { createFederation, generateCryptoKeyPair, MemoryKvStore } from "@fedify/fedify";
import {
  Activity, Announce, Block, Create, Delete, Flag, Follow, Like, Note, Person,
  PUBLIC_COLLECTION, QuoteRequest, Tombstone, Undo, Update,
} from "@fedify/vocab";

const [port, firstKnock, only] = process.argv.slice(2);
const origin = `http://127.0.0.1:${port}`;
const keys = new Map();
const say = (told) => process.stdout.write(JSON.stringify(told) + "\n");

// What we sent, as "202 rfc9421": a second knock would hide that the first was refused.
let knocks = [];
const plainFetch = globalThis.fetch;
globalThis.fetch = async (asked, ...more) => {
  const request = new Request(asked, ...more);
  const answer = await plainFetch(request);
  if (request.method === "POST") {
    const kind = request.headers.has("signature-input") ? "rfc9421" : "cavage";
    knocks.push(`${answer.status} ${kind}`);
  }
  return answer;
};

const federation = createFederation({
  kv: new MemoryKvStore(), allowPrivateAddress: true, firstKnock,
});
federation
  .setActorDispatcher("/users/{identifier}", async (context, identifier) => {
    if (!/^[a-z]+$/.test(identifier)) return null;
    const [pair] = await context.getActorKeyPairs(identifier);
    return new Person({
      id: context.getActorUri(identifier),
      preferredUsername: identifier,
      name: `<script>alert("${identifier}")</script>`,
      inbox: context.getInboxUri(identifier),
      publicKey: pair.cryptographicKey,
      url: context.getActorUri(identifier),
    });
  })
  .setKeyPairsDispatcher(async (_, identifier) => {
    if (!keys.has(identifier)) {
      keys.set(identifier, await generateCryptoKeyPair("RSASSA-PKCS1-v1_5"));
    }
    return [keys.get(identifier)];
  });
federation
  .setInboxListeners("/users/{identifier}/inbox", "/inbox")
  .on(Activity, async (_, activity) =>
    say({
      came: activity.constructor.name,
      object: activity.objectId?.href ?? null,
      result: activity.resultId?.href ?? null,
      about: (await activity.getObject({ suppressError: true }))?.constructor.name ?? null,
    }));

const server = createServer(async (incoming, outgoing) => {
  const parts = [];
  for await (const part of incoming) parts.push(part);
  const request = new Request(origin + incoming.url, {
    method: incoming.method,
    headers: incoming.headers,
    body: parts.length ? Buffer.concat(parts) : undefined,
  });
  // Like servers that know but one kind of signature: Fedify itself verifies both.
  const kind = request.headers.has("signature-input") ? "rfc9421" : "cavage";
  if (request.method === "POST" && only && only !== kind) {
    say({ came: `refused ${kind}` });
    outgoing.writeHead(401).end();
    return;
  }
  const answer = await federation.fetch(request, {
    contextData: undefined,
    onNotFound: () => new Response("Not found", { status: 404 }),
    onNotAcceptable: () => new Response("Not acceptable", { status: 406 }),
  });
  outgoing.writeHead(answer.status, Object.fromEntries(answer.headers));
  outgoing.end(Buffer.from(await answer.arrayBuffer()));
});

const url = (told) => new URL(told);
const followOf = ({ id, by, target }) =>
  new Follow({ id: url(id), actor: url(by), object: url(target) });
const noteOf = ({ note, by, answers, html }) =>
  new Note({
    id: url(note), attribution: url(by), content: html, to: PUBLIC_COLLECTION,
    replyTarget: answers ? url(answers) : null,
  });
const made = {
  follow: followOf,
  unfollow: (told) => new Undo({
    id: url(`${told.id}#undo`), actor: url(told.by), object: followOf(told),
  }),
  like: ({ id, by, target }) => new Like({ id: url(id), actor: url(by), object: url(target) }),
  announce: ({ id, by, target }) =>
    new Announce({ id: url(id), actor: url(by), object: url(target), to: PUBLIC_COLLECTION }),
  unannounce: ({ id, by, target }) => new Undo({
    id: url(`${id}#undo`), actor: url(by),
    object: new Announce({ id: url(id), actor: url(by), object: url(target) }),
  }),
  block: ({ id, by, target }) => new Block({ id: url(id), actor: url(by), object: url(target) }),
  flag: ({ id, by, target, html }) =>
    new Flag({ id: url(id), actor: url(by), object: url(target), content: html }),
  reply: (told) => new Create({
    id: url(told.id), actor: url(told.by), object: noteOf(told), to: PUBLIC_COLLECTION,
  }),
  edit: (told) => new Update({
    id: url(told.id), actor: url(told.by), object: noteOf(told), to: PUBLIC_COLLECTION,
  }),
  remove: ({ id, by, note }) => new Delete({
    id: url(id), actor: url(by), object: new Tombstone({ id: url(note) }), to: PUBLIC_COLLECTION,
  }),
  quote: ({ id, by, target, note }) =>
    new QuoteRequest({ id: url(id), actor: url(by), object: url(target), instrument: url(note) }),
  leave: ({ id, by }) =>
    new Delete({ id: url(id), actor: url(by), object: url(by), to: PUBLIC_COLLECTION }),
};

async function obey(told) {
  const context = federation.createContext(new URL(origin), undefined);
  const by = context.getActorUri(told.who).href;
  const activity = made[told.do]({ ...told, by });
  const recipient = { id: url(told.to), inboxId: url(told.inbox), endpoints: null };
  await context.sendActivity({ identifier: told.who }, recipient, activity, { immediate: true });
}

server.listen(Number(port), "127.0.0.1", () => say({ ready: origin }));
for await (const line of createInterface({ input: process.stdin })) {
  knocks = [];
  try {
    await obey(JSON.parse(line));
    say({ done: true, knocks });
  } catch (error) {
    say({ failed: String(error), knocks });
  }
}
process.exit(0);
