// The tables of a dossier: their French names, and what each is for.

export const TABLES = {
  etablissements: { name: "Établissements", about: "Un établissement, une circonscription ou une école de réseau par ligne." },
  postes: { name: "Postes", about: "Un poste d'assistant de service social par ligne. Sans résidence, le calcul le place." },
  conseillers: { name: "Conseillers de bassin", about: "Les CTSS de bassin et combien de collèges chacun peut suivre en référence." },
  decisions: { name: "Décisions", about: "Ce qui est déjà décidé. N'écrivez ni motif de santé ni conflit nommé." },
  secteurs_actuels: { name: "Secteurs actuels", about: "Les secteurs d'aujourd'hui, pour compter et limiter les changements." },
  previsions: { name: "Prévisions d'effectifs", about: "Les effectifs attendus, qui remplacent ceux qui sont publiés." },
  poles: { name: "Pôles en équipe", about: "Les pôles tenus par plusieurs postes." },
  affinites: { name: "Affinités", about: "Une préférence ou un coût pour un couple poste-établissement. N'écrivez ni motif de santé ni conflit nommé." },
  trajets: { name: "Trajets", about: "Des temps de route mesurés ; les autres sont estimés." },
};

/** The name of a table. */
export function tableName(code) {
  return TABLES[code]?.name ?? code;
}

/** Columns whose name in the file is not yet a French one. */
const HEADINGS = {
  uai: "UAI", code_commune: "code de la commune", ips: "IPS", effectif_post_bac: "effectif post-bac", categories: "catégories",
  annee_effectif: "année de l'effectif", reseau: "réseau", dote: "doté", assistants_max: "assistants au plus", quotite: "quotité",
  residence: "résidence", decharge_demi_journees: "décharge (demi-j.)", jours_travailles: "jours travaillés", trajet_max_minutes: "trajet au plus (min)",
  etablissements_max: "établissements au plus", puissance_fiscale: "puissance fiscale (CV)", references_max: "références au plus", modalite: "modalité",
  demi_journees: "demi-journées", decision: "décision", annee: "année", pole: "pôle", km: "kilomètres",
};

/** A column as people read it. */
export function columnName(name) {
  return HEADINGS[name] ?? name.replaceAll("_", " ");
}
