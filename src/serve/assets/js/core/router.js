// One page, several screens: the part of the address after `#` says which one is shown.

import { h, put, focusOn } from "./dom.js";
import { announce, complain } from "./announce.js";
import { subscribe } from "./store.js";

/**
 * Shows in `root` the screen that the address names. A screen is `{title, render(root, parts)}`;
 * `render` may return `{open(parts), update(what), leave()}`: called when the rest of the address
 * changes, at changes of the store, and before another screen comes.
 */
export function start(root, screens, home, onChange) {
  let current = null;
  let name = null;

  async function show() {
    const [first, ...parts] = route();
    const next = screens[first] ? first : home();
    if (next === name && current?.open) {
      current.open(parts);
      return;
    }
    current?.leave?.();
    current = null;
    const moved = name !== null && name !== next;
    name = next;
    put(root);
    root.dataset.ecran = next;
    document.title = `${screens[next].title} · Maillage`;
    onChange(next);
    try {
      current = (await screens[next].render(root, parts)) ?? null;
    } catch (error) {
      put(root, h("div", { class: "page" }, h("h1", {}, screens[next].title)));
      complain(error);
    }
    if (moved) {
      focusOn(root.querySelector("h1") ?? root);
      announce(screens[next].title);
    }
  }

  addEventListener("hashchange", show);
  subscribe((what) => current?.update?.(what));
  return show();
}

/** Goes to a screen. */
export function go(...parts) {
  location.hash = `#/${parts.map(encodeURIComponent).join("/")}`;
}

/** The parts of the address now. */
export function route() {
  return location.hash.replace(/^#\/?/, "").split("/").filter(Boolean).map(decodeURIComponent);
}
