//! Roll-outs over fleets that chance makes, with boxes that fail, fall silent and come back.

use proptest::prelude::*;

use super::*;

const NOW: WallMs = WallMs(1_000 * 24 * 60 * 60 * 1000);

fn rules() -> Rules {
    Rules::default()
}

fn days_ago(days: i64) -> Option<WallMs> {
    Some(WallMs(NOW.0 - days * 24 * 60 * 60 * 1000))
}

fn member(id: u8, ring: u8, fate: Fate) -> Member {
    let (id, ring) = (KeyId::from_bytes([id; 16]), Ring::new(ring).unwrap());
    Member { id, ring, seen: days_ago(0), fate, excused: false }
}

fn id(id: u8) -> KeyId {
    KeyId::from_bytes([id; 16])
}

const WELL: Fate = Fate::Taken { on_ms: 72 * HOUR_MS };
const YOUNG: Fate = Fate::Taken { on_ms: 71 * HOUR_MS };

fn ring(number: u8) -> Ring {
    Ring::new(number).unwrap()
}

fn moves(at: u8, members: &[Member]) -> Move {
    next(ring(at), members, rules(), NOW)
}

#[test]
fn codes_read_back_and_the_bounds_of_rules_hold() {
    for state in State::ALL {
        assert_eq!(State::parse(state.code()), Some(state));
    }
    for word in Word::ALL {
        assert_eq!(Word::parse(word.code()), Some(word));
    }
    for trouble in [Trouble::Silent, Trouble::Refused(OrderRefusal::WentBack)] {
        assert_eq!(Trouble::parse(trouble.code()), Some(trouble));
    }
    assert_eq!(Rules::new(72, 100, 14), Some(Rules::default()));
    for (soak, share, seen) in [(9_000, 100, 14), (72, 0, 14), (72, 101, 14), (72, 100, 0)] {
        assert_eq!(Rules::new(soak, share, seen), None);
    }
    assert_eq!(Ring::new(4), None);
    assert_eq!(Ring::ALL[3].after(), None);
}

#[test]
fn a_ring_waits_for_its_soak_and_the_next_one_is_not_asked_before() {
    let canary = |fate| [member(1, 0, fate), member(2, 2, Fate::Unasked)];
    assert_eq!(moves(0, &canary(Fate::Unasked)), Move::Ask(vec![id(1)]));
    for fate in [Fate::Asked, Fate::Waiting, YOUNG] {
        assert_eq!(moves(0, &canary(fate)), Move::Wait(Wait::Boxes { well: 0, of: 1 }));
    }
    assert_eq!(moves(0, &canary(WELL)), Move::Advance(ring(1)));
    // Ring 1 is empty, and the canary has shown that it does no harm.
    assert_eq!(moves(1, &canary(WELL)), Move::Advance(ring(2)));
    assert_eq!(moves(2, &canary(WELL)), Move::Ask(vec![id(2)]));
    assert_eq!(moves(3, &[member(1, 0, WELL)]), Move::Finish);
}

#[test]
fn without_a_canary_nobody_gets_it_by_itself() {
    assert_eq!(moves(0, &[member(1, 2, Fate::Unasked)]), Move::Wait(Wait::Nobody));
    assert_eq!(moves(0, &[]), Move::Wait(Wait::Nobody));
    // One that is another machine shows nothing.
    let other = member(1, 0, Fate::PassedOver(OrderRefusal::OtherMachine));
    assert_eq!(moves(0, &[other]), Move::Wait(Wait::Nobody));
}

#[test]
fn whatever_fails_anywhere_stops_it_until_somebody_has_looked() {
    for why in [OrderRefusal::WentBack, OrderRefusal::TrialFailed, OrderRefusal::Declined] {
        let failed = member(2, 0, Fate::of_refusal(why));
        let members = [member(1, 0, WELL), failed];
        assert_eq!(moves(0, &members), Move::Stop(id(2), Trouble::Refused(why)));
        assert_eq!(moves(3, &members), Move::Stop(id(2), Trouble::Refused(why)));
        let members = [member(1, 0, WELL), Member { excused: true, ..failed }];
        assert_eq!(moves(0, &members), Move::Advance(ring(1)));
    }
    for why in [OrderRefusal::Older, OrderRefusal::OtherMachine, OrderRefusal::Expired] {
        let members = [member(1, 0, WELL), member(2, 0, Fate::of_refusal(why))];
        assert_eq!(moves(0, &members), Move::Advance(ring(1)), "{why:?} says nothing against it");
    }
}

