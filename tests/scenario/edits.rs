//! Edits on the demonstration dossier: what they change, what they refuse, how they are said.

use maillage::demo::{GeneratorSettings, generate};
use maillage::domain::{
    Adviser, Category, DecisionKind, Dossier, EstablishmentKind, Field, Modality, Presence, Uai,
};
use maillage::scenario::{
    Demand, EDITS_DIGEST, Edit, EditError, NewPost, Opening, Variant, apply, fallout,
    provisional_uai,
};

pub fn demo() -> Dossier {
    generate(&GeneratorSettings::demonstration())
}

fn full_time(dossier: &Dossier) -> u32 {
    dossier.posts.iter().map(|post| u32::from(post.quotite_percent)).sum()
}

fn etp(ecart: f64, postes: &[&str]) -> Edit {
    Edit::Etp { ecart, postes: postes.iter().map(ToString::to_string).collect() }
}

fn college(dossier: &Dossier) -> &str {
    let row = dossier.establishments.iter().find(|row| row.kind == EstablishmentKind::College);
    &row.expect("the demonstration has colleges").uai
}

fn demand(uai: &str, modalite: Option<Modality>, demi_journees: Option<f64>) -> Edit {
    Edit::Decision(Demand {
        decision: DecisionKind::Minimum,
        uai: uai.to_owned(),
        poste: None,
        modalite,
        demi_journees,
        motif: String::new(),
    })
}

#[test]
fn no_edit_changes_nothing() {
    assert_eq!(apply(&demo(), &[]), Ok(demo()));
}

#[test]
fn more_means_are_nested_posts_to_place() {
    let dossier = demo();
    let levels = [0.5, 1.0, 1.5].map(|ecart| {
        let edited = apply(&dossier, &[etp(ecart, &[])]).expect("possible");
        edited.posts[dossier.posts.len()..].to_vec()
    });
    let quotites = levels
        .each_ref()
        .map(|posts| posts.iter().map(|post| post.quotite_percent).collect::<Vec<_>>());
    assert_eq!(quotites, [vec![50], vec![100], vec![100, 50]]);
    assert!(levels.iter().flatten().all(|post| post.residence.is_none()));
}

#[test]
fn fewer_means_take_vacant_posts_then_those_named() {
    let mut dossier = demo();
    for post in &mut dossier.posts {
        post.vacant = false;
        post.residence = Some(dossier.establishments[0].uai.clone());
        post.discharge_centi = 0;
    }
    let (last, named) = (dossier.posts.len() - 1, dossier.posts[0].id.clone());
    dossier.posts[last].vacant = true;
    dossier.posts[last].quotite_percent = 50;
    let edited = apply(&dossier, &[etp(-1.0, &[&named])]).expect("possible");
    assert_eq!(full_time(&edited), full_time(&dossier) - 100);
    assert!(edited.posts.iter().all(|post| post.id != dossier.posts[last].id));
    let first = &dossier.posts[0];
    assert_eq!(edited.posts[0].quotite_percent, first.quotite_percent - 50);
    let refused = apply(&dossier, &[etp(-1.0, &[])]).expect_err("nobody else is named");
    assert_eq!(refused, EditError::PostsToName("0,5".to_owned()));
}

#[test]
fn what_closes_or_leaves_is_named_nowhere() {
    let dossier = demo();
    let seat = dossier.posts.iter().find_map(|post| post.residence.clone());
    let uai = seat.expect("the demonstration has residences");
    let gone = dossier.posts[1].id.clone();
    let edits = [Edit::Fermer { uai: uai.to_lowercase() }, Edit::Sans { poste: gone.clone() }];
    let edited = apply(&dossier, &edits).expect("possible");
    let text = format!("{:?}{:?}{:?}", edited.establishments, edited.posts, edited.current);
    assert!(!text.contains(&format!("uai: \"{uai}\"")) && !text.contains(&format!("\"{gone}\"")));
    assert!(edited.posts.iter().all(|post| post.residence.as_ref() != Some(&uai)));
    let sentences = fallout(&dossier, &edited);
    assert!(
        sentences.iter().any(|sentence| sentence.contains("perd sa résidence")),
        "{sentences:?}"
    );
}

