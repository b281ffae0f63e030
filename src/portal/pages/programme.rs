//! `/programme`: what the boxes have sent, in figures and charts. Nobody is named.

mod table;
mod words;

use askama::Template;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde::Deserialize;

pub(super) use self::table::table;

use self::words::Words;
use super::charts::{Chart, Series, Stand};
use super::{Page, Trouble, blocking, keyed, render};
use crate::domain::sync::identity::KeyId;
use crate::portal::Portal;
use crate::portal::programme::figures::{AlertFigures, Counts};
use crate::portal::programme::film::Band;
use crate::portal::programme::week::Week;
use crate::portal::programme::{Figures, Programme, SiteFigures, Span};

/// From here on a time is told in hours, seconds.
const HOURS_FROM_S: i64 = 3 * 3600;
/// Most boxes in the table, and most things pointed out, on one page.
const SITES_MAX: usize = 300;
const LOOKS_MAX: usize = 60;

#[derive(Template)]
#[template(path = "portal/programme.html")]
struct ProgrammePage {
    page: Page,
    /// Weeks that can be chosen: value, words, whether they are.
    spans: Vec<(u32, String, bool)>,
    /// Boxes that can be chosen: name of the key, words, whether it is.
    sites: Vec<(String, String, bool)>,
    /// The choice as it goes on in addresses.
    chosen: String,
    tiles: Vec<Tile>,
    warnings: Vec<Look>,
    more_looks: Option<String>,
    charts: Vec<Chart>,
    columns: Vec<Column>,
    rows: Vec<SiteRow>,
    more_sites: Option<String>,
    notes: Vec<String>,
}

/// One figure with what belongs to it.
struct Tile {
    name: String,
    value: String,
    facts: Vec<String>,
}

/// Something that a person should look after.
struct Look {
    what: String,
    next: String,
}

/// A column of the table of boxes, and the address that sorts by it.
struct Column {
    name: String,
    href: String,
    sorted: bool,
}

struct SiteRow {
    name: String,
    href: String,
    cells: Vec<String>,
}

/// What is asked for in the address.
#[derive(Deserialize)]
pub(super) struct Asked {
    weeks: Option<String>,
    site: Option<String>,
    sort: Option<String>,
}

/// By what the boxes are sorted.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    Site,
    Films,
    Unscored,
    Suspects,
    Tested,
    Confirmed,
    Clinical,
    Lost,
    Critical,
    Suspect,
    Open,
    Refused,
    Undated,
}

impl Sort {
    const ALL: [Self; 13] = [
        Self::Site,
        Self::Films,
        Self::Unscored,
        Self::Suspects,
        Self::Tested,
        Self::Confirmed,
        Self::Clinical,
        Self::Lost,
        Self::Critical,
        Self::Suspect,
        Self::Open,
        Self::Refused,
        Self::Undated,
    ];

