//! A bundle goes while its consent holds, to one portal once, and a request is done by a receipt alone.

use super::*;
use crate::domain::people::Phi;
use crate::domain::stamp::ClockTrust;
use crate::domain::sync::identity::{KeyId, Signature};
use crate::domain::sync::order::Order;
use crate::domain::sync::receipt::Delivered;
use crate::store::Effect;

const BY: OperatorId = OperatorId::from_bytes([2; 16]);
const PORTAL: PublicKey = PublicKey::from_bytes([8; 32]);
const OTHER: PublicKey = PublicKey::from_bytes([9; 32]);
const HASH: Sha256Digest = Sha256Digest::from_bytes([4; 32]);

fn at(ms: i64) -> Stamp {
    Stamp { wall: WallMs(ms), trust: ClockTrust::Synced }
}

/// A box on which support asks under number 1, with somebody who may answer.
fn asked() -> (tempfile::TempDir, Store) {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path(), at(1)).unwrap();
    let insert = "insert into operator (id, name, role, passcode_hash, passcode_kind) \
                  values (?1, 'Dr Rao', 'physician', '', 'pin')";
    store.write(|tx| Ok(tx.execute(insert, [BY.as_bytes()])?)).unwrap();
    let order = Order {
        number: 1,
        kind: "support".to_owned(),
        hash: Sha256Digest::of("{}"),
        body: Phi::new("{}".to_owned()),
        at: WallMs(1),
        signature: Signature([0; 64]),
    };
    store.take_order(&PORTAL, &order, &Effect::Nothing(Outcome::Waiting), at(2)).unwrap();
    (dir, store)
}

/// Agrees from 100 until 200.
fn agree(store: &Store, answers: Option<u64>) -> Result<i64, StoreError> {
    store.agree_to_support((BY, at(100), 200), (HASH, 50), answers, |_| Ok(()))
}

fn receipt(consent: i64, hash: Sha256Digest) -> Receipt {
    let seq = SupportBundle { consent, hash }.seq();
    let delivered = Delivered { box_id: KeyId::from_bytes([1; 16]), seq, hash };
    Receipt { delivered, place: 0, at: WallMs(7), signature: Signature([3; 64]) }
}

fn outcome(store: &Store) -> (Outcome, bool) {
    let row = store.orders().unwrap().remove(0);
    (row.outcome, row.told)
}

/// The portal hears what is new.
fn tell(store: &Store) {
    let untold = store.untold_orders(&PORTAL).unwrap();
    store.orders_told(&PORTAL, &untold).unwrap();
}

#[test]
fn a_request_is_done_when_the_portal_has_signed_for_the_bundle() {
    let (_dir, store) = asked();
    tell(&store);
    let consent = agree(&store, Some(1)).unwrap();
    assert_eq!(outcome(&store), (Outcome::Agreed, false));
    // What was told before somebody agreed is not what holds now.
    let before = store.untold_orders(&PORTAL).unwrap();
    tell(&store);
    assert_eq!(outcome(&store), (Outcome::Agreed, true));
    assert!(agree(&store, Some(1)).is_err(), "it is answered once");
    assert!(!store.answer_order(1, Outcome::Refused(OrderRefusal::Declined), BY, at(120)).unwrap());

    let waiting = store.waiting_support(&PORTAL, at(150)).unwrap();
    let bundle = waiting[0].bundle;
    assert_eq!((waiting.len(), bundle.consent, waiting[0].held_bytes), (1, consent, 0));
    store.begin_support(&PORTAL, bundle).unwrap();
    store.support_held(&PORTAL, bundle, 20).unwrap();
    assert_eq!(store.waiting_support(&PORTAL, at(150)).unwrap()[0].held_bytes, 20);
    let wrong = Sha256Digest::from_bytes([5; 32]);
    store.support_received(&PORTAL, &receipt(consent, wrong)).unwrap();
    store.support_received(&OTHER, &receipt(consent, HASH)).unwrap();
    assert_eq!(outcome(&store).0, Outcome::Agreed);
    store.support_received(&PORTAL, &receipt(consent, HASH)).unwrap();
    assert_eq!(outcome(&store), (Outcome::Done, false));
    assert!(store.waiting_support(&PORTAL, at(150)).unwrap().is_empty(), "never twice");
    assert_eq!(store.support_ways().unwrap(), [(consent, Way::Arrived(WallMs(7)))]);
    store.orders_told(&PORTAL, &before).unwrap();
    assert_eq!(outcome(&store), (Outcome::Done, false), "an older word was told");
    // It is done for good, whatever becomes of the consent.
    store.settle_support(at(300)).unwrap();
    assert_eq!(outcome(&store).0, Outcome::Done);
    // Another portal has not got it.
    let again = store.waiting_support(&OTHER, at(150)).unwrap();
    assert_eq!((again.len(), again[0].held_bytes), (1, 0));
}