#[test]
fn an_opening_takes_what_it_does_not_tell_from_its_commune() {
    let dossier = demo();
    let near = &dossier.establishments[0];
    let uai = provisional_uai(&dossier);
    assert!(uai.parse::<Uai>().is_ok());
    let opening = Opening {
        uai: uai.clone(),
        nom: "Collège neuf".to_owned(),
        kind: EstablishmentKind::College,
        commune: near.commune.clone(),
        latitude: None,
        longitude: None,
        effectif: 520,
        categories: Some(vec![Category::Ulis]),
        ips: None,
        bassin: None,
        groupe: None,
        dote: false,
    };
    let edited = apply(&dossier, &[Edit::Ouvrir(opening.clone())]).expect("possible");
    let row = edited.establishments.last().expect("there is one");
    assert_eq!((row.uai.as_str(), row.effective_pupils()), (uai.as_str(), 520));
    assert_eq!((&row.bassin, &row.commune_code), (&near.bassin, &near.commune_code));
    assert!(row.categories.has(Category::Ulis) && row.categories.unknown.is_empty());
    let twice = [Edit::Ouvrir(opening.clone()), Edit::Ouvrir(opening.clone())];
    assert_eq!(apply(&dossier, &twice), Err(EditError::Taken(uai)));
    let nowhere = Opening { commune: "Nulle-Part".to_owned(), ..opening };
    let refused = apply(&dossier, &[Edit::Ouvrir(nowhere)]).expect_err("no coordinates");
    assert!(matches!(refused, EditError::NoPlace(_)));
}

#[test]
fn a_post_takes_an_establishment_over_earlier_decisions() {
    let dossier = demo();
    let (uai, post) = (college(&dossier).to_owned(), dossier.posts[0].id.clone());
    let other = dossier.posts[1].id.clone();
    let edits = [
        Edit::Deplacer { uai: uai.clone(), poste: other },
        demand(&uai, None, Some(1.0)),
        Edit::Deplacer { uai: uai.clone(), poste: post.clone() },
    ];
    let edited = apply(&dossier, &edits).expect("possible");
    let on_it: Vec<_> = edited.decisions.iter().filter(|row| row.uai == uai).collect();
    let demanded: Vec<_> = on_it.iter().filter_map(|row| row.post.as_deref()).collect();
    assert_eq!(demanded, [post.as_str()]);
    assert!(on_it.iter().any(|row| row.presence == Some(Presence::WEEKLY)));
    let lifted = apply(&edited, &[Edit::Lever { uai: uai.clone() }]).expect("possible");
    assert!(lifted.decisions.iter().all(|row| row.uai != uai));
}

#[test]
fn values_of_the_bareme_are_checked() {
    let dossier = demo();
    let set =
        |cle: &str, valeur: toml::Value| Edit::Regler { cle: cle.to_owned(), valeur: Some(valeur) };
    let edits =
        [set("limites.changements_max", 5.into()), set("profil", "deux-sevres-2018".into())];
    let edited = apply(&dossier, &edits).expect("known values");
    assert_eq!(edited.scenario.profile, "deux-sevres-2018");
    assert_eq!(edited.scenario.overrides["limites"]["changements_max"], 5.into());
    let wrong = apply(&dossier, &[set("limites.changement_max", 5.into())]).expect_err("misspelt");
    assert!(wrong.to_string().contains("limites.changements_max"), "{wrong}");
    assert!(apply(&dossier, &[set("couverture.tous", 5.into())]).is_err());
    let back = |cle: &str| Edit::Regler { cle: cle.to_owned(), valeur: None };
    let left = apply(&edited, &[back("limites.changements_max")]).expect("a known value");
    assert_eq!(left.scenario.overrides, dossier.scenario.overrides);
    assert!(apply(&edited, &[back("limites.changement_max")]).is_err());
}

#[test]
fn errors_name_the_nearest_known_name() {
    let dossier = demo();
    let uai = college(&dossier);
    let mistyped = format!("{}X", &uai[..7]);
    let error = apply(&dossier, &[Edit::Fermer { uai: mistyped }]).expect_err("unknown");
    assert!(error.to_string().contains(uai), "{error}");
    let post = &dossier.posts[0].id;
    let error = apply(&dossier, &[Edit::Sans { poste: format!("{post}0") }]).expect_err("unknown");
    assert!(error.to_string().contains(post.as_str()), "{error}");
    for impossible in [
        demand(uai, None, None),
        demand(uai, Some(Modality::PremierDegre), None),
        demand(uai, Some(Modality::Pole), Some(1.0)),
        demand(uai, None, Some(0.3)),
        Edit::Quotite { poste: post.clone(), quotite: 80.0 },
    ] {
        assert!(apply(&dossier, std::slice::from_ref(&impossible)).is_err(), "{impossible:?}");
    }
}

