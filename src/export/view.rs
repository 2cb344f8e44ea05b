//! A plan beside its dossier, indexed: what every document is composed from.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::{
    Assignment, CurrentService, Decision, Dossier, Establishment, Modality, Plan, Post, PostPlan,
    Presence,
};

use super::error::ExportError;
use crate::scenario::EDITS_DIGEST;
use crate::wording::sentence::enumeration;

/// The plan and the dossier that it was computed from.
pub struct View<'a> {
    /// The dossier.
    pub dossier: &'a Dossier,
    /// The plan.
    pub plan: &'a Plan,
    establishments: BTreeMap<&'a str, &'a Establishment>,
    posts: BTreeMap<&'a str, &'a Post>,
    weeks: BTreeMap<&'a str, &'a PostPlan>,
    current: BTreeMap<&'a str, &'a CurrentService>,
}

/// An assignment with the row of the dossier that it serves.
#[derive(Clone, Copy)]
pub struct Served<'a> {
    /// The assignment.
    pub assignment: &'a Assignment,
    /// Its establishment; the first ecole of a network.
    pub establishment: &'a Establishment,
    /// For an ecole of a network: the college that heads it, when the dossier holds it.
    head: Option<&'a Establishment>,
}

/// What the code of a network starts with; the UAI of its head follows.
const NETWORK: &str = "RESEAU-";

impl<'a> View<'a> {
    /// Joins the two.
    ///
    /// # Errors
    /// [`ExportError::Foreign`] when the plan names an establishment or a post that the dossier
    /// does not hold.
    pub fn new(dossier: &'a Dossier, plan: &'a Plan) -> Result<Self, ExportError> {
        let view = Self {
            dossier,
            plan,
            establishments: dossier.establishments.iter().map(|e| (e.uai.as_str(), e)).collect(),
            posts: dossier.posts.iter().map(|post| (post.id.as_str(), post)).collect(),
            weeks: plan.postes.iter().map(|week| (week.poste.as_str(), week)).collect(),
            current: dossier.current.iter().map(|row| (row.uai.as_str(), row)).collect(),
        };
        let stranger = view
            .plan
            .affectations
            .iter()
            .map(|assignment| &assignment.uai)
            .find(|uai| !view.establishments.contains_key(uai.as_str()))
            .or_else(|| {
                let posts = view.plan.postes.iter().map(|week| &week.poste);
                posts.into_iter().find(|post| !view.posts.contains_key(post.as_str()))
            });
        match stranger {
            Some(code) => Err(ExportError::Foreign(code.clone())),
            None => Ok(view),
        }
    }

    /// Every assignment, in the order of the plan.
    pub fn served(&self) -> impl Iterator<Item = Served<'a>> + '_ {
        self.plan.affectations.iter().map(|assignment| Served {
            assignment,
            establishment: self.establishments[assignment.uai.as_str()],
            head: assignment.reseau.as_deref().and_then(|code| self.establishment(code)),
        })
    }

    /// Every unit once: a network is told by its first ecole, which carries its figures.
    pub fn units(&self) -> impl Iterator<Item = Served<'a>> + '_ {
        let mut networks = BTreeSet::new();
        self.served().filter(move |served| {
            served.assignment.reseau.as_deref().is_none_or(|network| networks.insert(network))
        })
    }

