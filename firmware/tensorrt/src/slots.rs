//! Where each method that we call lies in the virtual tables of each TensorRT major. The only
//! numbers in this crate that NVIDIA decides; nothing else belongs here.
//!
//! Sources, by column:
//! - **11** (and TensorRT-RTX 1.x, which has the same interface): printed by the C++ compiler from
//!   pointers to members of NVIDIA's headers of 11.4, and again of RTX 1.7, by
//!   `scripts/check-tensorrt-abi`. The builder's and the parser's rows were also called in the
//!   real RTX 1.7.1 library. No engine or context of a real library was called: that needs a GPU.
//! - **10**: printed the same way from the headers of 10.3.0 and 10.13.0 when they were at hand,
//!   both equal, but for three rows: `clear_flag`, `timing_cache` and the parser's destructor follow
//!   from the order of declaration in the header of 10.x: they were counted, not compiled. These
//!   headers are in no registry, so this column is checked on a board that has
//!   `libnvinfer-headers-dev`, `libnvonnxparsers-dev` and CUDA's own headers.
//! - **8**: printed from the headers of 8.5.3 and 8.6.1, both equal; the counted rows as above.
//!   Never run against a real library of this major: untested.
//!
//! A slot did not move within a major in any pair of headers compared; between majors most did.

use crate::builder::POOL_WORKSPACE;
use crate::logger::WARNING;
use crate::runtime::{MODE_INPUT, MODE_OUTPUT, TYPE_F32};

/// A method's index in the virtual table of the object that it is called on.
pub(crate) type Slot = usize;

/// Which virtual tables a library has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Layout {
    /// TensorRT 8.5 and 8.6.
    V8,
    /// TensorRT 10.
    V10,
    /// TensorRT 11 and TensorRT-RTX 1.
    V11,
}

/// One column of the table.
#[derive(Debug)]
pub(crate) struct Slots {
    pub(crate) layout: Layout,
    /// `IRuntime` implementation.
    pub(crate) runtime_deserialize: Slot,
    /// `ICudaEngine` implementation.
    pub(crate) engine_create_context: Slot,
    pub(crate) engine_tensor_shape: Slot,
    pub(crate) engine_tensor_type: Slot,
    pub(crate) engine_tensor_mode: Slot,
    pub(crate) engine_tensor_count: Slot,
    pub(crate) engine_tensor_name: Slot,
    /// `IExecutionContext` implementation.
    pub(crate) context_set_address: Slot,
    pub(crate) context_enqueue: Slot,
    /// `IBuilder` implementation.
    pub(crate) builder_create_config: Slot,
    pub(crate) builder_create_network: Slot,
    pub(crate) builder_build: Slot,
    /// `IBuilderConfig` implementation.
    pub(crate) config_clear_flag: Slot,
    pub(crate) config_set_flag: Slot,
    pub(crate) config_create_timing_cache: Slot,
    pub(crate) config_set_timing_cache: Slot,
    pub(crate) config_timing_cache: Slot,
    pub(crate) config_set_memory_limit: Slot,
    /// Absent where the monitor's own interface was not checked by the compiler.
    pub(crate) config_set_progress_monitor: Option<Slot>,
    /// `ITimingCache` implementation.
    pub(crate) timing_cache_serialize: Slot,
    /// `IHostMemory` implementation.
    pub(crate) memory_data: Slot,
    pub(crate) memory_size: Slot,
    /// `IParser`, which is called on the object itself.
    pub(crate) parser_parse: Slot,
    pub(crate) parser_error_count: Slot,
    pub(crate) parser_error: Slot,
    pub(crate) parser_delete: Slot,
    /// `IParserError`, the object itself.
    pub(crate) parser_error_text: Slot,
    /// Flags that `createNetworkV2` takes for a network with an explicit batch dimension.
    pub(crate) explicit_batch: u32,
    /// `BuilderFlag::kFP16`; absent where precision is written in the network file.
    pub(crate) flag_fp16: Option<i32>,
    /// `BuilderFlag::kTF32`; absent where its number was not checked.
    pub(crate) flag_tf32: Option<i32>,
}

