//! The sections of an explanation, in the words of a head teacher.

use crate::domain::{Modality, Presence};
use crate::policy::modality_options::floor;
use crate::policy::{Problem, UnitId};
use crate::wording::article::{at, capital, of};
use crate::wording::bareme;
use crate::wording::label;
use crate::wording::number::{count, duration, half_days, number, percent, short};
use crate::wording::sentence::enumeration;

use super::exclusions;
use super::explanation::{Explanation, Section};
use super::facts::{BASE, Balance, Item, Need, Week};
use super::more::More;
use super::names;
use super::prices::{ModalityPrice, Price};
use super::words::{effects, loss, own_gain};

/// All sections, in reading order.
#[must_use]
pub fn sections(problem: &Problem, unit: UnitId, told: &Explanation) -> Vec<Section> {
    let name = names::unit(problem, unit);
    let all = [
        ("Ce qui est prévu", plan(&name, told)),
        ("Pourquoi ce besoin", needs(problem, unit, &name, told)),
        ("Ce que les règles permettent", rules(problem, unit)),
        ("Pourquoi pas davantage, ou autrement", others(&name, told)),
        ("Pourquoi ce poste", post(told)),
        ("Ce qu'il faudrait pour davantage", told.davantage.as_ref().map_or_else(Vec::new, more)),
    ];
    all.into_iter()
        .filter(|(_, phrases)| !phrases.is_empty())
        .map(|(titre, phrases)| Section { titre: titre.to_owned(), phrases })
        .collect()
}

fn plan(name: &str, told: &Explanation) -> Vec<String> {
    let subject = capital(name);
    let who = told.semaine.as_ref().map(who);
    let first = match (told.modalite, &who) {
        (Modality::Permanence, Some(who)) => format!(
            "{subject} a une permanence de {}, tenue par {who}.",
            label::presence(presence(told))
        ),
        (Modality::Pole, Some(who)) => format!(
            "{subject} n'a pas de permanence : il saisit son assistant·e par fiche (pôle), {who}."
        ),
        (Modality::Pole, None) => format!(
            "{subject} n'a pas de permanence : il saisit par fiche l'équipe du pôle ({}).",
            told.poste.as_deref().unwrap_or_default()
        ),
        (Modality::PremierDegre, Some(who)) => {
            format!("{subject} : conseil et intervention sur demande dans les écoles, par {who}.")
        }
        (Modality::Reference, _) => format!(
            "{subject} n'a pas d'assistant·e : le conseiller technique du bassin suit ses situations complexes (référence)."
        ),
        _ => format!("{subject} n'a pas d'assistant·e : il peut demander un conseil ponctuel."),
    };
    vec![first, need_met(told)]
}

/// The share that is given and the share that counts: documents and the page show the second.
fn need_met(told: &Explanation) -> String {
    let needed = format!("Son besoin est estimé à {} par semaine", half_days(told.besoin.total));
    let given = told.demi_journees / told.besoin.total;
    match told.modalite {
        Modality::Permanence if given >= 1.0 && given.is_finite() => {
            format!("{needed} ; cette présence y suffit.")
        }
        Modality::Permanence if given < 1.0 => format!(
            "{needed} ; cette présence en apporte {}, qui comptent pour {} de besoin couvert : les \
             premières demi-journées comptent le plus.",
            percent(given, 0),
            percent(told.part_couverte, 0)
        ),
        _ => format!("{needed}."),
    }
}

fn presence(told: &Explanation) -> Presence {
    Presence::from_half_days(told.demi_journees).unwrap_or(Presence(0))
}

fn who(week: &Week) -> String {
    let agent = week.agent.as_ref().map_or_else(String::new, |agent| format!(" ({agent})"));
    if week.sur_place {
        return format!("le poste {}{agent}, qui y est basé", week.poste);
    }
    format!(
        "le poste {}{agent}, basé {} à {} de route",
        week.poste,
        at(&week.residence),
        duration(week.minutes_aller)
    )
}

