// What both test doubles share. A stream: what is queued runs when somebody waits, and not before. And
// which fault was asked for: "NAME", or "appliance:NAME" for every process but a probe.
#pragma once
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <string>
#include <vector>

struct Stream {
    std::vector<std::function<void()>> work;
};

inline bool in_probe() {
    std::string arguments;
    if (auto file = std::fopen("/proc/self/cmdline", "r")) {
        for (int c; (c = std::fgetc(file)) != EOF;) arguments.push_back(static_cast<char>(c));
        std::fclose(file);
    }
    return arguments.find("tensorrt-probe") != std::string::npos;
}
inline bool fault(char const* name) {
    char const* wanted = std::getenv("TRT_DOUBLE_FAULT");
    if (!wanted) return false;
    std::string text = wanted, appliance = "appliance:";
    if (text.rfind(appliance, 0) == 0) return text.substr(appliance.size()) == name && !in_probe();
    return text == name;
}
