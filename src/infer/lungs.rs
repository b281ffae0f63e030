//! The lung model: radiograph → where both lungs are and where they are opaque.

use std::sync::Arc;

use crate::domain::lungs::{Cell, Lung, LungFields, RepeatError};
use crate::domain::radiograph::Radiograph;
use crate::domain::reading::{Backend, ModelRef};
use crate::infer::manifest::{Input, LungsSpec, ManifestError, ModelKind};
use crate::infer::network::{InferError, Network, output};
use crate::infer::pack::{Pack, PackError};
use crate::infer::preprocess::{Plane, to_plane};
use crate::infer::shelf::Shelf;

/// A loaded lung model.
pub struct LungsModel {
    model: ModelRef,
    input: Input,
    spec: LungsSpec,
    network: Box<dyn Network>,
}

impl std::fmt::Debug for LungsModel {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "LungsModel({})", self.model.version)
    }
}

impl LungsModel {
    /// Loads a pack of the lungs kind.
    ///
    /// # Errors
    /// [`InferError`] when the pack is of another kind or its network does not load and pass.
    pub(super) fn load(pack: &Pack, shelf: &Arc<Shelf>) -> Result<Self, InferError> {
        let ModelKind::Lungs(spec) = &pack.manifest.kind else {
            return Err(PackError::from(ManifestError::Value { field: "kind" }).into());
        };
        Ok(Self {
            model: pack.manifest.model.clone(),
            input: pack.manifest.input.clone(),
            spec: spec.clone(),
            network: shelf.place(pack)?,
        })
    }

    /// Name, version and digest.
    #[must_use]
    pub const fn model(&self) -> &ModelRef {
        &self.model
    }

    /// How far the share of lung affected moves from photo to photo of one film.
    #[must_use]
    pub const fn repeat_error(&self) -> RepeatError {
        self.spec.repeat_error
    }

    /// Outlines both lungs of an upright, unmirrored radiograph with bone white.
    ///
    /// `None` when there are not two lungs of some size with anatomy in them: then nothing about
    /// lungs may be said.
    ///
    /// # Errors
    /// [`InferError`] when the network fails.
    pub fn outline(&self, radiograph: &Radiograph) -> Result<Option<LungFields>, InferError> {
        self.outline_on(radiograph).map(|(fields, _)| fields)
    }

    /// The same, and which back end ran the network.
    ///
    /// # Errors
    /// As [`LungsModel::outline`].
    pub(super) fn outline_on(
        &self,
        radiograph: &Radiograph,
    ) -> Result<(Option<LungFields>, Backend), InferError> {
        let source = Plane {
            width: radiograph.width() as usize,
            height: radiograph.height() as usize,
            pixels: radiograph.pixels(),
        };
        let plane = to_plane(source, &self.input);
        let (outputs, backend) = self.network.run_on(&plane)?;
        let masks = output(&outputs, &self.spec.masks, None)?;
        let wrong = || InferError::Output { name: self.spec.masks.clone() };
        let &[1, 3, height, width] = masks.shape.as_slice() else { return Err(wrong()) };
        let mut each = masks.values.chunks_exact(width * height);
        let (Some(right), Some(left), Some(opacity)) = (each.next(), each.next(), each.next())
        else {
            return Err(wrong());
        };
        let lungs = [right, left].map(|mask| largest_part(mask, width));
        let least = share_of(self.spec.lung_area_min, width * height);
        if lungs.iter().any(|lung| lung.iter().filter(|inside| **inside).count() < least) {
            return Ok((None, backend));
        }
        let cells: Vec<Cell> = (0..width * height)
            .map(|i| {
                // A cell that both masks claim goes to the surer one.
                let lung = match (lungs[0][i], lungs[1][i]) {
                    (false, false) => return Cell::Outside,
                    (true, false) => Lung::Right,
                    (false, true) => Lung::Left,
                    (true, true) if right[i] >= left[i] => Lung::Right,
                    (true, true) => Lung::Left,
                };
                if opacity[i] > 0.0 { Cell::Opaque(lung) } else { Cell::Clear(lung) }
            })
            .collect();
        let fields = LungFields::new(width, height, cells);
        Ok((fields.filter(|fields| self.has_anatomy(fields, &plane)), backend))
    }

    /// Whether grey values inside each lung differ as ribs and vessels make them differ. The middle
    /// half of them decides: a rim of chest wall inside the outline is no anatomy of the lung.
    fn has_anatomy(&self, fields: &LungFields, plane: &[f32]) -> bool {
        let (across, down) = (self.input.width, self.input.height);
        Lung::BOTH.into_iter().all(|lung| {
            let mut values: Vec<f32> = plane
                .iter()
                .enumerate()
                .filter(|(i, _)| {
                    #[expect(clippy::cast_precision_loss, reason = "network sides stay below 2^11")]
                    let share = |at: usize, len: usize| (at as f32 + 0.5) / len as f32;
                    fields.lung_at(share(i % across, across), share(i / across, down)) == Some(lung)
                })
                .map(|(_, value)| value * self.input.std * 255.0)
                .collect();
            values.sort_by(f32::total_cmp);
            let at = |quarter: usize| values.get(values.len() * quarter / 4).copied();
            match (at(1), at(3)) {
                (Some(low), Some(high)) => high - low >= self.spec.contrast_min,
                _ => false,
            }
        })
    }
}

fn share_of(share: f32, cells: usize) -> usize {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_precision_loss,
        clippy::cast_sign_loss,
        reason = "a share of at most 2^20 cells"
    )]
    let count = (share * cells as f32) as usize;
    count.max(1)
}

/// Cells with a positive logit in the largest part whose cells touch side by side.
pub(super) fn largest_part(logits: &[f32], width: usize) -> Vec<bool> {
    let mut part = vec![0_usize; logits.len()];
    let (mut parts, mut best, mut best_size) = (0, 0, 0);
    let mut open = Vec::new();
    for start in 0..logits.len() {
        if logits[start] <= 0.0 || part[start] != 0 {
            continue;
        }
        parts += 1;
        let mut size = 0;
        part[start] = parts;
        open.push(start);
        while let Some(at) = open.pop() {
            size += 1;
            let x = at % width;
            let beside = [
                (x > 0).then(|| at - 1),
                (x + 1 < width).then(|| at + 1),
                at.checked_sub(width),
                Some(at + width).filter(|below| *below < logits.len()),
            ];
            for next in beside.into_iter().flatten() {
                if logits[next] > 0.0 && part[next] == 0 {
                    part[next] = parts;
                    open.push(next);
                }
            }
        }
        if size > best_size {
            (best, best_size) = (parts, size);
        }
    }
    part.into_iter().map(|number| number != 0 && number == best).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_largest_part_stays_and_rows_do_not_wrap() {
        let map = [
            1.0, -1.0, -1.0, 1.0, //
            -1.0, -1.0, -1.0, 1.0, //
            1.0, 1.0, -1.0, -1.0,
        ];
        let kept: Vec<usize> =
            largest_part(&map, 4).iter().enumerate().filter(|(_, v)| **v).map(|(i, _)| i).collect();
        assert_eq!(kept, [3, 7]);
    }

    #[test]
    fn nothing_positive_keeps_nothing() {
        assert!(largest_part(&[-1.0; 9], 3).iter().all(|inside| !inside));
    }
}
