// Test double of the CUDA driver: "GPU memory" is the host's, copies happen at the wait.
// It is no measure of anything; it answers as the driver does and fails where it is told to.
#include "stream.h"

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <set>

namespace {
std::set<void*> memory;
int contexts = 0, streams = 0;

struct AtExit {
    ~AtExit() {
        std::fprintf(stderr, "double: %zu allocations, %d streams, %d contexts left\n",
            memory.size(), streams, contexts);
    }
} at_exit;
int take(void** out, size_t bytes) {
    *out = std::malloc(bytes);
    memory.insert(*out);
    return 0;
}
int give(void* pointer) {
    if (!memory.erase(pointer)) { std::fprintf(stderr, "double: freed twice\n"); std::abort(); }
    std::free(pointer);
    return 0;
}
} // namespace

extern "C" {
int cuGetErrorName(int code, char const** name) {
    *name = code == 2 ? "CUDA_ERROR_OUT_OF_MEMORY"
        : code == 999 ? "CUDA_ERROR_UNKNOWN"
                      : "CUDA_ERROR_ILLEGAL_ADDRESS";
    return 0;
}
int cuInit(unsigned) { return fault("cu-no-device") ? 100 : fault("cu-init") ? 999 : 0; }
int cuDriverGetVersion(int* version) { *version = 12060; return 0; }
int cuDeviceGetCount(int* count) { *count = fault("no-device") ? 0 : 1; return 0; }
int cuDeviceGet(int* device, int ordinal) { *device = ordinal; return 0; }
int cuDeviceGetName(char* name, int bytes, int) {
    std::snprintf(name, bytes, "Test double");
    return 0;
}
int cuDeviceGetAttribute(int* value, int which, int) { *value = which == 75 ? 8 : 7; return 0; }
int cuDevicePrimaryCtxRetain(void** context, int) { contexts++; *context = &contexts; return 0; }
int cuDevicePrimaryCtxRelease_v2(int) { contexts--; return 0; }
int cuCtxSetCurrent(void* context) { return context == &contexts ? 0 : 201; }
int cuMemAlloc_v2(unsigned long long* address, size_t bytes) {
    if (fault("gpu-memory")) return 2;
    return take(reinterpret_cast<void**>(address), bytes);
}
int cuMemFree_v2(unsigned long long address) { return give(reinterpret_cast<void*>(address)); }
int cuMemHostAlloc(void** out, size_t bytes, unsigned) {
    return fault("pinned-memory") ? 2 : take(out, bytes);
}
int cuMemFreeHost(void* pointer) { return give(pointer); }
int cuMemcpyHtoDAsync_v2(unsigned long long to, void const* from, size_t bytes, void* stream) {
    if (fault("upload")) return 700;
    auto copy = [=] { std::memcpy(reinterpret_cast<void*>(to), from, bytes); };
    static_cast<Stream*>(stream)->work.push_back(copy);
    return 0;
}
int cuMemcpyDtoHAsync_v2(void* to, unsigned long long from, size_t bytes, void* stream) {
    if (fault("download")) return 700;
    auto copy = [=] { std::memcpy(to, reinterpret_cast<void*>(from), bytes); };
    static_cast<Stream*>(stream)->work.push_back(copy);
    return 0;
}
int cuStreamCreate(void** stream, unsigned) {
    if (fault("stream")) return 2;
    streams++;
    *stream = new Stream;
    return 0;
}
int cuStreamDestroy_v2(void* stream) { streams--; delete static_cast<Stream*>(stream); return 0; }
int cuStreamSynchronize(void* stream) {
    auto& work = static_cast<Stream*>(stream)->work;
    if (fault("gpu-crash") && !work.empty()) { work.clear(); return 700; }
    int code = 0;
    try {
        for (auto& step : work) step();
    } catch (int thrown) {
        code = thrown;
    }
    work.clear();
    return code;
}
}
