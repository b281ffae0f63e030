// Prints the slot of every method that firmware/tensorrt calls, as the C++ compiler lays NVIDIA's
// headers out, in the words of `trt-probe slots`. Compiled against headers that are never in this
// repository: scripts/check-tensorrt-abi.
//
// A pointer to a virtual member function holds the slot (Itanium ABI): 1 + offset on x86-64, the
// offset alone on aarch64, where the mark is elsewhere.
#include <NvInfer.h>
#include <NvOnnxParser.h>

#include <cstdint>
#include <cstdio>
#include <cstring>
#include <type_traits>
#include <utility>

namespace api = nvinfer1::apiv;

template <class F> void print(char const* name, F method) {
    static_assert(std::is_member_function_pointer<F>::value, "a method");
    uintptr_t words[2];
    static_assert(sizeof words == sizeof method, "two words");
    std::memcpy(words, &method, sizeof words);
#if defined(__aarch64__)
    bool is_virtual = words[1] & 1;
    uintptr_t offset = words[0];
#else
    bool is_virtual = words[0] & 1;
    uintptr_t offset = words[0] - 1;
#endif
    if (is_virtual) std::printf("%s %zu\n", name, size_t(offset / sizeof(void*)));
    else std::printf("%s is not virtual\n", name);
}
#define PRINT(interface, name, method) print(#interface "." #method, &api::name::method)

// A destructor has no pointer: an object of our own type notes in which place of its table the
// deleting destructor was called. Every place is filled with one that notes its number.
template <class I> struct Deletes {
    static inline int called;
    template <int N> static void note(void*) { called = N; }
    static constexpr int places = 16;
    template <int... N> static int find(std::integer_sequence<int, N...>) {
        static void* table[] = {reinterpret_cast<void*>(&note<N>)...};
        void** object[2] = {table, nullptr};
        called = -1;
        delete reinterpret_cast<I*>(object);
        return called;
    }
};
template <class I> void print_delete(char const* name) {
    std::printf("%s %d\n", name, Deletes<I>::find(std::make_integer_sequence<int, 16>{}));
}

template <class I> constexpr bool plain = sizeof(I) == 2 * sizeof(void*);

int main() {
    using namespace nvinfer1;
    PRINT(IRuntime, VRuntime, deserializeCudaEngine);
    PRINT(ICudaEngine, VCudaEngine, createExecutionContext);
    PRINT(ICudaEngine, VCudaEngine, getTensorShape);
    PRINT(ICudaEngine, VCudaEngine, getTensorDataType);
    PRINT(ICudaEngine, VCudaEngine, getTensorIOMode);
    PRINT(ICudaEngine, VCudaEngine, getNbIOTensors);
    PRINT(ICudaEngine, VCudaEngine, getIOTensorName);
    PRINT(IExecutionContext, VExecutionContext, setTensorAddress);
    PRINT(IExecutionContext, VExecutionContext, enqueueV3);
    PRINT(IBuilder, VBuilder, createBuilderConfig);
    PRINT(IBuilder, VBuilder, createNetworkV2);
    PRINT(IBuilder, VBuilder, buildSerializedNetwork);
    PRINT(IBuilderConfig, VBuilderConfig, clearFlag);
    PRINT(IBuilderConfig, VBuilderConfig, setFlag);
    PRINT(IBuilderConfig, VBuilderConfig, createTimingCache);
    PRINT(IBuilderConfig, VBuilderConfig, setTimingCache);
    PRINT(IBuilderConfig, VBuilderConfig, getTimingCache);
    PRINT(IBuilderConfig, VBuilderConfig, setMemoryPoolLimit);
    PRINT(ITimingCache, VTimingCache, serialize);
    PRINT(IHostMemory, VHostMemory, data);
    PRINT(IHostMemory, VHostMemory, size);
    print("IParser.parse", &nvonnxparser::IParser::parse);
    print("IParser.getNbErrors", &nvonnxparser::IParser::getNbErrors);
    print("IParser.getError", &nvonnxparser::IParser::getError);
    print_delete<nvonnxparser::IParser>("IParser.delete");
    print("IParserError.desc", &nvonnxparser::IParserError::desc);
    print_delete<IRuntime>("object.delete");
    print_delete<ICudaEngine>("object.delete");
    print_delete<IExecutionContext>("object.delete");
    print_delete<IBuilder>("object.delete");
    print_delete<INetworkDefinition>("object.delete");
    print_delete<IBuilderConfig>("object.delete");
    print_delete<ITimingCache>("object.delete");
    print_delete<IHostMemory>("object.delete");
#if NV_TENSORRT_MAJOR >= 11 || NV_TENSORRT_MAJOR == 1
    PRINT(IBuilderConfig, VBuilderConfig, setProgressMonitor);
    print("ILogger.log", &ILogger::log);
    print("IProgressMonitor.phaseStart", &IProgressMonitor::phaseStart);
    print("IProgressMonitor.stepComplete", &IProgressMonitor::stepComplete);
    print("IProgressMonitor.phaseFinish", &IProgressMonitor::phaseFinish);
#else
    print("ILogger.log", &ILogger::log);
    std::printf("flag.fp16 %d\n", int(BuilderFlag::kFP16));
#endif
#if NV_TENSORRT_MAJOR == 8
    std::printf("flag.explicitBatch %d\n",
        1 << int(NetworkDefinitionCreationFlag::kEXPLICIT_BATCH));
#else
    std::printf("flag.explicitBatch 0\n");
    std::printf("flag.tf32 %d\n", int(BuilderFlag::kTF32));
#endif
    bool layout = plain<IRuntime> && plain<ICudaEngine> && plain<IExecutionContext>
        && plain<IBuilder> && plain<INetworkDefinition> && plain<IBuilderConfig>
        && plain<ITimingCache> && plain<IHostMemory>;
    std::printf("size.object %zu\n", layout ? 2 * sizeof(void*) : 0);
    std::printf("size.Dims %zu\n", sizeof(Dims));
    std::printf("DataType.kFLOAT %d\n", int(DataType::kFLOAT));
    std::printf("TensorIOMode.kINPUT %d\n", int(TensorIOMode::kINPUT));
    std::printf("TensorIOMode.kOUTPUT %d\n", int(TensorIOMode::kOUTPUT));
    std::printf("MemoryPoolType.kWORKSPACE %d\n", int(MemoryPoolType::kWORKSPACE));
    std::printf("Severity.kWARNING %d\n", int(ILogger::Severity::kWARNING));
}
