// The routes of the server. Every address is relative to that of the page, which holds the secret.

/** What the server refused, with what to do about it. */
export class Refusal extends Error {
  constructor(status, message, remedy, deadEnd) {
    super(message);
    this.status = status;
    this.remedy = remedy ?? "";
    this.deadEnd = deadEnd ?? null;
  }
}

/** Nothing answers. */
export const GONE = new Refusal(0, "Le programme ne répond plus.",
  "S'il est arrêté, relancez « maillage ouvrir » : il donne une nouvelle adresse. Sinon, rechargez la page.");

/** Reads a route. */
export function get(route) {
  return ask(route, {});
}

/** Sends a body of JSON, or none. */
export function post(route, body) {
  return ask(route, json("POST", body));
}

export function put(route, body) {
  return ask(route, json("PUT", body));
}

/** Puts a file as it is. */
export function putFile(route, file) {
  return ask(route, { method: "PUT", headers: { "Content-Type": "application/octet-stream" }, body: file });
}

export function remove(route) {
  return ask(route, { method: "DELETE" });
}

/** Sends files as they are. */
export function upload(route, files) {
  const form = new FormData();
  for (const file of files) form.append("fichiers", file, file.name);
  return ask(route, { method: "POST", body: form });
}

function json(method, body) {
  if (body === undefined) return { method };
  return { method, headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
}

async function ask(route, options) {
  let answer;
  try {
    answer = await fetch(route, { credentials: "same-origin", cache: "no-store", ...options });
  } catch {
    throw GONE;
  }
  const text = await answer.text();
  const content = text && parse(text);
  if (answer.ok) return content || null;
  if (content?.erreur) throw new Refusal(answer.status, content.erreur, content.remede, content.impasse);
  if (answer.status === 404) throw new Refusal(404, "Cette version du programme ne sait pas encore répondre à cela.");
  throw new Refusal(answer.status, `Le programme a refusé (${answer.status}).`);
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
