// The words and signs of the trade: every modality has a name, a shape and a colour.

/** Modalities in the order of presence. */
export const MODALITIES = ["PERMANENCE", "POLE", "PREMIER_DEGRE", "REFERENCE", "CONSEIL"];

export const MODALITY = {
  PERMANENCE: { name: "Permanence", plural: "permanences", meaning: "L'assistant·e de service social est présent·e à jours réguliers et reçoit les élèves." },
  POLE: { name: "Pôle", plural: "pôles", meaning: "Pas de présence fixe : l'établissement saisit son assistant·e par fiche pour la protection de l'enfance et l'absentéisme." },
  PREMIER_DEGRE: { name: "Premier degré", plural: "premier degré", meaning: "Conseil technique et intervention sur demande dans les écoles publiques." },
  REFERENCE: { name: "Référence", plural: "références", meaning: "Pas d'assistant·e : la conseillère ou le conseiller technique de bassin supervise les situations complexes." },
  CONSEIL: { name: "Conseil ponctuel", plural: "conseils ponctuels", meaning: "Ni présence ni saisine : un conseil ponctuel, selon les modalités de l'académie." },
};

export const CATEGORY = {
  "REP+": "Éducation prioritaire renforcée (REP+)",
  REP: "Éducation prioritaire (REP)",
  EGPA: "Enseignement adapté (SEGPA, EGPA)",
  ULIS: "ULIS",
  UPE2A: "UPE2A (élèves allophones)",
  RELAIS: "Dispositif relais",
  INTERNAT: "Internat",
  LP: "Voie professionnelle",
  RURAL: "Rural défavorisé",
};

export const KIND = {
  COLLEGE: "Collège",
  LP: "Lycée professionnel",
  LPO: "Lycée polyvalent",
  LEGT: "Lycée général et technologique",
  EREA: "EREA",
  ECOLE: "École",
  RESEAU: "Réseau d'écoles REP+",
  CIRCONSCRIPTION: "Circonscription du premier degré",
};

/** Several of them. */
export const KINDS = {
  COLLEGE: "collèges",
  LP: "lycées professionnels",
  LPO: "lycées polyvalents",
  LEGT: "lycées généraux et technologiques",
  EREA: "EREA",
  ECOLE: "écoles",
  RESEAU: "réseaux d'écoles REP+",
  CIRCONSCRIPTION: "circonscriptions du premier degré",
};

/** The profils that the program carries. */
export const PROFILE = {
  "circulaire-2017": "Circulaire de 2017",
  "aix-marseille-2018": "Aix-Marseille 2018",
  "deux-sevres-2018": "Deux-Sèvres 2018",
  "haute-garonne-2024": "Haute-Garonne 2024",
};

/** The same for narrow columns. */
export const SHORT_KIND = { ...KIND, LP: "LP", LPO: "LPO", LEGT: "LGT", RESEAU: "Réseau", CIRCONSCRIPTION: "Circons\u00ADcription" };

export const STATUS = {
  optimal: "meilleur plan possible, prouvé",
  ecart_atteint: "écart demandé atteint, prouvé",
  effort: "arrêté à l'effort demandé",
  limite: "arrêté par la limite de temps",
  interrompu: "arrêté à votre demande",
  irrealisable: "irréalisable, prouvé",
};

export const TASK = {
  resoudre: "Recherche du meilleur plan",
  modifier: "Recalcul après votre modification",
  essayer: "Essai de la modification",
  frontiere: "Un plan par niveau de moyens",
  fragilite: "Un plan par absence",
};

/** The sign of each modality around (0, 0), about 10 units wide; `hollow` ones are only drawn round. */
export const SHAPE = {
  PERMANENCE: { path: "M0-5A5 5 0 1 1 0 5A5 5 0 1 1 0-5Z" },
  POLE: { path: "M-4.5-4.5H4.5V4.5H-4.5Z" },
  PREMIER_DEGRE: { path: "M0-6 6 0 0 6-6 0Z" },
  REFERENCE: { path: "M0-5.6 5.4 4.2H-5.4Z", hollow: true },
  CONSEIL: { path: "M-4.2-4.2 4.2 4.2M-4.2 4.2 4.2-4.2", hollow: true },
  // Before any plan.
  AUCUNE: { path: "M0-3.8A3.8 3.8 0 1 1 0 3.8A3.8 3.8 0 1 1 0-3.8Z", hollow: true },
};

const INITIALS = [
  ["Lycée d'enseignement général et technologique", "LGT"],
  ["Lycée général et technologique", "LGT"],
  ["Lycée polyvalent", "LPO"],
  ["Lycée professionnel", "LP"],
  ["Circonscription d'inspection du 1er degré", "Circonscription"],
];

/** The name of an establishment with the usual initials for its type. */
export function shortName(name) {
  const found = INITIALS.find(([long]) => name.toLowerCase().startsWith(long.toLowerCase()));
  return found ? found[1] + name.slice(found[0].length) : name;
}

/**
 * Categories as a cell holds them, to a list of codes. `CODE?` is a category that the
 * source does not tell, AUCUNE the word for none.
 */
export function categoryCodes(categories) {
  const list = Array.isArray(categories) ? categories : String(categories ?? "").split("|");
  return list.map((code) => code.trim()).filter((code) => code && code !== "AUCUNE" && !code.endsWith("?"));
}