    const fn code(self) -> &'static str {
        match self {
            Self::Site => "site",
            Self::Films => "films",
            Self::Unscored => "unscored",
            Self::Suspects => "suspects",
            Self::Tested => "tested",
            Self::Confirmed => "confirmed",
            Self::Clinical => "clinical",
            Self::Lost => "lost",
            Self::Critical => "critical",
            Self::Suspect => "suspect",
            Self::Open => "open",
            Self::Refused => "refused",
            Self::Undated => "undated",
        }
    }

    fn name(self, words: Words) -> String {
        words.t(match self {
            Self::Critical | Self::Suspect => return words.answer(self.code()),
            Self::Site => "programme-site",
            Self::Films => "programme-films",
            Self::Unscored => "programme-unscored",
            Self::Suspects => "programme-suspects",
            Self::Tested => "programme-tested",
            Self::Confirmed => "outcome-tb_confirmed",
            Self::Clinical => "outcome-tb_clinical",
            Self::Lost => "outcome-lost",
            Self::Open => "month-unanswered",
            Self::Refused => "programme-photos-refused",
            Self::Undated => "programme-undated",
        })
    }

    /// What it sorts by, the largest first.
    fn value(self, one: &SiteFigures) -> i64 {
        let counts = &one.figures.counts;
        let [suspects, tested, confirmed, clinical, lost] = counts.people;
        let count = match self {
            Self::Site => return 0,
            Self::Critical => return one.figures.critical.median_s.unwrap_or(-1),
            Self::Suspect => return one.figures.suspect.median_s.unwrap_or(-1),
            Self::Films => counts.films,
            Self::Unscored => counts.unscored(),
            Self::Suspects => suspects,
            Self::Tested => tested,
            Self::Confirmed => confirmed,
            Self::Clinical => clinical,
            Self::Lost => lost,
            Self::Open => one.figures.critical.open + one.figures.suspect.open,
            Self::Refused => counts.refused,
            Self::Undated => one.undated.films,
        };
        i64::from(count)
    }

    /// How it stands in the table.
    fn cell(self, words: Words, one: &SiteFigures) -> String {
        let counts = &one.figures.counts;
        match self {
            Self::Critical => words.time(one.figures.critical.median_s),
            Self::Suspect => words.time(one.figures.suspect.median_s),
            Self::Unscored => words.share(counts.unscored(), counts.films),
            Self::Tested | Self::Confirmed | Self::Clinical | Self::Lost => {
                let part = u32::try_from(self.value(one)).unwrap_or(u32::MAX);
                words.share(part, counts.people[0])
            }
            Self::Refused => words.share(counts.refused, counts.photos),
            Self::Site => String::new(),
            Self::Films | Self::Suspects | Self::Open | Self::Undated => {
                self.value(one).to_string()
            }
        }
    }
}

/// The choice of a request.
struct Choice {
    span: Span,
    site: Option<KeyId>,
    sort: Sort,
}

impl Choice {
    fn read(asked: &Asked) -> Self {
        let sort = asked.sort.as_deref();
        Self {
            span: asked.weeks.as_deref().and_then(Span::parse).unwrap_or_default(),
            site: asked.site.as_deref().and_then(KeyId::parse),
            sort: Sort::ALL.into_iter().find(|one| Some(one.code()) == sort).unwrap_or(Sort::Site),
        }
    }

    fn query(&self) -> String {
        let weeks = self.span.weeks();
        self.site.map_or_else(|| format!("weeks={weeks}"), |id| format!("weeks={weeks}&site={id}"))
    }
}

/// `GET /programme`.
pub(super) async fn show(
    State(portal): State<Portal>,
    headers: HeaderMap,
    Query(asked): Query<Asked>,
) -> Result<Response, Trouble> {
    let page = Page { home: "/", ..Page::of(&headers, "programme-title") };
    if let Some(refused) = keyed(&portal, &headers, page.locale).await? {
        return Ok(refused);
    }
    let choice = Choice::read(&asked);
    let (span, site) = (choice.span, choice.site);
    let work = move || {
        let all = portal.storage().sites()?;
        Ok((portal.programme(span, site)?, all))
    };
    let (programme, all) = blocking(work).await?;
    let sites = all.iter().map(|one| (one.id, site_name(&one.name, one.id))).collect();
    render(StatusCode::OK, &programme_page(page, &choice, sites, programme))
}

fn site_name(name: &str, id: KeyId) -> String {
    let short: String = id.to_string().chars().take(8).collect();
    if name.is_empty() { short } else { format!("{name} · {short}") }
}

