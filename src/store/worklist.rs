//! The worklist: one page of it, and how many studies each filter would show.
//!
//! Every page comes from an index in the order of the list, so that it costs the same at ten thousand
//! studies; only a text is looked for study by study.

use rusqlite::types::Value;
use rusqlite::{Connection, Row, params_from_iter};

use crate::domain::ids::StudyNumber;
use crate::domain::reading::Urgency;
use crate::domain::study::StudyState;
use crate::domain::view::{Worklist, WorklistCounts, WorklistRow};
use crate::domain::worklist::{Calendar, Place, Span, Turning, When, WorklistQuery};
use crate::store::Store;
use crate::store::error::StoreError;
use crate::store::sql::{parsed, parsed_option, patient, stamp, study_id};
use crate::store::studies::headline;

/// Rows on one page.
const PAGE_ROWS: usize = 50;

impl Store {
    /// One page of the worklist: what a person must look at first, the most urgent and of those what
    /// waits longest; then work; then what is done.
    ///
    /// # Errors
    /// When the database fails.
    pub fn worklist(
        &self,
        query: &WorklistQuery,
        calendar: Calendar,
    ) -> Result<Worklist, StoreError> {
        self.read(|db| {
            let (rows, turn) = page(db, query, calendar)?;
            Ok(Worklist { rows, counts: counts(db, query, calendar)?, turn })
        })
    }
}

/// The rows of a page, and where to go on.
type Page = (Vec<WorklistRow>, (Option<Place>, Option<Place>));

fn page(db: &Connection, query: &WorklistQuery, calendar: Calendar) -> Result<Page, StoreError> {
    let (sql, values) = select(query, calendar);
    let mut select = db.prepare_cached(&sql)?;
    let mut rows = select.query(params_from_iter(values))?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(worklist_row(row)?);
    }
    let more = found.len() > PAGE_ROWS;
    if matches!(query.turning, Turning::Before(_)) && !more {
        // Back at the beginning, which is a whole page.
        let first = WorklistQuery { turning: Turning::First, ..query.clone() };
        return page(db, &first, calendar);
    }
    found.truncate(PAGE_ROWS);
    let (before, after) = match query.turning {
        Turning::First => (false, more),
        Turning::After(_) => (true, more),
        Turning::Before(_) => {
            found.reverse();
            (true, true)
        }
    };
    let first = found.first().filter(|_| before).map(|row| row.place);
    let last = found.last().filter(|_| after).map(|row| row.place);
    Ok((found, (first, last)))
}

/// Conditions with the values of their question marks.
#[derive(Default)]
struct Conditions {
    texts: Vec<&'static str>,
    values: Vec<Value>,
}

impl Conditions {
    fn add(&mut self, text: &'static str, values: impl IntoIterator<Item = Value>) {
        self.texts.push(text);
        self.values.extend(values);
    }

    fn text(&self) -> String {
        if self.texts.is_empty() { "true".to_owned() } else { self.texts.join(" and ") }
    }
}

/// The statement for one page and its values.
fn select(query: &WorklistQuery, calendar: Calendar) -> (String, Vec<Value>) {
    let mut all = Conditions::default();
    // Backwards the row to go on from bounds the index, and the plus keeps it from being bounded here.
    let backwards = matches!(query.turning, Turning::Before(_));
    match (query.state, query.urgency) {
        (Some(state), _) => all.add("study.state = ?", [code(state.code())]),
        (None, None) => all.add(if backwards { "+study.turn < 6" } else { "study.turn < 6" }, []),
        (None, Some(_)) => {
            all.add(if backwards { "+study.turn < 5" } else { "study.turn < 5" }, []);
        }
    }
    if let Some(urgency) = query.urgency {
        all.add("study.urgency = ?", [code(urgency.code())]);
    }
    let span = calendar.span(query.when);
    if let Some(Span { from, until }) = span {
        all.add(
            "study.registered_ms >= ? and study.registered_ms < ?",
            [from.0.into(), until.0.into()],
        );
    }
    add_text(&mut all, query);
    let order = match query.turning {
        Turning::First => "study.turn, study.place",
        Turning::After(Place { turn, place }) => {
            all.add("(study.turn, study.place) > (?, ?)", [turn.into(), place.into()]);
            "study.turn, study.place"
        }
        Turning::Before(Place { turn, place }) => {
            all.add("(study.turn, study.place) < (?, ?)", [turn.into(), place.into()]);
            "study.turn desc, study.place desc"
        }
    };
    let index = match (span, query.state) {
        (Some(_), _) => "study_by_registered",
        (None, Some(_)) => "study_by_state",
        (None, None) => "study_by_turn",
    };
    let sql = format!(
        "select study.*, patient.*, study.id as study_id from study indexed by {index} \
         join patient on patient.id = study.patient_id where {} order by {order} limit {}",
        all.text(),
        PAGE_ROWS + 1
    );
    (sql, all.values)
}