    /// The ecoles of a network.
    pub fn members<'s>(&'s self, network: &'s str) -> impl Iterator<Item = Served<'a>> + 's {
        self.served().filter(move |served| served.assignment.reseau.as_deref() == Some(network))
    }

    /// The units of a post, in the order of the plan.
    pub fn sector<'s>(&'s self, post: &'s str) -> impl Iterator<Item = Served<'a>> + 's {
        self.units().filter(move |served| served.assignment.poste.as_deref() == Some(post))
    }

    /// The establishment of a UAI, or the head of a network, if it is a row of the dossier.
    #[must_use]
    pub fn establishment(&self, code: &str) -> Option<&'a Establishment> {
        self.establishments.get(code.strip_prefix(NETWORK).unwrap_or(code)).copied()
    }

    /// The post, unless the text names a pole team.
    #[must_use]
    pub fn post(&self, id: &str) -> Option<&'a Post> {
        self.posts.get(id).copied()
    }

    /// The agent of a post; empty when the post is vacant or has no name.
    #[must_use]
    pub fn agent(&self, id: &str) -> &'a str {
        self.post(id).and_then(|post| post.agent.as_deref()).unwrap_or_default()
    }

    /// The week of a post.
    #[must_use]
    pub fn week(&self, id: &str) -> Option<&'a PostPlan> {
        self.weeks.get(id).copied()
    }

    /// The establishment where a post is based.
    #[must_use]
    pub fn residence(&self, post: &str) -> Option<&'a Establishment> {
        self.establishment(self.week(post)?.residence.as_deref()?)
    }

    /// Today's service of an establishment.
    #[must_use]
    pub fn today(&self, uai: &str) -> Option<&'a CurrentService> {
        self.current.get(uai).copied()
    }

    /// Decisions on an establishment.
    pub fn decisions<'s>(&'s self, uai: &'s str) -> impl Iterator<Item = &'a Decision> + 's {
        self.dossier.decisions.iter().filter(move |decision| decision.uai == uai)
    }
}

impl Served<'_> {
    /// Name of the unit.
    #[must_use]
    pub fn name(&self) -> String {
        match (self.is_network_member(), self.head) {
            (false, _) => self.establishment.name.clone(),
            (true, Some(head)) => format!("Écoles du réseau REP+ {}", head.name),
            (true, None) => format!("Écoles du réseau de {}", self.establishment.name),
        }
    }

    /// Presence of the permanence.
    #[must_use]
    pub fn presence(&self) -> Presence {
        Presence::from_half_days(self.assignment.demi_journees).unwrap_or(Presence(0))
    }

    /// Whether it is the row of an ecole of a network.
    #[must_use]
    pub const fn is_network_member(&self) -> bool {
        self.assignment.reseau.is_some()
    }

    /// Share of the need met, 0 to 1.
    #[must_use]
    pub fn share_met(&self) -> f64 {
        let full = self.assignment.besoin * self.assignment.points * 100.0;
        if full > 0.0 { self.assignment.valeur as f64 / full } else { 0.0 }
    }

    /// Its modality.
    #[must_use]
    pub const fn modality(&self) -> Modality {
        self.assignment.modalite
    }
}

/// Whether the plan was computed from the very files of the dossier.
#[must_use]
pub fn same_input(dossier: &Dossier, plan: &Plan) -> bool {
    dossier.digests == plan.empreintes
}

/// What changed between the plan and the dossier, in a sentence for the user; none when the plan
/// was computed from the very files of the dossier.
#[must_use]
pub fn outdated(dossier: &Dossier, plan: &Plan) -> Option<String> {
    let (now, then) = (&dossier.digests, &plan.empreintes);
    let names: BTreeSet<&String> = now.keys().chain(then.keys()).collect();
    let mut changed: Vec<String> =
        names.into_iter().filter(|name| now.get(*name) != then.get(*name)).cloned().collect();
    let by_options = changed.iter().position(|name| name == EDITS_DIGEST);
    let have = if changed.len() > 1 || by_options.is_some() { "ont" } else { "a" };
    if let Some(place) = by_options {
        "les modifications demandées".clone_into(&mut changed[place]);
    }
    (!changed.is_empty()).then(|| {
        format!(
            "Ce plan ne va plus avec le dossier : {} {have} changé depuis son calcul. \
             Calculez-en un nouveau ; celui-ci reste en place jusque-là.",
            enumeration(&changed)
        )
    })
}

/// Share of a post's time that its sector takes, 0 to 1.
#[must_use]
pub fn load_share(week: &PostPlan) -> f64 {
    let (load, capacity) = (week.charge_minutes, week.capacite_minutes);
    if capacity > 0 { load as f64 / capacity as f64 } else { 0.0 }
}