fn programme_page(
    page: Page,
    choice: &Choice,
    sites: Vec<(KeyId, String)>,
    mut programme: Programme,
) -> ProgrammePage {
    let words = Words(page.locale);
    let mut looks = Vec::new();
    for one in &programme.sites {
        let name = site_name(&one.site.name, one.site.id);
        looks.extend(one.warnings.iter().map(|warning| words.look(&name, *warning)));
    }
    programme.sites.sort_by_key(|one| std::cmp::Reverse(choice.sort.value(one)));
    let chosen = choice.query();
    let weeks = choice.span.weeks();
    let columns = Sort::ALL.into_iter().map(|sort| Column {
        name: sort.name(words),
        href: format!("/programme?{chosen}&sort={}#sites", sort.code()),
        sorted: sort == choice.sort,
    });
    let rows = programme.sites.iter().take(SITES_MAX).map(|one| SiteRow {
        name: site_name(&one.site.name, one.site.id),
        href: format!("/programme?weeks={weeks}&site={}", one.site.id),
        cells: Sort::ALL[1..].iter().map(|sort| sort.cell(words, one)).collect(),
    });
    let voided = programme.total.counts.voided + programme.undated.counts.voided;
    let mut notes = vec![words.t("programme-people-note")];
    if voided > 0 {
        notes.push(words.count("programme-voided", voided));
    }
    ProgrammePage {
        spans: Span::ALL
            .into_iter()
            .map(|span| {
                let text = words.count("programme-weeks", span.weeks());
                (span.weeks(), text, span == choice.span)
            })
            .collect(),
        sites: sites
            .into_iter()
            .map(|(id, name)| (id.to_string(), name, choice.site == Some(id)))
            .collect(),
        tiles: tiles(words, &programme),
        more_looks: words.more("programme-more-looks", looks.len(), LOOKS_MAX),
        warnings: looks.into_iter().take(LOOKS_MAX).collect(),
        charts: charts(words, &programme),
        columns: columns.collect(),
        rows: rows.collect(),
        more_sites: words.more("programme-more-sites", programme.sites.len(), SITES_MAX),
        notes,
        chosen,
        page,
    }
}

fn tiles(words: Words, programme: &Programme) -> Vec<Tile> {
    let Programme { total, undated, .. } = programme;
    let counts = &total.counts;
    let why = Band::ALL[Band::SCORED..].iter().filter(|band| counts.band(**band) > 0);
    let unscored = why.map(|band| {
        let name = words.t(&format!("programme-band-{}", band.code()));
        format!("{name}: {}", counts.band(*band))
    });
    let [suspects, tested, confirmed, clinical, lost] = counts.people;
    let tile = |key: &str, value, facts| Tile { name: words.t(key), value, facts };
    let mut tiles = vec![
        tile(
            "programme-films",
            counts.films.to_string(),
            vec![
                words.part("programme-signed", counts.signed, counts.films),
                words.part("programme-photos-refused", counts.refused, counts.photos),
            ],
        ),
        tile(
            "programme-unscored",
            words.share(counts.unscored(), counts.films),
            unscored.collect(),
        ),
        tile("programme-suspects", suspects.to_string(), Vec::new()),
        tile("programme-tested", words.share(tested, suspects), Vec::new()),
        tile("outcome-tb_confirmed", words.share(confirmed, suspects), Vec::new()),
        tile("outcome-tb_clinical", words.share(clinical, suspects), Vec::new()),
        tile("outcome-lost", words.share(lost, suspects), Vec::new()),
        answers(words, "critical", &total.critical),
        answers(words, "suspect", &total.suspect),
    ];
    let without = &undated.counts;
    let alerts = undated.critical.alerts + undated.suspect.alerts;
    if without.films > 0 || alerts > 0 {
        let facts = vec![
            words.part("programme-suspects", without.people[0], without.films),
            words.part("outcome-tb_confirmed", without.people[2], without.people[0]),
            words.named("month-alerts", alerts),
            words.t("programme-undated-help"),
        ];
        tiles.push(tile("programme-undated", without.films.to_string(), facts));
    }
    tiles
}

fn answers(words: Words, class: &str, figures: &AlertFigures) -> Tile {
    let mut facts = vec![
        words.named("month-alerts", figures.alerts),
        words.part("month-unanswered", figures.open, figures.alerts),
    ];
    if figures.p90_s.is_some() {
        facts.insert(0, format!("{}: {}", words.t("month-p90"), words.time(figures.p90_s)));
    }
    if figures.untimed > 0 {
        facts.push(words.named("programme-untimed", figures.untimed));
    }
    Tile { name: words.answer(class), value: words.time(figures.median_s), facts }
}