fn add_text(all: &mut Conditions, query: &WorklistQuery) {
    let Some(text) = &query.text else { return };
    let text = text.reveal();
    let mut part = String::from("%");
    for c in text.as_str().chars() {
        if matches!(c, '%' | '_' | '\\') {
            part.push('\\');
        }
        part.push(c);
    }
    part.push('%');
    let part = Value::Text(part);
    let number = text.number().map_or(Value::Null, Value::Integer);
    let found = "(study.number = ? or patient.name like ? escape '\\' \
                 or patient.local_id like ? escape '\\')";
    all.add(found, [number, part.clone(), part]);
}

fn code(code: &str) -> Value {
    Value::Text(code.to_owned())
}

fn worklist_row(row: &Row<'_>) -> Result<WorklistRow, StoreError> {
    Ok(WorklistRow {
        id: study_id(row, "study_id")?,
        number: StudyNumber(row.get("number")?),
        state: parsed(row, "state", StudyState::parse)?,
        urgency: parsed_option(row, "urgency", Urgency::parse)?,
        patient: patient(row)?,
        registered: stamp(row, "registered_ms", "registered_trust")?,
        headline: headline(row)?,
        place: Place { turn: row.get("turn")?, place: row.get("place")? },
    })
}

/// Studies of one state and urgency: on any day, today, in the week, on the days that are chosen.
struct Group {
    state: StudyState,
    urgency: Option<Urgency>,
    days: [u64; 3],
    chosen: u64,
}

fn counts(
    db: &Connection,
    query: &WorklistQuery,
    calendar: Calendar,
) -> Result<WorklistCounts, StoreError> {
    let waiting = |state: StudyState| -> Result<u64, StoreError> {
        let select = "select count(*) from study where state = ?1";
        Ok(db.prepare_cached(select)?.query_row([state.code()], |row| row.get(0))?)
    };
    let mut counts = WorklistCounts {
        retake: waiting(StudyState::RetakeAsked)?,
        physician: waiting(StudyState::Reported)?,
        ..WorklistCounts::default()
    };
    let groups = groups(db, query, calendar)?;
    let of_urgency = |group: &&Group| query.urgency.is_none_or(|one| group.urgency == Some(one));
    let of_state = |group: &&Group| match (query.state, query.urgency) {
        (Some(state), _) => group.state == state,
        (None, None) => group.state != StudyState::Voided,
        (None, Some(_)) => group.state.is_open(),
    };
    for state in StudyState::ALL {
        let groups = groups.iter().filter(|group| group.state == state).filter(of_urgency);
        counts.states.push((state, groups.map(|group| group.chosen).sum()));
    }
    for urgency in Urgency::ALL {
        let state = |group: &&Group| match query.state {
            Some(state) => group.state == state,
            None => group.state.is_open(),
        };
        let groups = groups.iter().filter(|group| group.urgency == Some(urgency)).filter(state);
        counts.urgencies.push((urgency, groups.map(|group| group.chosen).sum()));
    }
    for group in groups.iter().filter(of_urgency).filter(of_state) {
        for (sum, days) in counts.days.iter_mut().zip(group.days) {
            *sum += days;
        }
    }
    Ok(counts)
}

