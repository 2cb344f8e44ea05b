//! `planning.csv`: one row for each half-day of each post that has something in it.

use super::{Cell, Column, Table, column};
use crate::planning::{PostWeek, Session, Timetable};
use crate::wording::timetable::weeks;

type Row<'a> = (&'a PostWeek, &'a Session);

fn columns<'a>() -> [Column<Row<'a>>; 12] {
    [
        column("poste", 10, |row| Cell::text(&row.0.poste)),
        column("agent", 20, |row| Cell::text(row.0.agent.clone().unwrap_or_default())),
        column("jour", 10, |row| Cell::text(row.1.creneau.day_name())),
        column("moment", 11, |row| Cell::text(row.1.creneau.part_name())),
        column("semaines", 20, |row| {
            Cell::text(weeks(&row.1.semaines).unwrap_or_else(|| "toutes".to_owned()))
        }),
        column("semaine_1", 9, |row| in_week(row.1, 1)),
        column("semaine_2", 9, |row| in_week(row.1, 2)),
        column("semaine_3", 9, |row| in_week(row.1, 3)),
        column("semaine_4", 9, |row| in_week(row.1, 4)),
        column("activite", 16, |row| Cell::text(row.1.activite.name())),
        column("uai", 10, |row| Cell::text(row.1.uai.clone().unwrap_or_default())),
        column("etablissement", 40, |row| Cell::text(row.1.nom.clone().unwrap_or_default())),
    ]
}

fn in_week(session: &Session, week: u8) -> Cell {
    Cell::yes_no(session.semaines.contains(&week))
}

/// The table.
#[must_use]
pub fn timetable(timetable: &Timetable) -> Table {
    let rows =
        timetable.postes.iter().flat_map(|post| post.seances.iter().map(move |it| (post, it)));
    Table::new("planning", &columns(), rows)
}
