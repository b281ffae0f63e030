//! The plan, driven against a portal made of two maps and a link that cuts where it likes.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;

const KINDS: [RecordKind; 7] = RecordKind::ALL;

/// What the link does to one step.
#[derive(Clone, Copy, Debug)]
enum Fate {
    /// Nothing arrives.
    Lost,
    /// It arrives, and the answer does not.
    AnswerLost,
    /// It arrives, and the answer too.
    Arrives,
    /// The program dies: what it held in memory is gone.
    Killed,
    /// A new record is made meanwhile.
    Made(usize),
}

fn fates() -> impl Strategy<Value = Vec<Fate>> {
    let one = prop_oneof![
        Just(Fate::Lost),
        Just(Fate::AnswerLost),
        Just(Fate::Arrives),
        Just(Fate::Killed),
        (0..KINDS.len()).prop_map(Fate::Made),
    ];
    prop::collection::vec(one, 0..120)
}

/// The box: rows alone.
#[derive(Debug, Default)]
struct Box_ {
    rows: BTreeMap<Seq, (Waiting, u32)>,
}

/// The portal: what it holds, and how often each record was put in.
#[derive(Debug, Default)]
struct Portal {
    records: BTreeMap<Seq, u32>,
    images: BTreeMap<Seq, u64>,
}

impl Box_ {
    fn make(&mut self, kind: RecordKind, size: u64) {
        let seq = Seq(i64::try_from(self.rows.len()).unwrap() + 1);
        let bytes = (kind == RecordKind::Image).then_some(size);
        self.rows.insert(seq, (Waiting { seq, kind, bytes, held_bytes: 0 }, 0));
    }

    /// What the store hands out: no receipt, first lane first, a window of it.
    fn window(&self) -> Vec<Waiting> {
        let mut waiting: Vec<_> = self
            .rows
            .values()
            .filter(|(_, receipts)| *receipts == 0)
            .map(|(one, _)| *one)
            .collect();
        waiting.sort_by_key(|one| (one.kind.lane(), one.seq));
        waiting.truncate(WINDOW_RECORDS);
        waiting
    }

    fn urgent_waits(&self) -> bool {
        self.rows.values().any(|(one, receipts)| one.kind == RecordKind::Urgent && *receipts == 0)
    }

    fn receipt(&mut self, seq: Seq) {
        self.rows.get_mut(&seq).unwrap().1 += 1;
    }
}

fn is_urgent(sent: &[Seq], box_: &Box_) -> bool {
    sent.iter().all(|seq| box_.rows[seq].0.kind == RecordKind::Urgent)
}

/// Checks what must hold of every step, then carries it out as the link lets it.
fn carry_out(step: &Step, box_: &mut Box_, portal: &mut Portal, fate: Fate) {
    let urgent = box_.urgent_waits();
    let arrives = !matches!(fate, Fate::Lost | Fate::Killed);
    let answered = matches!(fate, Fate::Arrives | Fate::Made(_));
    match step {
        Step::Seal(seqs) => {
            assert!(!urgent || is_urgent(seqs, box_));
            // Sizes from 1 byte to more than a step.
            for seq in seqs {
                let size = u64::try_from(seq.0).unwrap() * 7_919 % 90_000 + 1;
                box_.rows.get_mut(seq).unwrap().0.bytes = Some(size);
            }
        }
        Step::Send(seqs) => {
            assert!(!urgent || is_urgent(seqs, box_), "an urgent record waits behind others");
            let sizes = seqs.iter().map(|seq| box_.rows[seq].0.bytes.unwrap());
            assert!(seqs.len() == 1 || sizes.sum::<u64>() <= BATCH_BYTES_MAX);
            for seq in seqs {
                if arrives {
                    // The portal knows a record by its number and hash: a repetition adds nothing.
                    portal.records.entry(*seq).or_insert(1);
                }
                if answered {
                    box_.receipt(*seq);
                }
            }
        }
        Step::Upload { seq, from, until } => {
            assert!(!urgent, "an urgent record waits behind an image");
            assert!(until - from <= CHUNK_BYTES_MAX);
            let size = box_.rows[seq].0.bytes.unwrap();
            let held = portal.images.entry(*seq).or_insert(0);
            if arrives && from == held {
                *held = *until;
            }
            let held = *held;
            if answered {
                box_.rows.get_mut(seq).unwrap().0.held_bytes = held;
                if held == size {
                    portal.records.entry(*seq).or_insert(1);
                    box_.receipt(*seq);
                }
            }
        }
        Step::Hello
        | Step::Orders
        | Step::Fetch { .. }
        | Step::Support { .. }
        | Step::SupportOver
        | Step::Rest(_) => {}
    }
}

