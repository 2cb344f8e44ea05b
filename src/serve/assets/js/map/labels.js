// Labels that cover neither a mark nor one another: the most important first, each at the first
// free of eight places around its point, left out when none is free.

const SIZE = { poste: 11, lieu: 11.5, bassin: 13 };
const LETTER = { poste: 0.62, lieu: 0.56, bassin: 0.78 };

/**
 * @param wishes `{x, y, text, kind, gap}` in order of importance, pixels
 * @param marks points not to cover
 * @returns the wishes that fit, with `left` and `base` where the text starts
 */
export function placeLabels(wishes, marks, frame) {
  const taken = marks.map((mark) => ({ left: mark.x - 7, right: mark.x + 7, top: mark.y - 7, bottom: mark.y + 7 }));
  const placed = [];
  for (const wish of wishes) {
    const box = candidates(wish).find((space) => inside(space, frame) && !taken.some((other) => overlap(space, other)));
    if (!box) continue;
    taken.push(box);
    placed.push({ ...wish, left: box.left, base: box.bottom - 0.24 * SIZE[wish.kind] });
  }
  return placed;
}

function candidates({ x, y, text, kind, gap = 9 }) {
  const height = SIZE[kind] * 1.15;
  const width = text.length * LETTER[kind] * SIZE[kind];
  const near = gap * 0.7;
  const corners = [
    [x + gap, y - height / 2],
    [x - gap - width, y - height / 2],
    [x - width / 2, y - gap - height],
    [x - width / 2, y + gap],
    [x + near, y - near - height],
    [x + near, y + near],
    [x - near - width, y - near - height],
    [x - near - width, y + near],
  ];
  if (kind === "bassin") corners.unshift([x - width / 2, y - height / 2]);
  return corners.map(([left, top]) => ({ left, top, right: left + width, bottom: top + height }));
}

function inside(box, frame) {
  return box.left >= 2 && box.top >= 2 && box.right <= frame.width - 2 && box.bottom <= frame.height - 2;
}

function overlap(a, b) {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
