//! The same by box and week, for a spreadsheet.

use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};

use super::{Asked, Choice};
use crate::locale::Locale;
use crate::portal::Portal;
use crate::portal::pages::{Trouble, blocking, keyed};
use crate::portal::programme::Figures;
use crate::portal::programme::TableRow;
use crate::portal::programme::figures::AlertFigures;
use crate::portal::programme::film::Band;

/// `GET /programme.csv`: the same by box and week, for a spreadsheet.
pub(in crate::portal::pages) async fn table(
    State(portal): State<Portal>,
    headers: HeaderMap,
    Query(asked): Query<Asked>,
) -> Result<Response, Trouble> {
    if let Some(refused) = keyed(&portal, &headers, Locale::english()).await? {
        return Ok(refused);
    }
    let Choice { span, site, .. } = Choice::read(&asked);
    let text = blocking(move || Ok(csv(&portal.programme_table(span, site)?))).await?;
    let name = "attachment; filename=\"programme.csv\"";
    let head = [(CONTENT_TYPE, "text/csv; charset=utf-8"), (CONTENT_DISPOSITION, name)];
    Ok((head, text).into_response())
}

/// Names of columns are fixed words: a program may read them.
fn csv(rows: &[TableRow]) -> String {
    let mut text = "site,box,week,films,above,near,below".to_owned();
    for band in &Band::ALL[Band::SCORED..] {
        text.push_str(",not_scored_");
        text.push_str(band.code());
    }
    text.push_str(
        ",signed,suspected,tested,confirmed,clinical,lost,photos,photos_refused,voided,\
         critical_alerts,critical_open,critical_median_s,critical_p90_s,\
         other_alerts,other_open,other_median_s,other_p90_s\r\n",
    );
    for (name, id, week, Figures { counts, critical, suspect }) in rows {
        let week = week.map_or_else(|| "undated".to_owned(), |week| week.to_string());
        let mut cells = vec![quoted(name), id.to_string(), week, counts.films.to_string()];
        cells.extend(counts.bands.iter().map(u32::to_string));
        cells.push(counts.signed.to_string());
        cells.extend(counts.people.iter().map(u32::to_string));
        cells.extend([counts.photos, counts.refused, counts.voided].map(|count| count.to_string()));
        for AlertFigures { alerts, open, median_s, p90_s, .. } in [critical, suspect] {
            cells.extend([alerts, open].map(u32::to_string));
            cells.extend([median_s, p90_s].map(|s| s.map_or_else(String::new, |s| s.to_string())));
        }
        text.push_str(&cells.join(","));
        text.push_str("\r\n");
    }
    text
}

/// A text as a spreadsheet takes it, and never as a formula.
fn quoted(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@']);
    format!("\"{}{}\"", if formula { "'" } else { "" }, text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_no_formula_in_a_spreadsheet() {
        assert_eq!(quoted("=cmd|' /C'!A1"), "\"'=cmd|' /C'!A1\"");
        assert_eq!(quoted("PHC \"One\", Jhalod"), "\"PHC \"\"One\"\", Jhalod\"");
    }
}
