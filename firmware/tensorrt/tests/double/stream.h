// A stream of the test double: what is queued runs when somebody waits, and not before.
#pragma once
#include <functional>
#include <vector>

struct Stream {
    std::vector<std::function<void()>> work;
};