fn groups(
    db: &Connection,
    query: &WorklistQuery,
    calendar: Calendar,
) -> Result<Vec<Group>, StoreError> {
    let mut all = Conditions::default();
    let sum = "coalesce(sum(study.registered_ms >= ? and study.registered_ms < ?), 0)";
    for when in [When::Today, When::Week, query.when] {
        let span = calendar.span(when);
        let (from, until) =
            span.map_or((i64::MIN, i64::MAX), |Span { from, until }| (from.0, until.0));
        all.values.extend([from.into(), until.into()]);
    }
    add_text(&mut all, query);
    let joined =
        if query.text.is_some() { "join patient on patient.id = study.patient_id" } else { "" };
    let sql = format!(
        "select study.state, study.urgency, {sum} as today, {sum} as week, {sum} as chosen, count(*) as any_day \
         from study indexed by study_by_count {joined} where {} group by study.state, study.urgency",
        all.text()
    );
    let mut select = db.prepare_cached(&sql)?;
    let mut rows = select.query(params_from_iter(all.values))?;
    let mut groups = Vec::new();
    while let Some(row) = rows.next()? {
        groups.push(Group {
            state: parsed(row, "state", StudyState::parse)?,
            urgency: parsed_option(row, "urgency", Urgency::parse)?,
            days: [row.get("any_day")?, row.get("today")?, row.get("week")?],
            chosen: row.get("chosen")?,
        });
    }
    Ok(groups)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::box_id::{BoxCode, BoxId};
    use crate::domain::people::Phi;
    use crate::domain::stamp::{ClockTrust, Stamp, WallMs};
    use crate::domain::worklist::{Day, SearchText};

    const DAY_MS: i64 = 24 * 60 * 60 * 1000;
    const NOW: Stamp = Stamp { wall: WallMs(1_800_000_000_000), trust: ClockTrust::Synced };
    const STUDIES: i64 = 240;

    fn calendar() -> Calendar {
        Calendar { today: Day::of(NOW.wall, 330), utc_offset_minutes: 330 }
    }

    /// Studies of all states and urgencies, the oldest twelve days old.
    fn clinic(dir: &std::path::Path) -> Store {
        let store = Store::open(dir, NOW).unwrap();
        let fill = format!(
            "create temp table n as with recursive n (n) as \
               (select 1 union all select n + 1 from n where n < {STUDIES}) \
               select n, unhex(printf('%032x', n)) as id from n; \
             insert into patient (id, box_id, name, local_id, local_key, sex, birth_year) \
               select id, '' || n, 'Patient ' || n, 'K_' || (n % 100), 'k' || (n % 100), 'female', 1980 \
               from n; \
             insert into study (id, patient_id, state, urgency, version, registered_ms, \
               registered_trust) select id, id, case n % 9 when 0 then 'processing' \
                 when 1 then 'retake_asked' when 2 then 'held' when 3 then 'reported' \
                 when 4 then 'reported' when 5 then 'voided' when 6 then 'registered' \
                 else 'signed' end, \
               case n % 4 when 0 then 'urgent' when 1 then 'soon' when 2 then 'routine' end, \
               0, {} - ({STUDIES} - n) * {DAY_MS} / 20, 'synced' from n; \
             drop table n",
            NOW.wall.0
        );
        let code = BoxCode::parse("K7PXM").unwrap();
        let identify = |tx: &rusqlite::Transaction<'_>| {
            tx.execute_batch(&fill)?;
            for number in 1..=240 {
                let id = BoxId::new(code, number).unwrap().to_string();
                tx.execute(
                    "update patient set box_id = ?2 where box_id = ?1",
                    (number.to_string(), id),
                )?;
            }
            Ok(())
        };
        store.write(identify).unwrap();
        store
    }

    fn queries() -> Vec<WorklistQuery> {
        let whens = [When::AnyDay, When::Today, When::Week, When::On(calendar().today)];
        let texts = [None, Some("atient 1"), Some("7")];
        let states = std::iter::once(None).chain(StudyState::ALL.map(Some));
        let mut all = Vec::new();
        for state in states {
            for urgency in [None, Some(Urgency::Urgent), Some(Urgency::Routine)] {
                for when in whens {
                    for text in texts {
                        let text = text.map(|text| Phi::new(SearchText::parse(text).unwrap()));
                        let turning = Turning::First;
                        all.push(WorklistQuery { state, urgency, when, text, turning });
                    }
                }
            }
        }
        all
    }

    /// All rows of a query, page by page; and the same from the end back to the beginning.
    fn walk(store: &Store, query: &WorklistQuery) -> Vec<Place> {
        let mut query = query.clone();
        let (mut there, mut back) = (Vec::new(), Vec::new());
        let look = |query: &WorklistQuery| store.worklist(query, calendar()).unwrap();
        let places = |list: &Worklist| list.rows.iter().map(|row| row.place).collect::<Vec<_>>();
        loop {
            let list = look(&query);
            there.push(places(&list));
            let Some(after) = list.turn.1 else { break };
            query.turning = Turning::After(after);
        }
        loop {
            let list = look(&query);
            back.push(places(&list));
            let Some(before) = list.turn.0 else { break };
            query.turning = Turning::Before(before);
        }
        back.reverse();
        assert_eq!(there.last(), back.last());
        assert_eq!(there.first(), back.first());
        there.concat()
    }

    #[test]
    fn every_filter_shows_as_many_studies_as_it_says_in_order() {
        let dir = tempfile::tempdir().unwrap();
        let store = clinic(dir.path());
        for query in queries() {
            let rows = walk(&store, &query);
            let key = |place: &Place| (place.turn, place.place);
            assert!(rows.is_sorted_by(|one, two| key(one) < key(two)), "{query:?}");
            let counts = store.worklist(&query, calendar()).unwrap().counts;
            let shown = u64::try_from(rows.len()).unwrap();
            if let Some(state) = query.state {
                assert!(counts.states.contains(&(state, shown)), "{query:?} {counts:?}");
            }
            if let Some(urgency) = query.urgency {
                assert!(counts.urgencies.contains(&(urgency, shown)), "{query:?} {counts:?}");
            }
            let day = match query.when {
                When::AnyDay => counts.days[0],
                When::Today | When::On(_) => counts.days[1],
                When::Week => counts.days[2],
            };
            assert_eq!(day, shown, "{query:?} {counts:?}");
        }
    }

    #[test]
    fn what_waits_longest_comes_first_and_what_is_done_last() {
        let dir = tempfile::tempdir().unwrap();
        let store = clinic(dir.path());
        let list = store.worklist(&WorklistQuery::default(), calendar()).unwrap();
        let numbers: Vec<_> = list.rows.iter().map(|row| row.number.0).collect();
        let urgent = list.rows.iter().take_while(|row| row.place.turn == 0);
        assert!(urgent.clone().all(|row| row.urgency == Some(Urgency::Urgent)));
        let urgent: Vec<_> = urgent.map(|row| row.number.0).collect();
        assert!(urgent.len() > 3 && urgent.is_sorted(), "{numbers:?}");
        assert_eq!((list.counts.retake, list.counts.physician), (27, 54));
    }

    #[test]
    fn signs_of_patterns_are_looked_for_as_they_are() {
        let dir = tempfile::tempdir().unwrap();
        let store = clinic(dir.path());
        let found = |text: &str| {
            let text = Some(Phi::new(SearchText::parse(text).unwrap()));
            walk(&store, &WorklistQuery { text, ..WorklistQuery::default() }).len()
        };
        assert!(found("K_") > 200);
        assert_eq!((found("K%"), found("\\")), (0, 0));
        // The study of that number, and patients with such numbers or names.
        assert!(found("00012") == 1 && found("12") > 1);
    }

    #[test]
    fn every_page_comes_from_an_index_in_order() {
        let dir = tempfile::tempdir().unwrap();
        let store = clinic(dir.path());
        let place = Place { turn: 3, place: -40 };
        for query in queries() {
            for turning in [Turning::First, Turning::After(place), Turning::Before(place)] {
                let query = WorklistQuery { turning, ..query.clone() };
                let (sql, values) = select(&query, calendar());
                let steps = store.read(|db| {
                    let mut plan = db.prepare(&format!("explain query plan {sql}"))?;
                    let steps =
                        plan.query_map(params_from_iter(values), |row| row.get("detail"))?;
                    Ok(steps.collect::<Result<Vec<String>, _>>()?)
                });
                let steps = steps.unwrap().join("; ");
                assert!(!steps.contains("SCAN"), "{sql}: {steps}");
                let sorted = steps.contains("TEMP B-TREE");
                assert_eq!(sorted, query.when != When::AnyDay, "{sql}: {steps}");
            }
        }
    }
}
