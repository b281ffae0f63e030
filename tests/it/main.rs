//! The one integration-test binary: the real program over real HTTP, real SQLite, the real model.

mod phantom;

#[test]
fn draw() {
    std::fs::write("/tmp/ph1.jpg", phantom::jpeg(phantom::Shot::default())).unwrap();
    std::fs::write("/tmp/ph2.jpg", phantom::jpeg(phantom::Shot{seed:5, ..Default::default()})).unwrap();
}
