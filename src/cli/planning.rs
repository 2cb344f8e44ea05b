//! `maillage planning`: the weekly timetable of the permanences of a plan.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::exit::{Failure, USAGE};
use super::manners::Manners;
use super::planned;
use crate::domain::HalfDay;
use crate::export::{Heading, replace_file, timetable_csv, timetable_html, to_json};
use crate::planning::{PostWeek, Session, Timetable, timetable};
use crate::wording::number::{count, duration, percent};
use crate::wording::sentence::enumeration;
use crate::wording::timetable::{CYCLE, ELSEWHERE, weeks};

/// Place les permanences d'un plan dans la semaine : quelle demi-journée, dans quel établissement
#[derive(Debug, Args)]
#[command(after_help = "Exemples :\n  maillage planning mon-dossier mon-plan\n  \
                  maillage planning mon-dossier mon-plan -o planning.html\n\n\
                  jours_travailles, dans postes.csv, dit les jours de chacun ; temps.reunion_equipe et \
                  temps.mercredi_apres_midi, dans le barème, la demi-journée de réunion et si l'on tient \
                  permanence le mercredi après-midi. Ce qui ne trouve pas sa place est dit, jamais omis.")]
pub struct Arguments {
    /// Dossier de rentrée dont vient le plan
    #[arg(value_name = "DOSSIER")]
    dossier: PathBuf,
    /// Dossier du plan, ou son plan.json
    #[arg(value_name = "PLAN")]
    plan: PathBuf,
    /// Fichier à écrire : .html (à imprimer), .csv (tableur) ou .json
    #[arg(long, short = 'o', value_name = "FICHIER")]
    sortie: Option<PathBuf>,
    /// html, csv ou json, quand le nom du fichier ne le dit pas ; sans -o, à côté du plan
    #[arg(long, value_name = "FORMAT")]
    format: Option<Format>,
    /// Retire les noms des agents
    #[arg(long)]
    sans_noms: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    Html,
    Csv,
    Json,
}

/// Runs the command.
///
/// # Errors
/// Exit code 2 for a file of an unknown kind, 3 when the dossier and the plan cannot be read or
/// do not go together, 6 when the plan breaks a rule.
pub fn run(arguments: &Arguments, manners: &Manners) -> Result<(), Failure> {
    let target = target(arguments)?;
    let (ready, plan, solution) =
        planned::read(&arguments.dossier, &arguments.plan, arguments.sans_noms, manners)?;
    let timetable = timetable(&ready.problem, &solution);
    let text = match target {
        Some((path, format)) => {
            let heading = planned::heading(&plan, &arguments.plan, arguments.sans_noms)?;
            write(&path, format, heading, &timetable)?;
            format!("{}\n{}", path.display(), shortfall(&timetable))
        }
        None => text(&timetable),
    };
    manners.result(&text, &timetable)
}

/// Where to write, and in what format; nowhere without `-o` and `--format`.
fn target(arguments: &Arguments) -> Result<Option<(PathBuf, Format)>, Failure> {
    let Some(path) = &arguments.sortie else {
        let beside = |format| (beside(&arguments.plan, format), format);
        return Ok(arguments.format.map(beside));
    };
    let extension = path.extension().and_then(|it| it.to_str()).unwrap_or_default();
    let format = arguments.format.or_else(|| Format::from_str(extension, true).ok());
    match format {
        Some(format) => Ok(Some((path.clone(), format))),
        None => Err(Failure::new(USAGE, "-o attend un fichier .html, .csv ou .json.")),
    }
}

fn beside(plan: &Path, format: Format) -> PathBuf {
    let folder = if plan.is_file() { plan.parent().unwrap_or(Path::new("")) } else { plan };
    folder.join(match format {
        Format::Html => "planning.html",
        Format::Csv => "planning.csv",
        Format::Json => "planning.json",
    })
}

fn write(
    path: &Path,
    format: Format,
    heading: Heading<'_>,
    timetable: &Timetable,
) -> Result<(), Failure> {
    let bytes = match format {
        Format::Html => timetable_html(heading, timetable).map(String::into_bytes),
        Format::Csv => timetable_csv(timetable),
        Format::Json => to_json("planning", timetable),
    };
    let bytes = bytes.map_err(anyhow::Error::from)?;
    Ok(replace_file(path, &bytes).map_err(anyhow::Error::from)?)
}

fn text(timetable: &Timetable) -> String {
    let mut text: String = timetable.postes.iter().map(week).collect();
    if !timetable.sans_secteur.is_empty() {
        text += &format!("Sans temps de secteur : {}.\n", enumeration(&timetable.sans_secteur));
    }
    if timetable
        .postes
        .iter()
        .flat_map(|post| &post.seances)
        .any(|it| weeks(&it.semaines).is_some())
    {
        text += &format!("{CYCLE}\n");
    }
    text + &shortfall(timetable)
}

/// What could not be placed, counted.
fn shortfall(timetable: &Timetable) -> String {
    let missing = timetable.postes.iter().flat_map(|post| &post.manques).count();
    match missing {
        0 => "Toutes les permanences du plan ont leur demi-journée.\n".to_owned(),
        many => format!(
            "{} dans la semaine : les remarques disent lesquelles et pourquoi.\n",
            count(many as u64, "permanence n'entre pas", "permanences n'entrent pas")
        ),
    }
}

fn week(post: &PostWeek) -> String {
    let agent = post.agent.as_ref().map_or_else(String::new, |agent| format!(", {agent}"));
    let seat =
        post.residence.as_ref().map_or_else(String::new, |seat| format!(", résidence : {seat}"));
    let mut text = format!("{}{agent} ({}{seat})\n", post.poste, percent(post.quotite, 0));
    for day in 0..5 {
        let [morning, afternoon] = HalfDay::of_day(day).map(|half_day| square(post, half_day));
        let name = HalfDay::of_day(day)[0].day_name();
        text += &format!("  {name:<10} {morning:<48}  {afternoon}\n");
    }
    if !post.hors_permanence.is_empty() {
        let works: Vec<String> = post
            .hors_permanence
            .iter()
            .map(|work| format!("{} {}", work.motif, duration(work.minutes as f64)))
            .collect();
        text += &format!("  Par semaine, {ELSEWHERE} : {}.\n", works.join(" ; "));
    }
    for remark in &post.remarques {
        text += &format!("  ! {remark}\n");
    }
    text + "\n"
}

fn square(post: &PostWeek, half_day: HalfDay) -> String {
    let sessions: Vec<String> =
        post.seances.iter().filter(|it| it.creneau == half_day).map(session).collect();
    match (post.travaille.contains(&half_day), sessions.is_empty()) {
        (false, _) => "–".to_owned(),
        (true, true) => ELSEWHERE.to_owned(),
        (true, false) => sessions.join(" / "),
    }
}

fn session(session: &Session) -> String {
    let name = session.nom.as_deref().unwrap_or_else(|| session.activite.name());
    match weeks(&session.semaines) {
        Some(weeks) => format!("{name} ({weeks})"),
        None => name.to_owned(),
    }
}
