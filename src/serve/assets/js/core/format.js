// Numbers as French typography writes them.

const numbers = new Map();

/** A number with at most `most` decimals and at least `least`. */
export function number(value, most = 0, least = 0) {
  if (value === null || value === undefined || Number.isNaN(value)) return "–";
  const key = `${most}/${least}`;
  if (!numbers.has(key)) {
    const options = { maximumFractionDigits: most, minimumFractionDigits: Math.min(least, most), signDisplay: "negative" };
    numbers.set(key, new Intl.NumberFormat("fr-FR", options));
  }
  return numbers.get(key).format(value).replace("-", "\u2212");
}

/** A share from 0 to 1 as a percentage. */
export function percent(share, decimals = 0) {
  return share === null || share === undefined ? "–" : `${number(share * 100, decimals)}\u202F%`;
}

/** A proven gap: enough decimals to see that it is not zero. */
export function gap(share) {
  if (share === null || share === undefined) return "–";
  const size = Math.abs(share);
  let decimals = 2;
  if (size === 0) decimals = 0;
  else if (size < 0.00001) decimals = 4;
  else if (size < 0.001) decimals = 3;
  return percent(share, decimals);
}

/** Minutes as hours and minutes. */
export function duration(minutes) {
  if (minutes === null || minutes === undefined) return "–";
  const whole = Math.round(minutes);
  if (Math.abs(whole) < 60) return `${number(whole)}\u202Fmin`;
  const rest = String(Math.abs(whole) % 60).padStart(2, "0");
  return `${number(Math.trunc(whole / 60))}\u202Fh\u202F${rest}`;
}

/** Seconds as a clock shows them: `0:07`, `2:31`. */
export function clock(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/** A count with its noun; French keeps the singular below two. */
export function count(many, one, several = `${one}s`) {
  return `${number(many)}\u00A0${Math.abs(many) < 2 ? one : several}`;
}

/** A difference with its sign. */
export function signed(value, decimals = 0) {
  if (value === null || value === undefined) return "–";
  const text = number(Math.abs(value), decimals);
  if (text === "0") return "0";
  return `${value > 0 ? "+" : "\u2212"}${text}`;
}

/** A size in octets, in the unit that suits. */
export function size(octets) {
  if (octets < 1000) return `${number(octets)}\u00A0o`;
  if (octets < 1_000_000) return `${number(octets / 1000)}\u00A0ko`;
  return `${number(octets / 1_000_000, 1)}\u00A0Mo`;
}

/** Half-days of presence a week, as people say them. */
export function presence(halfDays) {
  if (!halfDays) return "";
  if (halfDays === 0.25) return "1\u00A0demi-journée par mois";
  if (halfDays === 0.5) return "1\u00A0demi-journée par quinzaine";
  return `${count(halfDays, "demi-journée")} par semaine`.replace(/^(\S+)/, number(halfDays, 2));
}

/** The same in few letters, for labels and narrow columns. */
export function shortPresence(halfDays) {
  if (!halfDays) return "";
  if (halfDays === 0.25) return "1 demi-j./mois";
  if (halfDays === 0.5) return "1 demi-j./quinz.";
  return `${number(halfDays, 2)} demi-j./sem.`;
}

/** Text for comparisons and searches: without accents or capitals. */
export function plain(text) {
  return String(text ?? "").normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
