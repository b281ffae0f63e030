// Test double of TensorRT for one major (-DMAJOR=8, 10 or 11). The compiler lays out the virtual
// tables from the classes below: each names the methods that the program calls, with as many empty
// places before them as NVIDIA's interface of that major has. An empty place that is called ends
// the process with a word. The arithmetic of a test network ("NETWORK x y 1x4") is tiny: 2 * x + 1. Of
// any other file TRT_DOUBLE_COMPUTE, a socket of the test, knows what it is and computes it; the test
// answers with a fault as well, so that faults can come at any run.
#include "stream.h"

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <sstream>
#include <string>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#include <vector>

#if MAJOR == 8
#define PICK(v8, v10, v11) v8
#elif MAJOR == 10
#define PICK(v8, v10, v11) v10
#else
#define PICK(v8, v10, v11) v11
#endif

namespace {
std::string setting(char const* name, char const* usual) {
    char const* value = std::getenv(name);
    return value ? value : usual;
}
[[noreturn]] void stop(char const* why) {
    std::fprintf(stderr, "double: %s\n", why);
    std::abort();
}
// A real fault: a signal that is only sent is swallowed by the handler that Rust's runtime has.
int volatile* volatile nowhere = nullptr;
void misbehave() {
    if (fault("segv")) *nowhere = 1;
    if (fault("abort")) std::abort();
    if (fault("exit")) _exit(3);
    while (fault("hang")) pause();
}

// N places in a virtual table that nobody may call.
template <class Base, int N> struct Pad : Pad<Base, N - 1> {
    virtual void empty(Pad*) { stop("a method was called that the program does not use"); }
};
template <class Base> struct Pad<Base, 0> : Base {};

struct Root { virtual ~Root() = default; }; // slots 0 and 1

#if MAJOR == 8
struct Dims { int32_t count; int32_t extents[8]; };
#else
struct Dims { int32_t count; int64_t extents[8]; };
#endif

#if MAJOR == 11
struct Info { char const* kind; int32_t major, minor; };
struct Versioned {
    virtual int32_t language() const noexcept = 0;
    virtual Info info() const noexcept = 0;
    virtual ~Versioned() = default;
};
struct Logger : Versioned { virtual void log(int32_t severity, char const* text) noexcept = 0; };
struct Monitor : Versioned {
    virtual void start(char const* phase, char const* parent, int32_t steps) noexcept = 0;
    virtual bool step(char const* phase, int32_t step) noexcept = 0;
    virtual void finish(char const* phase) noexcept = 0;
};
#else
struct Logger {
    virtual void log(int32_t severity, char const* text) noexcept = 0;
    virtual ~Logger() = default;
};
#endif

// What every public object is: its own table, and the implementation behind it.
int objects = 0;
// An answer came after all when nobody waited for it any more: nothing may be deleted from then on.
volatile bool late = false;
struct AtExit { ~AtExit() { std::fprintf(stderr, "double: %d objects left\n", objects); } } at_exit;
// Counts memory, so that a destructor that ends an object without giving it back shows.
struct Counted {
    static void* operator new(size_t bytes) { objects++; return std::malloc(bytes); }
    static void operator delete(void* memory) { objects--; std::free(memory); }
};
struct Api : Counted {
    Root* implementation;
    // How many live objects it made, and the same number of the one that made it.
    int *made, *maker;
    explicit Api(Root* root, int* made = nullptr, int* maker = nullptr)
        : implementation(root), made(made), maker(maker) {
        if (maker) ++*maker;
    }
    virtual ~Api() {
        if (late) stop("deleted after it was late");
        if (made && *made) stop("deleted before what it made");
        if (maker) --*maker;
        delete implementation;
    }
};
static_assert(sizeof(Api) == 4 * sizeof(void*), "table, implementation, made, maker");

// IHostMemory.
struct VMemory : Root {
    virtual void* data() const noexcept = 0;
    virtual size_t size() const noexcept = 0;
};
struct Memory : VMemory {
    std::string bytes;
    explicit Memory(std::string b) : bytes(std::move(b)) {}
    void* data() const noexcept override { return const_cast<char*>(bytes.data()); }
    size_t size() const noexcept override { return bytes.size(); }
};

// IExecutionContext.
struct C1 : Pad<Root, PICK(32, 24, 23) - 2> {
    virtual bool set_address(char const* name, void* address) noexcept = 0;
};
struct VContext : Pad<C1, PICK(44, 37, 36) - PICK(32, 24, 23) - 1> {
    virtual bool enqueue(void* stream) noexcept = 0;
};

struct Tensor {
    std::string name;
    bool input;
    std::vector<int64_t> shape;
    size_t count() const {
        size_t n = 1;
        for (auto extent : shape) n *= static_cast<size_t>(extent);
        return n;
    }
};
// What a network is: its text, for the one who computes it, and its tensors.
struct Plan {
    std::string text;
    bool remote = false, half = false;
    std::vector<Tensor> tensors;
    Tensor const* find(char const* name) const {
        for (auto& tensor : tensors)
            if (tensor.name == name) return &tensor;
        return nullptr;
    }
};

// The test's side of TRT_DOUBLE_COMPUTE: a connection for each question.
struct Compute {
    int handle = -1;
    Compute() {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        std::snprintf(address.sun_path, sizeof address.sun_path, "%s",
            setting("TRT_DOUBLE_COMPUTE", "").c_str());
        handle = socket(AF_UNIX, SOCK_STREAM, 0);
        if (connect(handle, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
            stop("nobody computes at TRT_DOUBLE_COMPUTE");
    }
    Compute(Compute const&) = delete;
    ~Compute() { close(handle); }
    void put(void const* from, size_t bytes) const {
        auto at = static_cast<char const*>(from);
        while (bytes) {
            auto sent = write(handle, at, bytes);
            if (sent <= 0) stop("the test has gone away");
            at += sent, bytes -= static_cast<size_t>(sent);
        }
    }
    void get(void* to, size_t bytes) const {
        auto at = static_cast<char*>(to);
        while (bytes) {
            auto got = read(handle, at, bytes);
            if (got <= 0) stop("the test has gone away");
            at += got, bytes -= static_cast<size_t>(got);
        }
    }
    void put(std::string const& text) const {
        uint64_t size = text.size();
        put(&size, sizeof size);
        put(text.data(), size);
    }
    std::string get() const {
        uint64_t size = 0;
        get(&size, sizeof size);
        std::string text(size, 0);
        get(&text[0], size);
        return text;
    }
};

// 'd': what is this file? Empty when the test does not know it.
std::string describe(std::string const& file) {
    if (!std::getenv("TRT_DOUBLE_COMPUTE")) return "";
    Compute compute;
    compute.put("d", 1);
    compute.put(file);
    return compute.get();
}

// 'r': run. The test's status: 0 and the outputs, 1 a fault of the GPU, 2 an answer that comes too late,
// 3 crash.
void compute(Plan const& plan, std::map<std::string, float*> const& at) {
    Compute compute;
    compute.put("r", 1);
    compute.put(plan.text);
    for (auto& tensor : plan.tensors)
        if (tensor.input) compute.put(at.at(tensor.name), tensor.count() * sizeof(float));
    char status = 0;
    compute.get(&status, 1);
    if (status == 1) throw 700;
    if (status == 2) {
        sleep(12);
        late = true;
        throw 700;
    }
    if (status == 3) *nowhere = 1;
    for (auto& tensor : plan.tensors) {
        if (tensor.input) continue;
        float* to = at.at(tensor.name);
        compute.get(to, tensor.count() * sizeof(float));
        for (size_t i = 0; i < tensor.count(); i++) {
            if (fault("wrong-result") || (plan.half && fault("wrong-half"))) to[i] += 0.5F;
            if (fault("nan")) to[i] = __builtin_nanf("");
        }
    }
}

struct Context : VContext {
    Plan plan;
    std::map<std::string, float*> at;
    explicit Context(Plan p) : plan(std::move(p)) {}
    bool set_address(char const* name, void* address) noexcept override {
        if (fault("set-address") || !plan.find(name)) return false;
        at[name] = static_cast<float*>(address);
        return true;
    }
    bool enqueue(void* stream) noexcept override {
        if (fault("enqueue") || at.size() != plan.tensors.size()) return false;
        if (fault("segv-enqueue")) *nowhere = 1;
        while (fault("hang-enqueue")) pause();
        auto& work = static_cast<Stream*>(stream)->work;
        if (plan.remote) {
            work.push_back([this] { compute(plan, at); });
            return true;
        }
        bool wrong = fault("wrong-result") || (plan.half && fault("wrong-half"));
        float add = wrong ? 1.5F : 1.0F;
        float by = fault("nan") ? __builtin_nanf("") : 2.0F;
        float *from = at.at(plan.tensors[0].name), *to = at.at(plan.tensors[1].name);
        work.push_back([=, n = plan.tensors[0].count()] {
            for (size_t i = 0; i < n; i++) to[i] = by * from[i] + add;
        });
        return true;
    }
};

// ICudaEngine.
struct E1 : Pad<Root, PICK(11, 5, 5) - 2> {
#if MAJOR == 8
    virtual void* create_context() noexcept = 0;
#else
    virtual void* create_context(int32_t strategy) noexcept = 0;
#endif
};
struct E2 : Pad<E1, PICK(34, 19, 15) - PICK(11, 5, 5) - 1> {
    virtual Dims shape(char const* name) const noexcept = 0;
    virtual int32_t type(char const* name) const noexcept = 0;
};
struct E3 : Pad<E2, PICK(38, 23, 19) - PICK(35, 20, 16) - 1> {
    virtual int32_t mode(char const* name) const noexcept = 0;
};
struct VEngine : Pad<E3, PICK(45, 30, 26) - PICK(38, 23, 19) - 1> {
    virtual int32_t count() const noexcept = 0;
    virtual char const* name(int32_t index) const noexcept = 0;
};
struct Engine : VEngine {
    Plan plan;
    int made = 0;
    explicit Engine(Plan p) : plan(std::move(p)) {}
#if MAJOR == 8
    void* create_context() noexcept override {
#else
    void* create_context(int32_t strategy) noexcept override {
        if (strategy != 0) stop("strange allocation strategy");
#endif
        return fault("no-context") ? nullptr : new Api(new Context(plan), nullptr, &made);
    }
    Dims shape(char const* name) const noexcept override {
        Dims dims{};
        auto& shape = plan.find(name)->shape;
        dims.count = fault("bad-rank") ? 9 : static_cast<int32_t>(shape.size());
        for (size_t i = 0; i < shape.size(); i++) dims.extents[i] = shape[i];
        if (fault("dynamic-shape")) dims.extents[0] = -1;
        if (fault("huge-shape")) dims.extents[0] = INT32_MAX;
        return dims;
    }
    int32_t type(char const*) const noexcept override { return fault("half-input") ? 1 : 0; }
    int32_t mode(char const* name) const noexcept override {
        auto tensor = plan.find(name);
        return !tensor ? 0 : tensor->input ? 1 : 2;
    }
    int32_t count() const noexcept override {
        return fault("no-tensors") ? 0 : static_cast<int32_t>(plan.tensors.size());
    }
    char const* name(int32_t index) const noexcept override {
        return fault("no-name") ? nullptr : plan.tensors[static_cast<size_t>(index)].name.c_str();
    }
};

// A plan of the double: "PLAN" or "HALF", the GPU it is for, and the network.
std::string gpu() { return setting("TRT_DOUBLE_GPU", "A"); }

// "NETWORK x y 1x4", or of the test: "REMOTE id", then a line each: in|out NAME EXTENT...
bool read_network(std::string const& text, Plan& plan) {
    char input[32], output[32];
    long long a = 0, b = 0;
    plan.text = text;
    if (std::sscanf(text.c_str(), "NETWORK %31s %31s %lldx%lld", input, output, &a, &b) == 4) {
        plan.tensors = {{input, true, {a, b}}, {output, false, {a, b}}};
        return true;
    }
    std::istringstream lines(text);
    std::string line;
    if (!std::getline(lines, line) || line.rfind("REMOTE ", 0) != 0) return false;
    plan.remote = true;
    while (std::getline(lines, line)) {
        std::istringstream words(line);
        std::string way;
        Tensor tensor;
        words >> way >> tensor.name;
        tensor.input = way == "in";
        for (int64_t extent; words >> extent;) tensor.shape.push_back(extent);
        plan.tensors.push_back(tensor);
    }
    return plan.tensors.size() > 1;
}

// IRuntime.
struct VRuntime : Pad<Root, PICK(2, 3, 3) - 2> {
#if MAJOR == 8
    virtual void* deserialize(void const* blob, size_t size, void const* factory) noexcept = 0;
#else
    virtual void* deserialize(void const* blob, size_t size) noexcept = 0;
#endif
};
struct Runtime : VRuntime {
    Logger* logger;
    int made = 0;
    explicit Runtime(Logger* l) : logger(l) {}
#if MAJOR == 8
    void* deserialize(void const* blob, size_t size, void const* factory) noexcept override {
        if (factory) stop("a plugin factory was passed");
#else
    void* deserialize(void const* blob, size_t size) noexcept override {
#endif
        std::string text(static_cast<char const*>(blob), size);
        std::string head = "PLAN " + gpu() + " ";
        Plan plan;
        plan.half = text.rfind("HALF", 0) == 0;
        if (plan.half) text.replace(0, 4, "PLAN");
        if (fault("deserialize") || text.rfind(head, 0) != 0
            || !read_network(text.substr(head.size()), plan)) {
            logger->log(1, "Error Code 6: the engine plan file is not compatible with this GPU");
            return nullptr;
        }
        auto engine = new Engine(plan);
        return new Api(engine, &engine->made, &made);
    }
};

// INetworkDefinition: only ever passed on.
struct Network : Root { std::string text; };

// ITimingCache.
struct VTiming : Root { virtual void* serialize() const noexcept = 0; };
struct Timing : VTiming {
    std::string bytes;
    void* serialize() const noexcept override { return new Api(new Memory(bytes + "+")); }
};

// IBuilderConfig.
struct G1 : Pad<Root, PICK(14, 10, 8) - 2> {
    virtual void clear_flag(int32_t flag) noexcept = 0;
    virtual void set_flag(int32_t flag) noexcept = 0;
};
struct G2 : Pad<G1, PICK(44, 40, 29) - PICK(15, 11, 9) - 1> {
    virtual void* create_timing(void const* blob, size_t size) const noexcept = 0;
    virtual bool set_timing(Api const& cache, bool ignore) noexcept = 0;
    virtual Api const* timing() const noexcept = 0;
    virtual void set_memory(int32_t pool, size_t bytes) noexcept = 0;
};
#if MAJOR == 11
struct VConfig : Pad<G2, 45 - 32 - 1> {
    virtual void set_monitor(Monitor* monitor) noexcept = 0;
};
#else
using VConfig = G2;
#endif
struct Config : VConfig {
    Api const* cache = nullptr;
    bool half = false, tf32 = true;
    size_t workspace = 0;
    void clear_flag(int32_t flag) noexcept override { if (flag == 6) tf32 = false; }
    void set_flag(int32_t flag) noexcept override {
        if (MAJOR == 11) stop("a flag was set that major 11 does not have");
        if (flag == 0) half = true;
    }
    void* create_timing(void const* blob, size_t size) const noexcept override {
        std::string text(static_cast<char const*>(blob), size);
        if (fault("no-timing") || (size && text.rfind("TIMING", 0) != 0)) return nullptr;
        auto timing = new Timing;
        timing->bytes = size ? text : "TIMING";
        return new Api(timing);
    }
    bool set_timing(Api const& c, bool ignore) noexcept override {
        if (ignore) stop("a timing cache of another GPU would be taken");
        // One of another GPU.
        if (fault("timing") && static_cast<Timing*>(c.implementation)->bytes != "TIMING") return false;
        cache = &c;
        return true;
    }
    Api const* timing() const noexcept override { return cache; }
    void set_memory(int32_t pool, size_t bytes) noexcept override {
        if (pool == 0) workspace = bytes;
    }
#if MAJOR == 11
    Monitor* monitor = nullptr;
    void set_monitor(Monitor* m) noexcept override { monitor = m; }
#endif
};

// IBuilder.
struct B1 : Pad<Root, PICK(9, 7, 5) - 2> { virtual void* create_config() noexcept = 0; };
struct B2 : Pad<B1, PICK(11, 8, 6) - PICK(9, 7, 5) - 1> {
    virtual void* create_network(uint32_t flags) noexcept = 0;
};
struct VBuilder : Pad<B2, PICK(17, 14, 11) - PICK(11, 8, 6) - 1> {
    virtual void* build(Api& network, Api& config) noexcept = 0;
};
struct Builder : VBuilder {
    Logger* logger;
    explicit Builder(Logger* l) : logger(l) {}
    void* create_config() noexcept override {
        return fault("no-config") ? nullptr : new Api(new Config);
    }
    void* create_network(uint32_t flags) noexcept override {
        if (flags != PICK(1, 0, 0)) stop("wrong network flags");
        return fault("no-network") ? nullptr : new Api(new Network);
    }
    void* build(Api& network, Api& config) noexcept override {
        auto& settings = *static_cast<Config*>(config.implementation);
        misbehave();
        if (settings.workspace == 0) stop("no workspace limit");
        auto timing = settings.cache ? static_cast<Timing*>(settings.cache->implementation) : nullptr;
        std::fprintf(stderr, "double: built half=%d tf32=%d timing=%s\n", settings.half,
            settings.tf32, timing ? timing->bytes.c_str() : "none");
        if (fault("build")) {
            logger->log(3, "this line is of no interest");
            logger->log(1, "Error Code 10: could not find any implementation for node Conv_0");
            return nullptr;
        }
#if MAJOR == 11
        if (auto monitor = settings.monitor) {
            monitor->start("Building Engine", nullptr, 4);
            for (int step = 0; step < 4; step++)
                if (!monitor->step("Building Engine", step)) return nullptr;
            monitor->finish("Building Engine");
        }
#endif
        auto& text = static_cast<Network*>(network.implementation)->text;
        if (fault("plan")) text = "not a network";
        return new Api(new Memory((settings.half ? "HALF " : "PLAN ") + gpu() + " " + text));
    }
};

// IParserError and IParser, which are called themselves.
struct Error {
    virtual int code() const { return 8; }
    virtual char const* desc() const { return "no importer registered for op: Frobnicate"; }
};
struct P0 { virtual bool parse(void const* bytes, size_t size, char const* path) noexcept = 0; };
struct P1 : Pad<P0, PICK(6, 5, 3) - 1> {
    virtual int errors() const noexcept = 0;
    virtual Error const* error(int index) const noexcept = 0;
};
struct VParser : Pad<P1, 1> { virtual ~VParser() = default; };
struct Parser : VParser, Counted {
    Network& network;
    Error only;
    bool failed = false;
    explicit Parser(Network& n) : network(n) {}
    bool parse(void const* bytes, size_t size, char const*) noexcept override {
        network.text.assign(static_cast<char const*>(bytes), size);
        if (network.text.rfind("NETWORK", 0) != 0) network.text = describe(network.text);
        Plan plan;
        failed = fault("parse") || !read_network(network.text, plan);
        return !failed;
    }
    int errors() const noexcept override { return failed ? 1 : 0; }
    Error const* error(int index) const noexcept override { return index == 0 ? &only : nullptr; }
};
} // namespace

extern "C" {
int32_t getInferLibVersion() {
    return std::atoi(setting("TRT_DOUBLE_VERSION", PICK("8601", "100300", "110400")).c_str());
}
void* createInferRuntime_INTERNAL(void* logger, int32_t version) {
    if (version != getInferLibVersion()) stop("wrong version passed");
    auto log = static_cast<Logger*>(logger);
    if (fault("no-runtime") || fault("low-pointer"))
        log->log(1, "CUDA initialization failure with error: 35");
    if (fault("no-runtime")) return nullptr;
    // Seen in the real lean libraries: not null, and no object.
    if (fault("low-pointer")) return reinterpret_cast<void*>(0x228);
    auto runtime = new Runtime(log);
    return new Api(runtime, &runtime->made);
}
#ifndef NO_BUILDER
void* createInferBuilder_INTERNAL(void* logger, int32_t) {
    return fault("no-builder") ? nullptr : new Api(new Builder(static_cast<Logger*>(logger)));
}
#endif
int getNvOnnxParserVersion() { return 100; }
void* createNvOnnxParser_INTERNAL(void* network, void*, int) {
    if (fault("no-parser")) return nullptr;
    return new Parser(*static_cast<Network*>(static_cast<Api*>(network)->implementation));
}
}