fn needs(problem: &Problem, unit: UnitId, name: &str, told: &Explanation) -> Vec<String> {
    let mut phrases = vec![need(&told.besoin)];
    let terms = told.points.termes.iter().map(term);
    let weight = if told.points.total > problem.bareme.points.base {
        format!(
            "une demi-journée y compte {} fois comme dans un établissement sans priorité",
            short(told.points.total / problem.bareme.points.base, 1)
        )
    } else {
        "aucune catégorie prioritaire au barème".to_owned()
    };
    phrases.push(format!(
        "{} : {} ({}) ; {weight}.",
        capital(name),
        points(told.points.total),
        enumeration(&terms.collect::<Vec<_>>())
    ));
    if problem.units[unit].pupils == 0 {
        phrases.push(
            "Aucun effectif n'est connu : indiquez-le dans previsions.csv, le besoin en dépend."
                .to_owned(),
        );
    }
    phrases
}

fn need(need: &Need) -> String {
    let mut steps = vec![format!(
        "{} à raison d'une demi-journée pour {}",
        count(need.effectif.into(), "élève", "élèves"),
        number(need.eleves_par_demi_journee, 0)
    )];
    if need.poids != 1.0 {
        steps.push(format!("multiplié par {} pour ce type d'établissement", short(need.poids, 2)));
    }
    match need.ips {
        Some(ips) if need.facteur_ips != 1.0 => steps.push(format!(
            "multiplié par {} pour un indice de position sociale de {}",
            short(need.facteur_ips, 2),
            short(ips, 1)
        )),
        _ => {}
    }
    if !need.ajouts.is_empty() {
        let added: Vec<String> = need.ajouts.iter().map(term).collect();
        steps.push(format!("plus {}", enumeration(&added)));
    }
    if need.parties > 1 {
        steps.push(format!("le tout partagé en {} parties", need.parties));
    }
    format!("Besoin de {} par semaine : {}.", half_days(need.total), steps.join(", "))
}

fn term(item: &Item) -> String {
    let value = short(item.valeur, 2);
    if item.motif == BASE {
        format!("{value} de base")
    } else {
        format!("{value} pour « {} »", item.motif)
    }
}

fn points(total: f64) -> String {
    format!("{}\u{A0}point{}", short(total, 1), if total < 2.0 { "" } else { "s" })
}

fn rules(problem: &Problem, unit: UnitId) -> Vec<String> {
    let what = &problem.units[unit];
    let mut phrases = Vec::new();
    if what.options.iter().any(|option| option.modality == Modality::Permanence) {
        let least = what.options.iter().map(|option| option.presence).filter(|it| it.0 > 0).min();
        let rule = floor(what, &problem.bareme);
        if let Some(least) = least {
            let from = if least == rule { "" } else { " (par décision)" };
            phrases
                .push(format!("Une permanence y est d'au moins {}{from}.", label::presence(least)));
        }
    }
    if !what.is_first_degree() {
        for modality in
            [Modality::Permanence, Modality::Pole, Modality::Reference, Modality::Conseil]
        {
            if let Some(reason) = exclusions::modality(problem, unit, modality) {
                phrases.push(format!("{} : exclu, {reason}.", label::modality(modality)));
            }
        }
    }
    phrases.extend(problem.bareme.limites.changements_max.map(bareme::changes_max));
    phrases
}

fn others(name: &str, told: &Explanation) -> Vec<String> {
    told.modalites.iter().map(|price| other(name, price)).collect()
}

fn other(name: &str, price: &ModalityPrice) -> String {
    format!(
        "Donner {} {} {}{}.{}",
        price.libelle,
        at(name),
        loss(&price.prix),
        own_gain(&price.prix),
        effects(&price.prix.effets)
    )
}