#[test]
fn what_did_not_arrive_in_time_is_not_done_and_the_portal_lets_go() {
    let (_dir, store) = asked();
    let consent = agree(&store, Some(1)).unwrap();
    assert!(store.support_over(&PORTAL, at(300)).unwrap().is_empty(), "nothing of it went");
    let bundle = SupportBundle { consent, hash: HASH };
    store.begin_support(&PORTAL, bundle).unwrap();
    assert!(store.support_over(&PORTAL, at(199)).unwrap().is_empty());
    store.settle_support(at(199)).unwrap();
    assert_eq!(outcome(&store).0, Outcome::Agreed);
    // Its time is over, or the clock went back behind it.
    for over in [at(200), at(99)] {
        assert!(store.waiting_support(&PORTAL, over).unwrap().is_empty());
        assert_eq!(store.support_over(&PORTAL, over).unwrap(), [bundle]);
    }
    store.settle_support(at(200)).unwrap();
    assert_eq!(outcome(&store), (Outcome::Refused(OrderRefusal::ConsentEnded), false));
    store.support_let_go(&PORTAL, consent).unwrap();
    assert!(store.support_over(&PORTAL, at(300)).unwrap().is_empty());
    assert_eq!(store.support_ways().unwrap(), [(consent, Way::Removed)]);
    // The clock came right again: nothing goes a second time.
    assert!(store.waiting_support(&PORTAL, at(150)).unwrap().is_empty());
}

#[test]
fn a_consent_that_is_taken_back_ends_everything_and_a_file_is_there_before_its_row() {
    let (_dir, store) = asked();
    let failed = store.agree_to_support((BY, at(100), 200), (HASH, 50), Some(1), |_| {
        Err(Fault::StorageFailed.into())
    });
    assert!(failed.is_err());
    assert_eq!(outcome(&store).0, Outcome::Waiting);
    assert!(store.support_consents().unwrap().is_empty());
    let consent = agree(&store, None).unwrap();
    assert_eq!(outcome(&store).0, Outcome::Waiting, "it answers nobody");
    store.begin_support(&PORTAL, SupportBundle { consent, hash: HASH }).unwrap();
    store.end_support(BY, at(150)).unwrap();
    assert!(store.waiting_support(&PORTAL, at(160)).unwrap().is_empty());
    assert_eq!(store.support_over(&PORTAL, at(160)).unwrap().len(), 1);
}

#[test]
fn a_file_from_before_files_went_to_the_portal_goes_too() {
    let (_dir, store) = asked();
    let insert = "insert into support_consent (operator_id, wall_ms, clock_trust, until_ms) \
                  values (?1, 100, 'synced', 200)";
    store.write(|tx| Ok(tx.execute(insert, [BY.as_bytes()])?)).unwrap();
    assert!(store.unadopted_support(at(250)).unwrap().is_empty());
    assert_eq!(store.unadopted_support(at(150)).unwrap(), [1]);
    store.adopt_support(SupportBundle { consent: 1, hash: HASH }, 50).unwrap();
    assert!(store.unadopted_support(at(150)).unwrap().is_empty());
    assert_eq!(store.waiting_support(&PORTAL, at(150)).unwrap().len(), 1);
}
