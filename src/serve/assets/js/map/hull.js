// The area of a sector: the convex hull of circles around its places, in pixels.

const SIDES = 14;

/** The path of the area `margin` pixels around the points; empty without points. */
export function roundedHull(points, margin) {
  const around = [];
  for (const point of points) {
    for (let side = 0; side < SIDES; side += 1) {
      const angle = (2 * Math.PI * side) / SIDES;
      around.push({ x: point.x + margin * Math.cos(angle), y: point.y + margin * Math.sin(angle) });
    }
  }
  const hull = convexHull(around);
  return hull.length ? `M${hull.map((point) => `${point.x.toFixed(1)} ${point.y.toFixed(1)}`).join("L")}Z` : "";
}

/** Andrew's monotone chain (1979): corners in turn. */
export function convexHull(points) {
  const sorted = [...points].sort((a, b) => a.x - b.x || a.y - b.y);
  if (sorted.length < 3) return sorted;
  const half = (list) => {
    const chain = [];
    for (const point of list) {
      while (chain.length > 1 && turn(chain.at(-2), chain.at(-1), point) <= 0) chain.pop();
      chain.push(point);
    }
    chain.pop();
    return chain;
  };
  return [...half(sorted), ...half(sorted.reverse())];
}

function turn(a, b, c) {
  return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}
