//! `maillage ouvrir`: the local page.

use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::json;

use super::exit::{Failure, INVALID_INPUT, USAGE};
use super::manners::Manners;
use crate::serve::{ServeError, Server, Workspace};
use crate::wording::system::reason;

/// Ouvre la page locale dans le navigateur : fichiers, carte, calculs, variantes, documents
///
/// La page n'est servie qu'à cette machine, à une adresse secrète écrite sur la sortie standard.
/// Rien ne va sur internet. Ctrl-C l'arrête.
#[derive(Debug, Args)]
#[command(after_help = "Exemple :\n  maillage ouvrir mon-dossier\n\n\
                        Sans dossier, la page propose ceux de l'espace de travail et la démonstration.")]
pub struct Arguments {
    /// Dossier de rentrée à ouvrir d'abord
    #[arg(value_name = "DOSSIER")]
    dossier: Option<PathBuf>,
    /// Port d'écoute (un port libre par défaut)
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    port: Option<u16>,
    /// N'ouvre pas le navigateur : l'adresse est seulement écrite
    #[arg(long)]
    sans_navigateur: bool,
    /// Espace de travail : le dossier où la page lit et écrit les dossiers de rentrée
    /// (par défaut celui qui contient DOSSIER, sinon « Maillage » dans vos documents)
    #[arg(long, value_name = "ESPACE")]
    espace: Option<PathBuf>,
}

/// Runs the command until Ctrl-C.
///
/// # Errors
/// Exit code 2 when the port is taken, 3 when the dossier cannot be opened.
pub fn run(arguments: &Arguments, manners: &Manners) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(serve(arguments, manners))?;
    runtime.shutdown_background();
    Ok(())
}

async fn serve(arguments: &Arguments, manners: &Manners) -> Result<(), Failure> {
    let dossier = arguments.dossier.as_deref().map(existing).transpose()?;
    let server = Server::bind(arguments.port, workspace(arguments, dossier.as_deref())?);
    let server = server.await.map_err(|error| match error {
        ServeError::PortTaken(_) => Failure::new(USAGE, error.to_string()),
        other => anyhow::Error::from(other).into(),
    })?;
    if let Some(dossier) = &dossier {
        let name = dossier.file_name().unwrap_or_default().to_string_lossy();
        server.open(&name).map_err(|sentence| Failure::new(INVALID_INPUT, sentence))?;
    }
    if server.port_was_taken() {
        manners.note(
            "Le port habituel est pris (une autre page est sans doute ouverte) : un autre sert.",
        );
    }
    let address = server.address();
    manners.result(&format!("{address}\n"), &json!({ "adresse": address }))?;
    if !arguments.sans_navigateur
        && let Err(error) = open::that_detached(&address)
    {
        manners.note(&format!("Le navigateur ne s'ouvre pas ({error}) : copiez cette adresse."));
    }
    manners.note("La page est ouverte ; Ctrl-C l'arrête.");
    server.run(stop_asked()).await;
    Ok(())
}

/// The real path of a dossier: its last part is the name that the workspace knows.
fn existing(dossier: &Path) -> Result<PathBuf, Failure> {
    dossier.canonicalize().map_err(|error| {
        Failure::new(
            INVALID_INPUT,
            format!("{} ne peut pas être ouvert : {}.", dossier.display(), reason(&error)),
        )
    })
}

fn workspace(arguments: &Arguments, dossier: Option<&Path>) -> Result<Workspace, Failure> {
    let around = dossier.and_then(Path::parent).map(Path::to_owned);
    let path = arguments.espace.clone().or(around).unwrap_or_else(Workspace::usual_path);
    Workspace::at(&path).map_err(|error| {
        Failure::new(
            USAGE,
            format!(
                "{} ne peut pas servir d'espace de travail : {}.",
                path.display(),
                reason(&error)
            ),
        )
    })
}

/// Ctrl-C, or the system's request to end.
async fn stop_asked() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut end) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = end.recv() => {}
            }
            return;
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}