/// The deleting destructor in the own table of every object but a parser.
pub(crate) const DELETE: Slot = 1;

const V8: Slots = Slots {
    layout: Layout::V8,
    runtime_deserialize: 2,
    engine_create_context: 11,
    engine_tensor_shape: 34,
    engine_tensor_type: 35,
    engine_tensor_mode: 38,
    engine_tensor_count: 45,
    engine_tensor_name: 46,
    context_set_address: 32,
    context_enqueue: 44,
    builder_create_config: 9,
    builder_create_network: 11,
    builder_build: 17,
    config_clear_flag: 14,
    config_set_flag: 15,
    config_create_timing_cache: 44,
    config_set_timing_cache: 45,
    config_timing_cache: 46,
    config_set_memory_limit: 47,
    config_set_progress_monitor: None,
    timing_cache_serialize: 2,
    memory_data: 2,
    memory_size: 3,
    parser_parse: 0,
    parser_error_count: 6,
    parser_error: 7,
    parser_delete: 10,
    parser_error_text: 1,
    explicit_batch: 1,
    flag_fp16: Some(0),
    flag_tf32: None,
};

const V10: Slots = Slots {
    layout: Layout::V10,
    runtime_deserialize: 3,
    engine_create_context: 5,
    engine_tensor_shape: 19,
    engine_tensor_type: 20,
    engine_tensor_mode: 23,
    engine_tensor_count: 30,
    engine_tensor_name: 31,
    context_set_address: 24,
    context_enqueue: 37,
    builder_create_config: 7,
    builder_create_network: 8,
    builder_build: 14,
    config_clear_flag: 10,
    config_set_flag: 11,
    config_create_timing_cache: 40,
    config_set_timing_cache: 41,
    config_timing_cache: 42,
    config_set_memory_limit: 43,
    config_set_progress_monitor: None,
    timing_cache_serialize: 2,
    memory_data: 2,
    memory_size: 3,
    parser_parse: 0,
    parser_error_count: 5,
    parser_error: 6,
    parser_delete: 9,
    parser_error_text: 1,
    explicit_batch: 0,
    flag_fp16: Some(0),
    flag_tf32: Some(6),
};

const V11: Slots = Slots {
    layout: Layout::V11,
    runtime_deserialize: 3,
    engine_create_context: 5,
    engine_tensor_shape: 15,
    engine_tensor_type: 16,
    engine_tensor_mode: 19,
    engine_tensor_count: 26,
    engine_tensor_name: 27,
    context_set_address: 23,
    context_enqueue: 36,
    builder_create_config: 5,
    builder_create_network: 6,
    builder_build: 11,
    config_clear_flag: 8,
    config_set_flag: 9,
    config_create_timing_cache: 29,
    config_set_timing_cache: 30,
    config_timing_cache: 31,
    config_set_memory_limit: 32,
    config_set_progress_monitor: Some(45),
    timing_cache_serialize: 2,
    memory_data: 2,
    memory_size: 3,
    parser_parse: 0,
    parser_error_count: 3,
    parser_error: 4,
    parser_delete: 7,
    parser_error_text: 1,
    explicit_batch: 0,
    flag_fp16: None,
    flag_tf32: Some(6),
};