fn charts(words: Words, programme: &Programme) -> Vec<Chart> {
    let count = |look, key: &str, value: fn(&Counts) -> u32| {
        let value = |figures: &Figures| Some(i64::from(value(&figures.counts)));
        series((look, words.t(key)), programme, value)
    };
    let films = [
        count("above", "call-above", |counts| counts.band(Band::Above)),
        count("near", "call-indeterminate", |counts| counts.band(Band::Near)),
        count("below", "call-below", |counts| counts.band(Band::Below)),
        count("none", "programme-unscored", Counts::unscored),
    ];
    let cascade = [
        count("below", "programme-suspects", |counts| counts.people[0]),
        count("near", "programme-tested", |counts| counts.people[1]),
        count("above", "outcome-tb_confirmed", |counts| counts.people[2]),
    ];
    let counted = |id, series: &[Series], stand, key| {
        let columns = series.iter().map(|one| one.name.clone()).collect();
        let row = |figures: &Figures| numbers(id, &figures.counts);
        let plain = |value: i64| value.to_string();
        Chart::draw((id, words.t(key)), &weeks(programme), series, stand, plain)
            .with_table(columns, rows(words, programme, row))
    };
    let mut charts = vec![
        counted("films", &films, Stand::Stacked, "programme-chart-films"),
        counted("cascade", &cascade, Stand::Beside, "programme-chart-cascade"),
    ];
    charts.extend(answer_chart(words, programme, "critical", |figures| &figures.critical));
    charts.extend(answer_chart(words, programme, "suspect", |figures| &figures.suspect));
    charts
}

/// How long answers to one class of alerts took; nothing where none has a sure time.
fn answer_chart(
    words: Words,
    programme: &Programme,
    class: &'static str,
    of: fn(&Figures) -> &AlertFigures,
) -> Option<Chart> {
    of(&programme.total).median_s?;
    let longest = programme.weeks.iter().filter_map(|(_, figures)| of(figures).p90_s).max();
    let (unit, word) = match longest {
        Some(longest) if longest >= HOURS_FROM_S => (3600, "programme-hours"),
        Some(_) | None => (60, "month-minutes"),
    };
    let round = |seconds: Option<i64>| seconds.map(|seconds| (seconds + unit / 2) / unit);
    let half = ("below", words.t("month-median"));
    let nine = ("above", words.t("month-p90"));
    let both = [
        series(half, programme, |figures| round(of(figures).median_s)),
        series(nine, programme, |figures| round(of(figures).p90_s)),
    ];
    let row = |figures: &Figures| {
        let AlertFigures { alerts, open, untimed, median_s, p90_s } = *of(figures);
        let counts = [alerts, open, untimed].map(|count| count.to_string());
        [words.time(median_s), words.time(p90_s)].into_iter().chain(counts).collect()
    };
    let keys =
        ["month-median", "month-p90", "month-alerts", "month-unanswered", "programme-untimed"];
    let columns = keys.map(|key| words.t(key)).to_vec();
    let word = |value: i64| words.0.text(word, &[("count", value.into())]);
    let title = (class, words.answer(class));
    let chart = Chart::draw(title, &weeks(programme), &both, Stand::Beside, word);
    Some(chart.with_table(columns, rows(words, programme, row)))
}

fn weeks(programme: &Programme) -> Vec<Week> {
    programme.weeks.iter().map(|(week, _)| *week).collect()
}

fn series(
    (look, name): (&'static str, String),
    programme: &Programme,
    value: impl Fn(&Figures) -> Option<i64>,
) -> Series {
    let values = programme.weeks.iter().map(|(_, figures)| value(figures)).collect();
    Series { look, name, values }
}

/// The rows under a chart: every week, the newest first, all of them, and what has no date.
fn rows(
    words: Words,
    programme: &Programme,
    row: impl Fn(&Figures) -> Vec<String>,
) -> Vec<(String, Vec<String>)> {
    let weeks = programme.weeks.iter().rev();
    let weeks = weeks.map(|(week, figures)| (week.to_string(), row(figures)));
    let sums = [
        (words.t("programme-all"), row(&programme.total)),
        (words.t("programme-undated"), row(&programme.undated)),
    ];
    weeks.chain(sums).collect()
}

/// The numbers of a row under a chart of counts.
fn numbers(chart: &str, counts: &Counts) -> Vec<String> {
    let [suspects, tested, confirmed, ..] = counts.people;
    let all = if chart == "films" {
        let [above, near, below] =
            [Band::Above, Band::Near, Band::Below].map(|one| counts.band(one));
        vec![above, near, below, counts.unscored()]
    } else {
        vec![suspects, tested, confirmed]
    };
    all.into_iter().map(|count| count.to_string()).collect()
}
