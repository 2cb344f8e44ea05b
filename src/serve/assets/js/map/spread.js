// Marks that fall on one another push one another away, a little, so that each can be seen and hit.

const ROUNDS = 6;
/** Pixels that a mark may leave its true place: a map that lies is worse than marks that touch. */
const FARTHEST = 8;

/**
 * Moves `points` (pixels) apart until `gap` pixels lie between any two, or the rounds are over.
 * Deterministic: points on the very same spot leave along a golden-angle spiral by their index.
 */
export function spread(points, gap) {
  const moved = points.map((point) => ({ ...point }));
  for (let round = 0; round < ROUNDS; round += 1) {
    if (!pushAll(moved, gap)) break;
  }
  moved.forEach((point, index) => hold(point, points[index]));
  return moved;
}

function hold(point, home) {
  const away = Math.hypot(point.x - home.x, point.y - home.y);
  if (away <= FARTHEST) return;
  point.x = home.x + ((point.x - home.x) * FARTHEST) / away;
  point.y = home.y + ((point.y - home.y) * FARTHEST) / away;
}

function pushAll(points, gap) {
  let close = false;
  for (const [a, b] of closePairs(points, gap)) {
    const from = points[a];
    const to = points[b];
    let dx = to.x - from.x;
    let dy = to.y - from.y;
    let length = Math.hypot(dx, dy);
    if (length >= gap) continue;
    if (length < 0.01) {
      dx = Math.cos(2.4 * b);
      dy = Math.sin(2.4 * b);
      length = 1;
    }
    const push = (gap - Math.min(length, gap)) / 2 + 0.05;
    from.x -= (dx / length) * push;
    from.y -= (dy / length) * push;
    to.x += (dx / length) * push;
    to.y += (dy / length) * push;
    close = true;
  }
  return close;
}

/** Pairs of neighbours, found by sorting on x. */
function closePairs(points, gap) {
  const order = points.map((_, index) => index).sort((a, b) => points[a].x - points[b].x || a - b);
  const pairs = [];
  for (let at = 0; at < order.length; at += 1) {
    for (let next = at + 1; next < order.length; next += 1) {
      if (points[order[next]].x - points[order[at]].x >= gap) break;
      if (Math.abs(points[order[next]].y - points[order[at]].y) < gap) pairs.push([order[at], order[next]]);
    }
  }
  return pairs;
}