#[test]
fn a_box_that_nobody_hears_of_holds_up_no_ring_unless_it_fell_silent_with_it() {
    let silent = |fate, days| Member { seen: days_ago(days), ..member(2, 0, fate) };
    for fate in [Fate::Asked, Fate::Waiting] {
        let waits = Move::Wait(Wait::Boxes { well: 1, of: 2 });
        assert_eq!(moves(0, &[member(1, 0, WELL), silent(fate, 14)]), waits);
        assert_eq!(moves(0, &[member(1, 0, WELL), silent(fate, 15)]), Move::Advance(ring(1)));
    }
    let stopped = Move::Stop(id(2), Trouble::Silent);
    assert_eq!(moves(0, &[member(1, 0, WELL), silent(YOUNG, 15)]), stopped);
    assert_eq!(moves(0, &[member(1, 0, WELL), silent(WELL, 300)]), Move::Advance(ring(1)));
    let excused = Member { excused: true, ..silent(YOUNG, 15) };
    assert_eq!(moves(0, &[member(1, 0, WELL), excused]), Move::Advance(ring(1)));
    let never = Member { seen: None, ..member(2, 0, Fate::Asked) };
    assert_eq!(moves(0, &[member(1, 0, WELL), never]), Move::Advance(ring(1)));
}

#[test]
fn a_share_of_a_ring_may_do() {
    let rules = Rules { share_percent: 60, ..rules() };
    let ten = |well: usize| -> Vec<Member> {
        let fate = |at| if at < well { WELL } else { Fate::Waiting };
        (0..10).map(|at| member(u8::try_from(at).unwrap(), 1, fate(at))).collect()
    };
    let wait = Move::Wait(Wait::Boxes { well: 5, of: 10 });
    assert_eq!(next(ring(1), &ten(5), rules, NOW), wait);
    assert_eq!(next(ring(1), &ten(6), rules, NOW), Move::Advance(ring(2)));
}

#[test]
fn a_persons_word_leads_where_it_may_and_nothing_leaves_withdrawn() {
    assert_eq!(State::Running.by(Word::Hold), Some(State::Held));
    assert_eq!(State::Stopped.by(Word::GoOn), Some(State::Running));
    assert_eq!(State::Finished.by(Word::Withdraw), Some(State::Withdrawn));
    assert_eq!(State::Finished.by(Word::GoOn), None);
    for word in Word::ALL {
        assert_eq!(State::Withdrawn.by(word), None);
    }
}

/// What chance does to a fleet between two looks.
#[derive(Clone, Copy, Debug)]
enum Happens {
    Speaks(usize),
    Takes(usize),
    On(usize, u64),
    Fails(usize),
    DaysPass(i64),
}

fn happens(boxes: usize) -> impl Strategy<Value = Happens> {
    prop_oneof![
        (0..boxes).prop_map(Happens::Speaks),
        (0..boxes).prop_map(Happens::Takes),
        (0..boxes, 1_u64..100).prop_map(|(at, hours)| Happens::On(at, hours * HOUR_MS)),
        (0..boxes).prop_map(Happens::Fails),
        (1_i64..10).prop_map(Happens::DaysPass),
    ]
}

fn happen(members: &mut [Member], now: &mut WallMs, what: Happens) {
    match what {
        Happens::Speaks(at) => members[at].seen = Some(*now),
        Happens::Takes(at) if matches!(members[at].fate, Fate::Asked | Fate::Waiting) => {
            members[at] =
                Member { seen: Some(*now), fate: Fate::Taken { on_ms: 0 }, ..members[at] };
        }
        Happens::On(at, more) => {
            if let Fate::Taken { on_ms } = &mut members[at].fate {
                *on_ms += more;
                members[at].seen = Some(*now);
            }
        }
        Happens::Fails(at) if matches!(members[at].fate, Fate::Asked | Fate::Waiting) => {
            members[at].fate = Fate::Failed(OrderRefusal::TrialFailed);
        }
        Happens::DaysPass(days) => now.0 += days * 24 * 60 * 60 * 1000,
        Happens::Takes(_) | Happens::Fails(_) => {}
    }
}

