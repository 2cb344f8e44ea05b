// From degrees to the screen: spherical Mercator, that of the IGN tiles, on a world of side 1.

/** Kilometres around the Earth. */
const EQUATOR_KM = 40_075;

/** Longitude and latitude in degrees to the world. */
export function project(longitude, latitude) {
  const north = (latitude * Math.PI) / 180;
  return { x: (longitude + 180) / 360, y: 0.5 - Math.asinh(Math.tan(north)) / (2 * Math.PI) };
}

/** Kilometres in one unit of the world at height `y`. */
export function kilometres(y) {
  return EQUATOR_KM / Math.cosh((0.5 - y) * 2 * Math.PI);
}

/** What part of the world is shown: its middle, and pixels to one unit. */
export class Frame {
  constructor(width, height) {
    this.width = width;
    this.height = height;
    this.x = 0.5;
    this.y = 0.35;
    this.scale = 1000;
  }

  /** Shows all `points`, with `margin` (`{x, y}`, pixels) around. */
  fit(points, margin) {
    if (!points.length) return;
    const xs = points.map((point) => point.x);
    const ys = points.map((point) => point.y);
    const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    const least = 4 / kilometres((top + bottom) / 2);
    const wide = (this.width - 2 * margin.x) / Math.max(right - left, least);
    const high = (this.height - 2 * margin.y) / Math.max(bottom - top, least);
    this.x = (left + right) / 2;
    this.y = (top + bottom) / 2;
    this.scale = Math.min(wide, high);
  }

  /** Where a point of the world falls, pixels. */
  place(point) {
    return {
      x: (point.x - this.x) * this.scale + this.width / 2,
      y: (point.y - this.y) * this.scale + this.height / 2,
    };
  }

  /** The point of the world under a pixel. */
  under(pixel) {
    return {
      x: (pixel.x - this.width / 2) / this.scale + this.x,
      y: (pixel.y - this.height / 2) / this.scale + this.y,
    };
  }

  /** Moves the ground by pixels. */
  pan(dx, dy) {
    this.x -= dx / this.scale;
    this.y -= dy / this.scale;
  }

  /** Enlarges around a pixel that stays where it is. */
  zoom(factor, pixel, least, most) {
    const fixed = this.under(pixel);
    this.scale = Math.min(most, Math.max(least, this.scale * factor));
    const moved = this.place(fixed);
    this.pan(pixel.x - moved.x, pixel.y - moved.y);
  }

  /** The longest round length within `most` pixels: kilometres, pixels. */
  scaleBar(most) {
    const pixels = this.scale / kilometres(this.y);
    const km = [100, 50, 20, 10, 5, 2, 1, 0.5, 0.2].find((length) => length * pixels <= most) ?? 0.1;
    return { km, pixels: km * pixels };
  }
}
