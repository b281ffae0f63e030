//! Support bundles on every back end: whole or not at all, once, sealed as they came, and gone in time.

use super::*;
use crate::domain::sync::support::{Ends, SupportBundle};
use crate::portal::support::OPEN_MAX;
use crate::wire::support::{Carried, OVER, SupportAnswer};

/// Long before any consent ends.
const NOW: i64 = 1_000_000;

fn sealed(of: u8) -> Vec<u8> {
    (0..=255).map(|byte: u8| byte ^ of).collect()
}

fn whole(consent: i64, bytes: &[u8], lasts_ms: i64) -> (SupportBundle, u64, Ends) {
    let bundle = SupportBundle { consent, hash: Sha256Digest::of(bytes) };
    (bundle, bytes.len() as u64, Ends { lasts_ms, until: None })
}

impl Bench {
    fn at(&self, ms: i64) {
        self.clock.0.store(ms, std::sync::atomic::Ordering::SeqCst);
    }

    fn send(&self, whole: (SupportBundle, u64, Ends), from: usize, bytes: &[u8]) -> SupportAnswer {
        let bytes = bytes.get(from..).unwrap_or_default();
        self.portal.take_support(self.box_key.key_id(), whole, from as u64, bytes).unwrap()
    }

    fn here(&self) -> Vec<i64> {
        let rows = self.portal.storage().support_bundles(None, self.portal.now().wall).unwrap();
        rows.iter().map(|row| row.bundle.consent).collect()
    }

    fn bytes(&self, bundle: SupportBundle) -> Option<Vec<u8>> {
        let (from, now) = (self.box_key.key_id(), self.portal.now().wall);
        self.portal.storage().support_bytes(from, bundle, now).unwrap()
    }
}

#[test]
fn a_bundle_comes_in_by_pieces_and_is_signed_for_once() {
    on_each(|bench| {
        bench.at(NOW);
        let file = sealed(0);
        let first = whole(3, &file, 500);
        assert_eq!(bench.send(first, 0, &file[..100]).held, 100);
        // A piece that does not follow is left alone, and the right place is told.
        assert_eq!(bench.send(first, 50, &file[..60]).held, 100);
        assert_eq!(bench.send(first, 200, &file).held, 100);
        assert!(
            bench.here().is_empty() && bench.bytes(first.0).is_none(),
            "not before it is whole"
        );
        let done = bench.send(first, 100, &file);
        let receipt = done.receipt.unwrap();
        let read = receipt.read(bench.box_key.key_id(), first.0.seq()).unwrap();
        let signed = text(&bench.portal.key(), &read.delivered, read.place, read.at);
        assert!(signed_by(&bench.portal.key(), &signed, &read.signature));
        bench.at(NOW + 100);
        let again = bench.send(first, 0, &file).receipt.unwrap();
        assert_eq!((again.time, again.signature), (receipt.time, receipt.signature));
        assert_eq!((bench.here(), bench.bytes(first.0)), (vec![3], Some(file.clone())));
        assert_eq!(bench.portal.storage().fleet().unwrap()[0].held, 0, "it is no record");
        // Beyond its end, and other bytes than its hash says.
        let from = bench.box_key.key_id();
        let beyond = bench.portal.take_support(from, whole(4, &file[..9], 500), 0, &file);
        assert!(matches!(beyond, Err(StorageError::BeyondEnd)));
        let wrong = whole(5, &sealed(1), 500);
        let answer = bench.send(wrong, 0, &file);
        assert!((answer.held, answer.receipt.is_some(), answer.over) == (0, false, false));
        assert!(bench.send(wrong, 0, &sealed(1)).receipt.is_some(), "it began anew");
    });
}

#[test]
fn a_bundle_is_gone_when_its_time_is_over_or_its_box_says_so() {
    on_each(|bench| {
        bench.at(NOW);
        let from = bench.box_key.key_id();
        let (one, two, part) = (sealed(1), sealed(2), sealed(3));
        let (first, second) = (whole(1, &one, 500), whole(2, &two, 900));
        let third = whole(3, &part, 900);
        bench.send(first, 0, &one);
        bench.send(second, 0, &two);
        bench.send(third, 0, &part[..10]);
        assert_eq!(bench.portal.storage().forget_support(WallMs(NOW + 499)).unwrap(), 0);
        // Nobody sees it from then on, also before somebody has looked.
        bench.at(NOW + 500);
        assert_eq!((bench.here(), bench.bytes(first.0)), (vec![2], None));
        assert_eq!(bench.portal.storage().forget_support(WallMs(NOW + 500)).unwrap(), 1);
        assert_eq!(bench.portal.storage().forget_support(WallMs(NOW + 500)).unwrap(), 0);
        let taken_back = [second.0, third.0, whole(9, &sealed(9), 1).0];
        bench.portal.storage().end_support(from, &taken_back, WallMs(NOW + 500)).unwrap();
        assert!(bench.here().is_empty() && bench.bytes(second.0).is_none());
        // Nothing brings it back, by whichever way, nor one that was taken back before it came.
        for (whole, bytes) in [(first, &one), (second, &two), (third, &part)] {
            assert!(bench.send(whole, 0, bytes).over);
        }
        assert!(bench.send(whole(9, &sealed(9), 900), 0, &sealed(9)).over);
        assert!(bench.here().is_empty());
        assert!(bench.send(whole(4, &one, 0), 0, &one).over, "it was over before it came");
    });
}

#[test]
fn a_carried_bundle_is_the_same_one_and_a_box_has_few_at_a_time() {
    on_each(|bench| {
        bench.at(NOW);
        let from = bench.box_key.key_id();
        let file = sealed(7);
        let (bundle, _, ends) = whole(7, &file, 500);
        let carried = Carried::Whole { bundle, ends, sealed: file.clone() }.record();
        // A part came over a link before.
        bench.send(whole(7, &file, 500), 0, &file[..90]);
        let answer = bench.portal.take_carried_support(from, &carried).unwrap();
        assert!(answer.receipt.is_some() && answer.seq == -7);
        assert_eq!(bench.bytes(bundle), Some(file.clone()));
        let damaged = Record { body: "{}".to_owned(), seq: 7, ..carried.clone() };
        let refused = bench.portal.take_carried_support(from, &damaged).unwrap();
        assert_eq!(refused.refused.as_deref(), Some("unreadable"));
        let over = Carried::Over(bundle).record();
        let answer = bench.portal.take_carried_support(from, &over).unwrap();
        assert_eq!(answer.refused.as_deref(), Some(OVER));
        // An old file that comes late.
        let late = bench.portal.take_carried_support(from, &carried).unwrap();
        assert_eq!((late.receipt.is_some(), late.refused.as_deref()), (false, Some(OVER)));
        assert!(bench.bytes(bundle).is_none());
        for consent in 0..i64::try_from(OPEN_MAX).unwrap() {
            assert!(bench.send(whole(100 + consent, &file, 500), 0, &file).receipt.is_some());
        }
        assert!(bench.send(whole(200, &file, 500), 0, &file).over);
    });
}
