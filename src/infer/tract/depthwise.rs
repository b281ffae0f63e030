//! Depthwise convolutions with their channels side by side in memory.
//!
//! tract computes one channel's plane after the other, which is slow where planes are small or are
//! stepped over: half of the time of an EfficientNet-Lite0 at 160 px. With channels last, the inner
//! loop runs over channels whatever the plane. The layout is only changed where that was measured
//! to be faster; the layers between take the other layout over at no cost.

use tract_onnx::prelude::*;
use tract_onnx::tract_core::internal::*;
use tract_onnx::tract_core::ops::cnn::Conv;
use tract_onnx::tract_core::ops::nn::DataFormat;

/// Planes up to this wide, pixels, are faster with channels last, as are all that are stepped over.
const SMALL_PLANE_PX: i64 = 12;

/// Lays out the depthwise convolutions of a decluttered model for this machine's cache lines.
pub(super) fn channels_last(model: &mut TypedModel) -> TractResult<()> {
    let chosen: Vec<usize> =
        model.nodes().iter().filter(|node| gains(node)).map(|node| node.id).collect();
    for id in chosen {
        let node = model.node(id).clone();
        let Some(plain) = node.op_as::<Conv>() else { continue };
        let mut conv = plain.clone();
        let (from, to) = match conv.pool_spec.data_format {
            DataFormat::NCHW => (1, 3),
            DataFormat::CHW => (0, 2),
            DataFormat::NHWC | DataFormat::HWC => continue,
        };
        conv.pool_spec.data_format = match conv.pool_spec.data_format {
            DataFormat::NCHW => DataFormat::NHWC,
            _ => DataFormat::HWC,
        };
        let mut patch = TypedModelPatch::new("channels last");
        let mut wires = patch.taps(model, &node.inputs)?;
        let name = &node.name;
        let before = AxisOp::Move(from, to);
        wires[0] = patch.wire_node(format!("{name}.before"), before, &wires[..1])?[0];
        let inside = patch.wire_node(format!("{name}.inside"), ChannelsLast(conv), &wires)?;
        let after = AxisOp::Move(to, from);
        let out = patch.wire_node(format!("{name}.after"), after, &inside)?[0];
        patch.shunt_outside(model, node.id.into(), out)?;
        patch.apply(model)?;
    }
    Ok(())
}

/// Whether a node is a depthwise convolution over two axes that is faster with channels last.
fn gains(node: &TypedNode) -> bool {
    let Some(conv) = node.op_as::<Conv>() else { return false };
    let depthwise = conv.group > 1
        && conv.group == conv.input_channels()
        && conv.group == conv.output_channels()
        && conv.q_params.is_none()
        && conv.pool_spec.rank() == 2;
    let shape = &node.outputs[0].fact.shape;
    let narrow = shape.last().and_then(|width| width.to_i64().ok());
    let stepped = (0..conv.pool_spec.rank()).any(|axis| conv.pool_spec.stride(axis) > 1);
    depthwise
        && shape.as_concrete().is_some()
        && (stepped || narrow.is_some_and(|width| width <= SMALL_PLANE_PX))
}

/// A depthwise convolution whose layout stays as it is: tract would move it back to where it came
/// from when it moves axes about.
#[derive(Clone, Debug, Hash, PartialEq, Eq)]
struct ChannelsLast(Conv);

impl Op for ChannelsLast {
    fn name(&self) -> StaticName {
        "ChannelsLast".into()
    }

    op_as_typed_op!();
}

impl EvalOp for ChannelsLast {
    op_out_of_plan!();

    fn eval(&self, context: &EvalContext<'_>, inputs: TVec<TValue>) -> TractResult<TVec<TValue>> {
        self.0.eval(context, inputs)
    }
}

impl TypedOp for ChannelsLast {
    fn output_facts(&self, inputs: &[&TypedFact]) -> TractResult<TVec<TypedFact>> {
        self.0.output_facts(inputs)
    }

    fn codegen(
        &self,
        model: &TypedModel,
        node: &TypedNode,
    ) -> TractResult<Option<TypedModelPatch>> {
        let mut patch = TypedModelPatch::new("depthwise");
        let inputs = patch.taps(model, &node.inputs)?;
        let out = self.0.wire_as_depth_wise(&mut patch, &node.name, &inputs)?;
        patch.shunt_outside(model, node.id.into(), out)?;
        patch.obliterate(node.id)?;
        Ok(Some(patch))
    }

    as_op!();
}