proptest! {
    #[test]
    fn no_box_gets_it_before_the_rings_before_it_are_well(
        rings in prop::collection::vec(0_u8..4, 1..12),
        events in prop::collection::vec(happens(12), 0..200),
    ) {
        let number = |at: usize| u8::try_from(at).unwrap();
        let mut members: Vec<Member> = rings
            .iter()
            .enumerate()
            .map(|(at, ring)| member(number(at), *ring, Fate::Unasked))
            .collect();
        let (mut now, mut at) = (NOW, Ring::FIRST);
        let mut stopped = false;
        for what in events {
            let within = match what {
                Happens::Speaks(at) | Happens::Takes(at) | Happens::Fails(at) | Happens::On(at, _) => {
                    at < members.len()
                }
                Happens::DaysPass(_) => true,
            };
            if within {
                happen(&mut members, &mut now, what);
            }
            if stopped {
                continue;
            }
            let failed = members.iter().any(|one| matches!(one.fate, Fate::Failed(_)));
            match next(at, &members, rules(), now) {
                Move::Ask(ids) => {
                    prop_assert!(!failed, "asked although one has failed");
                    for one in members.iter_mut().filter(|one| ids.contains(&one.id)) {
                        prop_assert!(one.ring <= at && one.fate == Fate::Unasked);
                        one.fate = Fate::Asked;
                    }
                }
                Move::Stop(id, _) => {
                    let one = members.iter().find(|one| one.id == id).unwrap();
                    prop_assert!(one.trouble(rules(), now).is_some());
                    stopped = true;
                }
                Move::Advance(ring) => {
                    prop_assert!(!failed, "went on although one has failed");
                    prop_assert_eq!(Some(ring), at.after());
                    prop_assert!(members.iter().any(|one| one.is_well(rules())));
                    for one in members.iter().filter(|one| one.ring == at) {
                        let gone = matches!(one.fate, Fate::Asked | Fate::Waiting)
                            && !one.was_heard(rules(), now);
                        prop_assert!(one.is_well(rules()) || gone, "{:?} was not waited for", one);
                    }
                    at = ring;
                }
                Move::Finish => {
                    prop_assert_eq!(at.after(), None);
                    prop_assert!(!failed);
                }
                Move::Wait(_) => {}
            }
            for one in members.iter().filter(|one| one.ring > at) {
                prop_assert_eq!(one.fate, Fate::Unasked);
            }
        }
    }

    #[test]
    fn a_fleet_with_a_canary_and_no_failure_comes_to_its_end(
        rings in prop::collection::vec(0_u8..4, 0..12),
        silent in prop::collection::vec(any::<bool>(), 12),
    ) {
        let mut members = vec![member(200, 0, Fate::Unasked)];
        for (at, ring) in rings.iter().enumerate() {
            let seen = if silent[at] { None } else { days_ago(0) };
            let id = u8::try_from(at).unwrap();
            members.push(Member { seen, ..member(id, *ring, Fate::Unasked) });
        }
        let mut at = Ring::FIRST;
        for _ in 0..100 {
            match next(at, &members, rules(), NOW) {
                Move::Ask(ids) => {
                    for one in members.iter_mut().filter(|one| ids.contains(&one.id)) {
                        one.fate = Fate::Asked;
                    }
                }
                Move::Advance(ring) => at = ring,
                Move::Finish => return Ok(()),
                Move::Wait(_) => {
                    let on = members.iter_mut().filter(|one| one.seen.is_some());
                    on.filter(|one| one.fate == Fate::Asked).for_each(|one| one.fate = WELL);
                }
                Move::Stop(..) => prop_assert!(false, "nothing has failed"),
            }
        }
        prop_assert!(false, "it does not come to an end");
    }
}
