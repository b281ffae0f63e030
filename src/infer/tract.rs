//! CPU back end. The only file that names tract.

use std::io::Cursor;
use std::sync::Arc;

use tract_onnx::prelude::*;

use crate::infer::network::{InferError, Network, Tensor as Output};

/// An ONNX network optimised for this machine's CPU.
pub(super) struct TractNetwork {
    plan: Arc<TypedRunnableModel>,
    outputs: Vec<String>,
    width: usize,
    height: usize,
}

impl TractNetwork {
    /// Parses and optimises an ONNX file with one grey input plane of the given size, pixels.
    pub(super) fn load(onnx: &[u8], width: usize, height: usize) -> Result<Self, InferError> {
        Self::optimise(onnx, width, height)
            .map_err(|error| InferError::Load { reason: format!("{error:#}") })
    }

    fn optimise(onnx: &[u8], width: usize, height: usize) -> TractResult<Self> {
        let shape = f32::fact([1, 1, height, width]);
        let model = tract_onnx::onnx()
            .model_for_read(&mut Cursor::new(onnx))?
            .with_input_fact(0, InferenceFact::from(shape))?;
        let outputs = model.output_outlets()?.iter();
        let outputs = outputs.map(|outlet| match model.outlet_label(*outlet) {
            Some(label) => label.to_owned(),
            None => model.node(outlet.node).name.clone(),
        });
        let outputs = outputs.collect();
        let plan = model.into_optimized()?.into_runnable()?;
        Ok(Self { plan, outputs, width, height })
    }

    fn infer(&self, input: &[f32]) -> TractResult<Vec<Output>> {
        let tensor = Tensor::from_shape(&[1, 1, self.height, self.width], input)?;
        let results = self.plan.run(tvec!(tensor.into_tvalue()))?;
        let named = self.outputs.iter().zip(results.iter());
        named
            .map(|(name, value)| {
                let view = value.to_plain_array_view::<f32>()?;
                Ok(Output {
                    name: name.clone(),
                    shape: view.shape().to_vec(),
                    values: view.iter().copied().collect(),
                })
            })
            .collect()
    }
}

impl Network for TractNetwork {
    fn run(&self, input: &[f32]) -> Result<Vec<Output>, InferError> {
        self.infer(input).map_err(|error| InferError::Run { reason: format!("{error:#}") })
    }
}
