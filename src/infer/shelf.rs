//! Loaded networks under one memory ceiling: the least recently used one goes when room is needed.
//!
//! On a Jetson the CPU and the GPU share their memory with everything else on the box, so that the
//! sum over all packs must be bounded, not only each of them. A network that was taken down is
//! loaded again on its next use; its answers were checked when it first came in.

use std::borrow::Cow;
use std::fmt;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use crate::domain::digest::Sha256Digest;
use crate::domain::reading::Backend;
use crate::infer::manifest::Input;
use crate::infer::network::{InferError, Network, Tensor};
use crate::infer::pack::Pack;
use crate::infer::tensorrt::Accelerator;
use crate::infer::tract::TractNetwork;

/// Memory that a loaded network is counted with, for each byte of its file: weights as tract keeps
/// them, packed for its kernels, and what parsing leaves behind. Measured with
/// `fieldray models verify --memory`; see docs/performance.md.
const BYTES_PER_FILE_BYTE: u64 = 4;
/// And for each value of its input plane: activations of one run.
const BYTES_PER_INPUT_VALUE: u64 = 400;

/// The place of all loaded networks.
pub(super) struct Shelf {
    ceiling: u64,
    /// Takes over what it can; the networks here are tract's.
    accelerator: Accelerator,
    state: Mutex<State>,
    freed: Condvar,
}

#[derive(Default)]
struct State {
    uses: u64,
    resident: Vec<Resident>,
}

struct Resident {
    id: Sha256Digest,
    network: Arc<dyn Network>,
    bytes: u64,
    last_use: u64,
}

impl State {
    fn bytes(&self) -> u64 {
        self.resident.iter().map(|resident| resident.bytes).sum()
    }

    fn take(&mut self, id: Sha256Digest) -> Option<Arc<dyn Network>> {
        self.uses += 1;
        let resident = self.resident.iter_mut().find(|resident| resident.id == id)?;
        resident.last_use = self.uses;
        Some(Arc::clone(&resident.network))
    }

    /// Takes the least recently used network down that nobody is running.
    fn make_room(&mut self) -> bool {
        let idle = self.resident.iter().enumerate();
        let idle = idle.filter(|(_, resident)| Arc::strong_count(&resident.network) == 1);
        let oldest = idle.min_by_key(|(_, resident)| resident.last_use).map(|(index, _)| index);
        oldest.is_some_and(|index| {
            self.resident.swap_remove(index);
            true
        })
    }
}

impl Shelf {
    /// An empty shelf; the ceiling is in bytes.
    pub(super) fn new(ceiling: u64) -> Arc<Self> {
        Arc::new(Self {
            ceiling,
            accelerator: Accelerator::default(),
            state: Mutex::default(),
            freed: Condvar::new(),
        })
    }

    pub(super) const fn accelerator(&self) -> &Accelerator {
        &self.accelerator
    }

    /// Takes down every network that nobody is running; each comes back on its next use.
    pub(super) fn clear(&self) {
        let mut state = self.lock();
        while state.make_room() {}
    }

    /// Whether these networks fit together under the ceiling.
    pub(super) fn fits(&self, packs: &[&Pack]) -> bool {
        packs.iter().map(|pack| bytes_of(pack)).sum::<u64>() <= self.ceiling
    }

    /// Networks that are loaded now, and the bytes that they are counted with.
    #[cfg(test)]
    fn resident(&self) -> (usize, u64) {
        let state = self.lock();
        (state.resident.len(), state.bytes())
    }

    /// Places a pack's network and compares it with the pack's known answers.
    ///
    /// # Errors
    /// [`InferError`] when it does not load, does not pass, or needs more than the whole ceiling.
    pub(super) fn place(self: &Arc<Self>, pack: &Pack) -> Result<Box<dyn Network>, InferError> {
        let network = self.place_unchecked(pack)?;
        let input = &pack.manifest.input;
        pack.golden.check(network.as_ref(), input.width, input.height)?;
        Ok(network)
    }

    /// As [`Shelf::place`], for a network whose answers are not known yet.
    pub(super) fn place_unchecked(
        self: &Arc<Self>,
        pack: &Pack,
    ) -> Result<Box<dyn Network>, InferError> {
        let input = pack.manifest.input.clone();
        let bytes = bytes_of(pack);
        if bytes > self.ceiling {
            return Err(InferError::TooLarge { bytes, ceiling: self.ceiling });
        }
        Ok(Box::new(Placed {
            shelf: Arc::clone(self),
            id: pack.manifest.model.sha256,
            file: pack.network.clone(),
            input,
            bytes,
        }))
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What a loaded network is counted with.
fn bytes_of(pack: &Pack) -> u64 {
    let input = &pack.manifest.input;
    let values = (input.width * input.height * input.channels) as u64;
    pack.network.len() as u64 * BYTES_PER_FILE_BYTE + values * BYTES_PER_INPUT_VALUE
}

/// A network that is loaded when it is used.
struct Placed {
    shelf: Arc<Shelf>,
    id: Sha256Digest,
    file: Cow<'static, [u8]>,
    input: Input,
    bytes: u64,
}

impl fmt::Debug for Placed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Placed({})", self.id)
    }
}

