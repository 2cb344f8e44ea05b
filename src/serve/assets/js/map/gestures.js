// Moving over the map: drag, wheel, two fingers, keys. It changes the frame and asks for a drawing.

const STEP = 80;
const KEY_ZOOM = 1.4;

/** Binds the gestures on `surface` to `map` (`pan`, `zoom`, `showAll`). */
export function bindGestures(surface, map) {
  const fingers = new Map();
  surface.addEventListener("wheel", (event) => {
    event.preventDefault();
    const pixels = event.deltaMode === 1 ? event.deltaY * 30 : event.deltaY;
    map.zoom(Math.exp(-pixels * 0.0016), position(surface, event));
  }, { passive: false });
  surface.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    fingers.set(event.pointerId, position(surface, event));
  });
  surface.addEventListener("pointermove", (event) => {
    const before = fingers.get(event.pointerId);
    if (!before) return;
    const after = position(surface, event);
    // A click may tremble: below three pixels nothing moves, so that the mark gets it.
    if (!surface.hasPointerCapture(event.pointerId)) {
      if (Math.hypot(after.x - before.x, after.y - before.y) < 3) return;
      surface.setPointerCapture(event.pointerId);
    }
    drag(map, fingers, event.pointerId, before, after);
  });
  for (const end of ["pointerup", "pointercancel"]) {
    surface.addEventListener(end, (event) => fingers.delete(event.pointerId));
  }
  surface.addEventListener("keydown", (event) => {
    if (event.target === surface && !event.ctrlKey && !event.metaKey && key(map, event.key)) event.preventDefault();
  });
}

function drag(map, fingers, id, before, after) {
  fingers.set(id, after);
  const other = [...fingers].find(([finger]) => finger !== id)?.[1];
  if (!other) {
    map.pan(after.x - before.x, after.y - before.y);
    return;
  }
  const apart = (point) => Math.max(1, Math.hypot(point.x - other.x, point.y - other.y));
  map.zoom(apart(after) / apart(before), { x: (after.x + other.x) / 2, y: (after.y + other.y) / 2 });
}

function key(map, name) {
  const acts = {
    ArrowLeft: () => map.pan(STEP, 0),
    ArrowRight: () => map.pan(-STEP, 0),
    ArrowUp: () => map.pan(0, STEP),
    ArrowDown: () => map.pan(0, -STEP),
    "+": () => map.zoom(KEY_ZOOM),
    "=": () => map.zoom(KEY_ZOOM),
    "-": () => map.zoom(1 / KEY_ZOOM),
    0: () => map.showAll(),
  };
  acts[name]?.();
  return name in acts;
}

function position(surface, event) {
  const box = surface.getBoundingClientRect();
  return { x: event.clientX - box.left, y: event.clientY - box.top };
}