proptest! {
    #[test]
    fn every_record_ends_acknowledged_exactly_once(
        fates in fates(),
        first in prop::collection::vec((0..KINDS.len(), 0_u64..700_000), 0..90),
        rate in prop::option::of(0_u64..2_000_000),
        limit_bytes in 4_096..=CHUNK_BYTES_MAX,
    ) {
        let (mut box_, mut portal) = (Box_::default(), Portal::default());
        for (kind, size) in first {
            box_.make(KINDS[kind], size);
        }
        let link = Link { bytes_per_second: rate, limit_bytes, ..Link::default() };
        for fate in fates {
            if let Fate::Made(kind) = fate {
                box_.make(KINDS[kind], 30_000);
            }
            let window = box_.window();
            prop_assert!(window.len() <= WINDOW_RECORDS);
            carry_out(&next(&window, &link), &mut box_, &mut portal, fate);
        }
        // The link is good from now on: the plan comes to an end, with everything delivered.
        let mut steps = 0;
        loop {
            let step = next(&box_.window(), &link);
            if step == Step::Rest(Rest::Done) {
                break;
            }
            carry_out(&step, &mut box_, &mut portal, Fate::Arrives);
            steps += 1;
            prop_assert!(steps < 50_000, "the plan does not come to an end");
        }
        for (seq, (one, receipts)) in &box_.rows {
            prop_assert_eq!(*receipts, 1, "receipts of {}", seq);
            prop_assert_eq!(portal.records.get(seq), Some(&1));
            if one.kind == RecordKind::Image {
                prop_assert_eq!(portal.images[seq], one.bytes.unwrap());
            }
        }
        prop_assert_eq!(portal.records.len(), box_.rows.len());
    }

    #[test]
    fn a_budget_is_never_overdrawn_but_by_urgent_records(
        kinds in prop::collection::vec(0..KINDS.len(), 1..40),
        budget in 0_u64..200_000,
    ) {
        let (mut box_, mut portal) = (Box_::default(), Portal::default());
        for kind in kinds {
            box_.make(KINDS[kind], 50_000);
        }
        let mut left = budget;
        for _ in 0..500 {
            let link = Link { budget_bytes: Some(left), ..Link::default() };
            let step = next(&box_.window(), &link);
            let bytes = match &step {
                Step::Send(seqs) if !is_urgent(seqs, &box_) => {
                    seqs.iter().map(|seq| box_.rows[seq].0.bytes.unwrap()).sum()
                }
                Step::Upload { from, until, .. } => until - from,
                Step::Rest(_) => break,
                Step::Send(_)
                | Step::Seal(_)
                | Step::Hello
                | Step::Orders
                | Step::Fetch { .. }
                | Step::Support { .. }
                | Step::SupportOver => 0,
            };
            prop_assert!(bytes <= left);
            left -= bytes;
            carry_out(&step, &mut box_, &mut portal, Fate::Arrives);
        }
        prop_assert!(!box_.urgent_waits());
    }
}

fn waiting(seq: i64, kind: RecordKind, bytes: Option<u64>) -> Waiting {
    Waiting { seq: Seq(seq), kind, bytes, held_bytes: 0 }
}

#[test]
fn images_wait_where_every_byte_costs_and_results_do_not() {
    let metered = Link { metered: true, ..Link::default() };
    let image = waiting(1, RecordKind::Image, Some(9));
    assert_eq!(next(&[image], &metered), Step::Rest(Rest::Metered));
    let report = waiting(2, RecordKind::Report, Some(9));
    assert_eq!(next(&[report, image], &metered), Step::Send(vec![Seq(2)]));
    assert_eq!(next(&[], &metered), Step::Rest(Rest::Done));
}

#[test]
fn an_urgent_record_goes_before_the_hello_and_the_hello_before_the_rest() {
    let link = Link { hello_due: true, ..Link::default() };
    let urgent = waiting(9, RecordKind::Urgent, Some(900));
    let result = waiting(1, RecordKind::Result, Some(900));
    assert_eq!(next(&[urgent, result], &link), Step::Send(vec![Seq(9)]));
    assert_eq!(next(&[result], &link), Step::Hello);
}

#[test]
fn orders_go_after_what_is_urgent_and_before_the_routine_even_where_every_byte_costs() {
    let link = Link { orders_due: true, metered: true, budget_bytes: Some(0), ..Link::default() };
    let urgent = waiting(9, RecordKind::Urgent, Some(900));
    let result = waiting(1, RecordKind::Result, Some(900));
    assert_eq!(next(&[urgent, result], &link), Step::Send(vec![Seq(9)]));
    assert_eq!(next(&[result], &link), Step::Orders);
    assert_eq!(next(&[], &link), Step::Orders);
}