#[test]
fn a_variant_reads_back_from_its_file_and_every_edit_is_said() {
    let dossier = demo();
    let uai = college(&dossier).to_owned();
    let post = dossier.posts[0].id.clone();
    let modifications = vec![
        etp(-0.5, &[&post]),
        Edit::Poste(NewPost {
            poste: "RENFORT".to_owned(),
            quotite: 0.5,
            residence: Some(uai.clone()),
            bassin: None,
            champ: None,
        }),
        Edit::Quotite { poste: post.clone(), quotite: 0.8 },
        Edit::Residence { poste: post.clone(), uai: None },
        Edit::Effectif { uai: uai.clone(), effectif: 700 },
        Edit::Categorie { uai: uai.clone(), categorie: Category::RepPlus, presente: true },
        Edit::Doter { uai: uai.clone(), dote: true },
        demand(&uai, Some(Modality::Permanence), Some(2.0)),
        Edit::Deplacer { uai: uai.clone(), poste: post },
        Edit::Regler { cle: "cout_minute_trajet".to_owned(), valeur: Some(2.into()) },
        Edit::Fermer { uai },
    ];
    let variant = Variant {
        parent: "dossier-2026".to_owned(),
        motif: "Carte scolaire \"de janvier\"".to_owned(),
        empreintes: dossier.digests.clone(),
        modifications,
    };
    let read = Variant::from_toml(&variant.to_toml()).expect("its own text");
    assert_eq!(read, variant);
    let json = serde_json::to_string(&variant).expect("plain data");
    assert_eq!(serde_json::from_str::<Variant>(&json).expect("its own text"), variant);
    for edit in &variant.modifications {
        let sentence = edit.describe(&dossier);
        assert!(!sentence.is_empty() && !sentence.ends_with('.'), "{sentence}");
    }
}

#[test]
fn an_edited_dossier_is_told_from_its_parent() {
    let dossier = demo();
    let edited = apply(&dossier, &[etp(0.5, &[])]).expect("possible");
    assert_ne!(edited.digests.get(EDITS_DIGEST), None);
    assert_eq!(dossier.digests.get(EDITS_DIGEST), None);
}

#[test]
fn limits_of_posts_and_of_advisers_are_edits() {
    let mut dossier = demo();
    let bassin = dossier.establishments[0].bassin.clone();
    dossier.advisers = ["CT-1", "CT-2"]
        .map(|id| Adviser { id: id.into(), bassin: bassin.clone(), references_max: 1 })
        .to_vec();
    let poste = dossier.posts[0].id.clone();
    let references = |conseiller: Option<&str>| Edit::References {
        conseiller: conseiller.map(str::to_owned),
        bassin: bassin.to_uppercase(),
        nombre: 4,
    };
    let edits = [
        Edit::TrajetMax { poste: poste.clone(), minutes: Some(35) },
        Edit::EtablissementsMax { poste: poste.to_lowercase(), nombre: Some(3) },
        Edit::Bassin { poste: poste.clone(), bassin: Some(bassin.to_uppercase()) },
        Edit::Champ { poste: poste.clone(), champ: Field::SecondDegree },
        Edit::Decharge { poste: poste.clone(), demi_journees: 1.5 },
        Edit::Jours { poste: poste.clone(), jours: "lu ma je ve".into() },
        Edit::Vacance { poste: poste.clone(), vacant: true },
        Edit::AssistantsMax { uai: college(&dossier).to_owned(), nombre: 2 },
        references(Some("ct-2")),
    ];
    let edited = apply(&dossier, &edits).expect("possible");
    let post = &edited.posts[0];
    assert_eq!((post.max_trip_minutes, post.max_establishments), (Some(35), Some(3)));
    assert_eq!((post.bassin.as_ref(), post.field), (Some(&bassin), Field::SecondDegree));
    assert_eq!((post.discharge_centi, post.vacant), (150, true));
    assert_eq!(post.working_days.as_deref(), Some("lu ma je ve"));
    assert_eq!(edited.advisers.iter().map(|row| row.references_max).collect::<Vec<_>>(), [1, 4]);
    let refused = |edit: Edit| apply(&dossier, &[edit]).expect_err("refused").to_string();
    assert!(refused(references(None)).contains("CT-1 et CT-2"));
    let somewhere = Edit::Bassin { poste: poste.clone(), bassin: Some("Ailleurs".into()) };
    assert!(refused(somewhere).contains("le bassin d'aucun établissement"));
    assert!(
        refused(Edit::Jours { poste: poste.clone(), jours: "lundi au jeudi".into() })
            .contains("lu ma je ve")
    );
    assert!(refused(Edit::TrajetMax { poste, minutes: Some(0) }).contains("de 1 à 600"));
    for edit in &edits {
        let text = toml::to_string(edit).expect("plain data");
        assert_eq!(toml::from_str::<Edit>(&text).as_ref(), Ok(edit), "{text}");
        assert!(!edit.describe(&dossier).contains("Some"), "{}", edit.describe(&dossier));
    }
}