fn post(told: &Explanation) -> Vec<String> {
    let mut phrases = Vec::new();
    if let Some(week) = &told.semaine {
        phrases.push(format!(
            "La semaine du poste {} compte {} pour ses établissements ; {} sont prises, dont {} de route. \
             Il lui reste {}.",
            week.poste,
            half_days(week.capacite),
            short(week.charge, 2),
            short(week.trajet, 2),
            duration(week.reste_minutes as f64)
        ));
        phrases.push(format!(
            "Il suit {} ({} au plus).",
            count(week.etablissements.into(), "établissement", "établissements"),
            week.etablissements_max
        ));
    }
    phrases.extend(told.equite.as_ref().map(balance));
    if let Some(change) = &told.changement {
        phrases.push(match (&change.poste_actuel, change.change) {
            (Some(post), true) => format!("Aujourd'hui, c'est le poste {post} qui le suit."),
            (Some(post), false) => format!("Le poste {post} le suit déjà aujourd'hui."),
            (None, _) => "Aujourd'hui, aucun poste ne le suit.".to_owned(),
        });
    }
    if let Some(adviser) = told.conseiller.as_ref().filter(|_| told.modalite == Modality::Reference)
    {
        phrases.push(format!(
            "Dans le bassin {}, les conseillers techniques suivent {} en référence, pour {}.",
            label::after_bassin(&adviser.bassin),
            count(adviser.prises.unsigned_abs(), "établissement", "établissements"),
            count(adviser.places.unsigned_abs(), "place", "places")
        ));
    }
    phrases.extend(told.postes.iter().map(|other| {
        let whose = format!(
            "Le poste {}, basé {} à {}",
            other.poste,
            at(&other.residence),
            duration(other.minutes_aller)
        );
        match (&other.refus, &other.prix) {
            (Some(reason), _) => format!("{whose}, ne peut pas le suivre : {reason}."),
            (None, Some(price)) => entrusted(&whose, price),
            (None, None) => whose + ".",
        }
    }));
    phrases
}

fn entrusted(whose: &str, price: &Price) -> String {
    let road = match price.minutes_trajet {
        0 => String::new(),
        more if more > 0 => format!(" ; {} de route de plus par semaine", duration(more as f64)),
        less => format!(" ; {} de route de moins par semaine", duration(-less as f64)),
    };
    format!("{whose} : le lui confier {}{road}.{}", loss(price), effects(&price.effets))
}

fn balance(balance: &Balance) -> String {
    let unit = |value: f64| {
        if balance.en_eleves { format!("{} élèves", number(value, 0)) } else { half_days(value) }
    };
    let price = if balance.penalite > 0.0 {
        format!("cet écart compte pour {} de besoin", half_days(balance.penalite))
    } else {
        "c'est dans la marge admise".to_owned()
    };
    format!(
        "Équité : ce poste porte {} de besoin, pour une part égale de {} ; {price}.",
        unit(balance.porte),
        unit(balance.cible)
    )
}

fn more(more: &More) -> Vec<String> {
    let mut phrases = Vec::new();
    if let Some(price) = &more.redistribution {
        phrases.push(format!(
            "À moyens constants, passer {} {}.{}",
            at(&more.libelle),
            loss(&price.prix),
            effects(&price.prix.effets)
        ));
    }
    match (&more.poste, more.etp) {
        (Some(post), Some(0.0)) => phrases.push(format!(
            "Le poste {post} a le temps d'assurer {} sans rien retirer aux autres.",
            more.libelle
        )),
        (Some(post), Some(etp)) => phrases.push(format!(
            "Sans rien retirer aux autres, passer {} demande {} ETP de plus au poste {post}.",
            at(&more.libelle),
            short(etp, 2)
        )),
        _ => phrases.push(format!(
            "Aucun poste voisin ne peut assurer {} sans dépasser une autre limite (nombre \
             d'établissements, trajet ou bassin).",
            more.libelle
        )),
    }
    phrases
}

/// The whole in one sentence, for a list.
#[must_use]
pub fn summary(name: &str, told: &Explanation) -> String {
    let what = match told.modalite {
        Modality::Permanence => format!("{} de permanence", label::presence(presence(told))),
        other => label::modality(other).to_lowercase(),
    };
    let who = told.poste.as_ref().map_or_else(String::new, |post| format!(" ({post})"));
    let next = told.davantage.as_ref().and_then(|more| {
        more.redistribution
            .as_ref()
            .map(|price| format!(" ; {} {}", more.libelle, loss(&price.prix)))
    });
    format!(
        "{} : {what}{who}, pour un besoin {} et {}{}.",
        capital(name),
        of(&half_days(told.besoin.total)),
        points(told.points.total),
        next.unwrap_or_default()
    )
}