impl Placed {
    fn loaded(&self) -> Result<Arc<dyn Network>, InferError> {
        let mut state = self.shelf.lock();
        loop {
            if let Some(network) = state.take(self.id) {
                return Ok(network);
            }
            if state.bytes() + self.bytes <= self.shelf.ceiling {
                let network: Arc<dyn Network> =
                    Arc::new(TractNetwork::load(&self.file, &self.input)?);
                let (id, bytes, last_use) = (self.id, self.bytes, state.uses);
                let resident = Resident { id, network: Arc::clone(&network), bytes, last_use };
                state.resident.push(resident);
                return Ok(network);
            }
            if !state.make_room() {
                // All others are running: one of them will be done soon.
                state = self.shelf.freed.wait(state).unwrap_or_else(PoisonError::into_inner);
            }
        }
    }
}

impl Network for Placed {
    fn run(&self, input: &[f32]) -> Result<Vec<Tensor>, InferError> {
        self.run_on(input).map(|(outputs, _)| outputs)
    }

    fn run_on(&self, input: &[f32]) -> Result<(Vec<Tensor>, Backend), InferError> {
        if let Some(outputs) = self.shelf.accelerator.run(self.id, input) {
            return Ok((outputs, Backend::TensorRt));
        }
        let network = self.loaded()?;
        let outputs = network.run(input);
        // Given back under the lock, or a thread that waits for room could miss it.
        let state = self.shelf.lock();
        drop(network);
        drop(state);
        self.shelf.freed.notify_all();
        outputs.map(|outputs| (outputs, Backend::Tract))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROOMY: u64 = 1 << 30;

    fn packs() -> Vec<Pack> {
        Pack::all_embedded().map(Result::unwrap).collect()
    }

    fn run(network: &dyn Network, pack: &Pack) -> Vec<Tensor> {
        let input = &pack.manifest.input;
        network.run(&vec![0.5; input.width * input.height]).unwrap()
    }

    #[test]
    fn under_a_low_ceiling_networks_take_turns_and_answer_the_same() {
        let packs = packs();
        let roomy = Shelf::new(ROOMY);
        let free: Vec<_> = packs.iter().map(|pack| roomy.place(pack).unwrap()).collect();
        let (all, bytes) = roomy.resident();
        assert_eq!(all, packs.len());

        // One byte too little for all of them.
        let tight = Shelf::new(bytes - 1);
        let turns: Vec<_> = packs.iter().map(|pack| tight.place(pack).unwrap()).collect();
        for (index, pack) in packs.iter().enumerate().chain(packs.iter().enumerate()) {
            assert_eq!(run(turns[index].as_ref(), pack), run(free[index].as_ref(), pack));
            let (resident, bytes_now) = tight.resident();
            assert!(resident < all && bytes_now < bytes);
        }
    }

    #[test]
    fn the_least_recently_used_network_goes() {
        let packs = packs();
        let roomy = Shelf::new(ROOMY);
        let sized = |pack: &Pack| {
            let before = roomy.resident().1;
            run(roomy.place_unchecked(pack).unwrap().as_ref(), pack);
            roomy.resident().1 - before
        };
        let [a, b, c] = [&packs[0], &packs[1], &packs[2]];
        let [size_a, size_b, size_c] = [a, b, c].map(sized);
        let ceiling = size_a + size_b + size_c - size_a.min(size_b).min(size_c).div_ceil(2);
        let tight = Shelf::new(ceiling);
        let [net_a, net_b, net_c] = [a, b, c].map(|pack| tight.place_unchecked(pack).unwrap());
        run(net_a.as_ref(), a);
        run(net_b.as_ref(), b);
        run(net_a.as_ref(), a);
        run(net_c.as_ref(), c);
        let state = tight.lock();
        let held = |pack: &Pack| {
            state.resident.iter().any(|resident| resident.id == pack.manifest.model.sha256)
        };
        assert!(held(a) && !held(b) && held(c));
    }

    #[test]
    fn threads_that_want_different_networks_all_get_their_answer() {
        let packs = packs();
        let roomy = Shelf::new(ROOMY);
        let free: Vec<_> = packs.iter().map(|pack| roomy.place_unchecked(pack).unwrap()).collect();
        let expected: Vec<_> =
            packs.iter().zip(&free).map(|(pack, network)| run(network.as_ref(), pack)).collect();
        let largest = roomy.lock().resident.iter().map(|resident| resident.bytes).max().unwrap();

        // Room for one at a time.
        let tight = Shelf::new(largest);
        let turns: Vec<_> = packs.iter().map(|pack| tight.place_unchecked(pack).unwrap()).collect();
        std::thread::scope(|scope| {
            for start in 0..3 {
                let (packs, turns, expected) = (&packs, &turns, &expected);
                scope.spawn(move || {
                    for index in (0..packs.len()).cycle().skip(start).take(4) {
                        assert_eq!(run(turns[index].as_ref(), &packs[index]), expected[index]);
                    }
                });
            }
        });
        assert!(tight.resident().1 <= largest);
    }

    #[test]
    fn a_network_that_never_fits_is_refused_at_once() {
        let shelf = Shelf::new(1 << 20);
        assert!(matches!(shelf.place(&packs()[0]), Err(InferError::TooLarge { .. })));
    }
}