impl Slots {
    /// The column of a layout.
    pub(crate) const fn of(layout: Layout) -> &'static Self {
        match layout {
            Layout::V8 => &V8,
            Layout::V10 => &V10,
            Layout::V11 => &V11,
        }
    }

    /// Every row by the name that `abi/slotdump.cpp` prints it under.
    pub(crate) fn rows(&self) -> Vec<(&'static str, i64)> {
        let number = |slot: Slot| i64::try_from(slot).unwrap_or(i64::MAX);
        let mut rows: Vec<(&str, i64)> = [
            ("IRuntime.deserializeCudaEngine", self.runtime_deserialize),
            ("ICudaEngine.createExecutionContext", self.engine_create_context),
            ("ICudaEngine.getTensorShape", self.engine_tensor_shape),
            ("ICudaEngine.getTensorDataType", self.engine_tensor_type),
            ("ICudaEngine.getTensorIOMode", self.engine_tensor_mode),
            ("ICudaEngine.getNbIOTensors", self.engine_tensor_count),
            ("ICudaEngine.getIOTensorName", self.engine_tensor_name),
            ("IExecutionContext.setTensorAddress", self.context_set_address),
            ("IExecutionContext.enqueueV3", self.context_enqueue),
            ("IBuilder.createBuilderConfig", self.builder_create_config),
            ("IBuilder.createNetworkV2", self.builder_create_network),
            ("IBuilder.buildSerializedNetwork", self.builder_build),
            ("IBuilderConfig.clearFlag", self.config_clear_flag),
            ("IBuilderConfig.setFlag", self.config_set_flag),
            ("IBuilderConfig.createTimingCache", self.config_create_timing_cache),
            ("IBuilderConfig.setTimingCache", self.config_set_timing_cache),
            ("IBuilderConfig.getTimingCache", self.config_timing_cache),
            ("IBuilderConfig.setMemoryPoolLimit", self.config_set_memory_limit),
            ("ITimingCache.serialize", self.timing_cache_serialize),
            ("IHostMemory.data", self.memory_data),
            ("IHostMemory.size", self.memory_size),
            ("IParser.parse", self.parser_parse),
            ("IParser.getNbErrors", self.parser_error_count),
            ("IParser.getError", self.parser_error),
            ("IParser.delete", self.parser_delete),
            ("IParserError.desc", self.parser_error_text),
            ("object.delete", DELETE),
        ]
        .map(|(name, slot)| (name, number(slot)))
        .to_vec();
        if let Some(slot) = self.config_set_progress_monitor {
            rows.push(("IBuilderConfig.setProgressMonitor", number(slot)));
        }
        rows.push(("flag.explicitBatch", self.explicit_batch.into()));
        let flags = [("flag.fp16", self.flag_fp16), ("flag.tf32", self.flag_tf32)];
        rows.extend(flags.iter().filter_map(|(name, flag)| flag.map(|it| (*name, it.into()))));
        rows.extend(self.fixed_rows());
        rows
    }

    /// What the code takes for granted beside the slots: our own objects' tables, sizes, numbers.
    fn fixed_rows(&self) -> Vec<(&'static str, i64)> {
        let (logger, dims) = match self.layout {
            Layout::V8 => (0, 36),
            Layout::V10 => (0, 72),
            Layout::V11 => (4, 72),
        };
        let mut rows = vec![
            ("ILogger.log", logger),
            ("size.Dims", dims),
            ("size.object", 16),
            ("DataType.kFLOAT", TYPE_F32.into()),
            ("TensorIOMode.kINPUT", MODE_INPUT.into()),
            ("TensorIOMode.kOUTPUT", MODE_OUTPUT.into()),
            ("MemoryPoolType.kWORKSPACE", POOL_WORKSPACE.into()),
            ("Severity.kWARNING", WARNING.into()),
        ];
        if self.config_set_progress_monitor.is_some() {
            rows.push(("IProgressMonitor.phaseStart", 4));
            rows.push(("IProgressMonitor.stepComplete", 5));
            rows.push(("IProgressMonitor.phaseFinish", 6));
        }
        rows
    }
}

/// The slot table of a major (8, 10 or 11), row by row, for `scripts/check-tensorrt-abi`.
#[must_use]
pub fn table(major: u32) -> Option<Vec<(&'static str, i64)>> {
    let layout = match major {
        8 => Layout::V8,
        10 => Layout::V10,
        11 => Layout::V11,
        _ => return None,
    };
    Some(Slots::of(layout).rows())
}