#[test]
fn an_image_whose_last_answer_was_lost_is_asked_for_not_sent_again() {
    let image = Waiting { held_bytes: 9, ..waiting(1, RecordKind::Image, Some(9)) };
    let step = next(&[image], &Link::default());
    assert_eq!(step, Step::Upload { seq: Seq(1), from: 9, until: 9 });
}

fn fetch(held_bytes: u64, size_bytes: u64) -> Fetch {
    Fetch { held_bytes, size_bytes, images_bytes: 0, fetched_bytes: 0 }
}

#[test]
fn a_program_comes_down_after_everything_that_presses_and_not_where_every_byte_costs() {
    let link = Link { fetch: Some(fetch(10, 900_000)), ..Link::default() };
    let report = waiting(2, RecordKind::Report, Some(9));
    let urgent = waiting(9, RecordKind::Urgent, Some(9));
    assert_eq!(next(&[urgent, report], &link), Step::Send(vec![Seq(9)]));
    assert_eq!(next(&[report], &link), Step::Send(vec![Seq(2)]));
    assert_eq!(next(&[], &Link { hello_due: true, ..link }), Step::Hello);
    assert_eq!(next(&[], &Link { orders_due: true, ..link }), Step::Orders);
    assert!(matches!(next(&[], &link), Step::Fetch { from: 10, .. }));
    let metered = Link { metered: true, ..link };
    assert_eq!(next(&[], &metered), Step::Rest(Rest::Metered));
    let spent = Link { budget_bytes: Some(0), ..link };
    assert_eq!(next(&[], &spent), Step::Rest(Rest::Budget));
    let little = Link { budget_bytes: Some(7), ..link };
    assert_eq!(next(&[], &little), Step::Fetch { from: 10, until: 17 });
    let whole = Link { fetch: Some(fetch(9, 9)), ..Link::default() };
    assert_eq!(next(&[], &whole), Step::Rest(Rest::Done));
}

proptest! {
    #[test]
    fn images_and_a_program_share_the_link_and_neither_waits_for_ever(
        rate in prop::option::of(0_u64..2_000_000),
        limit_bytes in 4_096..=CHUNK_BYTES_MAX,
    ) {
        // Images without end beside a large program.
        let mut program = fetch(0, 3_000_000);
        let mut image = waiting(1, RecordKind::Image, Some(u64::MAX / 4));
        for _ in 0..20_000 {
            let link = Link {
                fetch: Some(program),
                bytes_per_second: rate,
                limit_bytes,
                ..Link::default()
            };
            match next(&[image], &link) {
                Step::Fetch { from, until } => {
                    prop_assert_eq!(from, program.held_bytes);
                    prop_assert!(until > from && until - from <= CHUNK_BYTES_MAX);
                    program.held_bytes = until;
                    program.fetched_bytes += until - from;
                }
                Step::Upload { from, until, .. } => {
                    program.images_bytes += until - from;
                    image.held_bytes = until;
                }
                other => prop_assert!(false, "{:?}", other),
            }
            // A quarter of the link, to within a step.
            prop_assert!(
                program.fetched_bytes * 3 <= program.images_bytes + 3 * CHUNK_BYTES_MAX
            );
            if program.held_bytes == program.size_bytes {
                return Ok(());
            }
        }
        prop_assert!(false, "the program never came");
    }
}

#[test]
fn a_support_bundle_goes_after_everything_else_and_its_end_is_told_at_once() {
    let bundle = SupportPiece { consent: 4, held_bytes: 100, size_bytes: 300 };
    let link = Link { support: Some(bundle), ..Link::default() };
    let image = waiting(1, RecordKind::Image, Some(900));
    assert!(matches!(next(&[image], &link), Step::Upload { .. }));
    let fetched = Link { fetch: Some(fetch(10, 900)), ..link };
    assert!(matches!(next(&[], &fetched), Step::Fetch { .. }));
    assert_eq!(next(&[], &link), Step::Support { consent: 4, from: 100, until: 300 });
    assert_eq!(next(&[], &Link { metered: true, ..link }), Step::Rest(Rest::Metered));
    assert_eq!(next(&[], &Link { budget_bytes: Some(0), ..link }), Step::Rest(Rest::Budget));
    let little = Link { budget_bytes: Some(7), ..link };
    assert_eq!(next(&[], &little), Step::Support { consent: 4, from: 100, until: 107 });
    let over = Link { support_over: true, metered: true, ..Link::default() };
    assert_eq!(next(&[image], &over), Step::SupportOver);
    let urgent = waiting(9, RecordKind::Urgent, Some(10));
    assert_eq!(next(&[urgent], &over), Step::Send(vec![Seq(9)]));
}
