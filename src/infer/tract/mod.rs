//! CPU back end. The only place that names tract.

mod depthwise;

use std::io::Cursor;
use std::sync::Arc;

use tract_onnx::prelude::*;
use tract_onnx::tract_core::plan;

use crate::infer::manifest::Input;
use crate::infer::network::{InferError, Network, NodeTime, Tensor as Output};

/// An ONNX network optimised for this machine's CPU.
pub(super) struct TractNetwork {
    plan: Arc<TypedRunnableModel>,
    outputs: Vec<String>,
    shape: [usize; 4],
}

impl TractNetwork {
    /// Parses and optimises an ONNX file for its manifest's input.
    pub(super) fn load(onnx: &[u8], input: &Input) -> Result<Self, InferError> {
        Self::optimise(onnx, [1, input.channels, input.height, input.width])
            .map_err(|error| InferError::Load { reason: format!("{error:#}") })
    }

    /// Refuses a network file whose input is not of one picture and of fixed size, as the file itself says.
    /// tract would run it; TensorRT builds no engine of it.
    pub(super) fn require_fixed(onnx: &[u8], input: &Input) -> Result<(), InferError> {
        let failed = |error: TractError| InferError::Load { reason: format!("{error:#}") };
        let model = tract_onnx::onnx().model_for_read(&mut Cursor::new(onnx)).map_err(failed)?;
        let fact = model.input_fact(0).map_err(failed)?;
        let wanted = [1, input.channels, input.height, input.width];
        let found = fact.shape.as_concrete_finite().map_err(failed)?;
        if found.as_deref() == Some(wanted.as_slice()) {
            return Ok(());
        }
        let found = fact.shape.dims().map(|extent| format!("{extent:?}"));
        let found = found.collect::<Vec<_>>().join(", ");
        Err(InferError::InputShape { found: format!("[{found}]"), wanted })
    }

    fn optimise(onnx: &[u8], shape: [usize; 4]) -> TractResult<Self> {
        let model = tract_onnx::onnx()
            .model_for_read(&mut Cursor::new(onnx))?
            .with_input_fact(0, InferenceFact::from(f32::fact(shape)))?;
        let outputs = model.output_outlets()?.iter();
        let outputs = outputs.map(|outlet| match model.outlet_label(*outlet) {
            Some(label) => label.to_owned(),
            None => model.node(outlet.node).name.clone(),
        });
        let outputs = outputs.collect();
        let mut model = model.into_typed()?.into_decluttered()?;
        depthwise::channels_last(&mut model)?;
        let plan = model.into_optimized()?.into_runnable()?;
        Ok(Self { plan, outputs, shape })
    }

    fn input(&self, input: &[f32]) -> TractResult<TVec<TValue>> {
        // A network that expects colour sees the same grey in every channel.
        let tensor = match self.shape[1] {
            1 => Tensor::from_shape(&self.shape, input)?,
            channels => Tensor::from_shape(&self.shape, &input.repeat(channels))?,
        };
        Ok(tvec!(tensor.into_tvalue()))
    }

    fn time_nodes(&self, input: &[f32], clock: &dyn Fn() -> f64) -> TractResult<Vec<NodeTime>> {
        let mut times = Vec::new();
        self.plan.spawn()?.run_plan_with_eval(
            self.input(input)?,
            |context, state, node, inputs| {
                let began = clock();
                let done = plan::eval(context, state, node, inputs);
                let shape = node.outputs.first().map(|it| format!("{:?}", it.fact.shape.dims()));
                times.push(NodeTime {
                    op: node.op().name().into_owned(),
                    node: format!("{} {}", node.name, shape.unwrap_or_default()),
                    ms: clock() - began,
                });
                done
            },
        )?;
        Ok(times)
    }

    fn infer(&self, input: &[f32]) -> TractResult<Vec<Output>> {
        let results = self.plan.run(self.input(input)?)?;
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

    fn profile(&self, input: &[f32], clock: &dyn Fn() -> f64) -> Result<Vec<NodeTime>, InferError> {
        let times = self.time_nodes(input, clock);
        times.map_err(|error| InferError::Run { reason: format!("{error:#}") })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::infer::pack::Pack;

    #[test]
    fn a_file_that_leaves_its_input_open_is_refused() {
        let pack = Pack::embedded("orientation").unwrap();
        let input = &pack.manifest.input;
        TractNetwork::require_fixed(&pack.network, input).unwrap();
        let other = Input { width: input.width + 1, ..input.clone() };
        let refused = TractNetwork::require_fixed(&pack.network, &other).unwrap_err();
        assert!(refused.to_string().contains("export it for one picture a run"), "{refused}");

        // Protocol buffers: the first two extents of the input are 1; the first becomes one without a value.
        let extents = [0x0a, 2, 0x08, 1, 0x0a, 2, 0x08, 1, 0x0a];
        let mut network = pack.network.to_vec();
        let at = network.windows(extents.len()).rposition(|window| window == extents).unwrap();
        network[at + 2..at + 4].copy_from_slice(&[0x12, 0]);
        let refused = TractNetwork::require_fixed(&network, input).unwrap_err();
        assert!(matches!(refused, InferError::InputShape { .. }), "{refused}");
    }
}
