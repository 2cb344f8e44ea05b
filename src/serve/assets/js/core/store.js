// What the page knows of the server: its state, the plan and the computation under way.

import { get } from "./api.js";
import { readPlan } from "../model/plan.js";

const state = { etat: null, plan: null, fault: null, progress: null };
const listeners = new Set();

/**
 * The current values: `plan` is `null` without a dossier, and where errors in its tables leave
 * nothing to draw (`fault` says why). Read them, change them through the functions below.
 */
export function now() {
  return state;
}

/** Calls `listener(what)` at each change ("etat", "plan", "progress"); returns how to stop. */
export function subscribe(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Reads the state again, and the plan when there is one. */
export async function refresh() {
  state.etat = await get("etat");
  emit("etat");
  await refreshPlan();
}

/** Reads the state alone. */
export async function refreshEtat() {
  state.etat = await get("etat");
  emit("etat");
}

/** Reads the state, and the plan as well when something has changed since. */
export async function catchUp() {
  const known = settled();
  state.etat = await get("etat");
  if (settled() === known) return;
  emit("etat");
  await refreshPlan();
}

/** The state but for the computation under way, to be compared. */
function settled() {
  return JSON.stringify({ ...state.etat, calcul: null });
}

async function refreshPlan() {
  const known = state.plan;
  state.plan = null;
  state.fault = null;
  if (state.etat.dossier) {
    try {
      state.plan = readPlan(await get("plan"));
    } catch (error) {
      state.fault = error;
    }
  }
  if (known || state.plan || state.fault) emit("plan");
}

/** The computation under way, or `null`. */
export function setProgress(progress) {
  state.progress = progress;
  emit("progress");
}

function emit(what) {
  for (const listener of [...listeners]) listener(what);
}
