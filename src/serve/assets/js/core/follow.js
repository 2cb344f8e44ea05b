// The stream of a computation: progress while it runs, the new plan when it ends.

import { GONE, post } from "./api.js";
import { announce, guarded, tell, complain, withdraw } from "./announce.js";
import { catchUp, now, refresh, setProgress } from "./store.js";
import { gap } from "./format.js";

/** Seconds between two spoken figures: a screen reader must not talk without end. */
const SPOKEN_EVERY_S = 10;

/** Computations whose request waits for the result. */
const EDITS = new Set(["essayer", "modifier"]);

/** Silence of the program that is no longer an accident. */
const SILENCE_MS = 4000;

const waiting = [];
let spokenAt = 0;
let silence = 0;

/** Listens to the server for as long as the page lives; the browser connects again by itself. */
export function follow() {
  const stream = new EventSource("suivi");
  const on = (name, act) => stream.addEventListener(name, (event) => act(JSON.parse(event.data || "{}")));
  on("progres", (news) => note(news));
  on("plan", (news) => note(news));
  on("tache", (news) => note(news));
  on("fin", end);
  stream.addEventListener("error", () => { silence ||= setTimeout(lost, SILENCE_MS); });
  stream.addEventListener("open", found);
  // Another window may have changed the dossier meanwhile.
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && guarded(catchUp));
}

/** Nothing answers: what was under way is no longer heard of. */
function lost() {
  if (now().progress) setProgress(null);
  complain(GONE);
}

/** The program is heard again: what happened in between is read. */
function found() {
  if (!silence) return;
  clearTimeout(silence);
  silence = 0;
  withdraw(GONE);
  guarded(async () => {
    await catchUp();
    if (!now().etat.calcul && now().progress) setProgress(null);
  });
}

/** Starts a computation on a route that answers at once, and waits for its end. */
export async function run(kind, route, body) {
  setProgress({ kind, since: Date.now() });
  const ended = new Promise((resolve) => waiting.push(resolve));
  try {
    await post(route, body);
  } catch (error) {
    waiting.pop();
    setProgress(null);
    throw error;
  }
  return ended;
}

/** Asks the computation to stop and to keep the best plan found. */
export function stop() {
  return guarded(() => post("arreter"));
}

function note(news) {
  const before = now().progress ?? { since: Date.now() - 1000 * (news.secondes ?? 0) };
  setProgress({ ...before, ...news });
  const spoken = news.total ? `${news.fait} sur ${news.total}` : Number.isFinite(news.ecart) ? `écart ${gap(news.ecart)}` : null;
  if (spoken && Date.now() - spokenAt > SPOKEN_EVERY_S * 1000) {
    spokenAt = Date.now();
    announce(`Calcul en cours, ${spoken}.`);
  }
}

async function end(news) {
  const mine = now().progress?.mine;
  setProgress(null);
  // An edit answers by itself: who asked for it shows the effect, or the refusal.
  if (EDITS.has(news.sorte)) {
    if (!mine) await guarded(catchUp);
    return;
  }
  await guarded(refresh);
  if (!news.erreur) tell("Calcul terminé.");
  else if (now().etat?.impasse) announce(news.erreur);
  else complain({ message: news.erreur, remedy: news.remede ?? "" });
  for (const resolve of waiting.splice(0)) resolve(news);
}
